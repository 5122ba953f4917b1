"""The docs say what the code does: generated parts are fresh, every setting, command and flow is mentioned."""

from __future__ import annotations

import re
from pathlib import Path

from bihuan.command import TABLE
from tests import draw, everything

ROOT = Path(__file__).resolve().parents[2]
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])


def test_the_drawn_parts_of_the_loop_are_fresh():
    text = draw.LOOP.read_text(encoding="utf-8")
    assert draw.drawn(text) == text, "run: python -m tests.draw"


def test_every_variable_and_command_is_documented():
    settings = (ROOT / "bihuan" / "settings.py").read_text(encoding="utf-8")
    expected = {f"`{name}`" for name in {*re.findall(r"BIHUAN_\w+", settings), "DATABASE_URL"}}
    expected |= {f"bihuan {entry.name}" for entry in TABLE}
    assert sorted(one for one in expected if one not in DOCS) == []


def test_every_command_of_the_documents_exists():
    commands = set(re.findall(r"(?:`|^ {4}|\$ |bin/)bihuan ([a-z]+)", DOCS, re.M))
    assert sorted(commands - {entry.name for entry in TABLE}) == []
    steps = set(re.findall(r"dev\.py test ([a-z]+)", DOCS))
    assert sorted(steps - {*everything.STEPS, *everything.LONG_STEPS}) == []


def test_links_between_documents_lead_somewhere():
    offenders = [
        f"{page.name}: {target}"
        for page in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert offenders == []
