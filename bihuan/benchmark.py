"""`bihuan bench`: the benchmarks stand beside the product in a checkout, so an installed wheel has none."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """Runs the benchmarks of this checkout and returns their exit code; 2 where there is no checkout."""
    if not all((CHECKOUT / name).is_file() for name in ("pyproject.toml", "bench/__init__.py")):
        print(
            "bihuan bench 需要源码目录：安装包里没有测速程序。/ "
            "bihuan bench needs a checkout: the installed package has no benchmarks.",
            file=sys.stderr,
        )
        return 2
    if str(CHECKOUT) not in sys.path:
        sys.path.insert(0, str(CHECKOUT))
    return int(importlib.import_module("bench").main(arguments))
