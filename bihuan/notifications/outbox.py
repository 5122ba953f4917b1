"""The outbox: every event that waits for its notifications gets them, a chunk a transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.audit.models import Event, PendingNotification
from bihuan.cases import events as case_events
from bihuan.core import clock
from bihuan.core.write_throttle import yield_to_writers
from bihuan.deadlines import events as deadline_events
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.deadlines.next_working_time import next_working_time
from bihuan.execution import events as task_events
from bihuan.notifications import outgoing_email
from bihuan.notifications.models import Notification, update_unread_counts
from bihuan.notifications.recipients import recipients

CHUNK = 200
URGENT = frozenset({case_events.ALARMED.key})
"""Event types that notify and send e-mail at any hour."""
ESCALATIONS = frozenset({deadline_events.NEARING.key, deadline_events.OVERDUE.key, task_events.STUCK.key})
"""Event types that wait for working hours unless their case is of the highest level."""


def dispatch() -> int:
    """Write the notifications of all pending events; returns how many were written."""
    written = 0
    while (count := _dispatch_chunk(clock.now())) is not None:
        written += count
        yield_to_writers()
    return written


@transaction.atomic
def _dispatch_chunk(now: datetime) -> int | None:
    """The number of notifications written for the next events; None where no event is pending."""
    rows = PendingNotification.objects.filter(after__lte=now).order_by("id")
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    chunk = list(locked.select_related("event")[:CHUNK])
    if not chunk:
        return None
    opens = next_working_time(company_calendar(), now)
    postponed = {pending.pk for pending in chunk if opens > now and _waits_for_working_hours(pending.event)}
    PendingNotification.objects.filter(pk__in=postponed).update(after=opens)
    ready = [pending for pending in chunk if pending.pk not in postponed]
    notifications = [
        Notification(user=user, event=pending.event, urgent=is_urgent(pending.event))
        for pending in ready
        for user in recipients(pending.event)
    ]
    Notification.objects.bulk_create(notifications, batch_size=500)
    PendingNotification.objects.filter(pk__in=[pending.pk for pending in ready]).delete()
    update_unread_counts({notification.user_id for notification in notifications})
    outgoing_email.write(notifications)
    return len(notifications)


def is_urgent(event: Event) -> bool:
    return event.kind in URGENT or bool(event.details.get("urgent"))


def _waits_for_working_hours(event: Event) -> bool:
    return event.kind in ESCALATIONS and not is_urgent(event)
