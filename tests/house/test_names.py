"""Names are the words of the field; those struck out in the naming rule are gone, and a module's name is its own."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import PRODUCT, nodes, of

# A module called so says nothing about what it holds.
VAGUE = {"utils", "util", "helpers", "services", "managers", "common", "misc", "tools"}
# Names that several packages have, each for the same thing.
SHARED = {"models", "forms", "lists", "events", "flow", "urls", "labels", "bulk", "similar", "search_index"}

WORDS = """
voice voices told tells said heard hear hears fact facts topic topics rung rungs ladder urge urged urging obey obeys
hasten surrender spoke revisit revisits standing telling scenes moods looked untie tie ties door doors house desk
spare wish shut asked beside clock
"""
STRUCK_OUT = set(WORDS.split())
"""A whole part of a name: ``told_on`` and ``_Voice`` have one, ``untold`` and ``invoice`` have none."""

EXCEPTIONS = {
    "bihuan/core/clock.py": "the time of the machine, which tests set",
    "bihuan/insight/sheets/dates.py": "a clock reads 14:05: the time of day in a cell",
    "bihuan/insight/text/masking.py": "a house in an address",
    "bihuan/insight/data/personal_data_patterns.py": "a house in an address",
}
"""File → why it may use a word that is struck out."""


def names(path: Path) -> Iterator[tuple[str, int]]:
    """Every name that the file gives to something: module, class, function, argument, variable, attribute."""
    yield path.parent.name if path.stem == "__init__" else path.stem, 1
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def parts(name: str) -> set[str]:
    """ReadsTopic_now → reads, topic, now."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_no_name_is_struck_out():
    offenders = [
        f"{of(path)}:{line} {name}"
        for path in PRODUCT
        if of(path) not in EXCEPTIONS
        for name, line in names(path)
        if parts(name) & STRUCK_OUT
    ]
    assert not offenders, "\n".join(offenders)


def test_an_exception_is_needed():
    needed = {of(p) for p in PRODUCT if any(parts(name) & STRUCK_OUT for name, _ in names(p))}
    assert sorted(set(EXCEPTIONS) - needed) == []


def test_no_module_is_called_after_nothing():
    assert [of(p) for p in PRODUCT if {p.stem, p.parent.name} & VAGUE] == []


def test_no_two_modules_have_one_name():
    modules = defaultdict(list)
    for path in PRODUCT:
        if path.stem not in SHARED | {"__init__"}:
            modules[path.stem].append(of(path))
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}
