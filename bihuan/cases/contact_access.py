"""Who works for a customer, and so may ask for their contact details although they are not of the service team."""

from __future__ import annotations

from django.db.models import Q

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case
from bihuan.customers.models import Contact
from bihuan.people.models import User


def is_assigned_to(user: User, contact: Contact) -> bool:
    """Whether ``user`` owns or helps with an open case of this contact."""
    theirs = Q(contact=contact) | Q(links__feedback__contact=contact)
    if contact.customer_id:
        theirs |= Q(customer=contact.customer_id)
    mine = Q(owner=user) | Q(collaborators=user)
    return Case.objects.filter(mine, theirs).exclude(status__in=CLOSED).exists()
