"""The customer's word on a plan before any work begins (S1-39, S2-30)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from bihuan.audit import attachments
from bihuan.audit.base_models import FlowModel, PartModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import Flow, Move, State, lock
from bihuan.audit.models import Actor
from bihuan.audit.public_links import PublicLink
from bihuan.cases.flow import FLOW as CASE_FLOW
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans import events, plan_choices
from bihuan.plans.flow import customer_agreed
from bihuan.plans.models.plan import Plan


def is_answerable(row: Confirmation) -> Text | None:
    if row.way == "link" and row.is_link_expired:
        return Text("链接已过期，请联系客服重新发送。", "This link has expired; please ask our service for a new one.")
    return None


CONFIRMATIONS = Flow(
    "confirmation",
    states=(
        State("waiting", Text("待确认", "To be confirmed"), "orange"),
        State("agreed", Text("已确认", "Confirmed"), "green", final=True),
        State("objected", Text("有异议", "Objected"), "red", final=True),
        State("waived", Text("已豁免", "Waived"), "purple", final=True),
        State("withdrawn", Text("已作废", "Voided"), "secondary", final=True),
    ),
    moves=(
        Move("agree", Text("同意", "Agree"), ("waiting",), "agreed", events.AGREED, (is_answerable,)),
        Move("object", Text("提出异议", "Object"), ("waiting",), "objected", events.OBJECTED, (is_answerable,)),
        Move("waive", Text("豁免", "Waive"), ("waiting",), "waived", events.WAIVED),
        Move("revoke", Text("作废", "Void"), ("waiting",), "withdrawn", events.REVOKED),
    ),
)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def by_token(self, token: str) -> Confirmation | None:
        """The confirmation a link's word opens, living or answered; None for anything else, and for revoked ones."""
        found = self.model.find_by_token(token).exclude(status="withdrawn")
        return found.select_related("plan", "plan__case").first()


class Confirmation(PublicLink, PartModel, FlowModel):
    """One time the customer was asked: by link, by call, or not at all with a reason. The link's word is kept as a hash
    made for this purpose only."""

    NOUN = "confirmation"
    PART_OF = "plan"
    LINK = "plans.confirmation"
    LINK_DAYS = plan_choices.KEEPS_DAYS

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="confirmations")
    version_number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=CONFIRMATIONS.choices, default="waiting")
    way = models.CharField(max_length=8, choices=list(plan_choices.WAYS.items()))
    summary = models.TextField(blank=True)
    finish = models.DateField(null=True, blank=True)
    todo = models.JSONField(default=list, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    waived_reason = models.TextField(blank=True)
    made_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        db_table = "confirmation"
        ordering = ["id"]
        indexes = [models.Index(fields=["plan", "version_number", "-id"], name="confirmation_plan")]

    @property
    def way_name(self) -> Text:
        return plan_choices.WAYS[self.way]

    @property
    def is_expired(self) -> bool:
        return self.status == "waiting" and is_answerable(self) is not None

    @classmethod
    @transaction.atomic
    def ask(
        cls, plan: Plan, *, by: User, summary: str, finish: date | None = None, todo: Iterable[str] = ()
    ) -> tuple[Confirmation, str]:
        """Put the plan to the customer by link. Returns the row and the link's word, which is shown once and never
        stored; asking again revokes the link before."""
        row = cls(summary=summary, finish=finish or plan.finish, todo=[t.strip() for t in todo if t.strip()])
        word = row.create_link()
        row._create(plan, by, "link")
        record(events.REQUESTED, row, by=by.actor, version_number=row.version_number)
        return row, word

    @classmethod
    @transaction.atomic
    def record_call(
        cls, plan: Plan, *, by: User, name: str, agreed: bool, comment: str = "", upload: UploadedFile | None = None
    ) -> Confirmation:
        """The customer answered on the phone; a recording or a picture may go with it."""
        if not name.strip():
            raise Refused(Text("请写明是谁在电话里答复的。", "Please say who answered on the phone."))
        row = cls(summary=plan.approach, finish=plan.finish)._create(plan, by, "call")
        if upload is not None:
            attachments.attach(row, upload, by=by.actor)
        row.answer(by=by.actor, name=name, agreed=agreed, comment=comment)
        return row

    @classmethod
    @transaction.atomic
    def waive(cls, plan: Plan, *, by: User, reason: str) -> Confirmation:
        """Go on without asking the customer: by those who may, with a reason that is kept."""
        if not by.can("plan.waive"):
            raise Refused(Text("您没有豁免客户确认的权限。", "You may not waive the customer's agreement."))
        if not reason.strip():
            raise Refused(Text("豁免要写明理由。", "A waiver needs its reason."))
        row = cls(waived_reason=reason.strip())._create(plan, by, "waiver")
        row.answered_at = clock.now()
        CONFIRMATIONS.move(row, "waive", by=by.actor, fields=("answered_at",), reason=reason.strip())
        return row

    @transaction.atomic
    def answer(self, *, by: Actor, name: str, agreed: bool, comment: str = "") -> None:
        """The customer's one answer. An objection sends the case back to planning."""
        if not agreed and not comment.strip():
            raise Refused(
                Text(
                    "请写下您的意见，我们会据此调整。",
                    "Please write what should be different, so that we can adjust it.",
                )
            )
        self.name, self.comment, self.answered_at = name.strip()[:60], comment.strip(), clock.now()
        CONFIRMATIONS.move(
            self, "agree" if agreed else "object", by=by, fields=("name", "comment", "answered_at"),
            way=self.way_name, who=self.name, words=self.comment,
        )  # fmt: skip
        if not agreed:
            CASE_FLOW.move(self.plan.case, "object", by=by, reason=self.comment)

    @transaction.atomic
    def revoke(self, *, by: User) -> None:
        """Revoke the link."""
        CONFIRMATIONS.move(self, "revoke", by=by.actor)

    def _create(self, plan: Plan, by: User, way: str) -> Confirmation:
        """Put the present version to the customer: the case goes to 待客户确认, an earlier unanswered link is revoked."""
        lock(plan)
        plan.refresh_from_db()
        last = plan.last_confirmation
        if last is not None and last.status in ("agreed", "waived"):
            raise Refused(
                Text(
                    "这一版方案客户已经确认或已豁免，可以开始执行。",
                    "This version is agreed or waived already; the work can begin.",
                )
            )
        if last is not None and last.status == "waiting":
            last.revoke(by=by)
        if plan.case.status != "confirming":
            CASE_FLOW.move(plan.case, "propose", by=by.actor)
        self.plan, self.version_number, self.way, self.made_by = plan, plan.version_number, way, by.actor
        self.save(force_insert=True)
        return self


def plan_is_approved(case: Case) -> Text | None:
    """The gate before the customer: only an approved plan is put to them."""
    plan = Plan.of(case)
    if plan is None:
        return Text("这一轮还没有方案。", "There is no plan for this round yet.")
    if plan.status != "approved":
        return Text("方案还没有批准，现在是「{now}」。", "The plan is not approved yet; it is “{now}” now.").format(
            now=plan.state.name
        )
    return None


def work_is_agreed(case: Case) -> Text | None:
    """The gate before the work: an approved plan and the customer's agreement to it, or a waiver."""
    plan = Plan.of(case)
    if plan is None or plan.status not in ("approved", "executing"):
        return plan_is_approved(case)
    return customer_agreed(plan)
