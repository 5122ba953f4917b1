"""The guide names each act by the label on its button."""

from __future__ import annotations

import re

from bihuan.core.text_catalog import pairs
from tests.house.source import ROOT

BUTTON = re.compile(r"\*\*[「“](.+?)[」”]\*\*")


def without_values(label: str) -> str:
    return re.sub(r"\{\w*\}", "{}", label)


def test_every_button_of_the_guide_stands_on_a_page():
    labels = {without_values(text) for zh, en, _ in pairs() for text in (zh, en)}
    offenders, found = [], 0
    for page in sorted((ROOT / "docs" / "guide").glob("*.md")):
        for label in BUTTON.findall(page.read_text(encoding="utf-8")):
            if label in {"这样", "like this"}:  # how the guide's first page explains the writing
                continue
            found += 1
            offenders += [f"{page.name}: {label}"] if without_values(label) not in labels else []
    assert found > 30
    assert not offenders, "\n".join(offenders)
