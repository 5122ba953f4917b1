"""The environment of a checkout: .venv with its locked packages, the command `bihuan` and the front end.

Each thing made carries a stamp, the hash of what it was made from, so a second call does only what has changed.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.processes import ROOT, failure, run_command, say
from tools.system_packages import apt_install

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOCKS = ROOT / "requirements"
OLDEST_NODE = 18


def prepare(lock: str, install: bool) -> None:
    """Makes what is missing or old; `install` permits packages of the operating system as root."""
    with one_at_a_time():
        make_venv()
        install_into_venv(lock, install)
        write_command(VENV / "bin" / "bihuan")
        build_front_end(install)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two calls in one checkout build one after the other: the lock is on this very file."""
    with open(__file__) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


# --- stamps -----------------------------------------------------------------------------------------------------------


def digest(*paths: Path) -> str:
    whole = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform}".encode())
    for path in paths:
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def write_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


# --- the Python environment -------------------------------------------------------------------------------------------


def make_venv() -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    config = VENV / "pyvenv.cfg"
    if PYTHON.exists() and config.is_file() and f"\nversion = {version}." in config.read_text():
        return
    # Without pip on purpose: Debian's python3 has venv but no ensurepip, and uv needs no pip at all.
    run_command(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)


def installer(python: Path = PYTHON, install: bool = False) -> list[str | Path]:
    """The command that installs for that Python: uv when there is one, else pip from wherever this machine keeps it."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", python]
    options = ["--python", str(python), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if (VENV / "bin" / "pip").exists():
        return [PYTHON, "-m", "pip", *options]
    if importlib.util.find_spec("ensurepip"):
        run_command(PYTHON, "-m", "ensurepip", "--upgrade", "--default-pip", quiet=True)
        return [PYTHON, "-m", "pip", *options]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", *options]
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if apt_install(package, install=install):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return installer(python)
    raise failure(
        f"这台机器的 Python 没有 pip。请安装 {package}(apt-get install {package})或 uv,再运行一次。",
        f"this Python has no pip. Install {package} (apt-get install {package}) or uv, then run this again.",
    )


def install_into_venv(lock: str, install: bool) -> None:
    """Installs requirements/<lock>.txt by hash. The test lock holds the base lock, so it satisfies both."""
    names = [lock] if lock != "base" else ["base", "test"]
    wanted = {name: digest(LOCKS / f"{name}.txt", LOCKS / "base.txt") for name in names}
    if not any(is_current(STAMPS / name, value) for name, value in wanted.items()):
        install_lock(PYTHON, lock, STAMPS / lock, wanted[lock], install)


def separate_environment(lock: str, install: bool) -> Path:
    """The Python of an environment of its own, .venv/<lock>, that holds requirements/<lock>.txt and nothing else."""
    folder = VENV / lock
    python, wanted = folder / "bin" / "python", digest(LOCKS / f"{lock}.txt")
    with one_at_a_time():
        if not python.exists():
            run_command(sys.executable, "-m", "venv", "--without-pip", folder)
        if not is_current(folder / "stamp", wanted):
            install_lock(python, lock, folder / "stamp", wanted, install)
    return python


def install_lock(python: Path, lock: str, stamp: Path, value: str, install: bool) -> None:
    file = f"requirements/{lock}.txt"
    say(f"正在安装 {file}(第一次约一分钟)", f"installing {file} (a minute or so the first time)")
    run_command(*installer(python, install), "--require-hashes", "-r", ROOT / file)
    write_stamp(stamp, value)


def write_command(path: Path) -> None:
    """Writes the command `bihuan` of this checkout, which works from any folder; a wheel brings its own."""
    root = shlex.quote(str(ROOT))
    # -P: a folder named bihuan where the person happens to stand is not taken for the product.
    script = f"""#!/bin/sh
PYTHONPATH={root}${{PYTHONPATH:+:$PYTHONPATH}} exec {shlex.quote(str(PYTHON))} -P -m bihuan "$@"
"""
    if not is_current(path, script):
        path.write_text(script)
        path.chmod(0o755)


# --- the front end ----------------------------------------------------------------------------------------------------


def node_env(install: bool) -> dict[str, str]:
    """An environment in which node and npm are found: the machine's when new enough, else those from PyPI in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if (match := re.match(r"v(\d+)", version)) and int(match[1]) >= OLDEST_NODE:
            return dict(os.environ)
    install_into_venv("node", install)
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def build_front_end(install: bool) -> None:
    libraries = digest(ROOT / "package.json", ROOT / "package-lock.json")
    sources = sorted(path for path in (ROOT / "bihuan/static/src").rglob("*") if path.is_file())
    bundle = digest(ROOT / "package-lock.json", ROOT / "build.mjs", *sources)
    have_bundle = (ROOT / "bihuan/static/dist/app.css").is_file()
    if have_bundle and is_current(STAMPS / "bundle", bundle):
        return
    say("正在打包前端", "building the front end")
    env = node_env(install)
    modules = ROOT / "node_modules"
    if not is_current(modules / ".stamp", libraries):
        run_command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", env=env, quiet=True)
        write_stamp(modules / ".stamp", libraries)
    run_command("node", "build.mjs", env=env, quiet=True)
    write_stamp(STAMPS / "bundle", bundle)
