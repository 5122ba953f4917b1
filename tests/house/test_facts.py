"""Every kind of event can be said in both languages, with the same values."""

from __future__ import annotations

import re

import pytest

from bihuan.audit.event_types import EVENT_TYPES


@pytest.mark.parametrize("key", EVENT_TYPES)
def test_a_kind_has_a_sentence_in_both_languages_with_the_same_places(key: str):
    kind = EVENT_TYPES[key]
    places = re.compile(r"{(\w+)}")
    assert re.search(r"[一-鿿]", kind.zh)
    assert kind.en
    assert not re.search(r"[一-鿿]", kind.en)
    assert set(places.findall(kind.zh)) == set(places.findall(kind.en))
