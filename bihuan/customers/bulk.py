"""Customers and contacts of many feedback items at once: found together, missing ones made in one block (imports)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core.numbers import take
from bihuan.customers import contact_encryption, events
from bihuan.customers.models import Contact, Customer
from bihuan.insight.text.masking import mask_contact


class Who(NamedTuple):
    """What a row tells about its customer: account and name as ``Customer.known_as`` takes them."""

    account: str = ""
    name: str = ""
    level: str = ""


class Reach(NamedTuple):
    """One contact value of a row, the person's name and their customer if known."""

    value: str
    name: str = ""
    customer: Customer | None = None


def know(whos: Sequence[Who], *, by: Actor) -> list[Customer | None]:
    """The customer of each, in order; None for an anonymous one. A masked name (张**) names nobody in particular."""
    keys = [_key(who) for who in whos]
    accounts = {account for account, _ in keys if account}
    names = {name for account, name in keys if name and not account}
    found = {_key(Who(c.account, c.name)): c for c in _stored(accounts, names)}
    missing = {key: who for key, who in zip(keys, whos, strict=True) if any(key) and key not in found}
    if missing:
        made = [
            Customer(number=number, account=who.account, name=who.name, level=who.level)
            for number, who in zip(take("customer", len(missing)), missing.values(), strict=True)
        ]
        Customer.objects.bulk_create(made)
        record(events.CUSTOMER_MADE, made, by=by, is_first=True)
        found |= dict(zip(missing, made, strict=True))
    return [found.get(key) for key in keys]


def keep(reaches: Sequence[Reach], *, by: Actor) -> list[Contact | None]:
    """The kept contact of each, in order; None where there is no value."""
    traces = [contact_encryption.trace(reach.value) if reach.value.strip() else "" for reach in reaches]
    found = {c.trace: c for c in Contact.objects.filter(trace__in=set(traces) - {""}).select_related("customer")}
    missing = {t: r for t, r in zip(traces, reaches, strict=True) if t and t not in found}
    made = [
        Contact(
            customer=reach.customer,
            name=reach.name,
            sealed=contact_encryption.seal(reach.value.strip()),
            masked=mask_contact(reach.value.strip()),
            trace=trace,
        )
        # In one order everywhere, so that two imports never wait for each other.
        for trace, reach in sorted(missing.items())
    ]
    if made:
        Contact.objects.bulk_create(made)
        record(events.CONTACT_KEPT, made, by=by, is_first=True)
    found |= {contact.trace: contact for contact in made}
    return [found.get(trace) for trace in traces]


def _key(who: Who) -> tuple[str, str]:
    if who.account:
        return who.account, ""
    return "", "" if "*" in who.name else who.name


def _stored(accounts: set[str], names: set[str]) -> Sequence[Customer]:
    if not accounts and not names:
        return []
    return list(Customer.objects.filter(Q(account__in=accounts) | Q(account="", name__in=names)).order_by("-id"))
