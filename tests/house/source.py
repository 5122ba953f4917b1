"""The source files the house tests read, each parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bihuan"
PYTHON = sorted(p for top in ("bihuan", "bench") for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts)
PRODUCT = [p for p in PYTHON if PACKAGE in p.parents]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def of(path: Path) -> str:
    """The path as offenders are listed: from the root of the checkout."""
    return str(path.relative_to(ROOT))


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(parsed(path)))


def functions(path: Path) -> list[Function]:
    return [node for node in nodes(path) if isinstance(node, Function)]


def line_count(path: Path) -> int:
    return len(text_of(path).splitlines())
