#!/usr/bin/env python3
"""The commands of this checkout, with nothing but Python's standard library (3.11 or newer).

    python3 dev.py run               makes what is missing, starts web + worker, prints the address; Ctrl-C stops both
    python3 dev.py test [STEP ...]   style, types, imports, SQLite, PostgreSQL, browser; or only the steps named
    python3 dev.py build [bench]     only makes the environment and the front end; bench: also what we are compared with

Packages of the operating system (Chromium, Java, pip) are installed as root only after a question, in CI or with --install.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from tools.environment import PYTHON, ROOT, prepare, separate_environment
from tools.processes import STOP_SIGNALS, failure, run_command, say, start_module, stop
from tools.system_packages import apt_install

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# --- run --------------------------------------------------------------------------------------------------------------


def free_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise failure(f"{wanted} 起的 100 个端口都被占用", f"the hundred ports from {wanted} on are all taken")


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(demo: bool, install: bool) -> int:
    prepare("base", install)
    env = {"BIHUAN_DATA": str(ROOT / "var"), **os.environ, "PYTHONUNBUFFERED": "1"}
    run_command(PYTHON, "-m", "bihuan", "prepare", *(["--demo"] if demo else []), env=env)
    wanted = int(env.get("BIHUAN_PORT") or 8000)
    port = free_port(wanted)
    if port != wanted:
        say(f"端口 {wanted} 已被占用,改用 {port}", f"port {wanted} is taken, using {port}")
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(start_module(PYTHON, "bihuan", "serve", "--port", str(port), env=env))
        children.append(start_module(PYTHON, "bihuan", "work", env=env))
        return watch(children, port)
    except KeyboardInterrupt:
        say("正在停止", "stopping")
        return 0
    finally:
        stop(children)


def watch(children: list[subprocess.Popen[bytes]], port: int) -> int:
    """Prints the address as soon as the web answers, then waits; one that ends by itself ends the whole."""
    printed = False
    while True:
        for child in children:
            if child.poll() is not None:
                name = child.args[3] if isinstance(child.args, list) else ""
                say(f"{name} 意外退出({child.returncode})", f"{name} ended by itself ({child.returncode})")
                return 1
        if not printed and answers(port):
            printed = True
            print(f"闭环已启动,按 Ctrl-C 停止: http://127.0.0.1:{port}/", flush=True)
            print(f"Bihuan is running, Ctrl-C stops it: http://127.0.0.1:{port}/", flush=True)
        time.sleep(0.5 if printed else 0.05)


# --- test -------------------------------------------------------------------------------------------------------------


def find_chromium(install: bool) -> str:
    """The path of a Chromium for the browser tests, installed by Debian's client where that is allowed, else ''."""
    if not any(map(shutil.which, CHROMIUM)):
        apt_install("chromium", "fonts-noto-cjk", install=install)
    return next(filter(None, map(shutil.which, CHROMIUM)), "")


def spark_python(install: bool) -> str:
    """The Python of an environment with Spark, its own so that the product's stays small; '' where there is no Java."""
    found = shutil.which("java") or os.environ.get("JAVA_HOME")
    if not found and not apt_install("openjdk-17-jre-headless", install=install):
        return ""
    return str(separate_environment("spark", install))


def environment_for_tests(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without the settings of a running system, which must not reach the tests."""
    settings = ("BIHUAN_", "DJANGO_", "PYTEST_", "DATABASE_URL", "PYTHONPATH")
    for_tests = {"BIHUAN_SHARED", "BIHUAN_WHOLE"}
    return {name: value for name, value in environ.items() if not name.startswith(settings) or name in for_tests}


def test(steps: list[str], install: bool) -> int:
    prepare("test", install)
    env = environment_for_tests(os.environ)
    if not steps or "browser" in steps:
        env["BIHUAN_CHROMIUM"] = find_chromium(install)
    if "spark" in steps:
        env["BIHUAN_SPARK"] = spark_python(install)
    with tempfile.TemporaryDirectory(prefix="bihuan-checks-", ignore_cleanup_errors=True) as data:
        # All that the checks leave behind goes with this folder; PostgreSQL's own account must be able to enter it.
        os.chmod(data, 0o755)  # noqa: S103
        env |= {"BIHUAN_DATA": data, "BIHUAN_TEST_DATA": data, "TMPDIR": data}
        checks = start_module(PYTHON, "tests.everything", *steps, env=env)
        try:
            return checks.wait()
        finally:
            stop([checks])


# --- the command line -------------------------------------------------------------------------------------------------


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run_options = commands.add_parser("run")
    run_options.add_argument("--no-demo", action="store_true", help="leave a new database empty")
    test_options = commands.add_parser("test")
    test_options.add_argument("steps", nargs="*", metavar="STEP")
    build_options = commands.add_parser("build")
    build_options.add_argument("separate", nargs="?", choices=["bench"])
    for options in (run_options, test_options, build_options):
        options.add_argument("--install", action="store_true", help="install system packages as root without asking")
    return parser.parse_args()


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what meets an older Python first
        for newer in filter(None, map(shutil.which, ("python3.13", "python3.12", "python3.11"))):
            os.execv(newer, [newer, *sys.argv])  # noqa: S606
        raise failure("需要 Python 3.11 或更新版本", "Python 3.11 or newer is needed")
    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)
    chosen = parse_arguments()
    try:
        if chosen.command == "run":
            return run(not chosen.no_demo, chosen.install)
        if chosen.command == "test":
            return test(chosen.steps, chosen.install)
        prepare("base", chosen.install)
        if chosen.separate:
            separate_environment(chosen.separate, chosen.install)
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
