"""Assessment: the priority level of a case, with the inputs it rests on.

The system suggests from the scheme, a person decides, and a decision that differs keeps its reason (C-19).
A case may have several; exactly one is effective and sets the deadlines (C-01).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock, save
from bihuan.audit.models import Actor, Event
from bihuan.cases import events
from bihuan.cases.models.case import Case
from bihuan.cases.models.kind_scheme import KindScheme
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.events import NO_LONGER_REQUIRED
from bihuan.deadlines.models import Deadline, Scheme
from bihuan.insight import priority
from bihuan.insight.data.builtin_priority_schemes import MILESTONES
from bihuan.people.models import User


class Assessment(models.Model):
    """``inputs``: the scheme's inputs; ``criteria``: what was ticked; ``reasons``: a person's remark by input."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    inputs = models.JSONField()
    criteria = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    suggested = models.CharField(max_length=24)
    level = models.CharField(max_length=24)
    override_reason = models.TextField(blank=True)
    effective = models.BooleanField(default=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "assessment"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(effective=True), name="one_assessment_in_force")
        ]

    @property
    def level_name(self) -> Text:
        return name_of(self.scheme, self.level)

    @property
    def suggested_name(self) -> Text:
        return name_of(self.scheme, self.suggested)

    @classmethod
    @transaction.atomic
    def assess(
        cls, case: Case, *, by: User, scheme: Scheme, inputs: dict[str, Any], criteria: dict[str, Any] | None = None,
        reasons: dict[str, str] | None = None, level: str = "", override_reason: str = "", effective: bool = True,
        seen: int | None = None, why: Text | None = None,
    ) -> Assessment:  # fmt: skip
        """Assess the case by ``scheme``. ``level`` empty follows the suggestion; another needs ``override_reason``.

        ``why``: shown on the timeline instead of the override's reason. An effective assessment moves an accepted case
        to assessed, sets its deadlines anew, and notifies of the highest level. Raises Refused for a closed case,
        missing inputs, or an override without a reason.
        """
        stored = lock(case, seen)
        if stored.status in ("draft", "archived", "declined"):
            raise Refused(
                Text("现在不能定级：事项未受理或已结束。", "It cannot be assessed now: not accepted yet, or closed.")
            )
        suggestion = _suggest(scheme, inputs)
        level = level or suggestion.level
        forced = [rule["code"] for rule in scheme.data.get("forced", []) if inputs.get(rule["code"])]
        _check_override(level, suggestion, forced, override_reason)
        before = case.assessments.filter(effective=True).first()
        effective = effective or before is None
        if effective and before:
            case.assessments.filter(effective=True).update(effective=False)
        assessment = cls.objects.create(
            case=case, round=case.round, scheme=scheme, inputs=inputs, criteria=criteria or {}, reasons=reasons or {},
            suggested=suggestion.level, level=level, override_reason=override_reason.strip(), effective=effective,
            by=by.actor,
        )  # fmt: skip
        if not effective:
            record(events.ASSESSMENT_NOTED, case, by=by.actor, level=assessment.level_name)
            return assessment
        assessment._make_effective(case, before, by.actor, why)
        chosen = scheme.levels[level]
        if chosen["rank"] == 1 and (forced or chosen.get("alarms") or scheme.code == "p_level"):
            record(events.ALARMED, case, by=by.actor, level=assessment.level_name)
        return assessment

    def _make_effective(self, case: Case, before: Assessment | None, by: Actor, why: Text | None) -> None:
        details: dict[str, Any] = {"level": self.level_name, "reason": why or self.override_reason}
        chosen = self.scheme.levels[self.level]
        case.level, case.rank, case.level_names = self.level, chosen["rank"], dict(chosen["name"])
        case.disposition = next((t["disposition"] for t in chosen["targets"].values() if "disposition" in t), "")
        case.pool = _pool(case.disposition)
        fields = ["level", "rank", "level_names", "disposition", "pool"]
        if case.status == "accepted":
            case.move("assess", by=by, fields=fields, **details)
        else:
            save(case, fields)
            record(events.REASSESSED, case, by=by, before=before.level_name if before else "", **details)
        self.start_deadlines(case, by)

    def start_deadlines(self, case: Case, by: Actor) -> None:
        """Start the deadlines of the level; those that only another level had set no longer count."""
        timed = {m: t for m, t in priority.targets(self.scheme.data, self.level).items() if "amount" in t}
        for deadline in Deadline.objects.running(case).filter(milestone__in=set(MILESTONES) - set(timed)):
            Deadline.stop(case, deadline.milestone)
            due = f"{deadline.due.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
            record(NO_LONGER_REQUIRED, deadline, by=by, milestone=deadline.get_milestone_display(), due=due)
        for milestone, target in timed.items():
            start = _start_before_drop(case, milestone)
            Deadline.begin(case, milestone, target["amount"], target["unit"], by, start=start, scheme=self.scheme)
        Deadline.update_case_next_due(case)
        first_contact = case.communications.filter(round=case.round, human=True).order_by("at").first()
        if first_contact:
            Deadline.meet(case, "respond", by, at=first_contact.at)


def scheme_result(scheme: Scheme, inputs: dict[str, Any]) -> tuple[priority.Assessed, Mapping[str, Any]]:
    """The scheme's result for these inputs, and the level it names. ValueError while some are not answered."""
    result = priority.assess(scheme.data, inputs)
    return result, priority.level(scheme.data, result.level)


def name_of(scheme: Scheme, code: str) -> Text:
    """The name of a level of the scheme."""
    return Text.from_json(priority.level(scheme.data, code)["name"])


def _suggest(scheme: Scheme, inputs: dict[str, Any]) -> priority.Assessed:
    try:
        return priority.assess(scheme.data, inputs)
    except ValueError as missing:
        raise Refused(Text("评定项没有填全。", "Not all criteria are answered.")) from missing


def _check_override(level: str, suggestion: priority.Assessed, forced: list[str], reason: str) -> None:
    if level == suggestion.level:
        return
    if forced:
        raise Refused(
            Text(
                "涉及安全、舆情、法律或群体投诉的事项必须是最高级。",
                "A case of safety, media, legal or group complaint must be of the highest level.",
            )
        )
    if len(reason.strip()) < 2:
        raise Refused(
            Text("改动建议级别，请写明理由。", "Please give a reason for differing from the suggested level.")
        )


def _start_before_drop(case: Case, milestone: str) -> datetime | None:
    """When the milestone's deadline began before another level of this round dropped it; set again, it counts from there."""
    dropped = Event.objects.filter(kind=NO_LONGER_REQUIRED.key, timeline=case.timeline).values("subject_id")
    before = Deadline.objects.filter(case=case, round=case.round, milestone=milestone, pk__in=dropped)
    return before.order_by("start").values_list("start", flat=True).first()


def _pool(disposition: str) -> str:
    """The month whose plan the case goes into: the next one, reviewed at its start (S3-29)."""
    if disposition != "month_pool":
        return ""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02d}"


def schemes() -> dict[str, Text]:
    """Every scheme by code, with the name of its effective version."""
    return {scheme.code: scheme.name for scheme in Scheme.all_current()}


def scheme_for(case: Case, code: str = "") -> Scheme:
    """The effective version of the scheme ``code``, else of the one the case was assessed by, else of its kind's own."""
    if code in priority.SCHEMES:
        return Scheme.current(code)
    last = case.assessments.filter(effective=True).values_list("scheme__code", flat=True).first()
    return Scheme.current(last or KindScheme.of(case.kind))
