"""Speed and memory, measured on this machine: `bihuan bench web`, `bihuan bench import FILE`.

Figures are CPU seconds and ratios, so that they hold on another machine. Each measure runs in an installation of its
own that is made for it and thrown away; nothing of yours is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

MEASURES = {
    "web": ("bihuan.bench.web", "每页的查询数与 CPU / queries and CPU of every page"),
    "import": ("bihuan.bench.sheet", "导入一个表格 / importing a sheet: bihuan bench import FILE"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one measure; returns its exit code (1 when a limit is missed), 2 for an unknown name."""
    asked = list(sys.argv[1:] if argv is None else argv)
    if not asked or asked[0] not in MEASURES:
        print("用法 / usage: bihuan bench NAME\n")
        for name, (_, title) in MEASURES.items():
            print(f"  {name:<8}{title}")
        return 0 if asked == ["--help"] else 2
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        env = os.environ | {"BIHUAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "bihuan.settings", "BIHUAN_LOG": "ERROR"}
        # Models can be named only after Django is set up, so the measure is run by a line that does so first.
        start = f"import django; django.setup(); from {MEASURES[asked[0]][0]} import main; raise SystemExit(main())"
        command = [sys.executable, "-c", start, *asked[1:]]
        return subprocess.run(command, env=env).returncode  # noqa: S603  our own interpreter and module
