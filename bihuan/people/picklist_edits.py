"""Changes of the picklists, with an event each (S3-17). What they are is core/picklists.py."""

from __future__ import annotations

from django.db import transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import edit
from bihuan.core.errors import Refused
from bihuan.core.models import PicklistItem
from bihuan.core.picklists import STEP, Picklist
from bihuan.core.text import Text
from bihuan.people import events
from bihuan.people.models import User

OWN = "own"
"""Codes of items the organisation added are this and a number."""


@transaction.atomic
def add_item(picklist: Picklist, *, by: User, zh: str, en: str, place: int, group: str = "") -> PicklistItem:
    """Another item, to be chosen from now on. Raises Refused when its name is taken."""
    list(PicklistItem.objects.select_for_update().filter(picklist=picklist.name))
    rows = _as_stored(picklist)
    _refuse_duplicate_name(rows, "", zh, en)
    number = 1 + sum(row.code.startswith(OWN) for row in rows.values())
    entry = PicklistItem.objects.create(
        picklist=picklist.name, code=f"{OWN}{number}", zh=zh, en=en, place=place, group=group
    )
    record(events.ENTRY_ADDED, entry, by=by.actor, picklist=picklist.title, zh=zh, en=en)
    return entry


@transaction.atomic
def update_item(
    picklist: Picklist, code: str, *, by: User, zh: str, en: str, place: int, retired: bool, group: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """Change an item everywhere, also where it was used before; ``retired``: it can be chosen no more.
    Raises Refused, Stale."""
    list(PicklistItem.objects.select_for_update().filter(picklist=picklist.name))
    rows = _as_stored(picklist)
    _refuse_duplicate_name(rows, code, zh, en)
    if retired and not any(not row.retired for key, row in rows.items() if key != code):
        raise Refused(Text("至少要留一项可以选。", "At least one entry must be left to choose."))
    shipped = rows[code]
    row, _ = PicklistItem.objects.get_or_create(
        picklist=picklist.name, code=code,
        defaults={"zh": shipped.zh, "en": shipped.en, "place": shipped.place, "group": shipped.group},
    )  # fmt: skip
    was = Text(row.zh, row.en)
    changes = {"zh": zh, "en": en, "place": place, "group": group, "retired": retired}
    event_type = events.ENTRY_CHANGED
    if retired != row.retired:
        event_type = events.ENTRY_RETIRED if retired else events.ENTRY_BACK
    edit(
        row, changes, by=by.actor, event_type=event_type, seen=seen, picklist=picklist.title, was=was,
        becomes=Text(zh, en),
    )  # fmt: skip


def next_place(picklist: Picklist) -> int:
    """Behind all that may be chosen now."""
    return max(picklist.places[code] for code in picklist.open) + STEP


def _as_stored(picklist: Picklist) -> dict[str, PicklistItem]:
    """Every item as it is stored now, whatever this process has loaded."""
    rows = {code: picklist.shipped_item(code, place) for place, code in enumerate(picklist.shipped, 1)}
    return rows | {row.code: row for row in PicklistItem.objects.filter(picklist=picklist.name)}


def _refuse_duplicate_name(rows: dict[str, PicklistItem], code: str, zh: str, en: str) -> None:
    others = [row for key, row in rows.items() if key != code]
    if any(row.zh == zh or row.en.casefold() == en.casefold() for row in others):
        raise Refused(Text("这个名称已经有了。", "There is one of this name already."))
