"""ExternalRequest: what an authority or a law requires for a case, with its own number and deadline (S3-09)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases import events, search_index
from bihuan.cases.models.case import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.models import Deadline, StatutoryRule
from bihuan.feedback.models import Feedback

GIVEN = Text("对方给定的期限", "the deadline as given")
NUMBER_ONLY = Text("外部编号", "External number")


class ExternalRequest(models.Model):
    """One request from outside. It is due by a rule or at ``given``; with neither it is a number to be found by."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="external_requests")
    rule = models.ForeignKey(StatutoryRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    given = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "external_request"
        indexes = [models.Index(fields=["number"], name="external_request_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number", "rule"],
                condition=~models.Q(number=""),
                name="one_external_request_a_number_and_rule",
            )
        ]

    @property
    def name(self) -> Text:
        what = self.rule.name if self.rule else GIVEN if self.given else NUMBER_ONLY
        return Text("外部：{what}", "External: {what}", what=what)

    @property
    def source(self) -> Text:
        """Where its due time comes from."""
        number = self.number or "–"
        if self.given:
            return Text("外部编号 {n}，期限由对方给定", "external number {n}, deadline as given", n=number)
        if self.rule is None:
            return Text("外部编号 {n}，没有期限", "external number {n}, no deadline", n=number)
        return Text(
            "外部编号 {n}，{rule}（自 {day} 起，依据：{source}）",
            "external number {n}, {rule} (from {day} on, source: {source})",
            n=number, rule=self.rule.name, day=self.rule.valid_from, source=self.rule.source,
        )  # fmt: skip

    @property
    def deadline(self) -> Deadline | None:
        """Its deadline, met or still running; None where it has none."""
        return self.deadlines.filter(ended_at=None).first()

    @transaction.atomic
    def answer_with(self, text: str, *, by: Actor, at: datetime | None = None) -> None:
        """Record the answer that was given; its deadline is met. Quiet when one was recorded already."""
        lock(self.case)
        self.refresh_from_db()
        if self.answered_at:
            return
        moment = at or clock.now()
        if len(text.strip()) < 2 or not self.received_at <= moment <= clock.now():
            raise Refused(
                Text(
                    "请写明答复了什么；时间在收到之后、现在之前。",
                    "Please say what was answered; the time lies between receipt and now.",
                )
            )
        self.answer, self.answered_at = text.strip(), moment
        self.save(update_fields=["answer", "answered_at"])
        record(events.EXTERNAL_REQUEST_ANSWERED, self.case, by=by, what=self.name, number=self.number)
        Deadline.meet(self.case, "external", by, at=moment, external_request=self)

    @classmethod
    @transaction.atomic
    def register(
        cls, case: Case, *, by: Actor, number: str = "", rule: StatutoryRule | None = None,
        received_at: datetime | None = None, given: datetime | None = None,
    ) -> ExternalRequest:  # fmt: skip
        """Register a request and start its deadline; the same number under the same rule changes nothing.

        ``given``: the due time the requester set; it goes before the rule's. Raises Refused for times that cannot be.
        """
        lock(case)
        number, start = number.strip()[:80], received_at or clock.now()
        known = case.external_requests.filter(number=number, rule=rule).first() if number else None
        if known:
            return known
        if not (number or rule or given):
            raise Refused(
                Text("请填写外部编号、依据或期限。", "Please give the external number, its rule or its limit.")
            )
        if start > clock.now():
            raise Refused(Text("收到时间不能晚于现在。", "It cannot have been received in the future."))
        if given and given <= start:
            raise Refused(Text("期限要晚于收到时间。", "The deadline must be later than the time received."))
        request = cls.objects.create(case=case, rule=rule, number=number, received_at=start, given=given, by=by)
        search_index.index(case.pk, case.search_text)
        record(events.EXTERNAL_REQUEST_REGISTERED, case, by=by, what=request.name, number=number)
        if given:
            minutes = (given - start.replace(second=0, microsecond=0)).total_seconds() / 60
            Deadline.begin(case, "external", minutes, "minutes", by, start=start, external_request=request)
        elif rule:
            Deadline.begin(case, "external", float(rule.amount), rule.unit, by, start=start, external_request=request)
        return request

    @classmethod
    def register_from_feedback(cls, case: Case, feedback: Feedback, *, by: Actor) -> None:
        """Register what a feedback item came with: an external number or due time. Nothing where it has neither."""
        if not (feedback.external_no or feedback.external_due):
            return
        day = feedback.received_at.astimezone(clock.BEIJING).date()
        rule = next((r for r in StatutoryRule.in_force_on(day) if r.channel and r.channel == feedback.channel), None)
        due = feedback.external_due
        given = due if due and due > feedback.received_at else None
        start = min(feedback.received_at, clock.now())
        cls.register(
            case, by=by, number=feedback.external_no, rule=None if given else rule, received_at=start, given=given
        )


def external_requests_are_answered(case: Case) -> Text | None:
    """The condition before a case ends: every external request with a deadline has an answer."""
    rows = Deadline.objects.open().filter(case=case, external_request__isnull=False)
    unanswered = rows.select_related("external_request__rule").first()
    if unanswered is None or unanswered.external_request is None:
        return None
    return Text(
        "还没有登记对外答复：{what}。请在事项页的“外部要求”里登记。",
        "An external request has no recorded answer: {what}. Record it under “External requests” on the case's page.",
        what=unanswered.external_request.name,
    )
