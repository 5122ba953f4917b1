"""Every icon that a page, an event type or the navigation names stands in the sprite."""

from __future__ import annotations

import re
from pathlib import Path

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.web.context import NAV_ITEMS

ROOT = Path(__file__).resolve().parents[2] / "bihuan"


def test_every_icon_that_is_named_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-([\w-]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))
    named = dict.fromkeys((place.icon for place in NAV_ITEMS), "navigation")
    named |= {event_type.icon: event_type.key for event_type in EVENT_TYPES.values()}
    for page in (ROOT / "templates").rglob("*.html"):
        named |= dict.fromkeys(re.findall(r'{% icon "([\w-]+)"', page.read_text(encoding="utf-8")), page.name)
    assert {icon: place for icon, place in named.items() if icon not in drawn} == {}
