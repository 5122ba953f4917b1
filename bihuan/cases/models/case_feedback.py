"""CaseFeedback: a feedback item linked to a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.cases import case_choices, events
from bihuan.cases.models.case import Case
from bihuan.cases.models.external_request import ExternalRequest
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events as feedback_events
from bihuan.feedback.models import Feedback
from bihuan.people.models import User

HAS_RESULT = ("following_up", "evaluating", "archived")
"""Statuses of a case in which the work of a round is done, so that its result can be told to the customer."""


class CaseFeedbackQuerySet(models.QuerySet["CaseFeedback"]):
    def visible_to(self, user: User) -> CaseFeedbackQuerySet:
        """Whoever sees the case sees whose feedback is linked to it."""
        return self.filter(case__in=Case.objects.visible_to(user))


class CaseFeedback(models.Model):
    """A feedback item linked to a case; to one at most at a time.

    ``customer_updated_round``: the last round of whose result the customer who gave the feedback was informed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="link")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    customer_updated_round = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    customer_updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    customer_updated_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CaseFeedbackQuerySet.as_manager()

    class Meta:
        db_table = "case_feedback"

    @classmethod
    @transaction.atomic
    def link(cls, case: Case, feedback: Feedback, *, by: Actor) -> CaseFeedback:
        """Link a feedback item to a case; both timelines show it. External requests of the feedback become the case's."""
        feedback.move("link", by=by, case=case.number)
        link = cls.objects.create(case=case, feedback=feedback, by=by)
        record(events.FEEDBACK_LINKED, case, by=by, feedback=feedback.number)
        ExternalRequest.register_from_feedback(case, feedback, by=by)
        return link

    @classmethod
    @transaction.atomic
    def open_case(cls, feedback: Iterable[Feedback], *, by: User, title: str, kind: str, **fields: Any) -> Case:
        """Open a case from feedback items; what ``fields`` leaves out is taken from the first of them."""
        items = list(feedback)
        case = Case.open(by=by, title=title, kind=kind, **(_fields_from(items[0]) | fields))
        for item in items:
            cls.link(case, item, by=by.actor)
        return case

    @transaction.atomic
    def record_customer_update(self, *, by: User, channel: str) -> None:
        """Record that the customer was informed of the result (S3-I06). Quiet the second time in a round.

        The event belongs to the feedback item's timeline, so that it can be recorded after the case's archive.
        """
        flow.lock(self.feedback)
        self.refresh_from_db()
        if self.customer_updated_round == self.case.round:
            return
        if self.case.status not in HAS_RESULT:
            raise Refused(
                Text("处理还没有完成，还不能告知结果。", "The work is not done yet; there is no result to tell.")
            )
        if self.feedback.contact and self.feedback.contact.do_not_contact:
            raise Refused(Text("客户要求不要联系。", "The customer asked not to be contacted."))
        self.customer_updated_round = self.case.round
        self.customer_updated_at, self.customer_updated_by = clock.now(), by.actor
        self.save(update_fields=["customer_updated_round", "customer_updated_at", "customer_updated_by"])
        way = case_choices.COMMUNICATION_CHANNELS[channel]
        record(feedback_events.CUSTOMER_UPDATED, self.feedback, by=by.actor, way=way, case=self.case.number)

    @transaction.atomic
    def unlink(self, *, by: Actor, reason: str) -> None:
        """Unlink the feedback item from its case; both timelines keep the reason."""
        required_reason(reason)
        flow.lock(self.case)
        self.feedback.move("unlink", by=by, case=self.case.number, reason=reason.strip())
        self.delete()
        record(events.FEEDBACK_UNLINKED, self.case, by=by, feedback=self.feedback.number, reason=reason.strip())


def _fields_from(feedback: Feedback) -> dict[str, Any]:
    """A case's fields as the feedback item answers them."""
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
