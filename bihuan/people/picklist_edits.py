"""Changing the dictionaries, on record (S3-17). What they are is core/picklists.py."""

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
"""Codes of entries the organisation added are this and a number."""


@transaction.atomic
def add_item(dictionary: Picklist, *, by: User, zh: str, en: str, place: int, group: str = "") -> PicklistItem:
    """Another entry, to be chosen from now on. Raises Refused when its name is taken."""
    list(PicklistItem.objects.select_for_update().filter(dictionary=dictionary.name))
    rows = _as_stored(dictionary)
    _refuse_duplicate_name(rows, "", zh, en)
    number = 1 + sum(row.code.startswith(OWN) for row in rows.values())
    entry = PicklistItem.objects.create(
        dictionary=dictionary.name, code=f"{OWN}{number}", zh=zh, en=en, place=place, group=group
    )
    record(events.ENTRY_ADDED, entry, by=by.actor, dictionary=dictionary.title, zh=zh, en=en)
    return entry


@transaction.atomic
def update_item(
    dictionary: Picklist, code: str, *, by: User, zh: str, en: str, place: int, retired: bool, group: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """Call an entry so from now on, everywhere, also where it was used before; ``retired``: it is chosen no more.
    Raises Refused, Stale."""
    list(PicklistItem.objects.select_for_update().filter(dictionary=dictionary.name))
    rows = _as_stored(dictionary)
    _refuse_duplicate_name(rows, code, zh, en)
    if retired and not any(not row.retired for key, row in rows.items() if key != code):
        raise Refused(Text("至少要留一项可以选。", "At least one entry must be left to choose."))
    shipped = rows[code]
    row, _ = PicklistItem.objects.get_or_create(
        dictionary=dictionary.name, code=code,
        defaults={"zh": shipped.zh, "en": shipped.en, "place": shipped.place, "group": shipped.group},
    )  # fmt: skip
    was = Text(row.zh, row.en)
    changes = {"zh": zh, "en": en, "place": place, "group": group, "retired": retired}
    event_type = events.ENTRY_CHANGED
    if retired != row.retired:
        event_type = events.ENTRY_RETIRED if retired else events.ENTRY_BACK
    edit(
        row, changes, by=by.actor, event_type=event_type, seen=seen, dictionary=dictionary.title, was=was,
        becomes=Text(zh, en),
    )  # fmt: skip


def next_place(dictionary: Picklist) -> int:
    """Behind all that may be chosen now."""
    return max(dictionary.places[code] for code in dictionary.open) + STEP


def _as_stored(dictionary: Picklist) -> dict[str, PicklistItem]:
    """Every entry as the rows say now, whatever this process has read."""
    rows = {code: dictionary.shipped_item(code, place) for place, code in enumerate(dictionary.shipped, 1)}
    return rows | {row.code: row for row in PicklistItem.objects.filter(dictionary=dictionary.name)}


def _refuse_duplicate_name(rows: dict[str, PicklistItem], code: str, zh: str, en: str) -> None:
    others = [row for key, row in rows.items() if key != code]
    if any(row.zh == zh or row.en.casefold() == en.casefold() for row in others):
        raise Refused(Text("这个名称已经有了。", "There is one of this name already."))
