"""The feedback items as the engine takes them: columns, one entry a feedback item, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.db.models import Q

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.plugins.staff_names import our_people

_STANDING = ~Q(status__in=("void", "withdrawn"))
COUNTED = _STANDING & Q(suggested__noise__isnull=True)
"""Feedback items the engine counts: what is invalid or says nothing is not one; a repeat is (its customer counts once)."""
COLUMNS = {
    "channel": "channel",
    "customer_type": "customer_type",
    "product": "product",
    "version": "app_version",
    "system": "system",
    "region": "region",
    "batch": "batch",
}
"""What a scenario can be told by: the engine's name → the column of ``Feedback``."""
PLAIN = ("received_at", "demand", "score", "sentiment", "contact__masked")
KINDS = {"received_at": pa.timestamp("us", tz="UTC"), "contact": pa.string(), "score": pa.int8()}
TITLES: dict[str, Text] = {
    "channel": Text("渠道", "Channel"),
    "customer_type": Text("客户类型", "Customer type"),
    "product": Text("产品", "Product"),
    "version": Text("版本", "Version"),
    "system": Text("系统", "System"),
    "region": Text("地区", "Region"),
    "batch": Text("批次", "Batch"),
}


@dataclass(frozen=True)
class Frame:
    """``table`` has the columns pk, text, problem_type (``detail``: by second level), customer ("" where unknown), merged, a
    person's sentiment, demand, score, masked contact, received_at, and those of COLUMNS, each value of customer and COLUMNS kept once and told by its place, so that every scan need not read them anew;
    ``days`` the day each was received, in the company's time. ``noise`` counts feedback items left out for saying nothing."""

    table: pa.Table
    days: list[date]
    noise: int

    def __len__(self) -> int:
        return int(self.table.num_rows)


def seems(problem_type: str) -> Q:
    """Feedback items of this type: a person's label where there is one, else the suggested."""
    suggested = Q(problem_type="", suggested__problem_type__code=problem_type)
    return COUNTED & (Q(problem_type=problem_type) | suggested)


def narrowed(conditions: Iterable[tuple[str, str]]) -> Q:
    """Feedback items for which these hold: (name of COLUMNS, value)."""
    return Q(*[(COLUMNS[name], value) for name, value in conditions])


def people() -> dict[int, list[str]]:
    """The names we know that each feedback item may hold: its customer's, its contact's, and those of our own people."""
    rows, ours = Feedback.objects.filter(COUNTED), our_people()
    named = rows.values_list("pk", "customer__name", "customer__account", "contact__name").iterator(2000)
    return {pk: [*(name for name in names if name), *ours] for pk, *names in named}


def read() -> Frame:
    """All feedback items that count, with a person's labels where there are some, else the suggested ones."""
    rows = Feedback.objects.filter(COUNTED).order_by("pk")
    wanted = ("pk", "text", "problem_type", "suggested", "customer", "merged_into", *PLAIN, *COLUMNS.values())
    own_names = (*(name.partition("__")[0] for name in PLAIN), *COLUMNS)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("pk", "text", "problem_type", "detail", "customer", "merged", *own_names)
    }
    for pk, text, label, suggested, customer, merged, *own in rows.values_list(*wanted).iterator(2000):
        guess = suggested.get("problem_type", {})
        top = label or guess.get("code", "")
        columns["pk"].append(pk)
        columns["text"].append(text)
        columns["problem_type"].append(top)
        columns["detail"].append(guess.get("detail", top) if top == guess.get("code") else top)
        columns["customer"].append(str(customer or ""))
        columns["merged"].append(merged is not None)
        for name, value in zip(own_names, own, strict=True):
            columns[name].append(value)
    days = [received.astimezone(clock.BEIJING).date() for received in columns["received_at"]]
    silent = Feedback.objects.filter(_STANDING, suggested__noise__isnull=False).count()
    arrays = {name: pa.array(values, KINDS.get(name)) for name, values in columns.items()}
    coded = {name: arrays[name].cast(pa.string()).dictionary_encode() for name in ("customer", *COLUMNS)}
    return Frame(pa.table(arrays | coded), days, silent)
