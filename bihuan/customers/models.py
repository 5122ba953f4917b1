"""Customer, Contact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import Row
from bihuan.core.numbers import take_one
from bihuan.core.text import Text, both
from bihuan.customers import events, vault
from bihuan.insight.masking import mask_contact
from bihuan.ledger.chain import record
from bihuan.ledger.models import Actor

if TYPE_CHECKING:
    from bihuan.people.models import User


class Customers(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> Customers:
        return self if user.can("see.business") else self.none()


class Customer(Row):
    """An organisation or a person we serve. ``account`` is the name they have with us (login, member number)."""

    NOUN = "customer"

    class Value(models.TextChoices):
        HIGH = "high", Text("高", "High")
        MIDDLE = "middle", Text("中", "Middle")
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

    objects = Customers.as_manager()

    class Meta:
        db_table = "customer"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=~models.Q(account=""), name="an_account_once")
        ]

    def __str__(self) -> str:
        return self.name or self.account or self.number

    @property
    def fact_name(self) -> str:
        return str(self)

    @property
    def trail(self) -> str:
        return f"customer/{self.pk}"

    @classmethod
    @transaction.atomic
    def known_as(cls, *, account: str = "", name: str = "", by: Actor, **fields: Any) -> Customer | None:
        """The customer with this account, else with this name and no account, made when new; None for an anonymous voice."""
        if not account and not name:
            return None
        found = cls.objects.filter(account=account) if account else cls.objects.filter(name=name, account="")
        if customer := found.first():
            return customer
        customer = cls.objects.create(number=take_one("customer"), account=account, name=name, **fields)
        record(events.CUSTOMER_MADE, customer, by=by)
        return customer


class Contact(Row):
    """One way to reach a customer. The value is ciphertext; lists show ``masked`` only."""

    NOUN = "contact"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    name = models.CharField(max_length=60, blank=True)
    sealed = models.TextField()
    masked = models.CharField(max_length=80)
    trace = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=60, default="service")
    do_not_contact = models.BooleanField(default=False)
    verified_by = models.ForeignKey("bihuan.User", on_delete=models.PROTECT, null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "contact"

    def __str__(self) -> str:
        return self.masked

    @property
    def fact_name(self) -> str:
        return self.masked

    @property
    def trail(self) -> str:
        return f"customer/{self.customer_id}" if self.customer_id else f"contact/{self.pk}"

    @classmethod
    @transaction.atomic
    def keep(cls, value: str, *, customer: Customer | None, by: Actor, name: str = "") -> Contact | None:
        """Keep a contact value (phone, mail, account of a messenger); the same value is the same row."""
        value = value.strip()
        if not value:
            return None
        known = cls.objects.filter(trace=vault.trace(value)).first()
        if known:
            return known
        contact = cls.objects.create(
            customer=customer, name=name, sealed=vault.seal(value), masked=mask_contact(value), trace=vault.trace(value)
        )
        record(events.CONTACT_KEPT, contact, by=by)
        return contact

    @classmethod
    def find(cls, value: str) -> Contact | None:
        return cls.objects.filter(trace=vault.trace(value)).first()

    @transaction.atomic
    def reveal(self, *, by: User, reason: str, on: str = "") -> str:
        """The value in clear, for somebody who may, with a reason that stays on record.

        ``on`` names the page it was asked from ("case/12"). Raises Refused without a reason or the right.
        """
        if len(reason.strip()) < 2:
            raise Refused(both("请写明查看联系方式的原因。", "Please say why you need the contact details."))
        if not (by.can("contact.reveal") or by.can("contact.reveal_assigned")):
            raise Refused(both("您的角色不能查看完整联系方式。", "Your role may not see full contact details."))
        type(self).objects.select_for_update().get(pk=self.pk)
        record(events.CONTACT_REVEALED, self, by=by.actor, reason=reason.strip(), on=on)
        return vault.unseal(self.sealed)

    @transaction.atomic
    def verify(self, *, by: User, at: datetime | None = None) -> None:
        """The agent has checked the person's name and identity (S1-06)."""
        if self.verified_at:
            return
        self.verified_by, self.verified_at = by, at or clock.now()
        self.save(update_fields=["verified_by", "verified_at"])
        record(events.CONTACT_VERIFIED, self, by=by.actor)
