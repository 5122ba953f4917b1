"""Waiting for somebody outside, and pressing somebody inside: a case paused, resumed, urged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from bihuan.audit import flow
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Event
from bihuan.cases import case_choices, events
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.models import Pause

if TYPE_CHECKING:
    from bihuan.cases.models import Case
    from bihuan.people.models import User

URGE_AGAIN = timedelta(hours=1)
"""Pressing once is enough for this long."""


@transaction.atomic
def pause(case: Case, *, by: User, waiting: str, reason: str) -> None:
    """Wait for the customer or a third party; the deadlines stand still. No other reason stops them, and none for longer
    than the table of limits allows."""
    case._hold()
    case._stands_open()
    if waiting not in case_choices.PAUSE_REASONS or len(reason.strip()) < 2:
        raise Refused(
            Text(
                "只能因等客户或等第三方挂起，并写明在等什么。",
                "A case is paused only for the customer or a third party; please say what is awaited.",
            )
        )
    if case.waiting:
        raise Refused(Text("事项已经挂起。", "The case is already paused."))
    case.waiting, case.waiting_since = waiting, clock.now()
    flow.save(case, ["waiting", "waiting_since"])
    Pause.begin(case, reason=waiting, note=reason.strip(), by=by.actor)
    record(events.PAUSED, case, by=by.actor, waiting=case_choices.PAUSE_REASONS[waiting], reason=reason.strip())


@transaction.atomic
def resume(case: Case, *, by: User | Actor) -> None:
    """The wait is over; the deadlines run again."""
    case._hold()
    if case.waiting:
        actor = by if isinstance(by, Actor) else by.actor
        _go_on(case, actor)
        record(events.RESUMED, case, by=actor)


def _go_on(case: Case, actor: Actor) -> None:
    case.waiting, case.waiting_since = "", None
    flow.save(case, ["waiting", "waiting_since"])
    Pause.finish(case, by=actor)


@transaction.atomic
def urge(case: Case, *, by: User, note: str = "") -> Event | None:
    """Press its owner, who hears of it at once; once an hour is enough."""
    case._hold()
    case._stands_open()
    if not by.can("case.assign"):
        raise Refused(Text("您的角色不能催办。", "Your role may not send reminders."))
    if case.owner_id is None:
        raise Refused(Text("还没有负责人，请先指定负责人。", "It has no owner yet; please name one first."))
    lately = Event.objects.filter(kind=events.URGED.key, subject_kind=case.NOUN, subject_id=case.pk)
    if lately.filter(at__gt=clock.now() - URGE_AGAIN, actor=by.actor).exists():
        return None
    return record(events.URGED, case, by=by.actor, owner=case.owner.name if case.owner else "", note=note.strip()[:200])


def end_long_waits() -> int:
    """Resume every case that waits for longer than its limit; how many. Its deadlines have run since the limit, however
    late this is noticed."""
    over = Pause.objects.filter(end=None, until__lte=clock.now()).order_by("until").values_list("case", flat=True)
    return sum(_ran_out(pk) for pk in list(over[:1000]))


@transaction.atomic
def _ran_out(pk: int) -> bool:
    case: Case = apps.get_model("bihuan", "Case")._base_manager.select_for_update().get(pk=pk)
    held = Pause.objects.filter(case=case, end=None, until__lte=clock.now()).first()
    if held is None or not case.waiting:
        return False
    _go_on(case, Actor.system())
    record(
        events.WAITED_TOO_LONG, case, by=Actor.system(), waiting=case_choices.PAUSE_REASONS[held.reason],
        since=_minute(held.start), until=_minute(held.until),
    )  # fmt: skip
    return True


def _minute(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}" if moment else ""
