"""A template reads as an outline: short lines with little on each. djLint holds the indentation, these tests the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "bihuan" / "templates"
LONGEST_LINE = 120
CONTROL_TAGS_A_LINE = 3
LONGEST_FILE = 300

SENTENCE = re.compile(r"{% t .*? %}")


def files() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8").splitlines()


def is_long(line: str) -> bool:
    """Longer than the limit, and not for the sentence in two languages that is its only control tag."""
    if line.count("{%") == 1:
        line = SENTENCE.sub("", line)
    return len(line) > LONGEST_LINE


def test_no_line_of_a_template_is_too_long():
    offenders = [f"{name}:{n}" for name, lines in files() for n, line in enumerate(lines, 1) if is_long(line)]
    assert offenders == []


def test_no_line_of_a_template_holds_more_than_three_control_tags():
    offenders = [
        f"{name}:{n}"
        for name, lines in files()
        for n, line in enumerate(lines, 1)
        if line.count("{%") > CONTROL_TAGS_A_LINE
    ]
    assert offenders == []


def test_no_template_is_over_300_lines():
    assert {name: len(lines) for name, lines in files() if len(lines) > LONGEST_FILE} == {}


def test_a_shared_component_says_what_it_takes():
    """Its first line is a comment: what it shows and the names it needs in the context."""
    shared = [(name, lines) for name, lines in files() if name.startswith("ui/")]
    assert [name for name, lines in shared if not lines[0].startswith("{% comment %}")] == []
