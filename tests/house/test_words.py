"""Both languages stand side by side wherever a person reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "bihuan"
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
HAN = re.compile(r"[一-鿿]")
PAIR = re.compile(r"""{%\s*t\s+("[^"]*"|'[^']*')\s+("[^"]*"|'[^']*')""")


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=of)
def test_a_template_says_nothing_in_one_language_only(path: Path):
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
    pairs = PAIR.findall(text)
    assert [z for z, e in pairs if HAN.search(e) or (not HAN.search(z) and len(z) > 8)] == []
    rest = PAIR.sub("", text).replace("闭环", "").replace("中文", "").replace("zh", "")
    assert HAN.findall(rest) == []


@pytest.mark.parametrize(
    "path", [p for p in ROOT.rglob("*.py") if "insight" not in p.parts and "migrations" not in p.parts], ids=of
)
def test_every_text_has_two_languages(path: Path):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Text", "Kind"}:
            said = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)][-2:]
            if len(said) == 2:
                assert not HAN.search(said[1]), f"{path}:{call.lineno}"
