"""`bihuan analyze`: files of feedback in, a folder with the rows, the counts and a report out. No Django, no network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.analysis import Window, classify, load, summarize, write_outputs
from bihuan.insight.analysis.exposure_files import read_exposures
from bihuan.insight.analysis.measures import read_measures
from bihuan.insight.analysis.sampled_grouping import group_rows, with_problems
from bihuan.insight.engines import ENGINES, open_engine
from bihuan.insight.engines.engine import EngineMissing
from bihuan.insight.sheets import Unreadable

DESCRIPTION = """读取反馈文件（xlsx xls xlsb ods csv tsv json jsonl，可压缩为 .gz），写出 report.html、report.xlsx、rows.csv、summary.json。
Read files of feedback (also .gz) and write report.html, report.xlsx, rows.csv and summary.json.
"""
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """0 when the report is written, 2 for what the user must change, 130 after Ctrl-C (nothing is left half written)."""
    arguments = _parser().parse_args(argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _print(Text("已停止，没有写出报告", "Stopped; no report was written"), arguments.lang, INTERRUPTED)
    except (Unreadable, EngineMissing) as bad:
        return _print(bad.reason, arguments.lang)
    except OSError as bad:
        return _print(
            Text(f"不能写入 {arguments.out}：{bad.strerror}", f"Cannot write to {arguments.out}: {bad.strerror}"),
            arguments.lang,
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


def _run(arguments: argparse.Namespace) -> int:
    if arguments.since and arguments.until and arguments.since > arguments.until:
        return _print(Text("--since 晚于 --until", "--since is later than --until"), arguments.lang)
    progress = Progress(arguments.lang)
    exposures = [one for path in arguments.exposure for one in read_exposures(path)]
    measures = [one for path in arguments.measures for one in read_measures(path)]
    loaded = load(arguments.files, window=Window(arguments.since, arguments.until), progress=progress)
    progress.end()
    for source in loaded.sources:
        for warning in source.warnings:
            _print(Text(f"{source.name}：{warning.zh}", f"{source.name}: {warning.en}"), arguments.lang)
    if not loaded.rows:
        return _print(_nothing(loaded.outside, loaded.undated_left_out), arguments.lang)
    with open_engine(arguments.engine) as engine:
        table = classify(loaded.take_table(), engine, progress=progress)
    progress(Text("归并问题", "Grouping into problems"), 0, 0)
    problems = group_rows(table)
    progress(Text("统计", "Counting"), 0, 0)
    findings = summarize(loaded, with_problems(table, problems), problems, exposures, measures)
    write_outputs(findings, arguments.out, arguments.lang, progress=progress)
    progress.end()
    report = arguments.out / "report.html"
    return _print(
        Text(f"共 {loaded.rows:,} 条反馈，报告：{report}", f"{loaded.rows:,} rows; report: {report}"),
        arguments.lang,
        0,
    )


def _nothing(outside: int, undated: int) -> Text:
    if outside or undated:
        return Text(
            f"所选日期内没有反馈（日期在外 {outside:,} 条，没有日期 {undated:,} 条）",
            f"No feedback lies within the chosen days ({outside:,} rows outside, {undated:,} without a date)",
        )
    return Text("文件里没有反馈", "There is no feedback in the files")


def _print(said: Text, lang: str, code: int = 2) -> int:
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
