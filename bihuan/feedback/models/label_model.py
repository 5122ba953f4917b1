"""LabelModel: what the engine learnt from the labels people gave, version by version.

Trained in the background once enough has been corrected; it takes over only where it is not worse on labels it was not
shown; any earlier version can be put back. It is taught masked texts only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django_tasks import task

from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import Flow, Move, State
from bihuan.audit.models import Actor
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

FLOW = Flow(
    "label_model",
    states=(
        State("trained", Text("已训练", "Trained"), "blue"),
        State("in_force", Text("使用中", "In use"), "green"),
        State("retired", Text("已停用", "Disabled"), "secondary"),
        State("refused", Text("未采用", "Not taken"), "orange", final=True),
    ),
    moves=(
        Move("take_over", Text("采用", "Accept"), ("trained",), "in_force", events.MODEL_TAKEN),
        Move("refuse", Text("不采用", "Reject"), ("trained",), "refused", events.MODEL_REFUSED),
        Move("retire", Text("停用", "Disable"), ("in_force",), "retired", events.MODEL_RETIRED),
        Move("put_back", Text("换回", "Put back"), ("retired",), "in_force", events.MODEL_PUT_BACK),
    ),
)


class LabelModel(FlowModel):
    """One version for one axis. ``report``: counts and figures of rows left out; ``gate``: the comparison that let it in."""

    NOUN = "label_model"

    axis = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=FLOW.choices, default="trained")
    data = models.BinaryField()
    report = models.JSONField(default=dict)
    gate = models.JSONField(default=dict)
    taught = models.PositiveIntegerField()
    until = models.PositiveBigIntegerField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "label_model"
        constraints = [
            models.UniqueConstraint(fields=["axis", "number"], name="a_model_version_once"),
            models.UniqueConstraint(
                fields=["axis"], condition=models.Q(status="in_force"), name="one_model_in_use_an_axis"
            ),
        ]

    @property
    def subject_name(self) -> str:
        return f"{AXES[self.axis][0]} {self.number}"

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
        present = cls.objects.select_for_update().filter(axis=axis, status="in_force").first()
        gate = learning.gate(model, Model.from_bytes(bytes(present.data)) if present else None, held)
        last = cls.objects.filter(axis=axis).aggregate(n=models.Max("number"))["n"] or 0
        made = cls.objects.create(
            axis=axis,
            number=last + 1,
            data=model.to_bytes(),
            report=report._asdict(),
            gate={**gate._asdict(), "reason": gate.reason.to_json()},
            taught=len(pairs) - len(held),
            until=until,
            by=by,
        )
        record(events.MODEL_TRAINED, made, by=by, n=made.taught)
        if gate.accepted:
            made._take_the_place_of(present, "take_over", by)
        else:
            made.move("refuse", by=by, reason=made.gate_reason)
        return made

    @transaction.atomic
    def put_back(self, *, by: User) -> None:
        """Use this version again; the one in use is kept and can be put back in turn."""
        present = type(self).objects.select_for_update().filter(axis=self.axis, status="in_force").first()
        if present and present.pk == self.pk:
            return
        self._take_the_place_of(present, "put_back", by.actor)

    def _take_the_place_of(self, present: LabelModel | None, move: str, by: Actor) -> None:
        if present:
            present.move("retire", by=by)
        self.move(move, by=by)
        transaction.on_commit(lambda: renew.enqueue())


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
        told = suggestions(feedback.text, demand=feedback.demand, score=feedback.score, models=learnt)
        if told != feedback.suggested:
            Feedback.objects.filter(pk=feedback.pk, status="new").update(suggested=told)


_known: dict[str, Any] = {"at": None, "models": {}}
_STALE = timedelta(seconds=30)


def in_use(fresh: bool = False) -> dict[str, Model]:
    """The models in use by axis; looked up again after half a minute, so that a new one needs no restart."""
    now: datetime = clock.now()
    if fresh or _known["at"] is None or not timedelta(0) <= now - _known["at"] < _STALE:
        rows = LabelModel.objects.filter(status="in_force").values_list("axis", "pk")
        held = _known["models"]
        for axis, pk in rows:
            if axis not in held or held[axis][0] != pk:
                held[axis] = (pk, Model.from_bytes(bytes(LabelModel.objects.values_list("data", flat=True).get(pk=pk))))
        for axis in set(held) - {axis for axis, _ in rows}:
            del held[axis]
        _known["at"] = now
    return {axis: model for axis, (_, model) in _known["models"].items()}
