"""Contact data: ciphertext at rest, one row a contact, found again by hash, seen only with right and reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.customers import contact_encryption
from bihuan.customers.models import Contact, ContactDetails, Customer, CustomerDetails

SPELLINGS = ["13911112222", "139-1111-2222", "+86 139 1111 2222", "１３９１１１１２２２２", " 0086 13911112222"]


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_contact_is_found_however_it_is_typed(spelling: str, cast: dict[str, Any]):
    kept = Contact.get_or_create("13911112222", customer=None, by=cast["lin"].actor)
    assert Contact.find(spelling) == kept
    assert Contact.get_or_create(spelling, customer=None, by=cast["lin"].actor) == kept


@pytest.mark.django_db
def test_the_database_holds_no_contact_in_clear(cast: dict[str, Any]):
    Contact.get_or_create("13911112222", customer=None, by=cast["lin"].actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contact")
        rows = repr(cursor.fetchall())
    assert "13911112222" not in rows
    assert "139****2222" in rows
    assert "13911112222" not in repr(list(Event.objects.values_list("details", "subject_name")))


ENGINEERS = {"zhou", "wu"}
ALLOWED = {"chen", "he", "lin", "zhao"} | ENGINEERS


@pytest.mark.django_db
def test_only_those_who_may_reveal_with_a_reason_and_it_stays_on_record(cast: dict[str, Any]):
    contact = Contact.get_or_create("13911112222", customer=None, by=cast["lin"].actor)
    assert contact is not None
    for username, user in cast.items():
        if username in ALLOWED:
            assert contact.reveal(by=user, reason="回电核实", assigned=username in ENGINEERS) == "13911112222"
            event = Event.objects.filter(kind="contact.revealed").latest("id")
            assert (event.actor, event.details["reason"]) == (user.actor, "回电核实")
        else:
            with pytest.raises(Refused):
                contact.reveal(by=user, reason="回电核实", assigned=True)
    for username in ENGINEERS:
        with pytest.raises(Refused):
            contact.reveal(by=cast[username], reason="回电核实")
    before = Event.objects.count()
    with pytest.raises(Refused):
        contact.reveal(by=cast["chen"], reason=" ")
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_an_anonymous_feedback_item_has_no_customer(cast: dict[str, Any]):
    assert Customer.get_or_create(by=cast["lin"].actor) is None


@pytest.mark.django_db
def test_a_masked_name_names_nobody_for_one_item_and_for_many(cast: dict[str, Any]):
    by = cast["lin"].actor
    assert Customer.get_or_create(name="张**", by=by) is None
    assert Customer.get_or_create_many([CustomerDetails(name="张**"), CustomerDetails()], by=by) == [None, None]
    with_account = Customer.get_or_create(account="u-77", name="张**", by=by)
    assert with_account is not None
    assert Customer.get_or_create(account="u-77", by=by) == with_account
    assert not Customer.objects.filter(account="", name__contains="*").exists()


@pytest.mark.django_db
def test_one_customer_and_one_contact_are_what_many_would_make(cast: dict[str, Any], django_assert_num_queries: Any):
    by = cast["lin"].actor
    made = Customer.get_or_create_many([CustomerDetails(name="甲店"), CustomerDetails(name="甲店")], by=by)
    assert made[0] == made[1] == Customer.get_or_create(name="甲店", by=by)
    contacts = Contact.get_or_create_many([ContactDetails("13900001234"), ContactDetails("139-0000-1234")], by=by)
    assert contacts[0] == contacts[1] == Contact.get_or_create("+86 13900001234", customer=None, by=by)
    with django_assert_num_queries(0):
        assert Customer.get_or_create(by=by) is None
        assert Contact.get_or_create("", customer=None, by=by) is None


def test_keys_can_be_rotated_without_losing_a_contact(settings: Any):
    from cryptography.fernet import Fernet

    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    for cached in (contact_encryption._keys, contact_encryption._box, contact_encryption._pepper):
        cached.cache_clear()
    settings.CONTACT_KEYS = [old]
    sealed, trace = contact_encryption.encrypt("13911112222"), contact_encryption.lookup_hash("13911112222")
    for cached in (contact_encryption._keys, contact_encryption._box, contact_encryption._pepper):
        cached.cache_clear()
    settings.CONTACT_KEYS = [new, old]
    assert (contact_encryption.decrypt(sealed), contact_encryption.lookup_hash("13911112222")) == ("13911112222", trace)
    for cached in (contact_encryption._keys, contact_encryption._box, contact_encryption._pepper):
        cached.cache_clear()
