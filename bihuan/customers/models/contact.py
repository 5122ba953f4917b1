"""Contact: one way to reach a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock, save
from bihuan.audit.models import Actor, Event
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.customers import contact_encryption, events
from bihuan.customers.models.customer import Customer
from bihuan.insight.text.masking import mask, mask_contact
from bihuan.people.models import User

REVEALS_AN_HOUR = 20


class ContactDetails(NamedTuple):
    """One contact value, the person's name, and their customer if known."""

    value: str
    name: str = ""
    customer: Customer | None = None


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
    lookup_hash = models.CharField(max_length=64, unique=True)
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
    def get_or_create(cls, value: str, *, customer: Customer | None, by: Actor, name: str = "") -> Contact | None:
        """The one contact of :meth:`get_or_create_many`; ``name`` is the person's."""
        return cls.get_or_create_many([ContactDetails(value, name, customer)], by=by)[0]

    @classmethod
    @transaction.atomic(savepoint=False)
    def get_or_create_many(cls, details: Sequence[ContactDetails], *, by: Actor) -> list[Contact | None]:
        """The contact of each value (phone, mail, account of a messenger), in order; the same value is the same row.
        None where there is no value."""
        hashes = [contact_encryption.lookup_hash(one.value) if one.value.strip() else "" for one in details]
        wanted = set(hashes) - {""}
        rows = cls.objects.filter(lookup_hash__in=wanted).select_related("customer") if wanted else ()
        known = {row.lookup_hash: row for row in rows}
        missing = {key: one for key, one in zip(hashes, details, strict=True) if key and key not in known}
        created = [
            cls(
                customer=one.customer,
                name=one.name,
                sealed=contact_encryption.encrypt(one.value.strip()),
                masked=mask_contact(one.value.strip()),
                lookup_hash=key,
            )
            # In one order everywhere, so that two imports never wait for each other.
            for key, one in sorted(missing.items())
        ]
        if created:
            cls.objects.bulk_create(created)
            record(events.CONTACT_KEPT, created, by=by, is_first=True)
        known |= {row.lookup_hash: row for row in created}
        return [known.get(key) for key in hashes]

    @classmethod
    def find(cls, value: str) -> Contact | None:
        return cls.objects.filter(lookup_hash=contact_encryption.lookup_hash(value)).first()

    @transaction.atomic
    def reveal(self, *, by: User, reason: str, on: str = "", assigned: bool = False) -> str:
        """The value in clear, for somebody who may, with a reason that stays on record.

        ``on`` names the page it was asked from ("case/12"); ``assigned`` says that this person works for this customer
        (cases.contact_access), which some roles need. Raises Refused without reason or right, and after 20 in an hour.
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
        return contact_encryption.decrypt(self.sealed)

    @transaction.atomic
    def verify(self, *, by: User, at: datetime | None = None) -> None:
        """The agent has checked the person's name and identity (S1-06)."""
        if self.verified_at:
            return
        self.verified_by, self.verified_at = by, at or clock.now()
        self.save(update_fields=["verified_by", "verified_at"])
        record(events.CONTACT_VERIFIED, self, by=by.actor)

    @transaction.atomic
    def set_do_not_contact(self, *, by: User, reason: str, value: bool = True) -> None:
        """Record that the person does not want to be contacted, or (``value`` False) may be contacted again."""
        lock(self)
        if self.do_not_contact == value:
            return
        self.do_not_contact = value
        save(self, ["do_not_contact"])
        record(
            events.CONTACT_SPARED if value else events.CONTACT_WELCOME, self, by=by.actor, reason=mask(reason.strip())
        )
