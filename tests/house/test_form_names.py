"""Forms and links send names that the product reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.source import PRODUCT, nodes

TEMPLATES = Path(__file__).resolve().parents[2] / "bihuan" / "templates"
PARAMETER = re.compile(r"[?&;]([a-z_]+)=")
VALUE = re.compile(r'<(?:input|option|button)\b[^>]*?\svalue="([^"{}]+)"', re.S)
COMPARED = re.compile(r'(?:==|!=|\bin)\s+"([^"]+)"')
NAME = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([\w-]+)"', re.S)


def read_names() -> set[str]:
    """Names of form fields, and every text constant: what a view may ask a request for."""
    names = set()
    for path in PRODUCT:
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def test_every_field_written_in_a_template_is_read_somewhere():
    known = read_names()
    offenders = [
        f"{page.relative_to(TEMPLATES)}: {name}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for name in NAME.findall(page.read_text(encoding="utf-8"))
        if name not in known and name.rpartition("-")[2] not in known
    ]
    assert not offenders, "\n".join(offenders)


def test_every_parameter_of_a_link_in_a_template_is_read_somewhere():
    known = read_names()
    offenders = [
        f"{page.relative_to(TEMPLATES)}: {name}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for address in re.findall(r'(?:href|action)="([^"]*)"', page.read_text(encoding="utf-8"))
        for name in PARAMETER.findall(address)
        if name not in known
    ]
    assert not offenders, "\n".join(offenders)


def test_every_code_written_in_a_template_stands_in_the_product():
    known = read_names()
    offenders = []
    for page in sorted(TEMPLATES.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        codes = [*VALUE.findall(text), *(code for codes in COMPARED.findall(text) for code in codes.split())]
        offenders += [f"{page.relative_to(TEMPLATES)}: {code}" for code in codes if code not in known | {"0", "1"}]
    assert not offenders, "\n".join(offenders)
