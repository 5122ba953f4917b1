"""docs/deadlines.md: every question in it, asked again, gets the answer that stands below it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bihuan.deadlines.deadline_command import answer

DOC = (Path(__file__).resolve().parents[2] / "docs" / "deadlines.md").read_text(encoding="utf-8")
ASKED = re.findall(r"```json\n(.+)\n```\n\n> \*\*(\S+)\*\*( provisional)?  \n> (.+)  \n> (.+)\n", DOC)


@pytest.mark.parametrize(("question", "due", "provisional", "zh", "en"), ASKED, ids=range(1, len(ASKED) + 1))
def test_a_line_of_the_document_is_answered_as_it_says(question: str, due: str, provisional: str, zh: str, en: str):
    told = {"due": due, "provisional": bool(provisional), "explain": {"zh": zh, "en": en}}
    assert answer(question) == told


def test_no_line_is_left_out():
    assert len(ASKED) == DOC.count("```json") == 24
    assert len({json.dumps(json.loads(question), sort_keys=True) for question, *_ in ASKED}) == len(ASKED)
