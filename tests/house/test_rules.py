"""What the architecture rules out, wherever it stands."""

from __future__ import annotations

import ast
import re

from tests.house.source import PYTHON, TEMPLATES, functions, of, text_of


def test_no_function_imports_anything():
    offenders = [
        f"{of(p)}:{node.lineno}"
        for p in PYTHON
        for function in functions(p)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert offenders == []


def test_there_are_no_signals():
    signals = re.compile(r"django\.db\.models\.signals|@receiver")
    assert [of(p) for p in PYTHON if signals.search(text_of(p))] == []


def test_the_time_is_asked_of_one_module():
    now = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
    assert [of(p) for p in PYTHON if p.name != "clock.py" and now.search(text_of(p))] == []


def test_catch_all_excepts_are_three_at_most():
    catch_all = re.compile(r"except( Exception| BaseException)?:|except Exception as")
    found = [of(p) for p in PYTHON if catch_all.search(text_of(p))]
    assert len(found) <= 3, found


def test_a_status_is_written_only_by_the_flow():
    written = re.compile(r"\.status\s*=[^=]|update\([^)]*\bstatus=")
    assert [of(p) for p in PYTHON if p.name != "flow.py" and written.search(text_of(p))] == []


def test_no_page_has_script_or_style_of_its_own():
    own = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|\|safe\b|mark_safe")
    assert [of(p) for p in TEMPLATES if own.search(text_of(p))] == []


def test_lists_and_forms_are_declared_in_their_packages():
    """So that every interface uses the same ones without importing the pages."""
    declared = re.compile(r"\bListSpec\(|^class \w+\((\w+\.)*\w*Form\b", re.MULTILINE)
    assert [of(p) for p in PYTHON if of(p).startswith("bihuan/web/") and declared.search(text_of(p))] == []
