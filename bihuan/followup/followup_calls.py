"""Follow-up call, Attempt: asking the customer whether it is solved (S1-47…50)."""

from __future__ import annotations

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock, save
from bihuan.audit.models import Actor
from bihuan.audit.public_links import PublicLink
from bihuan.cases.models import Case
from bihuan.cases.models.round_model import RoundModel
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.customers.models import Contact
from bihuan.deadlines.due_status import DueStatus, describe_due
from bihuan.deadlines.models import Deadline
from bihuan.execution.models import Task
from bihuan.feedback.intake import receive
from bihuan.followup import events, followup_choices
from bihuan.followup.flow import FOLLOWUPS, case_awaits_it
from bihuan.people.models import User
from bihuan.plans.models import Plan


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> FollowUpQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user))

    def pending(self) -> FollowUpQuerySet:
        """Those somebody has to make now."""
        return self.filter(status="waiting", case__status="following_up", round=models.F("case__round"))

    def by_token(self, token: str) -> FollowUp | None:
        """The follow-up call a questionnaire's word opens, answered or not; None for anything else."""
        return self.model.find_by_token(token).select_related("case").first()


class FollowUp(PublicLink, RoundModel, FlowModel):
    """The question to the customer after a round's work. One a round, answered once; nothing is preselected."""

    NOUN = "followup"
    LINK = "followup.followup"
    LINK_DAYS = followup_choices.LINK_DAYS

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followups")
    round = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=FOLLOWUPS.choices, default="waiting")
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=list(followup_choices.CHANNELS.items()), blank=True)
    at = models.DateTimeField(null=True, blank=True)
    solved = models.BooleanField(null=True, blank=True)
    met = models.CharField(max_length=8, choices=list(followup_choices.MET.items()), blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    fair = models.CharField(max_length=4, choices=list(followup_choices.FAIR.items()), blank=True)
    comment = models.TextField(blank=True)
    respondent = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        db_table = "followup"
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_followup_a_round"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)), name="a_score_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done")
                | (models.Q(solved__isnull=False, score__isnull=False, at__isnull=False) & ~models.Q(met="")),
                name="a_followup_answers_all_three",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="exempt") | ~models.Q(reason=""), name="an_exemption_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["status", "due"], name="followup_due")]

    @property
    def is_settled(self) -> bool:
        return self.status in ("done", "exempt", "unreachable")

    @property
    def is_overdue(self) -> bool:
        return self.status == "waiting" and self.due < clock.now()

    @property
    def due_status(self) -> DueStatus:
        over = self.status != "waiting"
        return describe_due(
            self.due, provisional=self.provisional, met_at=self.at if over else None, ended=over and not self.at
        )

    @property
    def is_open(self) -> bool:
        """Whether an answer would be taken now."""
        return FOLLOWUPS.refusal_reason(self, "answer") is None

    @property
    def has_open_link(self) -> bool:
        return self.status == "waiting" and self.token_hash is not None and not self.is_link_expired

    @property
    def needs_another_round(self) -> bool:
        """Whether the answer sends the case into another round: not solved, or a low score (F-12)."""
        return self.solved is False or (self.score is not None and self.score <= followup_choices.LOW_SCORE)

    @classmethod
    def of(cls, case: Case) -> FollowUp | None:
        """The present round's follow-up call."""
        return cls.objects.filter(case=case, round=case.round).select_related("case", "by").first()

    @transaction.atomic
    def log_attempt(self, *, by: User, note: str = "") -> Attempt:
        """A call nobody answered."""
        self._lock(by)
        if (reason := self.why_not_call()) is not None:
            raise Refused(reason)
        made = Attempt.objects.create(followup=self, by=by.actor, note=note.strip()[:200])
        record(events.NOT_REACHED, self, by=by.actor, n=self.attempts.count(), note=made.note)
        return made

    @transaction.atomic
    def mark_unreachable(self, *, by: User) -> None:
        """Not reached after enough attempts; the matter can go on, the number of attempts stays on record."""
        self._lock(by)
        self.at, self.by = clock.now(), by.actor
        FOLLOWUPS.move(self, "mark_unreachable", by=by.actor, fields=("at", "by"), n=self.attempts.count())
        self._settle(by.actor)

    @transaction.atomic
    def exempt(self, *, by: User | Actor, reason: str | Text) -> None:
        """No follow-up call, and why. By the system itself where the customer asked not to be contacted."""
        if isinstance(by, User) and not by.can("followup.exempt"):
            raise Refused(Text("免访由客服主管决定。", "Only a supervisor may exempt a follow-up call."))
        if len(str(reason).strip()) < 2:
            raise Refused(Text("免访要写明理由。", "An exemption needs its reason."))
        actor = by.actor if isinstance(by, User) else by
        self._lock()
        text = reason.to("zh") if isinstance(reason, Text) else reason.strip()
        self.reason, self.at, self.by = text, clock.now(), actor
        FOLLOWUPS.move(self, "exempt", by=actor, fields=("reason", "at", "by"), reason=reason)
        self._settle(actor)

    @transaction.atomic
    def create_survey_link(self, *, by: User) -> str:
        """Make the questionnaire's link. Returns its word, shown once and never stored; an earlier link dies."""
        self._lock(by)
        if (reason := self.why_not_call()) is not None:
            raise Refused(reason)
        word = self.create_link()
        save(self, ["token_hash", "expires_at"])
        record(events.REQUESTED, self, by=by.actor)
        return word

    @transaction.atomic
    def answer(
        self, *, by: User | Actor, channel: str, solved: bool, met: str, score: int, comment: str = "", fair: str = "",
        respondent: str = "",
    ) -> None:  # fmt: skip
        """The customer's answer, once a round. Not solved or a low score opens the next round in the same moment; what
        they wrote becomes a feedback item of its own."""
        self._lock(by if isinstance(by, User) else None)
        if self.status == "done":
            raise Refused(Text("这一轮已经回访过。", "This round has been answered already."))
        if channel == "phone" and must_not_be_contacted(self.case):
            raise Refused(
                Text("客户要求不要联系，不得回访。", "The customer asked not to be contacted; no follow-up call.")
            )
        if solved not in (True, False) or met not in followup_choices.MET or score not in followup_choices.SCORES:
            raise Refused(
                Text("三个问题都要回答，评分 1 到 5。", "All three questions need an answer; the score is 1 to 5.")
            )
        actor = by.actor if isinstance(by, User) else by
        self.channel, self.solved, self.met, self.score, self.fair = channel, solved, met, score, fair
        self.comment, self.respondent, self.at, self.by = comment.strip(), respondent.strip()[:60], clock.now(), actor
        fields = ("channel", "solved", "met", "score", "fair", "comment", "respondent", "at", "by")
        FOLLOWUPS.move(
            self, "answer", by=actor, fields=fields, channel=followup_choices.CHANNELS[channel], comment=self.comment[:200], score=score,
            met=followup_choices.MET[met], solved=followup_choices.SOLVED["yes" if solved else "no"],
        )  # fmt: skip
        self._store_comment_as_feedback(actor)
        if self.needs_another_round:
            Deadline.meet(self.case, "followup", actor)
            self.case.reopen(by=actor, reason=self.reopen_reason)
        else:
            self._settle(actor)

    @property
    def reopen_reason(self) -> Text:
        """Why another round is needed, in one sentence."""
        comment = f"：{self.comment[:120]}" if self.comment else ""
        if self.solved is False:
            return Text(
                "回访：客户说没有解决，评分 {n}{comment}",
                "Follow-up call: not solved, score {n}{comment}",
                n=self.score,
                comment=comment,
            )
        return Text(
            "回访：已解决但评分只有 {n}（不高于 {low}）{comment}",
            "Follow-up call: solved, yet a score of {n} (at most {low}){comment}",
            n=self.score,
            low=followup_choices.LOW_SCORE,
            comment=comment,
        )

    def why_not_call(self) -> Text | None:
        """Why the customer may not be called or written to now, or None."""
        if must_not_be_contacted(self.case):
            return Text("客户要求不要联系，不得回访。", "The customer asked not to be contacted; no follow-up call.")
        if self.status != "waiting":
            return Text("回访已结束：{now}。", "The follow-up call is over: {now}.").format(now=self.state.name)
        return case_awaits_it(self)

    def why_not_by(self, user: User) -> Text | None:
        """Why this person may not ask this customer: nobody rates their own work."""
        if not user.can("followup.call"):
            return Text("您的角色不做回访。", "Your role makes no follow-up calls.")
        if worked_on_round(self.case, user):
            return Text(
                "您做过这一轮的任务，不能登记自己工作的评分，请同事回访。",
                "You did tasks of this round; a colleague has to record the score.",
            )
        return None

    def _lock(self, by: User | None = None) -> None:
        lock(self.case)
        lock(self)
        self.refresh_from_db()
        self.case.refresh_from_db()
        if by is not None and (reason := self.why_not_by(by)) is not None:
            raise Refused(reason)

    def _store_comment_as_feedback(self, actor: Actor) -> None:
        if not self.comment:
            return
        customer = self.case.customer
        who = {"account": customer.account, "name": customer.name} if customer else None
        feedback = receive(
            by=actor, source="survey", key=f"followup/{self.pk}", text=self.comment, channel="survey", customer=who,
            score=self.score, product=self.case.product, team=self.case.team,
        )  # fmt: skip
        record(events.BECAME_FEEDBACK, self, by=actor, number=feedback.number)

    def _settle(self, actor: Actor) -> None:
        """The customer's side is settled: on to the evaluation where the plan had goals."""
        Deadline.meet(self.case, "followup", actor)
        plan = Plan.of(self.case)
        if plan is not None and plan.goals.exists():
            self.case.move("evaluate", by=actor)


class Attempt(models.Model):
    """A call that reached nobody."""

    followup = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "followup_attempt"
        ordering = ["id"]


def must_not_be_contacted(case: Case) -> bool:
    """Whether everybody we could reach about the case asked not to be contacted."""
    known = Contact.objects.filter(models.Q(cases=case) | models.Q(feedback__link__case=case)).distinct()
    marks = list(known.values_list("do_not_contact", flat=True))
    return bool(marks) and all(marks)


def worked_on_round(case: Case, user: User) -> bool:
    return Task.objects.present(case).filter(owner=user).exclude(status="cancelled").exists()


def open_followup(case: Case, by: Actor) -> None:
    """The work is finished: a follow-up call is due in three working days; exempt at once where contact is not wanted."""
    due = Deadline.begin(case, "followup", followup_choices.FOLLOWUP_WORKING_DAYS, "working_days", by)
    followup = FollowUp.objects.create(case=case, round=case.round, due=due.due, provisional=due.provisional)
    record(events.DUE, followup, by=by, due=f"{due.due.astimezone(clock.BEIJING):%Y-%m-%d}")
    if must_not_be_contacted(case):
        reason = Text("客户要求不要联系", "The customer asked not to be contacted")
        followup.exempt(by=Actor.system(), reason=reason)
        case.refresh_from_db()


def let_lapse(case: Case, by: Actor) -> None:
    """A new round begins: what still waited in earlier ones lapses."""
    for one in FollowUp.objects.filter(case=case, round__lt=case.round, status="waiting"):
        FOLLOWUPS.move(one, "lapse", by=by)


def followup_is_settled(case: Case) -> Text | None:
    """The gate after the follow-up call: an answer that does not ask for another round, an exemption, or enough attempts."""
    followup = FollowUp.of(case)
    if followup is None or not followup.is_settled:
        return Text("还没有回访结果，也没有免访理由。", "There is no follow-up call result yet, nor an exemption.")
    if followup.needs_another_round:
        return Text(
            "客户认为没有解决或评分过低，应重新打开。", "Not solved or a low score: the case is to be reopened."
        )
    return None


def follow_deadline(one: Deadline) -> None:
    """The clock's due time moved: the waiting follow-up call is due with it."""
    FollowUp.objects.filter(case_id=one.case_id, round=one.round, status="waiting").update(
        due=one.due, provisional=one.provisional
    )
