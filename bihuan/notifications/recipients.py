"""The recipients of a notification: the people behind ``EventType.audience`` and the escalation steps, never customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.execution.models import Task
from bihuan.feedback.models import Feedback
from bihuan.knowledge.models import Article
from bihuan.people.models import User
from bihuan.plans.models import Plan


@dataclass(frozen=True)
class EventContext:
    """The rows an event is about, as far as they decide who receives it; each is loaded at its first use."""

    event: Event

    @cached_property
    def case(self) -> Case | None:
        return self._row_of_timeline("case", Case.objects.select_related("owner", "team"))

    @cached_property
    def feedback(self) -> Feedback | None:
        return self._row_of_timeline("feedback", Feedback.objects.select_related("team"))

    @cached_property
    def article(self) -> Article | None:
        return self._row_of_timeline("article", Article.objects.select_related("author"))

    @cached_property
    def plan(self) -> Plan | None:
        return Plan.of(self.case) if self.case else None

    @cached_property
    def task(self) -> Task | None:
        if self.event.subject_kind != Task.NOUN:
            return None
        return Task.objects.filter(pk=self.event.subject_id).select_related("owner").first()

    @property
    def team(self) -> Any:
        """The team of the case or feedback."""
        row = self.case or self.feedback
        return row.team if row else None

    def may_be_seen_by(self, user: User) -> bool:
        """Whether the person may open the page the notification leads to."""
        noun, _, pk = self.event.timeline.partition("/")
        model = next((m for m in apps.get_models() if getattr(m, "NOUN", "") == noun), None)
        rows = getattr(getattr(model, "objects", None), "visible_to", None)
        return rows is None or rows(user).filter(pk=pk).exists()

    def _row_of_timeline(self, noun: str, rows: Any) -> Any:
        kind, _, pk = self.event.timeline.partition("/")
        return rows.filter(pk=pk).first() if kind == noun else None


def _person(person: User | None) -> list[User]:
    return [person] if person else []


def _with_role(*roles: str) -> Callable[[EventContext], Iterable[User]]:
    return lambda context: User.objects.with_role(*roles)


def _of_team(*roles: str) -> Callable[[EventContext], Iterable[User]]:
    """Those of the team with one of the roles (all of it when none is named)."""

    def members(context: EventContext) -> Iterable[User]:
        rows = User.objects.with_role(*roles) if roles else User.objects.filter(is_active=True)
        return rows.filter(team=context.team) if context.team else []

    return members


def _supervisor(context: EventContext) -> Iterable[User]:
    """The team's own supervisor, else every supervisor."""
    return list(_of_team("supervisor")(context)) or User.objects.with_role("supervisor")


def _reviewers(context: EventContext) -> Iterable[User]:
    if context.article:
        return User.objects.with_role("supervisor", "tech_lead", "product_manager")
    return context.plan.reviewers.all() if context.plan else []


def _recorder(context: EventContext) -> Iterable[User]:
    return User.objects.filter(actor=context.feedback.recorder_id) if context.feedback else []


def _attendees(context: EventContext) -> Iterable[User]:
    """Those who work on the case: a meeting's list of names is text."""
    return [*_person(context.case.owner), *context.case.collaborators.all()] if context.case else []


AUDIENCES: dict[str, Callable[[EventContext], Iterable[User]]] = {
    "owner": lambda context: _person(context.case.owner) if context.case else [],
    "lead": lambda context: _person(context.plan.lead) if context.plan else [],
    "team": _of_team(),
    "agents": _of_team("agent", "supervisor"),
    "supervisor": _supervisor,
    "tech_lead": _with_role("tech_lead"),
    "director": _with_role("director"),
    "leaders": _with_role("leader"),
    "reviewers": _reviewers,
    "task_owner": lambda context: _person(context.task.owner) if context.task else [],
    "author": lambda context: _person(context.article.author) if context.article else [],
    "recorder": _recorder,
    "attendees": _attendees,
    "admin": _with_role("admin"),
    "auditor": _with_role("auditor"),
}
"""The people behind each name that may stand in ``EventType.audience``."""


def recipients(event: Event) -> list[User]:
    """The users to notify of the event: its audience, as far as they are active, may see it and did not cause it.

    An event may name its audience itself; else its type does.
    """
    context = EventContext(event)
    audience = event.details.get("audience") or EVENT_TYPES[event.kind].audience
    users = {user.pk: user for name in audience for user in AUDIENCES[name](context)}
    return [
        user
        for user in users.values()
        if user.is_active and user.actor_id != event.actor_id and context.may_be_seen_by(user)
    ]
