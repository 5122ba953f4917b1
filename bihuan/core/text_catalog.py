"""All pairs of texts of the program, read from its source: `bihuan texts` writes them as CSV.

A pair is Chinese followed by English, as two arguments of a call (strings or f-strings) or of a template tag.
"""

from __future__ import annotations

import argparse
import ast
import csv
import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

PACKAGE = Path(__file__).resolve().parents[1]
CHINESE = re.compile(r"[一-鿿]")
TAG = re.compile(r"""{%-?\s*(?:t|card)\s+("[^"]*"|'[^']*')\s+("[^"]*"|'[^']*')""")
# Calls whose two neighbouring arguments are no pair: patterns, and the name of a person beside a team's code.
NOT_PAIRS = {"sub", "maketrans", "Member"}


class Pair(NamedTuple):
    """One text in both languages and where it stands: "folder/file:line", below the package."""

    zh: str
    en: str
    place: str


def pairs() -> list[Pair]:
    """Every pair of the product and the engine, sorted by Chinese, English, place."""
    found: set[Pair] = set()
    for path in PACKAGE.rglob("*.py"):
        if "migrations" not in path.parts:
            found.update(_pairs_of_python(path))
    for path in (PACKAGE / "templates").rglob("*.html"):
        found.update(_pairs_of_template(path))
    return sorted(found)


def _pairs_of_python(path: Path) -> Iterator[Pair]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node.func) in NOT_PAIRS:
            continue
        texts = [_pattern(argument) for argument in node.args]
        for zh, en in itertools.pairwise(texts):
            if CHINESE.search(zh) and en and not CHINESE.search(en):
                yield Pair(zh, en, _place(path, node.lineno))


def _pairs_of_template(path: Path) -> Iterator[Pair]:
    text = path.read_text(encoding="utf-8")
    for tag in TAG.finditer(text):
        yield Pair(tag[1][1:-1], tag[2][1:-1], _place(path, text.count("\n", 0, tag.start()) + 1))


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _pattern(node: ast.expr) -> str:
    """A text of the source, an f-string with its expressions in braces; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _place(path: Path, line: int) -> str:
    return f"{path.relative_to(PACKAGE)}:{line}"


def main(argv: Sequence[str] | None = None) -> int:
    """`bihuan texts [FILE]`: the pairs as CSV with the columns zh, en, place."""
    parser = argparse.ArgumentParser(
        prog="bihuan texts", description="全部中英文对照,写成 CSV / all pairs of texts as CSV"
    )
    parser.add_argument("file", nargs="?", help="写到这个文件,不写就打印 / the file to write, else printed")
    chosen = parser.parse_args(argv)
    if not chosen.file:
        _write(sys.stdout)
        return 0
    with open(chosen.file, "w", encoding="utf-8-sig", newline="") as file:
        _write(file)
    return 0


def _write(file: TextIO) -> None:
    writer = csv.writer(file)
    writer.writerow(Pair._fields)
    writer.writerows(pairs())
