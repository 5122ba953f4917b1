"""Workbooks, read by a limited child process; this process only ever sees its JSON lines."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import bihuan
from bihuan.core.text import Text
from bihuan.insight.sheets.sheet_types import Unreadable

PATIENCE = 90
UNOPENED = Text(
    "打不开这个文件：可能已损坏，或内容异常庞大。请用 Excel 或 WPS 另存为 .xlsx，或另存为 CSV UTF-8 再上传",
    "The file cannot be opened: it is damaged or unusually large. Save it anew as .xlsx or as CSV UTF-8",
)
TOO_SLOW = Text(
    "打开这个文件用时过长。请另存为 CSV UTF-8，或拆成几份再上传",
    "Opening the file takes too long. Save it as CSV UTF-8 or split it",
)


def survey(path: Path, kind: str) -> list[dict[str, Any]]:
    """The sheets of a workbook with their first rows (see child.survey)."""
    with _child("survey", str(path), kind) as lines:
        return [json.loads(line) for line in lines]


def rows(path: Path, kind: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as Excel shows it, texts) of every row of a sheet."""
    with _child("rows", str(path), kind, sheet) as lines:
        for number, line in enumerate(lines, 1):
            yield number, json.loads(line)


@contextmanager
def _child(*arguments: str) -> Iterator[Iterator[bytes]]:
    """The child's lines once it has ended well. Its death, whatever the cause, is Unreadable here."""
    # The child gets no environment of ours: it needs no database address and no key.
    environment = {"PYTHONPATH": os.pathsep.join([str(Path(bihuan.__file__).parents[1]), *filter(None, sys.path)])}
    command = [sys.executable, "-X", "utf8", "-P", "-m", "bihuan.insight.sheets.reader_process", *arguments]
    with tempfile.TemporaryFile(prefix="bihuan-rows-") as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise Unreadable(TOO_SLOW) from slow
        output.seek(0)
        _refuse(output, done.returncode)
        output.seek(0)
        yield iter(output)


def _refuse(output: IO[bytes], code: int) -> None:
    """Raise when the child refused the file or died over it. Its refusal is always its last line."""
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - 4096))
    last = output.read().rstrip(b"\n").rpartition(b"\n")[2]
    if last.startswith(b'{"unreadable"'):
        raise Unreadable(Text.from_json(json.loads(last)["unreadable"]))
    if code:
        raise Unreadable(TOO_SLOW if code == -signal.SIGXCPU else UNOPENED)
