"""Case, Link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.cases import events, words
from bihuan.cases.flow import FLOW
from bihuan.core.models import Row
from bihuan.core.numbers import take_one
from bihuan.customers.models import Contact, Customer
from bihuan.feedback import words as voice_words
from bihuan.feedback.models import Feedback
from bihuan.ledger.chain import record
from bihuan.ledger.flow import State
from bihuan.ledger.models import Actor, Fact
from bihuan.people.models import Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cases(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Cases:
        """A person's own, their team's, and those they help with; managers see all."""
        if not user.can("see.business"):
            return self.none()
        if user.can("see.all"):
            return self
        helping = Case.collaborators.through.objects.filter(user=user).values("case_id")
        mine = models.Q(owner=user) | models.Q(opened_by=user.actor_id) | models.Q(pk__in=helping)
        if user.team_id:
            shared = Case.teams.through.objects.filter(team=user.team_id).values("case_id")
            mine |= models.Q(team=user.team_id) | models.Q(pk__in=shared)
        return self.filter(mine)


class Case(Row):
    """One matter, from the voice that began it to its archive. ``round`` counts how often it went round."""

    NOUN = "case"

    number = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=12, choices=FLOW.choices, default="draft")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=list(words.KINDS.items()))
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    key_demands = models.JSONField(default=list, blank=True)
    expected_effect = models.TextField(blank=True)
    expected_by = models.DateField(null=True, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)

    product = models.CharField(max_length=80, blank=True)
    app_version = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    error_text = models.TextField(blank=True)
    frequency = models.CharField(max_length=12, choices=list(words.FREQUENCIES.items()), blank=True)
    tried = models.JSONField(default=list, blank=True)
    workaround = models.TextField(blank=True)
    affected_customers = models.PositiveIntegerField(null=True, blank=True)
    affected_users = models.PositiveIntegerField(null=True, blank=True)
    extent = models.CharField(max_length=20, choices=list(words.EXTENTS.items()), blank=True)

    problem_type = models.CharField(max_length=40, choices=list(voice_words.PROBLEM_TYPES.items()), blank=True)
    requirement_type = models.CharField(max_length=12, choices=list(words.REQUIREMENT_TYPES.items()), blank=True)
    requirement_class = models.CharField(max_length=12, choices=list(words.REQUIREMENT_CLASSES.items()), blank=True)
    technical_type = models.CharField(max_length=16, choices=list(words.TECHNICAL_TYPES.items()), blank=True)
    level = models.CharField(max_length=24, blank=True)
    rank = models.PositiveSmallIntegerField(default=4)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    teams = models.ManyToManyField(Team, related_name="shared_cases", blank=True)
    collaborators = models.ManyToManyField(User, related_name="helped_cases", blank=True)
    opened_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    waiting = models.CharField(max_length=12, choices=list(words.WAITING.items()), blank=True)
    conclusion = models.TextField(blank=True)

    objects = Cases.as_manager()

    class Meta:
        db_table = "case"
        indexes = [
            models.Index(fields=["status", "rank", "-id"], name="case_status"),
            models.Index(fields=["owner", "status"], name="case_owner"),
            models.Index(fields=["team", "status"], name="case_team"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def fact_name(self) -> str:
        return self.number

    @property
    def trail(self) -> str:
        return f"case/{self.pk}"

    @property
    def state(self) -> State:
        return FLOW.by_code[self.status]

    @property
    def level_name(self) -> str:
        """The level as people say it."""
        return self.level

    def move(self, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Fact | None:
        return FLOW.move(self, name, by=by, seen=seen, **details)

    @classmethod
    @transaction.atomic
    def open(cls, *, by: User, title: str, kind: str, feedback: Iterable[Feedback] = (), **fields: Any) -> Case:
        """Open a case, from voices or from nothing; its first voice lends what the form left out."""
        voices = list(feedback)
        fields = _lent(voices[0]) | fields if voices else fields
        fields.setdefault("team", by.team)
        case = cls.objects.create(
            number=take_one("case"), title=title, kind=kind, status="accepted", opened_by=by.actor, **fields
        )
        record(events.OPENED, case, by=by.actor, title=title)
        for voice in voices:
            Link.tie(case, voice, by=by.actor)
        return case


class Link(models.Model):
    """A voice that belongs to a case. A voice is in one case at most at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="link")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "case_link"

    @classmethod
    @transaction.atomic
    def tie(cls, case: Case, voice: Feedback, *, by: Actor) -> Link:
        """Put a voice in a case; both chains say so."""
        voice.move("link", by=by, case=case.number)
        link = cls.objects.create(case=case, feedback=voice, by=by)
        record(events.TOOK_FEEDBACK, case, by=by, feedback=voice.number)
        return link


def _lent(voice: Feedback) -> dict[str, Any]:
    return {
        "customer": voice.customer,
        "contact": voice.contact,
        "description": voice.text,
        "expected_effect": voice.demand,
        "occurred_at": voice.occurred_at,
        "product": voice.product,
        "app_version": voice.app_version,
        "system": voice.system,
        "error_text": voice.error_text,
        "tried": voice.tried,
        "problem_type": voice.problem_type,
    }
