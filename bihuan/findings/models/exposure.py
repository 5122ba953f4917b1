"""Exposure: how much business there was (orders, payments, users), by day or week: what complaints are a share of.

Read from the sheet a person uploads; the next analysis uses it. A newer one of the same kind takes its place.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.core.files import File
from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.attachments import display_name
from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.findings import events
from bihuan.findings.flow import EXPOSURE_FLOW
from bihuan.insight.analysis import exposure_files as engine
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.sheets import Unreadable
from bihuan.insight.text.masking import mask
from bihuan.people.models import User

LIMIT = 5 * 1024 * 1024
LINES = 100_000
TOO_BIG = Text(
    "文件是空的，或超过 5 MB。请按周或按月汇总后再传。",
    "The file is empty or over 5 MB. Sum it by week or month and upload it again.",
)
TOO_LONG = Text(
    "超过 {most} 行。请按周或按月汇总后再传。",
    "Over {most} lines. Sum it by week or month and upload it again.",
    most=LINES,
)


class ExposureQuerySet(models.QuerySet["Exposure"]):
    def visible_to(self, user: User) -> ExposureQuerySet:
        return self if user.can("findings.see") else self.none()

    def in_use(self) -> list[engine.Exposure]:
        """What the analysis divides by, in the order it came."""
        return [one for row in self.filter(status="used").order_by("pk") for one in row.columns()]


class Exposure(FlowModel):
    """``kind``: the same for sheets that tell the same; ``names``: [zh, en, total] of each column of numbers; ``by_what``:
    fields of feedback it is divided by; ``others``: headings that only choose lines; ``lines``: the numbers themselves,
    column by column, dropped when they are used no more."""

    NOUN = "exposure"

    status = models.CharField(max_length=10, choices=EXPOSURE_FLOW.choices, default="read")
    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=400)
    names = models.JSONField(default=list)
    by_what = models.JSONField(default=list)
    others = models.JSONField(default=list)
    first = models.DateField()
    last = models.DateField()
    step = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    lines = models.JSONField(default=dict)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    objects = ExposureQuerySet.as_manager()

    class Meta:
        db_table = "exposure"
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(status="used"), name="one_exposure_of_a_kind_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def timeline(self) -> str:
        return "findings/exposures"

    @property
    def called(self) -> Text:
        """Its columns of numbers in words."""
        return Text("、".join(zh for zh, _, _ in self.names), ", ".join(en for _, en, _ in self.names))

    @classmethod
    def read(cls, upload: File[bytes], *, by: User) -> Exposure:
        """What a sheet says; nothing uses it yet. Raises Refused with the reason where it says nothing of the kind."""
        if not 0 < upload.size <= LIMIT:
            raise Refused(TOO_BIG)
        name = display_name(upload.name or "")
        with tempfile.TemporaryDirectory(prefix="bihuan-exposure-") as folder:
            path = Path(folder) / name
            path.write_bytes(b"".join(upload.chunks()))
            try:
                columns = engine.read_exposures(path)
            except Unreadable as bad:
                raise Refused(bad.reason) from bad
        if len(columns[0].day) > LINES:
            raise Refused(TOO_LONG)
        return cls._kept(columns, mask(name), by.actor)

    @classmethod
    @transaction.atomic
    def _kept(cls, columns: list[engine.Exposure], source: str, by: Actor) -> Exposure:
        one = columns[0]
        parts = (sorted(each.name.zh for each in columns), sorted(one.dims), sorted(one.others))
        row = cls.objects.create(
            source=source, by=by, kind="|".join(",".join(part) for part in parts)[:400],
            names=[[each.name.zh, each.name.en, float(each.amount.sum())] for each in columns],
            by_what=list(one.dims), others=list(one.others), step=one.step, size=len(one.day),
            first=day_of(int(one.day.min())), last=day_of(int(one.day.max()) + one.step - 1),
            lines={
                "day": one.day.tolist(), "dims": one.dims, "others": one.others,
                "amounts": [each.amount.tolist() for each in columns],
            },
        )  # fmt: skip
        record(events.EXPOSURE_READ, row, by=by, named=row.called)
        return row

    def days(self, most: int) -> list[date]:
        """The days of its first lines."""
        return [day_of(number) for number in self.lines["day"][:most]]

    def columns(self) -> list[engine.Exposure]:
        """As the engine takes them, one a column of numbers."""
        lines: dict[str, Any] = self.lines
        days = np.array(lines["day"], dtype=np.int64)
        return [
            engine.Exposure(
                Text(zh, en),
                f"{self.pk}",
                days,
                np.array(amount, dtype=float),
                lines["dims"],
                lines["others"],
                self.step,
            )
            for (zh, en, _), amount in zip(self.names, lines["amounts"], strict=True)
        ]

    @transaction.atomic
    def use(self, *, by: User) -> None:
        """The next analysis divides by it; the one of the same kind that was used so far is replaced."""
        flow.lock(self)
        self.refresh_from_db()
        if self.status == "read":
            for old in type(self).objects.filter(status="used", kind=self.kind):
                old._let_go("replace", by=by.actor, named=old.called, new=self.source)
        self.move("use", by=by.actor, named=self.called)

    def remove(self, *, by: User) -> None:
        """No later analysis divides by it."""
        self._let_go("remove", by=by.actor, named=self.called)

    def _let_go(self, move: str, *, by: Actor, **details: Any) -> None:
        self.lines = {}
        EXPOSURE_FLOW.move(self, move, by=by, fields=("lines",), **details)
