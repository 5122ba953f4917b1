"""The feedback items as the engine takes them: columns, one entry a feedback item, in the order of their keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from bihuan.core import clock
from bihuan.feedback.conditions import ANALYZED, SCENARIO_COLUMNS, VALID
from bihuan.feedback.models import Feedback
from bihuan.plugins.staff_names import staff_names

PLAIN = ("received_at", "demand", "score", "sentiment", "contact__masked")
KINDS = {"received_at": pa.timestamp("us", tz="UTC"), "contact": pa.string(), "score": pa.int8()}


@dataclass(frozen=True)
class Frame:
    """``table`` has the columns pk, text, problem_type (``detail``: by second level), customer ("" where unknown), merged, a
    person's sentiment, demand, score, masked contact, received_at, and those of SCENARIO_COLUMNS, each value of customer and SCENARIO_COLUMNS kept once and told by its place, so that every scan need not read them anew;
    ``days`` the day each was received, in the company's time. ``noise`` counts feedback items left out for saying nothing."""

    table: pa.Table
    days: list[date]
    noise: int

    def __len__(self) -> int:
        return int(self.table.num_rows)


def people() -> dict[int, list[str]]:
    """The names we know that each feedback item may hold: its customer's, its contact's, and those of our own people."""
    rows, ours = Feedback.objects.filter(ANALYZED), staff_names()
    named = rows.values_list("pk", "customer__name", "customer__account", "contact__name").iterator(2000)
    return {pk: [*(name for name in names if name), *ours] for pk, *names in named}


def read() -> Frame:
    """All feedback items that count, with a person's labels where there are some, else the suggested ones."""
    rows = Feedback.objects.filter(ANALYZED).order_by("pk")
    wanted = ("pk", "text", "problem_type", "suggested", "customer", "merged_into", *PLAIN, *SCENARIO_COLUMNS.values())
    own_names = (*(name.partition("__")[0] for name in PLAIN), *SCENARIO_COLUMNS)
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
    silent = Feedback.objects.filter(VALID, suggested__noise__isnull=False).count()
    arrays = {name: pa.array(values, KINDS.get(name)) for name, values in columns.items()}
    coded = {name: arrays[name].cast(pa.string()).dictionary_encode() for name in ("customer", *SCENARIO_COLUMNS)}
    return Frame(pa.table(arrays | coded), days, silent)
