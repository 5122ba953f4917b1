"""The words of ``EventType.audience`` and of the escalation ladder, as people. Customers are not among them."""

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
class Matter:
    """What an event is about, as far as it decides who hears."""

    event: Event

    @cached_property
    def case(self) -> Case | None:
        return self._on("case", Case.objects.select_related("owner", "team"))

    @cached_property
    def feedback(self) -> Feedback | None:
        return self._on("feedback", Feedback.objects.select_related("team"))

    @cached_property
    def article(self) -> Article | None:
        return self._on("article", Article.objects.select_related("author"))

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
        """The team whose matter it is."""
        holder = self.case or self.feedback
        return holder.team if holder else None

    def may_be_seen_by(self, user: User) -> bool:
        """Whether the person may open what the notice would lead to."""
        noun, _, pk = self.event.timeline.partition("/")
        model = next((m for m in apps.get_models() if getattr(m, "NOUN", "") == noun), None)
        rows = getattr(getattr(model, "objects", None), "visible_to", None)
        return rows is None or rows(user).filter(pk=pk).exists()

    def _on(self, noun: str, rows: Any) -> Any:
        kind, _, pk = self.event.timeline.partition("/")
        return rows.filter(pk=pk).first() if kind == noun else None


def _one(person: User | None) -> list[User]:
    return [person] if person else []


def _role(*roles: str) -> Callable[[Matter], Iterable[User]]:
    return lambda matter: User.objects.with_role(*roles)


def _of_team(*roles: str) -> Callable[[Matter], Iterable[User]]:
    """Those of the team with one of the roles (all of it when none is named)."""

    def people(matter: Matter) -> Iterable[User]:
        rows = User.objects.with_role(*roles) if roles else User.objects.filter(is_active=True)
        return rows.filter(team=matter.team) if matter.team else []

    return people


def _supervisor(matter: Matter) -> Iterable[User]:
    """The team's own supervisor, else every supervisor."""
    return list(_of_team("supervisor")(matter)) or User.objects.with_role("supervisor")


def _reviewers(matter: Matter) -> Iterable[User]:
    if matter.article:
        return User.objects.with_role("supervisor", "tech_lead", "product_manager")
    return matter.plan.reviewers.all() if matter.plan else []


def _recorder(matter: Matter) -> Iterable[User]:
    return User.objects.filter(actor=matter.feedback.recorder_id) if matter.feedback else []


def _attendees(matter: Matter) -> Iterable[User]:
    """Those who work on the case: a meeting's list of names is text."""
    return [*_one(matter.case.owner), *matter.case.collaborators.all()] if matter.case else []


WHO: dict[str, Callable[[Matter], Iterable[User]]] = {
    "owner": lambda matter: _one(matter.case.owner) if matter.case else [],
    "lead": lambda matter: _one(matter.plan.lead) if matter.plan else [],
    "team": _of_team(),
    "agents": _of_team("agent", "supervisor"),
    "supervisor": _supervisor,
    "tech_lead": _role("tech_lead"),
    "director": _role("director"),
    "leaders": _role("leader"),
    "reviewers": _reviewers,
    "task_owner": lambda matter: _one(matter.task.owner) if matter.task else [],
    "author": lambda matter: _one(matter.article.author) if matter.article else [],
    "recorder": _recorder,
    "attendees": _attendees,
    "admin": _role("admin"),
    "auditor": _role("auditor"),
}
"""Every word that may stand in ``audience``."""


def hearers(event: Event) -> list[User]:
    """Who hears of the event: named by the event itself or by its kind, active, allowed to see it, not its own actor."""
    matter = Matter(event)
    words = event.details.get("audience") or EVENT_TYPES[event.kind].audience
    found = {user.pk: user for word in words for user in WHO[word](matter)}
    return [
        user
        for user in found.values()
        if user.is_active and user.actor_id != event.actor_id and matter.may_be_seen_by(user)
    ]
