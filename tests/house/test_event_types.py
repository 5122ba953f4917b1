"""Every type of event has a sentence in both languages, with the same values."""

from __future__ import annotations

import re

from bihuan.audit.event_types import EVENT_TYPES

CHINESE, PLACE = re.compile(r"[一-鿿]"), re.compile(r"{(\w+)}")


def test_every_event_type_has_a_sentence_in_both_languages_with_the_same_places():
    offenders = []
    for key, event_type in EVENT_TYPES.items():
        zh, en = event_type.zh, event_type.en
        both = CHINESE.search(zh) and en and not CHINESE.search(en)
        if not both or set(PLACE.findall(zh)) != set(PLACE.findall(en)):
            offenders.append(f"{key}: {zh} | {en}")
    assert len(EVENT_TYPES) > 200
    assert offenders == []
