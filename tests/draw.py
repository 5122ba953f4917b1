"""Draws the generated parts of the docs from the code: ``python -m tests.draw`` rewrites them, a test compares them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import django

LOOP = Path(__file__).resolve().parents[1] / "docs" / "loop.md"
BLOCK = re.compile(r"(<!-- drawn: (\w+) -->\n).*?(<!-- end -->)", re.S)


def diagram(noun: str) -> str:
    """One noun's states and moves as a Mermaid state diagram, then each move's conditions and consequences in a list."""
    from bihuan.audit.flow import FLOWS  # Django must be set up first

    flow = FLOWS[noun]
    lines = ["```mermaid", "stateDiagram-v2", f"  [*] --> {flow.states[0].code}"]
    lines += [f"  {s.code}: {s.name.to('zh')} {s.name.to('en')}" for s in flow.states]
    lines += [f"  {start} --> {m.end}: {m.title.to('zh')}" for m in flow.moves for start in m.start]
    lines += [f"  {s.code} --> [*]" for s in flow.states if s.final]
    lines.append("```")
    for move in flow.moves:
        parts = [("if", flow.conditions(move.name)), ("then", flow.consequences(move.name))]
        named = [
            f"{word} " + ", ".join(f"`{_name(one)}`" for one in functions) for word, functions in parts if functions
        ]
        lines += [f"- {move.title.to('zh')} / {move.title.to('en')}: {'; '.join(named)}"] if named else []
    return "\n".join(lines) + "\n"


def _name(function: Any) -> str:
    return f"{function.__module__.removeprefix('bihuan.')}.{function.__name__}"


def events() -> str:
    """Every kind of event with its sentence in both languages."""
    from bihuan.audit.event_types import EVENT_TYPES

    rows = [f"| `{k.key}` | {k.zh} | {k.en} |" for k in sorted(EVENT_TYPES.values(), key=lambda k: k.key)]
    return "\n".join(["| event | 中文 | English |", "|---|---|---|", *rows]) + "\n"


def flows() -> str:
    from bihuan.audit.flow import FLOWS

    return "\n".join(f"### {noun}\n\n{diagram(noun)}" for noun in sorted(FLOWS))


def drawn(text: str) -> str:
    """The document with every ``<!-- drawn: … -->`` block renewed."""
    return BLOCK.sub(lambda m: m[1] + {"flows": flows, "events": events}[m[2]]() + m[3], text)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    django.setup()
    LOOP.write_text(drawn(LOOP.read_text(encoding="utf-8")), encoding="utf-8")
