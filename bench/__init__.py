"""Measured on this machine: the engine (`bihuan bench`, `bihuan bench STEP`), the pages (`bihuan bench web`), the
import (`bihuan bench import FILE`), one feedback item that comes in (`bihuan bench arrival`), deadlines (`bihuan bench deadlines`).

Figures are CPU seconds and ratios, so that they hold on another machine. What needs an installation runs in one of its
own on SQLite that is made for it and thrown away, or kept in the folder that `--data` names for the next measure;
nothing of yours is touched. The engine's steps need no Django.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from bench.engine import table
from bench.engine.steps import steps

MEASURES = {
    "web": ("bench.web", "每页的查询数与 CPU / queries and CPU of every page"),
    "limits": ("bench.limits", "时限巡查 / the sweep over open time limits"),
    "arrival": (
        "bench.arrival",
        "一条新反馈:标签、重复、归入问题 / a feedback item that comes in: labels, repeats, its problem",
    ),
    "import": ("bench.sheet", "导入一个表格 / importing a sheet: bihuan bench import FILE"),
    "deadlines": ("bench.deadlines", "期限:单个与十万个 / deadlines: one, and a hundred thousand"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Every step of the engine, or what is named; returns 1 when a limit is missed, 2 for an unknown name."""
    names = list(sys.argv[1:] if argv is None else argv)
    if names and names[0] in MEASURES:
        return _installed(names[0], names[1:])
    if unknown := set(names) - set(steps()):
        _usage()
        return 0 if unknown <= {"-h", "--help"} else 2
    return table.run(names)


def _usage() -> None:
    print("用法 / usage: bihuan bench [STEP …] | NAME\n")
    for name, step in steps().items():
        print(f"  {name:<12}{step.TITLE}")
    print()
    for name, (_, title) in MEASURES.items():
        print(f"  {name:<12}{title}")


def _installed(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", help="a folder whose worlds `web` makes once and measures again")
    options, rest = parser.parse_known_args(arguments)
    own = tempfile.TemporaryDirectory(prefix="bihuan-bench-")
    with contextlib.nullcontext(options.data) if options.data else own as folder:
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        env |= {"BIHUAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "bihuan.settings", "BIHUAN_LOG": "ERROR"}
        # Models can be named only after Django is set up, so the measure is run by a line that does so first.
        start = f"import django; django.setup(); from {MEASURES[name][0]} import main; raise SystemExit(main())"
        command = [sys.executable, "-c", start, *rest]
        return subprocess.run(command, env=env).returncode  # noqa: S603  our own interpreter and module
