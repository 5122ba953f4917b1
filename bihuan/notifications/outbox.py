"""From events to people: what was written down with an event is told, in one transaction, to everybody who is to hear."""

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
from bihuan.notifications.models import Notification, count_unread
from bihuan.notifications.recipients import hearers

CHUNK = 200
URGENT = frozenset({case_events.ALARMED.key})
"""Kinds that are told and mailed at any hour."""
ESCALATIONS = frozenset({deadline_events.NEARING.key, deadline_events.OVERDUE.key, task_events.STUCK.key})
"""Kinds that wait for working hours unless their matter is of the highest level."""


def dispatch() -> int:
    """Tell everything that waits to be heard; returns how many notices were written."""
    told = 0
    while (done := _chunk(clock.now())) is not None:
        told += done
        yield_to_writers()
    return told


@transaction.atomic
def _chunk(now: datetime) -> int | None:
    rows = PendingNotification.objects.filter(after__lte=now).order_by("id")
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    found = list(locked.select_related("event")[:CHUNK])
    if not found:
        return None
    opens = next_working_time(company_calendar(), now)
    late = [one for one in found if opens > now and _waits(one.event)]
    PendingNotification.objects.filter(pk__in=[one.pk for one in late]).update(after=opens)
    notices = []
    for one in found:
        if one not in late:
            urgent = is_urgent(one.event)
            notices += [Notification(user=user, event=one.event, urgent=urgent) for user in hearers(one.event)]
    Notification.objects.bulk_create(notices, batch_size=500)
    PendingNotification.objects.filter(pk__in=[one.pk for one in found if one not in late]).delete()
    count_unread({one.user_id for one in notices})
    outgoing_email.write(notices)
    return len(notices)


def is_urgent(event: Event) -> bool:
    return event.kind in URGENT or bool(event.details.get("urgent"))


def _waits(event: Event) -> bool:
    return event.kind in ESCALATIONS and not is_urgent(event)
