"""LabelModel: what the engine learnt from the labels people gave, version by version.

Trained in the background once enough has been corrected; it takes over only where it is not worse on labels it was not
shown; any earlier version can be put back. It is taught masked texts only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django_tasks import task

from bihuan.audit.event_log import record
from bihuan.audit.flow import State
from bihuan.audit.models import Actor
from bihuan.audit.versioned import ConfigurationVersion, version_constraints, version_flow
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.labels import AXES
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.labelling import Labelling
from bihuan.feedback.personal_data import hidden
from bihuan.feedback.suggestions import suggestions
from bihuan.insight.classify import learning
from bihuan.insight.classify.linear import Model

if TYPE_CHECKING:
    from bihuan.people.models import User

LEARNT = ("problem_type", "urgency", "nature")
ENOUGH = 20
"""Corrections since the last training after which it is done again."""
NIGHT = range(1, 5)
AGAIN = 5000
"""Untriaged feedback items whose suggestions are made anew when a model takes over; the newest."""

STATES = (
    State("draft", Text("已训练", "Trained"), "blue"),
    State("current", Text("使用中", "In use"), "green"),
    State("past", Text("已停用", "Disabled"), "secondary"),
    State("discarded", Text("未采用", "Not taken"), "orange", final=True),
)
FLOW = version_flow(
    "label_model",
    published=events.MODEL_PUBLISHED,
    retired=events.MODEL_RETIRED,
    discarded=events.MODEL_REFUSED,
    restored=events.MODEL_RESTORED,
    states=STATES,
)


class LabelModel(ConfigurationVersion):
    """One version for one axis. ``report``: counts and figures of rows left out; ``gate``: the comparison that let it in."""

    NOUN = FLOW.noun
    SERIES = ("axis",)

    axis = models.CharField(max_length=16)
    data = models.BinaryField()
    report = models.JSONField(default=dict)
    gate = models.JSONField(default=dict)
    taught = models.PositiveIntegerField()
    until = models.PositiveBigIntegerField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "label_model"
        constraints = version_constraints("label_model", "axis")

    @property
    def subject_name(self) -> str:
        return f"{AXES[self.axis][0]} {self.version_number}"

    @property
    def gate_reason(self) -> Text:
        return Text.from_json(self.gate["reason"])

    @classmethod
    @transaction.atomic
    def train(cls, axis: str, *, by: Actor) -> LabelModel | None:
        """Learn the axis anew from all labels people gave; None while two codes have no five examples each."""
        pairs, until = examples(axis)
        held = [pair for pair in pairs if learning.held_out(pair[0])]
        try:
            model, report = learning.train(pair for pair in pairs if not learning.held_out(pair[0]))
        except ValueError:
            return None
        present = cls.objects.select_for_update().filter(axis=axis, status="current").first()
        gate = learning.gate(model, Model.from_bytes(bytes(present.data)) if present else None, held)
        made = cls.objects.create(
            axis=axis,
            version_number=cls.next_version_number(axis=axis),
            data=model.to_bytes(),
            report=report._asdict(),
            gate={**gate._asdict(), "reason": gate.reason.to_json()},
            taught=len(pairs) - len(held),
            until=until,
            by=by,
        )
        record(events.MODEL_TRAINED, made, by=by, n=made.taught)
        if gate.accepted:
            made._put_in_use("publish", by)
        else:
            made.move("discard", by=by, reason=made.gate_reason)
        return made

    @transaction.atomic
    def restore(self, *, by: User) -> None:
        """Use this version again; the one in use is kept and can be put back in turn."""
        if not self.all_versions().filter(pk=self.pk, status="current").exists():
            self._put_in_use("restore", by.actor)

    def _put_in_use(self, move: str, by: Actor) -> None:
        self.put_in_force(move, by=by)
        transaction.on_commit(lambda: renew.enqueue())

    def event_details(self) -> dict[str, Any]:
        return {}


def examples(axis: str) -> tuple[list[tuple[str, str]], int]:
    """(masked text, code) of every feedback item a person labelled, the latest word on each; and the last labelling read."""
    rows = Labelling.objects.order_by("id").values_list("id", "feedback_id", "feedback__text", "labels")
    last: dict[int, tuple[str, str]] = {}
    read = 0
    for pk, feedback, text, labels in rows.iterator(2000):
        read = pk
        if code := labels.get(axis):
            last[feedback] = (text, code)
    return [(hidden(text), code) for text, code in last.values()], read


def corrected_since(axis: str, until: int) -> int:
    """How often people differed from the suggestion on this axis after that labelling."""
    return sum(axis in changed for changed in Labelling.objects.filter(id__gt=until).values_list("changed", flat=True))


def train_due() -> list[str]:
    """Have every axis learnt anew that was corrected enough, or at all where it is night; which ones."""
    night = clock.now().astimezone(clock.BEIJING).hour in NIGHT
    due = []
    for axis in LEARNT:
        until = LabelModel.objects.filter(axis=axis).aggregate(n=models.Max("until"))["n"] or 0
        if corrected_since(axis, until) >= (1 if night else ENOUGH):
            learn_again.enqueue(axis)
            due.append(axis)
    return due


@task()
def learn_again(axis: str) -> None:
    LabelModel.train(axis, by=Actor.system())


@task()
def renew() -> None:
    """Suggest anew for the feedback items nobody has labelled yet."""
    learnt = in_use(fresh=True)
    for feedback in Feedback.objects.untriaged().order_by("-pk")[:AGAIN].iterator(500):
        suggested = suggestions(feedback.text, demand=feedback.demand, score=feedback.score, models=learnt)
        if suggested != feedback.suggested:
            Feedback.objects.filter(pk=feedback.pk, status="new").update(suggested=suggested)


_known: dict[str, Any] = {"at": None, "models": {}}
_STALE = timedelta(seconds=30)


def in_use(fresh: bool = False) -> dict[str, Model]:
    """The models in use by axis; looked up again after half a minute, so that a new one needs no restart."""
    now: datetime = clock.now()
    if fresh or _known["at"] is None or not timedelta(0) <= now - _known["at"] < _STALE:
        rows = LabelModel.objects.filter(status="current").values_list("axis", "pk")
        held = _known["models"]
        for axis, pk in rows:
            if axis not in held or held[axis][0] != pk:
                held[axis] = (pk, Model.from_bytes(bytes(LabelModel.objects.values_list("data", flat=True).get(pk=pk))))
        for axis in set(held) - {axis for axis, _ in rows}:
            del held[axis]
        _known["at"] = now
    return {axis: model for axis, (_, model) in _known["models"].items()}
