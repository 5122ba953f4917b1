"""`bihuan analyze`: files of feedback in, a folder with the rows, the counts and a report out. No Django, no network."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.analysis.loading import LoadedRows
from bihuan.insight.analysis.pipeline import analyze
from bihuan.insight.engines import ENGINES
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
    analysis = analyze(
        arguments.files,
        arguments.out,
        language=arguments.lang,
        since=arguments.since,
        until=arguments.until,
        exposures=arguments.exposure,
        measures=arguments.measures,
        engine=arguments.engine,
        progress=progress,
        on_loaded=progress.warn,
    )
    progress.end()
    rows, report = f"{analysis.summary['accounting']['rows']:,}", str(arguments.out / "report.html")
    done = Text("共 {rows} 条反馈，报告：{report}", "{rows} rows; report: {report}", rows=rows, report=report)
    return _print(done, arguments.lang, 0)


def _print(message: Text, language: str, code: int = 2) -> int:
    print(message.to(language), file=sys.stderr)
    return code


class Progress:
    """What is going on, on standard error: one line rewritten on a terminal, one line a step elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.live = sys.stderr.isatty()
        self.step = ""

    def __call__(self, step: Text, done: int, total: int) -> None:
        shown = step.to(self.lang)
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

    def warn(self, loaded: LoadedRows) -> None:
        """What was odd in the files, a line each."""
        self.end()
        for source in loaded.sources:
            for warning in source.warnings:
                _print(Text("{file}：{warning}", "{file}: {warning}", file=source.name, warning=warning), self.lang)
