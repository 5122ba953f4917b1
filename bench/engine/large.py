"""A large export made of real texts: the wanted number of rows, the same ones each time (seeded).

Texts are clauses of real ones put together anew, so that most differ; every tenth row is the same customer's again within
days; the other columns are drawn from the real export's rows as they were written.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
from pathlib import Path

from bench.engine.figures import shared

SEED = 20261125
CLAUSE = re.compile(r"[^,，。.!！?？;；\n]{3,40}[,，。.!！?？;；]?")
AGAIN = 0.1
BLANK = 0.02
PART = 1_000_000  # rows a file: nobody keeps more in one


def parts(folder: Path, rows: int) -> list[Path]:
    """As many files as a person would split such an export into, numbered through."""
    sizes = [min(PART, rows - first) for first in range(0, rows, PART)]
    return [
        write(folder / f"raw-{at + 1}.csv", size, SEED + at, first=at * PART, people=rows)
        for at, size in enumerate(sizes)
    ]


def write(path: Path, rows: int, seed: int = SEED, *, first: int = 0, people: int = 0) -> Path:
    """A UTF-8 CSV of `rows` rows under the export's own headings, by as many `people`. NoData without the real export."""
    people = people or rows
    heads, base = _export()
    chance = random.Random(seed)  # noqa: S311  drawn data
    clauses = [clause for line in base for clause in CLAUSE.findall(line[heads.index("问题描述")])]
    text, number, customer, contact = (heads.index(name) for name in ("问题描述", "反馈编号", "客户编号", "联系方式"))
    recent: list[list[str]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(heads)
        for at in range(rows):
            if recent and chance.random() < AGAIN:
                line = list(recent[chance.randrange(len(recent))])
                line[text] = f"{line[text]}{chance.choice(('', '！', '，请尽快处理', '，谢谢'))}"
            else:
                line = list(base[chance.randrange(len(base))])
                if chance.random() > BLANK:
                    line[text] = "".join(chance.choice(clauses) for _ in range(chance.randrange(1, 4)))
                line[customer] = f"C{chance.randrange(people):08d}" if line[customer] else ""
                line[contact] = _contact(line[contact], chance, people)
                recent = [*recent[-199:], line]
            line[number] = f"L{first + at:09d}"
            lines.writerow(line)
    return path


def _contact(written: str, chance: random.Random, people: int) -> str:
    """Another person's contact, written as this one is."""
    if written.isdigit():
        return f"199{chance.randrange(10**8):08d}"
    return f"user{chance.randrange(people):08d}@example.com" if "@" in written and "*" not in written else written


def _export() -> tuple[list[str], list[list[str]]]:
    with gzip.open(shared("demo_export", "feedback_export_gbk.csv.gz"), "rt", encoding="gb18030", newline="") as file:
        heads, *rows = csv.reader(file)
    return heads, rows
