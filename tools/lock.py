#!/usr/bin/env python3
"""Rewrites every lock: `python3 tools/lock.py` raises all versions, with --keep only what the requirements force.

Locks hold names, versions and hashes, never an address, so any mirror will do.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.environment import make_venv, node_env, one_at_a_time
from tools.processes import ROOT, run_command

COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
COMPILE += ["--generate-hashes", "--no-header", "--no-annotate"]


def find_uv(folder: Path) -> str:
    """The uv on the PATH, else one installed into the folder for the moment."""
    if found := shutil.which("uv"):
        return found
    run_command(sys.executable, "-m", "venv", folder)
    run_command(folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    return str(folder / "bin" / "uv")


def lock_python(uv: str, upgrade: bool) -> None:
    compiled = [uv, *COMPILE, *(["--upgrade"] if upgrade else [])]
    base = ["pyproject.toml", "--extra", "postgres"]
    run_command(*compiled, *base, "-o", "requirements/base.txt")
    tests = [*base, "--extra", "semantic", "--group", "test", "-c", "requirements/base.txt"]
    run_command(*compiled, *tests, "-o", "requirements/test.txt")
    run_command(*compiled, "requirements/node.in", "-o", "requirements/node.txt")
    for name in ("requirements/spark", "requirements/bench"):
        run_command(*compiled, f"{name}.in", "-c", "requirements/base.txt", "-o", f"{name}.txt")


def lock_node() -> None:
    """Rewrites package-lock.json; npm's notes on funding go, as they hold addresses."""
    make_venv()
    env = node_env(install=False)
    run_command("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", env=env, quiet=True)
    path = ROOT / "package-lock.json"
    whole = json.loads(path.read_text())
    for package in whole["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="raise no version that still satisfies the requirements")
    chosen = parser.parse_args()
    with one_at_a_time(), tempfile.TemporaryDirectory() as folder:
        lock_python(find_uv(Path(folder)), upgrade=not chosen.keep)
        lock_node()


if __name__ == "__main__":
    main()
