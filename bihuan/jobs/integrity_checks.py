"""Every check that `bihuan verify` makes, by name: nothing lost, nothing changed past the audit log.

Add a check as a line of CHECKS: a function that returns faults in plain words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db.models import Subquery

from bihuan.audit import attachments, verification
from bihuan.audit.flow import FLOWS
from bihuan.audit.models import Event
from bihuan.cases import search_index as case_search_index
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.customers import contact_encryption
from bihuan.customers.models import Contact
from bihuan.deadlines import escalation_sweep
from bihuan.feedback import import_accounting
from bihuan.feedback import search_index as feedback_search_index
from bihuan.feedback.models import Feedback
from bihuan.jobs import redelivery
from bihuan.knowledge import search_index as article_search_index
from bihuan.knowledge.models import Article
from bihuan.notifications import outgoing_email


def stuck_tasks() -> list[str]:
    limit = clock.now() - timedelta(minutes=30)
    return [
        f"task {t.pk} has been running since {t.started_at}" for t in redelivery.running_tasks() if t.started_at < limit
    ]


def contacts_can_be_decrypted_and_found() -> list[str]:
    found = []
    for contact in Contact.objects.iterator():
        if not contact_encryption.can_decrypt(contact.sealed):
            found.append(f"contact {contact.pk} cannot be decrypted with the present keys")
        elif contact_encryption.lookup_hash(contact_encryption.decrypt(contact.sealed)) != contact.lookup_hash:
            found.append(f"contact {contact.pk} would not be found again")
    return found


def statuses_follow_events() -> list[str]:
    """Every status is where the last recorded move left it."""
    found = []
    for model in apps.get_models():
        flow = FLOWS.get(getattr(model, "NOUN", ""))
        if flow is None:
            continue
        moves = Event.objects.filter(subject_kind=flow.noun, details__has_key="to").order_by("seq")
        left = dict(moves.values_list("subject_id", "details__to"))
        rows = model._base_manager.filter(pk__in=Subquery(moves.order_by().values("subject_id")))
        for pk, status in rows.values_list("pk", flow.column).iterator():
            if left[pk] != status:
                found.append(f"{flow.noun}/{pk} is {status}, but its last move left it {left[pk]}")
    return found


def search_indexes_are_complete() -> list[str]:
    feedback_items = Feedback.objects.select_related("customer")
    found = feedback_search_index.FeedbackWords.faults(
        (v.pk, feedback_search_index.text_of(v)) for v in feedback_items.iterator(1000)
    )
    found += case_search_index.CaseWords.faults((c.pk, c.search_text) for c in Case.objects.iterator(1000))
    articles = Article.objects.iterator(1000)
    return found + article_search_index.ArticleWords.faults((a.pk, a.search_text) for a in articles)


CHECKS: dict[str, Callable[[], list[str]]] = {
    "event chains and seals": verification.find_faults,
    "attachments and files": attachments.faults,
    "statuses follow events": statuses_follow_events,
    "no stuck task": stuck_tasks,
    "deadlines escalated once": escalation_sweep.faults,
    "mail": outgoing_email.faults,
    "imports add up": import_accounting.faults,
    "contacts": contacts_can_be_decrypted_and_found,
    "search index": search_indexes_are_complete,
}


def report() -> dict[str, list[str]]:
    """Each check's name with the faults it found (empty: sound)."""
    return {name: check() for name, check in CHECKS.items()}
