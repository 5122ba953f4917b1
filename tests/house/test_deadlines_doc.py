"""docs/deadlines.md: every question in it, asked again, gets the answer that stands below it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bihuan.deadlines.deadline_command import answer

DOC = (Path(__file__).resolve().parents[2] / "docs" / "deadlines.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.+)\n```\n\n> \*\*(\S+)\*\*( provisional)?  \n> (.+)  \n> (.+)\n", DOC)


def test_every_question_of_the_document_is_answered_as_it_says():
    offenders = []
    for question, due, provisional, zh, en in EXAMPLES:
        expected = {"due": due, "provisional": bool(provisional), "explain": {"zh": zh, "en": en}}
        if (answered := answer(question)) != expected:
            offenders.append(f"{question}\n  says {expected}\n  gets {answered}")
    assert not offenders, "\n".join(offenders)


def test_no_question_is_left_out():
    assert len(EXAMPLES) == DOC.count("```json") == 24
    assert len({json.dumps(json.loads(question), sort_keys=True) for question, *_ in EXAMPLES}) == len(EXAMPLES)
