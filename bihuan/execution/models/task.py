"""The task: one step of the work on a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel, NumberedModel, PartModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit, lock, save
from bihuan.audit.models import Actor, Event
from bihuan.cases.models import Case
from bihuan.cases.models.communication import bring_customer_update_forward
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.deadlines.due_status import DueStatus, describe_due_day
from bihuan.execution import events, task_choices
from bihuan.execution.flow import FLOW, OPEN, case_is_in_work
from bihuan.execution.models.progress import Progress
from bihuan.people.models import User
from bihuan.plans.models import Measure, Plan


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> TaskQuerySet:
        """Whoever sees the case sees its tasks; an owner always sees their own."""
        if not user.can("see.business"):
            return self.none()
        return self.filter(models.Q(case__in=Case.objects.visible_to(user)) | models.Q(owner=user))

    def present(self, case: Case) -> TaskQuerySet:
        """The tasks of the case's present round."""
        return self.filter(case=case, round=case.round)

    def open(self) -> TaskQuerySet:
        return self.filter(status__in=OPEN)


class Task(NumberedModel, PartModel, FlowModel):
    """One step of the work, with one owner and one due day. ``planned``: the first promise, never moved; ``due`` may be."""

    NOUN = "task"
    PART_OF = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    round = models.PositiveSmallIntegerField()
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    seq = models.PositiveSmallIntegerField()
    content = models.CharField(max_length=400)
    status = models.CharField(max_length=12, choices=FLOW.choices, default="todo")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks")
    planned = models.DateField()
    due = models.DateField()
    estimate = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    milestone = models.BooleanField(default=False)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    depends_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="following")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    blocked_since = models.DateTimeField(null=True, blank=True)
    obstacle = models.CharField(max_length=300, blank=True)
    reported_on = models.DateField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        db_table = "task"
        ordering = ["seq", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="a_percentage_ends_at_100"),
            models.CheckConstraint(
                condition=~models.Q(status="blocked")
                | (~models.Q(obstacle="") & models.Q(blocked_since__isnull=False)),
                name="a_blocked_task_says_why",
            ),
            models.UniqueConstraint(
                fields=["measure", "round"], condition=~models.Q(status="cancelled"), name="a_measure_is_done_once"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "due"], name="task_owner"),
            models.Index(fields=["case", "round", "seq"], name="task_case"),
            models.Index(fields=["status", "due"], name="task_due"),
        ]

    def __str__(self) -> str:
        return self.content

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < clock.today()

    @property
    def due_status(self) -> DueStatus:
        return describe_due_day(self.due, done=not self.is_open)

    @property
    def finished_on(self) -> date | None:
        return self.finished_at.astimezone(clock.BEIJING).date() if self.finished_at else None

    @property
    def deviation(self) -> int:
        """Days after the first promise, finished or still open: late is positive, early is negative (S4-I07)."""
        if self.status == "cancelled":
            return 0
        end = self.finished_on or max(clock.today(), self.estimate or self.due)
        return (end - self.planned).days if self.finished_on or end > self.planned else 0

    @property
    def needs_report(self) -> bool:
        """Whether today's entry is missing while it is being worked on."""
        return self.status in ("doing", "blocked") and self.reported_on != clock.today()

    @classmethod
    @transaction.atomic
    def add(
        cls, case: Case, *, by: User, content: str, owner: User, due: date, milestone: bool = False,
        depends_on: Task | None = None, measure: Measure | None = None,
    ) -> Task:  # fmt: skip
        """Add a task to the work under way; its owner becomes a collaborator on the case."""
        stored = lock(case)
        if stored.status != "executing":
            raise Refused(
                Text(
                    "事项在「执行中」时才能加任务，现在是「{now}」。",
                    "Tasks can be added while the case is in work; it is “{now}” now.",
                ).format(now=stored.state.name)
            )
        if depends_on is not None and (depends_on.case_id, depends_on.round) != (case.pk, stored.round):
            raise Refused(Text("前一步不在这件事的这一轮里。", "The step before it is not of this round."))
        _check_may_own(owner)
        last = cls.objects.present(stored).aggregate(n=models.Max("seq"))["n"] or 0
        task = cls.objects.create(
            number=next_number("task"), case=case, round=stored.round, measure=measure, seq=last + 1,
            content=content.strip(), owner=owner, planned=due, due=due, milestone=milestone, depends_on=depends_on,
        )  # fmt: skip
        case.add_collaborators(by=by, people=[owner])
        record(events.ADDED, task, by=by.actor, owner=str(owner), due=due, content=task.content)
        return task

    @transaction.atomic
    def assign(self, owner: User, *, by: User) -> None:
        """Give it to another person."""
        self._lock(by)
        if self.owner_id == owner.pk:
            return
        _check_may_own(owner)
        before, self.owner = self.owner, owner
        save(self, ["owner"])
        self.case.add_collaborators(by=by, people=[owner])
        record(events.HANDED, self, by=by.actor, before=str(before), after=str(owner))

    @transaction.atomic
    def edit(self, *, by: User, seen: int | None = None, **changes: Any) -> Event | None:
        """Change what the step says or whether it is a milestone; dates and owners have verbs of their own."""
        self._lock(by, seen)
        return edit(self, changes, by=by.actor, event_type=events.EDITED, seen=None)

    @transaction.atomic
    def begin(self, *, by: User) -> Event | None:
        self._lock(by)
        return self._begin(by)

    @transaction.atomic
    def block(self, *, by: User, reason: str) -> Event | None:
        """Mark it blocked, with the reason; the supervisor is notified."""
        self._lock(by)
        if self.status == "blocked":
            return None
        self._begin(by)
        self.obstacle, self.blocked_since, self.reported_on = required_reason(reason)[:300], clock.now(), clock.today()
        return self._move("block", by, "obstacle", "blocked_since", "reported_on", reason=self.obstacle)

    @transaction.atomic
    def free(self, *, by: User, reason: str = "") -> Event | None:
        """Mark it as no longer blocked."""
        self._lock(by)
        self.obstacle, self.blocked_since, self.reported_on = "", None, clock.today()
        return self._move("free", by, "obstacle", "blocked_since", "reported_on", reason=reason.strip())

    @transaction.atomic
    def complete(self, *, by: User) -> Event | None:
        """Mark it done. The last one finishes the round's work and moves the case to its follow-up call at once."""
        lock(self.case)
        self._lock(by)
        if self.status == "done":
            return None
        self._begin(by)
        self.percent, self.finished_at, self.reported_on = 100, clock.now(), clock.today()
        self.obstacle, self.blocked_since = "", None
        changed = ("percent", "finished_at", "reported_on", "obstacle", "blocked_since")
        event = self._move("complete", by, *changed)
        finish_if_done(self.case, by.actor)
        return event

    @transaction.atomic
    def cancel(self, *, by: User, reason: str) -> Event | None:
        """Cancel what is not needed any more, with the reason."""
        lock(self.case)
        self._lock(by)
        self.obstacle, self.blocked_since = "", None
        event = self._move("cancel", by, "obstacle", "blocked_since", reason=required_reason(reason))
        finish_if_done(self.case, by.actor)
        return event

    @transaction.atomic
    def redo(self, *, by: User, reason: str) -> Event | None:
        """Reopen a settled task while others are still open."""
        self._lock(by)
        self.finished_at, self.accepted_by, self.percent = None, None, min(self.percent, 90)
        return self._move("redo", by, "finished_at", "accepted_by", "percent", reason=required_reason(reason))

    @transaction.atomic
    def report(
        self, *, by: User, done: str = "", problem: str = "", adjustment: str = "", help_needed: str = "",
        next_step: str = "", percent: int | None = None, estimate: date | None = None,
    ) -> Progress | None:  # fmt: skip
        """Write today's progress entry; a task not yet started is started by it.

        With nothing filled in it says that all goes as planned: once a day, None the second time.
        """
        lock(self)
        self.refresh_from_db()
        self._check_may_report(by)
        texts = {
            "done": done, "problem": problem, "adjustment": adjustment, "help_needed": help_needed,
            "next_step": next_step,
        }  # fmt: skip
        texts = {name: text.strip() for name, text in texts.items()}
        as_planned = not any(texts.values()) and percent is None and estimate is None
        if as_planned and self.reported_on == clock.today() and self.progress.filter(day=clock.today()).exists():
            return None
        if percent is not None and not 0 <= percent <= 100:
            raise Refused(Text("进度在 0 到 100 之间。", "Progress is between 0 and 100."))
        if texts["problem"] == "" and texts["adjustment"]:
            raise Refused(
                Text("写了调整措施，请同时写遇到的问题。", "An adjustment answers a problem; please name it.")
            )
        if self.status == "todo":
            self.started_at = clock.now()
            FLOW.move(self, "begin", by=by.actor, fields=("started_at",), content=self.content[:120])
        self.percent = self.percent if percent is None else min(percent, 99)
        self.estimate = estimate or (None if as_planned else self.estimate)
        self.reported_on = clock.today()
        texts["done"] = texts["done"] or (task_choices.AS_PLANNED.zh if not texts["problem"] else "")
        entry = self.progress.create(
            day=clock.today(), by=by.actor, percent=self.percent, estimate=estimate, as_planned=as_planned, **texts
        )
        save(self, ["percent", "estimate", "reported_on"])
        summary = task_choices.AS_PLANNED if as_planned else texts["problem"] or texts["done"]
        record(events.REPORTED, self, by=by.actor, percent=self.percent, done=summary)
        return entry

    @transaction.atomic
    def move_due(self, *, by: User, due: date, reason: str, seen: int | None = None) -> bool:
        """Move the due date, with the reason; the old date stays as an event.

        True when it is later than what was promised, so that the customer should be informed (S1-43).
        """
        lock(self, seen)
        self.refresh_from_db()
        self._check_may_report(by)
        self._check_may_work(by)
        if due == self.due:
            return False
        if len(reason.strip()) < 2:
            raise Refused(Text("改期要写明原因。", "A moved date needs its reason."))
        before, self.due, self.estimate = self.due, due, None
        save(self, ["due", "estimate"])
        record(events.DUE_MOVED, self, by=by.actor, before=before, after=due, reason=reason.strip())
        if due > before:
            bring_customer_update_forward(self.case, by.actor)
        return due > before

    @transaction.atomic
    def accept(self, *, by: User) -> None:
        """Accept a milestone that is done; never one's own (S4-I08)."""
        lock(self)
        self.refresh_from_db()
        if self.accepted_by_id:
            return
        if not self.milestone or self.status != "done":
            raise Refused(Text("只有已完成的里程碑可以验收。", "Only a milestone that is done can be accepted."))
        if by.pk == self.owner_id:
            raise Refused(Text("不能验收自己的工作。", "One cannot accept one's own work."))
        self.accepted_by = by
        save(self, ["accepted_by"])
        record(events.ACCEPTED, self, by=by.actor, content=self.content[:120])

    def may_be_worked_by(self, user: User) -> bool:
        """Its owner, the case's owner, and those who assign work."""
        return user.pk in (self.owner_id, self.case.owner_id) or user.can("task.assign")

    def _check_may_report(self, by: User) -> None:
        if not by.can("task.work"):
            raise Refused(Text("您的角色不能更新任务。", "Your role may not report on tasks."))
        if (reason := case_is_in_work(self)) is not None:
            raise Refused(reason)
        if not self.is_open:
            raise Refused(Text("任务已结束。", "The task is settled already."))

    def _check_may_work(self, by: User) -> None:
        if not self.may_be_worked_by(by):
            raise Refused(Text("这是 {who} 的任务。", "This is {who}'s task.", who=str(self.owner)))

    def _lock(self, by: User, seen: int | None = None) -> None:
        lock(self, seen)
        self.refresh_from_db()
        self._check_may_work(by)

    def _begin(self, by: User) -> Event | None:
        if self.status != "todo":
            return None
        self.started_at, self.reported_on = clock.now(), clock.today()
        return self._move("begin", by, "started_at", "reported_on")

    def _move(self, name: str, by: User, *fields: str, **details: Any) -> Event | None:
        return FLOW.move(self, name, by=by.actor, fields=fields, content=self.content[:120], **details)


def finish_if_done(case: Case, by: Actor) -> None:
    """Move the case to its follow-up call when the round's last task is settled and at least one was done."""
    case.refresh_from_db()
    if case.status == "executing" and work_is_done(case) is None:
        case.move("finish", by=by)


def plan_is_carried_out(case: Case, by: Actor) -> None:
    plan = Plan.of(case)
    if plan is not None and plan.status == "executing":
        plan.move("finish", by=by)


def work_is_done(case: Case) -> Text | None:
    """The condition before the follow-up call: no task open, at least one done."""
    statuses = list(Task.objects.present(case).values_list("status", flat=True))
    open_tasks = sum(status in OPEN for status in statuses)
    if open_tasks:
        return Text("还有 {n} 个任务没有完成。", "{n} tasks are still open.", n=open_tasks)
    if "done" not in statuses:
        return Text("还没有完成任何任务。", "No task has been done yet.")
    return None


def _check_may_own(owner: User) -> None:
    if not owner.is_active or not owner.can("task.work"):
        raise Refused(Text("{who} 不能负责任务。", "{who} cannot own a task.", who=str(owner)))
