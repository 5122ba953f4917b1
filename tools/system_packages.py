"""Packages of the operating system: installed as root only with permission, which CI or --install gives in advance."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.processes import say


def permitted(names: str) -> bool:
    """Whether apt-get may install these packages: asks where somebody sits at a terminal, else says what to do."""
    if os.environ.get("CI"):
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        question = f"用 apt-get 以 root 安装 {names}?/ Install {names} as root by apt-get? [y/N] "
        return input(question).strip().lower() in {"y", "yes", "是"}
    say(
        f"没有安装 {names}:请先 apt-get install {names},或加 --install 再运行",
        f"{names} is not installed: run apt-get install {names}, or give --install",
    )
    return False


def apt_install(*packages: str, install: bool = False) -> bool:
    """Whether the packages are there now; `install` is the permission of the command line."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    names = " ".join(packages)
    if not (install or permitted(names)):
        return False
    say(f"正在用 apt-get 安装 {names}", f"installing {names} by apt-get")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-qq", *command], env=env, stdout=subprocess.DEVNULL)
        if done.returncode and command != ["update"]:
            return False
    return True
