"""The docs say what the code does: generated parts are fresh, every setting, command and flow is mentioned."""

from __future__ import annotations

import re
from pathlib import Path

from bihuan.command import TABLE
from tests import draw

ROOT = Path(__file__).resolve().parents[2]
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])


def test_the_drawn_parts_of_the_loop_are_fresh():
    text = draw.LOOP.read_text(encoding="utf-8")
    assert draw.drawn(text) == text, "run: python -m tests.draw"


def test_every_variable_and_command_is_documented():
    settings = (ROOT / "bihuan" / "settings.py").read_text(encoding="utf-8")
    for name in {*re.findall(r"BIHUAN_\w+", settings), "DATABASE_URL"}:
        assert f"`{name}`" in DOCS, name
    for entry in TABLE:
        assert f"bihuan {entry.name}" in DOCS, entry.name


def test_links_between_documents_lead_somewhere():
    for page in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
