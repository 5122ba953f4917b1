"""`bihuan analyze`: files of feedback in, a folder with the rows, the counts and a report out. No Django, no network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.analysis import Window, classify, gather, summarise, write
from bihuan.insight.analysis.exposure_files import read_exposures
from bihuan.insight.analysis.measures import read_measures
from bihuan.insight.analysis.sampled_grouping import grouped, with_problems
from bihuan.insight.engines import ENGINES, opened
from bihuan.insight.engines.engine import Absent
from bihuan.insight.sheets import Unreadable

DESCRIPTION = """读取反馈文件（xlsx xls xlsb ods csv tsv json jsonl，可压缩为 .gz），写出 report.html、report.xlsx、rows.csv、summary.json。
Read files of feedback (also .gz) and write report.html, report.xlsx, rows.csv and summary.json.
"""
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """0 when the report is written, 2 for what the user must change, 130 after Ctrl-C (nothing is left half written)."""
    asked = _parser().parse_args(argv)
    try:
        return _run(asked)
    except KeyboardInterrupt:
        return _say(Text("已停止，没有写出报告", "Stopped; no report was written"), asked.lang, INTERRUPTED)
    except (Unreadable, Absent) as bad:
        return _say(bad.said, asked.lang)
    except OSError as bad:
        return _say(
            Text(f"不能写入 {asked.out}：{bad.strerror}", f"Cannot write to {asked.out}: {bad.strerror}"), asked.lang
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bihuan analyze", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="反馈文件 / files of feedback")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="写到这个文件夹 / the folder to write to"
    )
    parser.add_argument("--since", type=_day, metavar="DAY", help="从这一天起，含 / from this day on: 2026-03-01")
    parser.add_argument("--until", type=_day, metavar="DAY", help="到这一天止，含 / to this day, included")
    parser.add_argument(
        "--exposure",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="订单数、用户数等，可多次 / orders, users … by day or week; more than once if need be",
    )
    parser.add_argument(
        "--measures",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="采取的措施及日期 / measures taken, with their days",
    )
    parser.add_argument(
        "--engine", choices=tuple(ENGINES), default="duckdb", help="在哪里计算 / where the work is done"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="报告的语言 / language of the report")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期请写成 2026-03-01 / write the day as 2026-03-01: {text}") from None


def _run(asked: argparse.Namespace) -> int:
    if asked.since and asked.until and asked.since > asked.until:
        return _say(Text("--since 晚于 --until", "--since is later than --until"), asked.lang)
    progress = Progress(asked.lang)
    exposures = [one for path in asked.exposure for one in read_exposures(path)]
    measures = [one for path in asked.measures for one in read_measures(path)]
    gathered = gather(asked.files, window=Window(asked.since, asked.until), tell=progress)
    progress.end()
    for source in gathered.sources:
        for warning in source.warnings:
            _say(Text(f"{source.name}：{warning.zh}", f"{source.name}: {warning.en}"), asked.lang)
    if not gathered.rows:
        return _say(_nothing(gathered.outside, gathered.undated_left_out), asked.lang)
    with opened(asked.engine) as engine:
        table = classify(gathered.taken(), engine, progress=progress)
    progress(Text("归并问题", "Grouping into problems"), 0, 0)
    problems = grouped(table)
    progress(Text("统计", "Counting"), 0, 0)
    findings = summarise(gathered, with_problems(table, problems), problems, exposures, measures)
    write(findings, asked.out, asked.lang, tell=progress)
    progress.end()
    report = asked.out / "report.html"
    return _say(
        Text(f"共 {gathered.rows:,} 条反馈，报告：{report}", f"{gathered.rows:,} rows; report: {report}"),
        asked.lang,
        0,
    )


def _nothing(outside: int, undated: int) -> Text:
    if outside or undated:
        return Text(
            f"所选日期内没有反馈（日期在外 {outside:,} 条，没有日期 {undated:,} 条）",
            f"No feedback lies within the chosen days ({outside:,} rows outside, {undated:,} without a date)",
        )
    return Text("文件里没有反馈", "There is no feedback in the files")


def _say(said: Text, lang: str, code: int = 2) -> int:
    print(said.zh if lang == "zh" else said.en, file=sys.stderr)
    return code


class Progress:
    """What is going on, on standard error: one line rewritten on a terminal, one line a step elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.live = sys.stderr.isatty()
        self.step = ""

    def __call__(self, step: Text, done: int, total: int) -> None:
        shown = step.zh if self.lang == "zh" else step.en
        if self.live:
            count = f" {done:,}/{total:,}" if total else ""
            sys.stderr.write(f"\r\x1b[K{shown}{count}")
        elif shown != self.step:
            sys.stderr.write(f"{shown}\n")
        self.step = shown
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.live and self.step:
            sys.stderr.write("\r\x1b[K")
