"""What a person types is marked private on the event type, so no notification can carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.models import Event
from bihuan.demo import sample_company
from bihuan.notifications.redaction import redacted_sentence

TYPED = frozenset(
    [
        "comment",
        "conclusion",
        "content",
        "detail",
        "done",
        "goal",
        "metric",
        "name",
        "note",
        "opinion",
        "reason",
        "reply",
        "resolution",
        "root",
        "sheet",
        "text",
        "title",
        "word",
        "words",
        "zh",
        "en",
        "was",
        "becomes",
    ]
)
"""Names that only fields a person fills in have."""
STAFF = {"Actor", "User", "Team", "Event", "Seal", "Attachment", "Entry", "Counter", "NumberRule", "Plugin"}
"""Their texts are names of our own people and teams, or made by the program."""


def fields(key: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", EVENT_TYPES[key].zh))


def test_a_field_whose_name_says_that_a_person_types_it_is_private():
    offenders = {key: fields(key) & TYPED - set(EVENT_TYPES[key].private) for key in EVENT_TYPES}
    assert {key: names for key, names in offenders.items() if names} == {}


def test_the_text_of_a_notification_holds_no_private_field():
    offenders = []
    for key, event_type in EVENT_TYPES.items():
        event = Event(kind=key, details=dict.fromkeys(fields(key) | set(event_type.private), "甲乙丙丁"))
        for name in event_type.private:
            event.details[name] = "客户的原话"
        for language in ("zh", "en"):
            if "客户的原话" in redacted_sentence(event).to(language):
                offenders.append((key, language))
    assert offenders == []


@pytest.mark.django_db
def test_what_people_typed_in_the_demo_world_stands_in_private_fields_only(cast: dict[str, Any]):
    sample_company.build(cast)
    typed = set(typed_texts())
    assert len(typed) > 100
    offenders = {
        (event.kind, name)
        for event in Event.objects.all()
        for name, value in event.details.items()
        if name not in EVENT_TYPES[event.kind].private and any(text in typed for text in strings(value))
    }
    assert sorted(offenders) == []


def typed_texts() -> Iterator[str]:
    """The texts in all free columns of the database, of four characters and more."""
    for model in apps.get_app_config("bihuan").get_models():
        if model.__name__ in STAFF:
            continue
        for field in model._meta.concrete_fields:
            free = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
            if free and field.name not in ("status", "level", "kind", "code"):
                texts = model._base_manager.values_list(field.name, flat=True).distinct()
                yield from (text for text in texts if text and len(text) >= 4)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
