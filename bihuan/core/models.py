"""The base of every row, and the rules numbers are made by."""

from __future__ import annotations

from django.db import models

from bihuan.core import clock
from bihuan.core.choices import TextChoices
from bihuan.core.text import Text


class BaseModel(models.Model):
    """What every business row has: when it was made, when it last changed, how often."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class NumberRule(BaseModel):
    """How the numbers of one noun look: prefix, date part, serial length. A rule is data; a number never changes.

    The serial begins anew with each date part, so no two numbers are ever the same whatever a rule was before.
    """

    NOUN = "number_rule"

    class Reset(TextChoices):
        DAY = "day", Text("年月日，每天从 1 开始", "Year, month, day; from 1 each day")
        MONTH = "month", Text("年月，每月从 1 开始", "Year and month; from 1 each month")
        YEAR = "year", Text("年，每年从 1 开始", "Year; from 1 each year")
        NEVER = "never", Text("没有日期，一直往下编", "No date; counts on for ever")

    noun = models.CharField(max_length=32, unique=True)
    prefix = models.CharField(max_length=12)
    reset = models.CharField(max_length=8, choices=Reset, default=Reset.DAY)
    digits = models.PositiveSmallIntegerField(default=4)

    class Meta:
        db_table = "number_rule"

    @property
    def subject_name(self) -> str:
        return self.noun

    @property
    def timeline(self) -> str:
        return "setup/numbers"


class PicklistItem(BaseModel):
    """One item of a picklist as the organisation has it (core/picklists.py): added, renamed, moved or disabled.
    Never deleted: rows with its code keep its name."""

    NOUN = "picklist_item"

    picklist = models.CharField(max_length=20)
    code = models.CharField(max_length=12)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    place = models.PositiveIntegerField()
    group = models.CharField(max_length=12, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        db_table = "picklist_item"
        constraints = [models.UniqueConstraint(fields=["picklist", "code"], name="a_code_once_a_picklist")]

    @property
    def subject_name(self) -> str:
        return self.zh

    @property
    def timeline(self) -> str:
        return "setup/picklists"

    @classmethod
    def stamp(cls) -> int:
        """A number that grows with every change of any item; 0 while there are none."""
        return cls.objects.aggregate(stamp=models.Sum("version"))["stamp"] or 0


class Counter(models.Model):
    """The last serial taken of a noun in a period."""

    noun = models.CharField(max_length=32)
    period = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "number_counter"
        constraints = [models.UniqueConstraint(fields=["noun", "period"], name="one_counter_a_period")]


class RateLimitHit(models.Model):
    """One request that a rate limit counts. ``key``: who made it, a keyed hash, never an address. Rows live as long as
    their limit."""

    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "rate_limit_hit"
        indexes = [models.Index(fields=["scope", "key", "at"], name="rate_limit_hit_scope")]
