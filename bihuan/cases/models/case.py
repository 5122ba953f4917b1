"""Case, Link. Its judgements are in assessments.py, its talks with the customer in talks.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit import attachments, flow
from bihuan.audit.base_models import FlowModel, NumberedModel, reasoned
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Attachment, Event
from bihuan.cases import case_choices, events, search_index
from bihuan.cases.flow import CLOSED, FLOW
from bihuan.cases.models import external_request as external_requests
from bihuan.cases.models.assessment import assess, run_deadlines
from bihuan.cases.models.communication import Communication, speak
from bihuan.cases.models.handover import Handover
from bihuan.cases.pausing import pause, resume, urge
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.numbers import take_one
from bihuan.core.text import Text
from bihuan.customers.models import Contact, Customer
from bihuan.deadlines import deadline_choices as deadline_choices
from bihuan.deadlines.due_status import DueStatus, describe_due
from bihuan.deadlines.models import Deadline
from bihuan.feedback import events as feedback_events
from bihuan.feedback import feedback_choices as feedback_choices
from bihuan.feedback.models import Feedback
from bihuan.people.models import Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile


RESULT_STANDS = ("following_up", "evaluating", "archived")
"""Where the work of a round is done, so that there is something to tell."""
_MEETS = {"diagnose": "start", "propose": "plan", "finish": "resolve"}
"""The step of the flow that reaches a milestone."""


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        """A person's own, their team's, and those they help with; managers see all."""
        if not user.can("see.business"):
            return self.none()
        if user.can("see.all"):
            return self
        helping = Case.collaborators.through.objects.filter(user=user).values("case")
        mine = models.Q(owner=user) | models.Q(opened_by=user.actor_id) | models.Q(pk__in=helping)
        if user.team_id:
            shared = Case.teams.through.objects.filter(team=user.team_id).values("case")
            mine |= models.Q(team=user.team_id) | models.Q(pk__in=shared)
        return self.filter(mine)


class Case(NumberedModel, FlowModel):
    """One matter, from the feedback item that began it to its archive. ``round`` counts how often it went round."""

    NOUN = "case"
    SHOWN_WITH = ("customer", "contact", "owner", "team", "opened_by")

    status = models.CharField(max_length=12, choices=FLOW.choices, default="draft")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=list(case_choices.KINDS.items()))
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
    frequency = models.CharField(max_length=12, choices=list(case_choices.FREQUENCIES.items()), blank=True)
    tried = models.JSONField(default=list, blank=True)
    workaround = models.TextField(blank=True)
    affected_customers = models.PositiveIntegerField(null=True, blank=True)
    affected_users = models.PositiveIntegerField(null=True, blank=True)
    extent = models.CharField(max_length=20, choices=list(case_choices.EXTENTS.items()), blank=True)

    problem_type = models.CharField(max_length=40, choices=feedback_choices.problem_types, blank=True)
    requirement_type = models.CharField(max_length=12, choices=case_choices.requirement_types, blank=True)
    requirement_class = models.CharField(max_length=12, choices=case_choices.requirement_classes, blank=True)
    technical_type = models.CharField(max_length=16, choices=case_choices.technical_types, blank=True)
    channel = models.CharField(max_length=20, choices=feedback_choices.channels, blank=True)
    first_judgement = models.TextField(blank=True)
    level = models.CharField(max_length=24, blank=True)
    level_names = models.JSONField(default=dict, blank=True)
    rank = models.PositiveSmallIntegerField(default=4)
    next_due = models.DateTimeField(null=True, blank=True, editable=False)
    next_milestone = models.CharField(
        max_length=16, choices=list(deadline_choices.MILESTONES.items()), blank=True, editable=False
    )
    next_provisional = models.BooleanField(default=False, editable=False)
    disposition = models.CharField(max_length=12, choices=list(case_choices.DISPOSITIONS.items()), blank=True)
    pool = models.CharField(max_length=20, blank=True)
    planned_for = models.DateField(null=True, blank=True)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    teams = models.ManyToManyField(Team, related_name="shared_cases", blank=True)
    collaborators = models.ManyToManyField(User, related_name="helped_cases", blank=True)
    opened_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    waiting = models.CharField(max_length=12, choices=list(case_choices.PAUSE_REASONS.items()), blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    declined_as = models.CharField(max_length=12, choices=list(case_choices.DECLINES.items()), blank=True)
    conclusion = models.TextField(blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "case"
        indexes = [
            models.Index(fields=["status", "rank", "-id"], name="case_status"),
            models.Index(fields=["owner", "status"], name="case_owner"),
            models.Index(fields=["team", "status"], name="case_team"),
            models.Index(fields=["next_due"], name="case_next_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def level_name(self) -> Text | str:
        """The level as people say it."""
        return Text.from_json(self.level_names) if self.level_names else self.level

    @property
    def due_status(self) -> DueStatus:
        """How its next due time stands, in words."""
        since = None if self.next_milestone in deadline_choices.NEVER_PAUSED else self.waiting_since
        return describe_due(self.next_due, provisional=self.next_provisional, paused_since=since)

    @transaction.atomic
    def move(self, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Event | None:
        """Take a step of the flow; the deadlines it answers are met, and a closed case's deadlines stop."""
        event = super().move(name, by=by, seen=seen, **details)
        if event and name in _MEETS:
            Deadline.meet(self, _MEETS[name], by)
        if event and self.status in CLOSED:
            Deadline.stop(self)
        return event

    @classmethod
    @transaction.atomic
    def open(cls, *, by: User, title: str, kind: str, feedback: Iterable[Feedback] = (), **fields: Any) -> Case:
        """Open a case, from feedback items or from nothing; its first feedback item lends what the form left out."""
        feedback_items = list(feedback)
        fields = _lent(feedback_items[0]) | fields if feedback_items else fields
        fields.setdefault("team", by.team)
        case = cls.objects.create(
            number=take_one("case"), title=title, kind=kind, status="accepted", opened_by=by.actor, **fields
        )
        record(events.OPENED, case, by=by.actor, title=title)
        search_index.index(case)
        for item in feedback_items:
            CaseFeedback.tie(case, item, by=by.actor)
        Handover.propose(case, by=by.actor)
        return case

    @transaction.atomic
    def edit(self, *, by: User, seen: int | None, **changes: Any) -> Event | None:
        """Change plain fields. A workaround that is now known meets the relief clock."""
        event = flow.edit(self, changes, by=by.actor, event_type=events.EDITED, seen=seen)
        if event:
            search_index.index(self)
        if event and self.workaround:
            Deadline.meet(self, "relief", by.actor)
        return event

    assess = assess

    @transaction.atomic
    def spoke(
        self, *, by: Actor, kind: str, channel: str, content: str, at: datetime | None = None, reply: str = ""
    ) -> Communication:
        """Keep a contact with the customer (see talks.speak)."""
        return speak(self, by=by, kind=kind, channel=channel, content=content, at=at, reply=reply)

    @transaction.atomic
    def assign(self, *, by: User, owner: User, seen: int | None = None) -> None:
        """Name the one person responsible; their team becomes the case's when it had none."""
        self._hold(seen)
        self._stands_open()
        if self.owner_id == owner.pk:
            return
        if not owner.is_active or not owner.can("task.work"):
            raise Refused(Text("这个人不能负责事项。", "This person cannot own a case."))
        self.owner = owner
        self.team = self.team or owner.team
        flow.save(self, ["owner", "team"])
        record(events.ASSIGNED, self, by=by.actor, owner=owner.name)

    @transaction.atomic
    def claim(self, *, by: User) -> None:
        """Take a case that nobody owns."""
        self._hold()
        if self.owner_id not in (None, by.pk):
            raise Refused(Text("{who} 已经认领了这件事。", "{who} owns it already.", who=self.owner))
        self.assign(by=by, owner=by)

    @transaction.atomic
    def hand_to(self, team: Team, *, by: User) -> None:
        """Give the case to a team; an owner outside of it is no longer the owner."""
        self._hold()
        self._stands_open()
        if self.team_id == team.pk:
            return
        self.team = team
        if self.owner and self.owner.team_id != team.pk:
            self.owner = None
        flow.save(self, ["team", "owner"])
        record(events.HANDED, self, by=by.actor, team=team.name)

    @transaction.atomic
    def join(self, *, by: User, people: Iterable[User] = (), teams: Iterable[Team] = ()) -> None:
        """Let people or whole teams help: they see the case from now on."""
        flow.lock(self)
        new: list[User | Team] = [u for u in people if not self.collaborators.filter(pk=u.pk).exists()]
        new += [t for t in teams if not self.teams.filter(pk=t.pk).exists()]
        for one in new:
            (self.collaborators if isinstance(one, User) else self.teams).add(one)  # type: ignore[arg-type]
            record(events.JOINED, self, by=by.actor, who=str(one))

    pause = pause
    resume = resume
    urge = urge
    demand = external_requests.demand

    @transaction.atomic
    def decline(self, *, by: User, why: str, reason: str, seen: int | None = None) -> Event | None:
        """Do not take the case on, saying why; it can be appealed."""
        reasoned(reason)
        self._hold(seen)
        self.resume(by=by)
        self.declined_as, self.conclusion = why, reason.strip()
        return self.move(
            "decline",
            by=by.actor,
            fields=["declined_as", "conclusion"],
            why=case_choices.DECLINES[why],
            reason=reason.strip(),
        )

    @transaction.atomic
    def appeal(self, *, by: User, reason: str) -> Event | None:
        """Take a declined case up again; it is rated anew."""
        reasoned(reason)
        self.declined_as = self.conclusion = ""
        return self.move("appeal", by=by.actor, fields=["declined_as", "conclusion"], reason=reason.strip())

    @transaction.atomic
    def reopen(self, *, by: User | Actor, reason: str | Text, seen: int | None = None) -> Event | None:
        """Not solved after all: a new round begins, with deadlines of its own; the earlier round stays as it was."""
        reasoned(str(reason))
        actor = by.actor if isinstance(by, User) else by
        self._hold(seen)
        if (refused := FLOW.why_not(self, "reopen")) is not None:
            raise Refused(refused)
        Deadline.stop(self)
        self.round += 1
        event = self.move("reopen", by=actor, fields=["round"], round=self.round, reason=reason)
        if held := self.assessments.filter(effective=True).select_related("scheme").first():
            run_deadlines(self, held, actor)
        return event

    @transaction.atomic
    def file(self, upload: UploadedFile, *, by: User) -> Attachment:
        """Attach a file."""
        flow.lock(self)
        kept = attachments.attach(self, upload, by=by.actor)
        record(events.FILED, self, by=by.actor, name=kept.name)
        return kept

    def _hold(self, seen: int | None = None) -> None:
        """Lock the row and take over its stored values, so that a verb decides on what is true now."""
        flow.lock(self, seen)
        self.refresh_from_db()

    def _stands_open(self) -> None:
        if self.status in CLOSED:
            raise Refused(Text("事项已结束，请先重新打开。", "The case is closed; please reopen it first."))


class CaseFeedbackQuerySet(models.QuerySet["CaseFeedback"]):
    def visible_to(self, user: User) -> CaseFeedbackQuerySet:
        """Whoever sees the case sees whose feedback items are in it."""
        return self.filter(case__in=Case.objects.visible_to(user))


class CaseFeedback(models.Model):
    """A feedback item that belongs to a case. A feedback item is in one case at most at a time.

    ``told_round``: the last round whose result the customer behind the feedback item was told.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="link")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    told_round = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CaseFeedbackQuerySet.as_manager()

    class Meta:
        db_table = "case_feedback"

    @classmethod
    @transaction.atomic
    def tie(cls, case: Case, feedback: Feedback, *, by: Actor) -> CaseFeedback:
        """Put a feedback item in a case; both chains say so."""
        feedback.move("link", by=by, case=case.number)
        link = cls.objects.create(case=case, feedback=feedback, by=by)
        record(events.TOOK_FEEDBACK, case, by=by, feedback=feedback.number)
        external_requests.from_feedback(case, feedback, by)
        return link

    @transaction.atomic
    def tell(self, *, by: User, way: str) -> None:
        """The customer who said it was told what was changed (S3-I06). Once a round; the feedback item's own chain keeps it,
        so that it can be said after the archive."""
        flow.lock(self.feedback)
        self.refresh_from_db()
        if self.told_round == self.case.round:
            return
        if self.case.status not in RESULT_STANDS:
            raise Refused(
                Text("处理还没有完成，还不能告知结果。", "The work is not done yet; there is no result to tell.")
            )
        if self.feedback.contact and self.feedback.contact.do_not_contact:
            raise Refused(Text("客户要求不要联系。", "The customer asked not to be contacted."))
        self.told_round, self.told_at, self.told_by = self.case.round, clock.now(), by.actor
        self.save(update_fields=["told_round", "told_at", "told_by"])
        record(feedback_events.TOLD, self.feedback, by=by.actor, way=case_choices.TALK_WAYS[way], case=self.case.number)

    @transaction.atomic
    def unlink(self, *, by: Actor, reason: str) -> None:
        """Take the feedback item off its case again; both chains keep the reason."""
        reasoned(reason)
        flow.lock(self.case)
        self.feedback.move("unlink", by=by, case=self.case.number, reason=reason.strip())
        self.delete()
        record(events.LET_FEEDBACK_GO, self.case, by=by, feedback=self.feedback.number, reason=reason.strip())


def _lent(feedback: Feedback) -> dict[str, Any]:
    return {
        "customer": feedback.customer,
        "contact": feedback.contact,
        "description": feedback.text,
        "expected_effect": feedback.demand,
        "occurred_at": feedback.occurred_at,
        "product": feedback.product,
        "app_version": feedback.app_version,
        "system": feedback.system,
        "error_text": feedback.error_text,
        "tried": feedback.tried,
        "problem_type": feedback.problem_type,
        "channel": feedback.channel,
        "first_judgement": feedback.first_judgement,
    }
