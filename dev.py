#!/usr/bin/env python3
"""The two commands of this checkout, run and test, with nothing but Python's standard library (3.11 or newer).

    python3 dev.py run               makes what is missing, starts web + worker, prints the address; Ctrl-C stops both
    python3 dev.py test [STEP ...]   style, types, imports, SQLite, PostgreSQL, browser; or only the steps named
    python3 dev.py build [bench]     only makes the environment and the front end; bench: also what we are compared with
    python3 dev.py lock              resolves the requirements anew and rewrites every lock

Each thing made carries a stamp, the hash of what it was made from, so a second call does only what has changed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOCKS = ROOT / "requirements"
OLDEST_NODE = 18
STOP_SECONDS = 10
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIBC = ctypes.CDLL(None)


def say(zh: str, en: str) -> None:
    print(f"{zh} / {en}", flush=True)


def give_up(zh: str, en: str) -> SystemExit:
    say(zh, en)
    return SystemExit(1)


def call(*command: str | Path, env: Mapping[str, str] | None = None, quiet: bool = False) -> None:
    """Runs a command in the checkout; when it fails, shows what it said and ends this program."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        preexec_fn=die_with_parent,
    )
    if done.returncode:
        sys.stdout.write((done.stdout or b"").decode(errors="replace"))
        line = " ".join(str(part) for part in command)
        raise give_up(f"失败({done.returncode}): {line}", f"failed ({done.returncode}): {line}")


# --- stamps -----------------------------------------------------------------------------------------------------------


def digest(*paths: Path) -> str:
    whole = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform}".encode())
    for path in paths:
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def fresh(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def mark(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two calls in one checkout build one after the other: the lock is on this very file."""
    with open(__file__) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


# --- the Python environment -------------------------------------------------------------------------------------------


def make_venv() -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    config = VENV / "pyvenv.cfg"
    if PYTHON.exists() and config.is_file() and f"\nversion = {version}." in config.read_text():
        return
    # Without pip on purpose: Debian's python3 has venv but no ensurepip, and uv needs no pip at all.
    call(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)


def installer(python: Path = PYTHON) -> list[str | Path]:
    """The command that installs for that Python: uv when there is one, else pip from wherever this machine keeps it."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", python]
    options = ["--python", str(python), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if (VENV / "bin" / "pip").exists():
        return [PYTHON, "-m", "pip", *options]
    if importlib.util.find_spec("ensurepip"):
        call(PYTHON, "-m", "ensurepip", "--upgrade", "--default-pip", quiet=True)
        return [PYTHON, "-m", "pip", *options]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", *options]
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if apt_install(package):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return installer(python)
    raise give_up(
        f"这台机器的 Python 没有 pip。请安装 {package}(apt-get install {package})或 uv,再运行一次。",
        f"this Python has no pip. Install {package} (apt-get install {package}) or uv, then run this again.",
    )


def install(lock: str) -> None:
    """Installs requirements/<lock>.txt by hash. The test lock holds the base lock, so it satisfies both."""
    names = [lock] if lock != "base" else ["base", "test"]
    wanted = {name: digest(LOCKS / f"{name}.txt", LOCKS / "base.txt") for name in names}
    if not any(fresh(STAMPS / name, value) for name, value in wanted.items()):
        fill(PYTHON, lock, STAMPS / lock, wanted[lock])


def make_apart(lock: str) -> Path:
    """The Python of an environment of its own, .venv/<lock>, that holds requirements/<lock>.txt and nothing else."""
    folder = VENV / lock
    python, wanted = folder / "bin" / "python", digest(LOCKS / f"{lock}.txt")
    if not python.exists():
        call(sys.executable, "-m", "venv", "--without-pip", folder)
    if not fresh(folder / "stamp", wanted):
        fill(python, lock, folder / "stamp", wanted)
    return python


def fill(python: Path, lock: str, stamp: Path, value: str) -> None:
    file = f"requirements/{lock}.txt"
    say(f"正在安装 {file}(第一次约一分钟)", f"installing {file} (a minute or so the first time)")
    call(*installer(python), "--require-hashes", "-r", ROOT / file)
    mark(stamp, value)


def apt_install(*packages: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"正在用 apt-get 安装 {' '.join(packages)}", f"installing {' '.join(packages)} by apt-get")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-qq", *command], env=env, stdout=subprocess.DEVNULL)
        if done.returncode and command != ["update"]:
            return False
    return True


# --- the front end ----------------------------------------------------------------------------------------------------


def node_env() -> dict[str, str]:
    """An environment in which node and npm are found: the machine's when new enough, else those from PyPI in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if (match := re.match(r"v(\d+)", said)) and int(match[1]) >= OLDEST_NODE:
            return dict(os.environ)
    install("node")
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def build_front_end() -> None:
    libraries = digest(ROOT / "package.json", ROOT / "package-lock.json")
    sources = sorted(path for path in (ROOT / "bihuan/static/src").rglob("*") if path.is_file())
    bundle = digest(ROOT / "package-lock.json", ROOT / "build.mjs", *sources)
    have_bundle = (ROOT / "bihuan/static/dist/app.css").is_file()
    if have_bundle and fresh(STAMPS / "bundle", bundle):
        return
    say("正在打包前端", "building the front end")
    env = node_env()
    modules = ROOT / "node_modules"
    if not fresh(modules / ".stamp", libraries):
        call("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", env=env, quiet=True)
        mark(modules / ".stamp", libraries)
    call("node", "build.mjs", env=env, quiet=True)
    mark(STAMPS / "bundle", bundle)


def prepare(lock: str) -> None:
    with one_at_a_time():
        make_venv()
        install(lock)
        build_front_end()


# --- run --------------------------------------------------------------------------------------------------------------


def die_with_parent() -> None:
    """In the child, before it becomes another program: Linux ends it when this process is gone, however it went."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        LIBC.prctl(pr_set_pdeathsig, signal.SIGTERM)


def start(module: str, *arguments: str, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # A group of its own, so that Ctrl-C reaches only this process, which then stops the children in order.
    command = [str(PYTHON), "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, process_group=0, preexec_fn=die_with_parent)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ends the children and all that they started; not to be interrupted by a second, impatient Ctrl-C."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, limit - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def free_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise give_up(f"{wanted} 起的 100 个端口都被占用", f"the hundred ports from {wanted} on are all taken")


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(demo: bool) -> int:
    prepare("base")
    env = {"BIHUAN_DATA": str(ROOT / "var"), **os.environ, "PYTHONUNBUFFERED": "1"}
    call(PYTHON, "-m", "bihuan", "prepare", *(["--demo"] if demo else []), env=env)
    wanted = int(env.get("BIHUAN_PORT") or 8000)
    port = free_port(wanted)
    if port != wanted:
        say(f"端口 {wanted} 已被占用,改用 {port}", f"port {wanted} is taken, using {port}")
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(start("bihuan", "serve", "--port", str(port), env=env))
        children.append(start("bihuan", "work", env=env))
        return watch(children, port)
    except KeyboardInterrupt:
        say("正在停止", "stopping")
        return 0
    finally:
        stop(children)


def watch(children: list[subprocess.Popen[bytes]], port: int) -> int:
    """Prints the address as soon as the web answers, then waits; one that ends by itself ends the whole."""
    told = False
    while True:
        for child in children:
            if child.poll() is not None:
                name = child.args[3] if isinstance(child.args, list) else ""
                say(f"{name} 意外退出({child.returncode})", f"{name} ended by itself ({child.returncode})")
                return 1
        if not told and answers(port):
            told = True
            print(f"闭环已启动,按 Ctrl-C 停止: http://127.0.0.1:{port}/", flush=True)
            print(f"Bihuan is running, Ctrl-C stops it: http://127.0.0.1:{port}/", flush=True)
        time.sleep(0.5 if told else 0.05)


# --- test -------------------------------------------------------------------------------------------------------------


def chromium() -> str:
    """The path of a Chromium for the browser tests, installed by Debian's client when that is possible, else ''."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    if not any(map(shutil.which, names)):
        apt_install("chromium", "fonts-noto-cjk")
    return next(filter(None, map(shutil.which, names)), "")


def spark_python() -> str:
    """The Python of an environment with Spark, its own so that the product's stays small; '' where there is no Java."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME") or apt_install("openjdk-17-jre-headless")):
        return ""
    with one_at_a_time():
        return str(make_apart("spark"))


def environment_for_tests(environ: Mapping[str, str]) -> dict[str, str]:
    """What a person has set for their own running system must not reach the tests; what is set for the tests may."""
    theirs = ("BIHUAN_", "DJANGO_", "PYTEST_", "DATABASE_URL", "PYTHONPATH")
    meant = {"BIHUAN_SHARED", "BIHUAN_WHOLE"}
    return {name: value for name, value in environ.items() if not name.startswith(theirs) or name in meant}


def test(steps: list[str]) -> int:
    prepare("test")
    env = environment_for_tests(os.environ)
    if not steps or "browser" in steps:
        env["BIHUAN_CHROMIUM"] = chromium()
    if not steps or "spark" in steps:
        env["BIHUAN_SPARK"] = spark_python()
    with tempfile.TemporaryDirectory(prefix="bihuan-checks-", ignore_cleanup_errors=True) as data:
        # All that the checks leave behind goes with this folder; PostgreSQL's own account must be able to enter it.
        os.chmod(data, 0o755)  # noqa: S103
        env |= {"BIHUAN_DATA": data, "BIHUAN_TEST_DATA": data, "TMPDIR": data}
        checks = start("tests.everything", *steps, env=env)
        try:
            return checks.wait()
        finally:
            stop([checks])


# --- lock -------------------------------------------------------------------------------------------------------------


def lock() -> int:
    """Resolves everything anew. Locks hold names, versions and hashes, never an address, so any mirror will do."""
    with one_at_a_time(), tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if not uv:
            call(sys.executable, "-m", "venv", folder)
            call(Path(folder) / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
            uv = str(Path(folder) / "bin" / "uv")
        compiled = [uv, "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
        compiled += ["--generate-hashes", "--no-header", "--no-annotate"]
        base = ["pyproject.toml", "--extra", "postgres"]
        call(*compiled, *base, "-o", "requirements/base.txt")
        tests = [*base, "--extra", "semantic", "--group", "test", "-c", "requirements/base.txt"]
        call(*compiled, *tests, "-o", "requirements/test.txt")
        call(*compiled, "requirements/node.in", "-o", "requirements/node.txt")
        for apart in ("requirements/spark", "requirements/bench"):
            call(*compiled, f"{apart}.in", "-c", "requirements/base.txt", "-o", f"{apart}.txt")
        make_venv()
        call("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", env=node_env(), quiet=True)
    path = ROOT / "package-lock.json"
    whole = json.loads(path.read_text())
    for package in whole["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    return 0


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what meets an older Python first
        for newer in filter(None, map(shutil.which, ("python3.13", "python3.12", "python3.11"))):
            os.execv(newer, [newer, *sys.argv])  # noqa: S606
        raise give_up("需要 Python 3.11 或更新版本", "Python 3.11 or newer is needed")
    for number in STOPPING:
        signal.signal(number, interrupted)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run").add_argument("--no-demo", action="store_true", help="leave a new database empty")
    commands.add_parser("test").add_argument("steps", nargs="*", metavar="STEP")
    commands.add_parser("build").add_argument("apart", nargs="?", choices=["bench"])
    commands.add_parser("lock")
    chosen = parser.parse_args()
    try:
        if chosen.command == "run":
            return run(demo=not chosen.no_demo)
        if chosen.command == "test":
            return test(chosen.steps)
        if chosen.command == "lock":
            return lock()
        prepare("base")
        if chosen.apart:
            with one_at_a_time():
                make_apart(chosen.apart)
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
