"""Feedback: one feedback item, verbatim, with its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from bihuan.audit import attachments
from bihuan.audit.base_models import FlowModel, NumberedModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit, lock
from bihuan.audit.models import Actor, Attachment
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.customers.models import Contact, Customer
from bihuan.feedback import events, feedback_choices, search_index
from bihuan.feedback.flow import FLOW
from bihuan.feedback.personal_data import hidden, hidden_in
from bihuan.people.models import Team

if TYPE_CHECKING:
    from bihuan.people.models import User

_ONCE = Text("客户原话只能写入一次。", "The customer's words are written once.")
_FREE_TEXT = ("text", "title", "demand", "error_text", "first_judgement", "tried")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> FeedbackQuerySet:
        if not user.can("see.business"):
            return self.none()
        if user.can("see.all"):
            return self
        mine = models.Q(recorder=user.actor_id)
        if user.team_id and user.can("feedback.triage"):
            # Theirs and nobody's is most of the table: as one expression, so that SQLite reads it in the list's order
            # or counts over an index instead of gathering every row by three indexes.
            mine |= models.Q(Exact(Coalesce("team_id", models.Value(user.team_id)), user.team_id))
        elif user.team_id:
            mine |= models.Q(team=user.team_id)
        elif user.can("feedback.triage"):
            mine |= models.Q(team=None)
        return self.filter(mine)

    def update(self, **kwargs: Any) -> int:
        if "text" in kwargs:
            raise Refused(_ONCE)
        return super().update(**kwargs)

    def untriaged(self) -> FeedbackQuerySet:
        return self.filter(status="new")


class Feedback(NumberedModel, FlowModel):
    """One feedback item. ``text`` is what the customer said, to the letter, and is written once."""

    NOUN = "feedback"
    SHOWN_WITH = ("customer", "contact", "recorder", "team", "labelled_by")

    status = models.CharField(max_length=10, choices=FLOW.choices, default="new")
    received_at = models.DateTimeField(default=clock.now)
    occurred_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=feedback_choices.channels)
    nature = models.CharField(max_length=12, choices=feedback_choices.natures, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    demand = models.TextField(blank=True)
    error_text = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback")
    customer_type = models.CharField(max_length=4, choices=list(feedback_choices.CUSTOMER_TYPES.items()), blank=True)
    product = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=40, blank=True)
    app_version = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    environment = models.JSONField(default=dict, blank=True)
    frequency = models.CharField(max_length=12, choices=list(feedback_choices.FREQUENCIES.items()), blank=True)
    tried = models.JSONField(default=list, blank=True)

    problem_type = models.CharField(max_length=40, choices=feedback_choices.problem_types, blank=True)
    scope = models.CharField(max_length=12, choices=list(feedback_choices.SCOPES.items()), blank=True)
    urgency = models.CharField(max_length=12, choices=list(feedback_choices.URGENCIES.items()), blank=True)
    sentiment = models.CharField(max_length=12, choices=list(feedback_choices.SENTIMENTS.items()), blank=True)
    labelled_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    labelled_at = models.DateTimeField(null=True, blank=True)
    suggested = models.JSONField(default=dict, blank=True)
    urgency_rank = models.GeneratedField(  # by suggested urgency, 0 first: the order of the triage queue
        expression=models.Case(
            models.When(suggested__urgency__code="urgent", then=models.Value(0)),
            models.When(suggested__urgency__code="important", then=models.Value(1)),
            default=models.Value(2),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    suggestion_confidence = (
        models.GeneratedField(  # the level (per cent) that suggested type and urgency both reach; 0: noise
            expression=models.Case(
                models.When(suggested__noise__isnull=False, then=models.Value(0)),
                *(
                    models.When(
                        suggested__problem_type__confidence__gte=level / 100,
                        suggested__urgency__confidence__gte=level / 100,
                        then=models.Value(level),
                    )
                    for level in feedback_choices.CONFIDENCE_LEVELS
                ),
                default=models.Value(0),
            ),
            output_field=models.PositiveSmallIntegerField(),
            db_persist=True,
        )
    )
    first_judgement = models.TextField(blank=True)
    judgement_verified = models.BooleanField(default=False)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback")
    recorder = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="recorded")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    external_no = models.CharField(max_length=80, blank=True)
    external_due = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=24)
    source_key = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=40, blank=True, db_index=True)
    import_batch = models.ForeignKey(
        "bihuan.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="feedback_items"
    )
    import_row = models.PositiveIntegerField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    check_code = models.CharField(max_length=64, blank=True)
    consent = models.CharField(max_length=20, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        db_table = "feedback"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="a_feedback_enters_once"),
            models.UniqueConstraint(fields=["import_batch", "import_row"], name="a_row_enters_once"),
        ]
        indexes = [
            models.Index(fields=["status", "-received_at"], name="feedback_status"),
            models.Index(fields=["status", "urgency_rank", "received_at", "id"], name="feedback_queue"),
            models.Index(  # lists count by these alone, so that no row of a big table is read
                fields=[
                    "status",
                    "suggestion_confidence",
                    "team",
                    "recorder",
                    "channel",
                    "urgency",
                    "problem_type",
                    "nature",
                ],
                name="feedback_counts",
            ),
            models.Index(fields=["team", "-received_at"], name="feedback_team"),
            models.Index(fields=["-received_at"], name="feedback_received"),
            models.Index(fields=["customer", "-received_at"], name="feedback_customer"),
            models.Index(fields=["external_no"], name="feedback_external"),
        ]

    def __str__(self) -> str:
        return self.number

    def shown_to(self, user: User) -> dict[str, Any]:
        """What was said and written down, to the letter for the service team; for everybody else with the personal
        numbers in it masked (S4-32)."""
        texts = {name: getattr(self, name) for name in _FREE_TEXT}
        plain = user.can("contact.reveal") or self.recorder_id == user.actor_id
        return texts if plain else hidden_in(texts)

    @property
    def excerpt(self) -> str:
        """The beginning of the words for lists, with personal numbers masked."""
        return hidden(self.text[:160])[:90]

    @transaction.atomic
    def complete(self, *, by: User, seen: int, contact: str = "", contact_name: str = "", **fields: Any) -> None:
        """Fill in or correct what stands around the words; the words themselves stay. Raises Stale."""
        fields.pop("text", None)
        if isinstance(who := fields.get("customer"), dict):
            fields["customer"] = Customer.get_or_create(by=by.actor, **who)
        if kept := Contact.get_or_create(
            contact, customer=fields.get("customer", self.customer), by=by.actor, name=contact_name
        ):
            fields["contact"] = kept
        if "environment" in fields:
            fields["environment"] = {k: v for k, v in self.environment.items() if k != "browser"} | fields[
                "environment"
            ]
        if edit(self, fields, by=by.actor, event_type=events.EDITED, seen=seen, redact=hidden_in):
            search_index.index(self)

    def answer(self, *, by: User, reply: str, seen: int | None = None) -> None:
        """The customer has their answer; no case is needed."""
        if self.move("answer", by=by.actor, seen=seen, reply=hidden(reply.strip())) is None:
            raise Refused(
                Text(
                    "这条反馈已经答复过了；要再答复，请先恢复为待分类。",
                    "It has been answered already; restore it first to answer again.",
                )
            )

    def void(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Not a customer's feedback item (a test, an advertisement, a wrong number)."""
        self.move("void", by=by.actor, seen=seen, reason=hidden(reason.strip()))

    def revive(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Back to the untriaged ones."""
        self.move("revive", by=by.actor, seen=seen, reason=hidden(reason.strip()))

    @transaction.atomic
    def attach(self, upload: UploadedFile, *, by: User) -> Attachment:
        """Keep a file with this feedback item (a recording, a screenshot, the paper form)."""
        lock(self)
        kept = attachments.attach(self, upload, by=by.actor)
        record(events.ATTACHED, self, by=by.actor, file=hidden(kept.name))
        return kept

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields: Any = kwargs.get("update_fields")
        if self.pk and fields is None:
            kwargs["update_fields"] = {f.name for f in self._meta.concrete_fields} - {"id", "text"}
        elif self.pk and "text" in fields:
            raise Refused(_ONCE)
        super().save(*args, **kwargs)
