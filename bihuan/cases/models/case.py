"""The case: one matter on its way through the loop."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit import attachments, flow
from bihuan.audit.base_models import FlowModel, NumberedModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Attachment, Event
from bihuan.cases import case_choices, events, search_index
from bihuan.cases.flow import CLOSED, FLOW
from bihuan.cases.models.route_table import RouteTable, first_match
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.customers.models import Contact, Customer
from bihuan.deadlines import deadline_choices
from bihuan.deadlines.due_status import DueStatus, describe_due
from bihuan.deadlines.models import Deadline, Pause
from bihuan.feedback import feedback_choices
from bihuan.people.models import Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile


_MEETS = {"diagnose": "start", "propose": "plan", "finish": "resolve"}
"""The move of the flow that reaches a milestone."""
REMIND_AGAIN_AFTER = timedelta(hours=1)
"""One reminder of an owner is enough for this long."""


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        """A person's own, their team's, and those they help with; managers see all."""
        if not user.can("see.business"):
            return self.none()
        if user.can("see.all"):
            return self
        collaborating = Case.collaborators.through.objects.filter(user=user).values("case")
        mine = models.Q(owner=user) | models.Q(opened_by=user.actor_id) | models.Q(pk__in=collaborating)
        if user.team_id:
            shared = Case.teams.through.objects.filter(team=user.team_id).values("case")
            mine |= models.Q(team=user.team_id) | models.Q(pk__in=shared)
        return self.filter(mine)


class Case(NumberedModel, FlowModel):
    """One matter, from the feedback that began it to its archive. ``round``: 1, and 1 more each time it is reopened."""

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
    collaborators = models.ManyToManyField(User, related_name="collaborating_cases", blank=True)
    opened_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    paused_for = models.CharField(max_length=12, choices=list(case_choices.PAUSE_REASONS.items()), blank=True)
    paused_since = models.DateTimeField(null=True, blank=True, editable=False)
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
        """The level's name; its code where no name is stored."""
        return Text.from_json(self.level_names) if self.level_names else self.level

    @property
    def search_text(self) -> str:
        """What it can be found by: number, title, description and the numbers of external requests, one a line."""
        numbers = self.external_requests.exclude(number="").values_list("number", flat=True)
        return "\n".join((self.number, self.title, self.description, *dict.fromkeys(numbers)))

    @property
    def due_status(self) -> DueStatus:
        """The status of its next due time, as a phrase and a colour."""
        since = None if self.next_milestone in deadline_choices.NEVER_PAUSED else self.paused_since
        return describe_due(self.next_due, provisional=self.next_provisional, paused_since=since)

    @transaction.atomic
    def move(self, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Event | None:
        """Move the status; the deadlines that this reaches are met, and a closed case's deadlines stop."""
        event = super().move(name, by=by, seen=seen, **details)
        if event and name in _MEETS:
            Deadline.meet(self, _MEETS[name], by)
        if event and self.status in CLOSED:
            Deadline.stop(self)
        return event

    @classmethod
    @transaction.atomic
    def open(cls, *, by: User, title: str, kind: str, **fields: Any) -> Case:
        """Open a case. From feedback: :meth:`CaseFeedback.open_case`. The routing table in force may propose a team."""
        fields.setdefault("team", by.team)
        case = cls.objects.create(
            number=next_number("case"), title=title, kind=kind, status="accepted", opened_by=by.actor, **fields
        )
        record(events.OPENED, case, by=by.actor, title=title)
        search_index.index(case.pk, case.search_text)
        case._propose_handover(by.actor)
        return case

    def _propose_handover(self, by: Actor) -> None:
        """Propose the team that the routing table names; nothing where no rule fits or the case is there already."""
        table = RouteTable.current()
        index = first_match(table.rules, self) if table else None
        if table is None or index is None:
            return
        rule = table.rules[index]
        if rule["team"] == self.team_id and rule["lead"] in (None, self.owner_id):
            return
        handover = self.handovers.create(
            round=self.round, from_team=self.team, team_id=rule["team"], lead_id=rule["lead"],
            table=table, rule=index + 1, by=by,
        )  # fmt: skip
        record(events.HANDOVER_PROPOSED, handover, by=by, where=handover.target, why=handover.why)

    @transaction.atomic
    def edit(self, *, by: User, seen: int | None, **changes: Any) -> Event | None:
        """Change plain fields. A workaround that is now known meets the relief deadline."""
        event = flow.edit(self, changes, by=by.actor, event_type=events.EDITED, seen=seen)
        if event:
            search_index.index(self.pk, self.search_text)
        if event and self.workaround:
            Deadline.meet(self, "relief", by.actor)
        return event

    @transaction.atomic
    def assign(self, *, by: User, owner: User, seen: int | None = None) -> None:
        """Name the one person responsible; their team becomes the case's when it had none."""
        self._lock(seen)
        self._check_open()
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
        self._lock()
        if self.owner_id not in (None, by.pk):
            raise Refused(Text("{who} 已经认领了这件事。", "{who} owns it already.", who=self.owner))
        self.assign(by=by, owner=by)

    @transaction.atomic
    def assign_team(self, team: Team, *, by: User) -> None:
        """Give the case to a team; an owner outside of it is no longer the owner."""
        self._lock()
        self._check_open()
        if self.team_id == team.pk:
            return
        self.team = team
        if self.owner and self.owner.team_id != team.pk:
            self.owner = None
        flow.save(self, ["team", "owner"])
        record(events.TEAM_CHANGED, self, by=by.actor, team=team.name)

    @transaction.atomic
    def add_collaborators(self, *, by: User, people: Iterable[User] = (), teams: Iterable[Team] = ()) -> None:
        """Let people or whole teams work on it too: they see the case from now on."""
        flow.lock(self)
        new_people = [person for person in people if not self.collaborators.filter(pk=person.pk).exists()]
        new_teams = [team for team in teams if not self.teams.filter(pk=team.pk).exists()]
        self.collaborators.add(*new_people)
        self.teams.add(*new_teams)
        for collaborator in (*new_people, *new_teams):
            record(events.COLLABORATOR_ADDED, self, by=by.actor, who=str(collaborator))

    @transaction.atomic
    def pause(self, *, by: User, paused_for: str, reason: str) -> None:
        """Pause the deadlines while the customer or a third party has the next move.

        No other reason pauses them, and none for longer than the table of pause limits allows.
        """
        self._lock()
        self._check_open()
        if paused_for not in case_choices.PAUSE_REASONS or len(reason.strip()) < 2:
            raise Refused(
                Text(
                    "只能因等客户或等第三方挂起，并写明在等什么。",
                    "A case waits only for the customer or a third party; please say for what.",
                )
            )
        if self.paused_for:
            raise Refused(Text("事项已经挂起。", "The case is already paused."))
        self.paused_for, self.paused_since = paused_for, clock.now()
        flow.save(self, ["paused_for", "paused_since"])
        Pause.begin(self, reason=paused_for, note=reason.strip(), by=by.actor)
        why = case_choices.PAUSE_REASONS[paused_for]
        record(events.PAUSED, self, by=by.actor, paused_for=why, reason=reason.strip())

    @transaction.atomic
    def resume(self, *, by: User | Actor) -> None:
        """End the pause; the deadlines run again."""
        self._lock()
        if self.paused_for:
            actor = by if isinstance(by, Actor) else by.actor
            self._end_pause(actor)
            record(events.RESUMED, self, by=actor)

    @classmethod
    def resume_overdue(cls) -> int:
        """Resume every case whose pause has reached its limit; returns how many.

        Its deadlines have run since the limit, however late this is noticed.
        """
        overdue = Pause.objects.filter(end=None, until__lte=clock.now()).order_by("until")
        return sum(cls._resume_if_overdue(pk) for pk in list(overdue.values_list("case", flat=True)[:1000]))

    @classmethod
    @transaction.atomic
    def _resume_if_overdue(cls, pk: int) -> bool:
        case = cls.objects.select_for_update().get(pk=pk)
        pause = case.pauses.filter(end=None, until__lte=clock.now()).first()
        if pause is None or not case.paused_for:
            return False
        case._end_pause(Actor.system())
        record(
            events.PAUSE_LIMIT_REACHED, case, by=Actor.system(),
            paused_for=case_choices.PAUSE_REASONS[pause.reason], since=_minute(pause.start), until=_minute(pause.until),
        )  # fmt: skip
        return True

    def _end_pause(self, actor: Actor) -> None:
        self.paused_for, self.paused_since = "", None
        flow.save(self, ["paused_for", "paused_since"])
        Pause.finish(self, by=actor)

    @transaction.atomic
    def remind(self, *, by: User, note: str = "") -> Event | None:
        """Remind its owner, who is notified at once; None within an hour of the same person's last reminder."""
        self._lock()
        self._check_open()
        if not by.can("case.assign"):
            raise Refused(Text("您的角色不能催办。", "Your role may not send reminders."))
        if self.owner is None:
            raise Refused(Text("还没有负责人，请先指定负责人。", "It has no owner yet; please name one first."))
        reminders = Event.objects.filter(kind=events.REMINDED.key, subject_kind=self.NOUN, subject_id=self.pk)
        if reminders.filter(at__gt=clock.now() - REMIND_AGAIN_AFTER, actor=by.actor).exists():
            return None
        return record(events.REMINDED, self, by=by.actor, owner=self.owner.name, note=note.strip()[:200])

    @transaction.atomic
    def decline(self, *, by: User, why: str, reason: str, seen: int | None = None) -> Event | None:
        """Do not take the case on, saying why; it can be appealed."""
        required_reason(reason)
        self._lock(seen)
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
        """Take a declined case up again; it is assessed anew."""
        required_reason(reason)
        self.declined_as = self.conclusion = ""
        return self.move("appeal", by=by.actor, fields=["declined_as", "conclusion"], reason=reason.strip())

    @transaction.atomic
    def reopen(self, *, by: User | Actor, reason: str | Text, seen: int | None = None) -> Event | None:
        """Begin a new round of what was not solved, with deadlines of its own; the earlier round stays as it was."""
        required_reason(str(reason))
        actor = by.actor if isinstance(by, User) else by
        self._lock(seen)
        if (refused := FLOW.refusal_reason(self, "reopen")) is not None:
            raise Refused(refused)
        Deadline.stop(self)
        self.round += 1
        event = self.move("reopen", by=actor, fields=["round"], round=self.round, reason=reason)
        if assessment := self.assessments.filter(effective=True).select_related("scheme").first():
            assessment.start_deadlines(self, actor)
        return event

    @transaction.atomic
    def add_file(self, upload: UploadedFile, *, by: User) -> Attachment:
        """Attach a file."""
        flow.lock(self)
        attachment = attachments.attach(self, upload, by=by.actor)
        record(events.FILE_ADDED, self, by=by.actor, name=attachment.name)
        return attachment

    def _lock(self, seen: int | None = None) -> None:
        """Lock the row and load its stored values, so that a verb decides on what is true now."""
        flow.lock(self, seen)
        self.refresh_from_db()

    def _check_open(self) -> None:
        if self.status in CLOSED:
            raise Refused(Text("事项已结束，请先重新打开。", "The case is closed; please reopen it first."))


def _minute(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}" if moment else ""
