"""Customer, Contact."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit, lock, save
from bihuan.audit.models import Actor, Event
from bihuan.core import clock
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.numbers import take_one
from bihuan.core.text import Text
from bihuan.customers import contact_encryption, events
from bihuan.insight.text.masking import mask, mask_contact
from bihuan.people.models import User


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> CustomerQuerySet:
        return self if user.can("see.business") else self.none()

    def like(self, typed: str) -> CustomerQuerySet:
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
        """Name and account, so that namesakes are told apart; ``called`` reads it back."""
        tail = self.account or self.number
        return f"{self.name} · {tail}" if self.name and self.name != tail else tail

    @classmethod
    def called(cls, typed: str) -> Customer | None:
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
    @transaction.atomic(savepoint=False)
    def known_as(cls, *, account: str = "", name: str = "", by: Actor, **fields: Any) -> Customer | None:
        """The customer with this account, else with this name and no account, made when new; None for an anonymous feedback item."""
        if not account and not name:
            return None
        if found := cls.objects.filter(account=account, **({} if account else {"name": name})).order_by("id").first():
            return found
        customer = cls.objects.create(number=take_one("customer"), account=account, name=name, **fields)
        record(events.CUSTOMER_MADE, customer, by=by, is_first=True)
        return customer


REVEALS_AN_HOUR = 20


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> ContactQuerySet:
        """Masked, contacts are seen by whoever sees customers; the value itself needs ``reveal``."""
        return self if user.can("see.business") else self.none()


class Contact(SubjectModel, BaseModel):
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

    objects = ContactQuerySet.as_manager()

    class Meta:
        db_table = "contact"

    def __str__(self) -> str:
        return self.masked

    @property
    def timeline(self) -> str:
        return f"customer/{self.customer_id}" if self.customer_id else f"contact/{self.pk}"

    @classmethod
    @transaction.atomic(savepoint=False)
    def keep(cls, value: str, *, customer: Customer | None, by: Actor, name: str = "") -> Contact | None:
        """Keep a contact value (phone, mail, account of a messenger); the same value is the same row."""
        value = value.strip()
        if not value:
            return None
        known = cls.objects.filter(trace=contact_encryption.trace(value)).first()
        if known:
            return known
        contact = cls.objects.create(
            customer=customer,
            name=name,
            sealed=contact_encryption.seal(value),
            masked=mask_contact(value),
            trace=contact_encryption.trace(value),
        )
        record(events.CONTACT_KEPT, contact, by=by, is_first=True)
        return contact

    @classmethod
    def find(cls, value: str) -> Contact | None:
        return cls.objects.filter(trace=contact_encryption.trace(value)).first()

    @transaction.atomic
    def reveal(self, *, by: User, reason: str, on: str = "", assigned: bool = False) -> str:
        """The value in clear, for somebody who may, with a reason that stays on record.

        ``on`` names the page it was asked from ("case/12"); ``assigned`` says that this person works for this customer
        (cases.reach), which some roles need. Raises Refused without reason or right, and after 20 in an hour.
        """
        if len(reason.strip()) < 2:
            raise Refused(Text("请写明查看联系方式的原因。", "Please say why you need the contact details."))
        if not (by.can("contact.reveal") or (assigned and by.can("contact.reveal_assigned"))):
            raise Refused(Text("您的角色不能查看完整联系方式。", "Your role may not see full contact details."))
        User.objects.select_for_update().get(pk=by.pk)
        lately = Event.objects.filter(
            kind=events.CONTACT_REVEALED.key, actor=by.actor, at__gt=clock.now() - timedelta(hours=1)
        )
        if lately.count() >= REVEALS_AN_HOUR:
            raise Refused(
                Text(
                    "一小时内最多查看 {n} 个联系方式，请稍后再试；确有需要请找主管。",
                    "At most {n} contacts an hour can be shown; please wait, or ask your supervisor.",
                    n=REVEALS_AN_HOUR,
                )
            )
        type(self).objects.select_for_update().get(pk=self.pk)
        record(events.CONTACT_REVEALED, self, by=by.actor, reason=mask(reason.strip()), on=on[:40])
        return contact_encryption.unseal(self.sealed)

    @transaction.atomic
    def verify(self, *, by: User, at: datetime | None = None) -> None:
        """The agent has checked the person's name and identity (S1-06)."""
        if self.verified_at:
            return
        self.verified_by, self.verified_at = by, at or clock.now()
        self.save(update_fields=["verified_by", "verified_at"])
        record(events.CONTACT_VERIFIED, self, by=by.actor)

    @transaction.atomic
    def spare(self, *, by: User, reason: str, wish: bool = True) -> None:
        """The person does not want to be contacted (``wish``), or does again."""
        lock(self)
        if self.do_not_contact == wish:
            return
        self.do_not_contact = wish
        save(self, ["do_not_contact"])
        record(
            events.CONTACT_SPARED if wish else events.CONTACT_WELCOME, self, by=by.actor, reason=mask(reason.strip())
        )
