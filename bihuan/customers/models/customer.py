"""Customer: an organisation or a person we serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit
from bihuan.audit.models import Actor
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.numbers import next_numbers
from bihuan.core.text import Text
from bihuan.customers import events
from bihuan.people.models import User


class CustomerDetails(NamedTuple):
    """What a feedback item says about its customer; ``fields`` are further columns, for a new one."""

    account: str = ""
    name: str = ""
    fields: Mapping[str, Any] = MappingProxyType({})

    @property
    def key(self) -> tuple[str, str]:
        """By what the customer is found: the account, else the name; ("", "") for an anonymous one."""
        if self.account:
            return self.account, ""
        return "", "" if "*" in self.name else self.name


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> CustomerQuerySet:
        return self if user.can("see.business") else self.none()

    def search(self, typed: str) -> CustomerQuerySet:
        """Those whose name, account or number holds what was typed."""
        return self.filter(
            models.Q(name__icontains=typed) | models.Q(account__icontains=typed) | models.Q(number__iexact=typed)
        )


class Customer(SubjectModel, BaseModel):
    """An organisation or a person we serve. ``account`` is the name they have with us (login, member number)."""

    NOUN = "customer"

    class Value(TextChoices):
        HIGH = "high", Text("高", "High")
        MIDDLE = "middle", Text("中", "Medium")
        LOW = "low", Text("低", "Low")

    number = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=80, blank=True, db_index=True)
    industry = models.CharField(max_length=60, blank=True)
    size = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=8, choices=Value, default=Value.MIDDLE)
    paying = models.BooleanField(default=False)
    history = models.TextField(blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        db_table = "customer"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=~models.Q(account=""), name="an_account_once")
        ]
        indexes = [
            models.Index(fields=["name"], name="customer_name"),
            models.Index(fields=["-updated_at", "-id"], name="customer_changed"),
        ]

    def __str__(self) -> str:
        return self.name or self.account or self.number

    @property
    def label(self) -> str:
        """Name and account, so that namesakes are told apart; ``find_by_label`` reads it."""
        tail = self.account or self.number
        return f"{self.name} · {tail}" if self.name and self.name != tail else tail

    @classmethod
    def find_by_label(cls, typed: str) -> Customer | None:
        """The one customer meant by what was typed: label, account, number, or a name only one of them has."""
        words = [word for word in (typed, typed.rsplit(" · ", 1)[-1]) if word]
        matches = cls.objects.filter(models.Q(account__in=words) | models.Q(number__in=words))
        for word in words:
            if customer := next((row for row in matches if word in (row.account, row.number)), None):
                return customer
        namesakes = list(cls.objects.filter(name=typed)[:2]) if typed else []
        return namesakes[0] if len(namesakes) == 1 else None

    def edit(self, *, by: User, seen: int, **fields: Any) -> None:
        """Change the basics; an account somebody else has is refused."""
        account = fields.get("account", "")
        if account and Customer.objects.filter(account=account).exclude(pk=self.pk).exists():
            raise Refused(Text("这个账号已属于另一位客户。", "Another customer has this account already."))
        edit(self, fields, by=by.actor, event_type=events.CUSTOMER_EDITED, seen=seen)

    @classmethod
    def get_or_create(cls, *, account: str = "", name: str = "", by: Actor, **fields: Any) -> Customer | None:
        """The one customer of :meth:`get_or_create_many`; ``fields`` are further columns of a new one."""
        return cls.get_or_create_many([CustomerDetails(account, name, fields)], by=by)[0]

    @classmethod
    @transaction.atomic(savepoint=False)
    def get_or_create_many(cls, details: Sequence[CustomerDetails], *, by: Actor) -> list[Customer | None]:
        """The customer of each, in order: the one with this account, else the one of this name without an account,
        created when new. None for an anonymous one; a masked name (张**) names nobody in particular."""
        keys = [one.key for one in details]
        accounts, names = {account for account, _ in keys if account}, {name for _, name in keys if name}
        known = {CustomerDetails(row.account, row.name).key: row for row in cls._with(accounts, names)}
        missing = {key: one for key, one in zip(keys, details, strict=True) if any(key) and key not in known}
        if missing:
            created = [
                cls(number=number, account=one.account, name=one.name, **one.fields)
                for number, one in zip(next_numbers("customer", len(missing)), missing.values(), strict=True)
            ]
            cls.objects.bulk_create(created)
            record(events.CUSTOMER_MADE, created, by=by, is_first=True)
            known |= dict(zip(missing, created, strict=True))
        return [known.get(key) for key in keys]

    @classmethod
    def _with(cls, accounts: set[str], names: set[str]) -> Sequence[Customer]:
        if not accounts and not names:
            return []
        rows = cls.objects.filter(models.Q(account__in=accounts) | models.Q(account="", name__in=names))
        return list(rows.order_by("-id"))
