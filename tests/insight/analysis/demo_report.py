"""The report of `bihuan analyze` over the demo export: made once in a run, by whatever process needs it first."""

import contextlib
import csv
import fcntl
import io
import os
from pathlib import Path

from bihuan.insight.cli import main

EXPOSURES = ("exposure_daily_system_version.csv.gz", "exposure_weekly_orders.csv.gz")
MEASURES = (
    ("措施", "日期", "问题类型", "关键词", "产品", "品类"),
    ("水果冷链包装改进", "2025-08-01", "", "坏、烂、霉、变质、不新鲜、磕碰、压", "鲜果到家", "水果"),
    ("退换货SOP优化", "2025-07-01", "售后流程", "", "", ""),
)


def demo_report(data: Path) -> Path:
    """The folder of the report, with both exposures and two measures taken; nobody writes into it.

    ``data`` is the folder of the demo export.
    """
    folder = Path(os.environ["BIHUAN_TEST_DATA"]) / "demo-report"
    with open(folder.with_suffix(".lock"), "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "summary.json").exists():
            measures = folder.with_suffix(".csv")
            with measures.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(MEASURES)
            more = [part for name in EXPOSURES for part in ("--exposure", str(data / name))]
            more += ["--measures", str(measures), "--out", str(folder)]
            with contextlib.redirect_stdout(io.StringIO()):
                assert main([str(data / "feedback_export.xlsx"), *more]) == 0
    return folder
