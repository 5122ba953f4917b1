"""Sizes and names the house keeps."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [p for top in ("bihuan", "bench") for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts]
TESTS = list((ROOT / "tests").rglob("*.py"))
TEMPLATES = list((ROOT / "bihuan" / "templates").rglob("*.html"))
BANNED = {"utils", "helpers", "services", "managers", "common", "misc"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_over_400_lines_and_the_median_is_at_most_90():
    assert {of(p): n for p in [*PYTHON, *TESTS] if (n := lines(p)) > 400} == {}
    assert median(lines(p) for p in PYTHON) <= 90


def test_no_template_is_over_300_lines():
    assert {of(p): n for p in TEMPLATES if (n := lines(p)) > 300} == {}


@pytest.mark.parametrize("path", PYTHON, ids=of)
def test_functions_are_at_most_60_lines_and_import_nothing(path: Path):
    functions = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]
    assert {f.name: n for f in functions if (n := (f.end_lineno or 0) - f.lineno + 1) > 60} == {}
    assert [f.name for f in functions if any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(f))] == []


def test_no_drawer_modules():
    named = {p.stem for p in PYTHON} | {p.parent.name for p in PYTHON}
    assert named & BANNED == set()


def test_no_signals_and_no_clock_but_the_one():
    for path in PYTHON:
        text = path.read_text(encoding="utf-8")
        assert "django.db.models.signals" not in text, of(path)
        assert "@receiver" not in text, of(path)
        if path.name != "clock.py":
            assert not re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(", text), of(path)


def test_catch_all_excepts_are_three_at_most():
    found = [
        of(p)
        for p in PYTHON
        if re.search(r"except( Exception| BaseException)?:|except Exception as", p.read_text(encoding="utf-8"))
    ]
    assert len(found) <= 3, found


def test_a_status_is_written_only_by_the_flow():
    wrote = re.compile(r"\.status\s*=[^=]|update\([^)]*\bstatus=")
    found = [of(p) for p in PYTHON if p.name != "flow.py" and wrote.search(p.read_text(encoding="utf-8"))]
    assert found == []


def test_no_page_has_script_or_style_of_its_own():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|\|safe\b|mark_safe", text), of(path)
