"""Assessment: one judgement of a case's priority, with what it rests on.

The system suggests from the scheme, a person decides, and a decision that differs keeps its reason (C-19).
Several may be kept; exactly one is in force and drives the clocks (C-01).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.cases import events, words
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text, both
from bihuan.hours.models import Clock, Scheme
from bihuan.insight import priority
from bihuan.ledger.chain import record
from bihuan.ledger.flow import lock, save
from bihuan.ledger.models import Actor

if TYPE_CHECKING:
    from bihuan.cases.models import Case
    from bihuan.people.models import User


class Assessment(models.Model):
    """``inputs``: the scheme's inputs; ``criteria``: what was ticked; ``reasons``: a person's words by input."""

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="assessments")
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

    @property
    def judged(self) -> priority.Assessed:
        """The scheme's own judgement of these inputs, with its reasons."""
        return priority.assess(self.scheme.data, self.inputs)


def judge(scheme: Scheme, inputs: dict[str, Any]) -> tuple[priority.Assessed, Mapping[str, Any]]:
    """What the scheme makes of these inputs, and the level it names. ValueError while some are not answered."""
    said = priority.assess(scheme.data, inputs)
    return said, priority.level(scheme.data, said.level)


def name_of(scheme: Scheme, code: str) -> Text:
    name = priority.level(scheme.data, code)["name"]
    return Text(name["zh"], name["en"])


@transaction.atomic
def assess(
    case: Case,
    *,
    by: User,
    scheme: Scheme,
    inputs: dict[str, Any],
    criteria: dict[str, Any] | None = None,
    reasons: dict[str, str] | None = None,
    level: str = "",
    override_reason: str = "",
    effective: bool = True,
    seen: int | None = None,
) -> Assessment:
    """Judge the case by ``scheme``. ``level`` empty follows the suggestion; another level needs ``override_reason``.

    In force, it rates an accepted case, moves the clocks of a rated one, and tells everybody at the highest level.
    """
    stored = lock(case, seen)
    if stored.status in ("draft", "archived", "declined"):
        raise Refused(
            both("现在不能定级：事项未受理或已结束。", "It cannot be rated now: not accepted yet, or closed.")
        )
    suggestion = _suggest(scheme, inputs)
    level = level or suggestion.level
    forced = [one["code"] for one in scheme.data.get("forced", []) if inputs.get(one["code"])]
    _check_override(level, suggestion, forced, override_reason)
    before = case.assessments.filter(effective=True).first()
    effective = effective or before is None
    if effective and before:
        case.assessments.filter(effective=True).update(effective=False)
    made = Assessment.objects.create(
        case=case,
        round=case.round,
        scheme=scheme,
        inputs=inputs,
        criteria=criteria or {},
        reasons=reasons or {},
        suggested=suggestion.level,
        level=level,
        override_reason=override_reason.strip(),
        effective=effective,
        by=by.actor,
    )
    if not effective:
        record(events.NOTED, case, by=by.actor, level=made.level_name)
        return made
    _put_in_force(case, made, before, by.actor)
    if priority.level(scheme.data, level)["rank"] == 1 and (forced or scheme.code == "p_level"):
        record(events.ALARMED, case, by=by.actor, level=made.level_name)
    return made


def _suggest(scheme: Scheme, inputs: dict[str, Any]) -> priority.Assessed:
    try:
        return priority.assess(scheme.data, inputs)
    except ValueError as missing:
        raise Refused(both("评定项没有填全。", "Not all criteria are answered.")) from missing


def _check_override(level: str, suggestion: priority.Assessed, forced: list[str], reason: str) -> None:
    if level == suggestion.level:
        return
    if forced:
        raise Refused(
            both(
                "涉及安全、舆情、法律或群体投诉的事项必须是最高级。",
                "A case of safety, media, legal or group complaint must be of the highest level.",
            )
        )
    if len(reason.strip()) < 2:
        raise Refused(
            both("改动建议级别，请写明理由。", "Please give a reason for differing from the suggested level.")
        )


def _put_in_force(case: Case, made: Assessment, before: Assessment | None, by: Actor) -> None:
    told: dict[str, Any] = {"level": made.level_name, "reason": made.override_reason}
    chosen = priority.level(made.scheme.data, made.level)
    case.level, case.rank, case.level_names = made.level, chosen["rank"], dict(chosen["name"])
    case.disposition = next((t["disposition"] for t in chosen["targets"].values() if "disposition" in t), "")
    case.pool = _pool(case.disposition)
    fields = ["level", "rank", "level_names", "disposition", "pool"]
    if case.status == "accepted":
        case.move("rate", by=by, fields=fields, **told)
    else:
        save(case, fields)
        record(events.REASSESSED, case, by=by, before=before.level_name if before else "", **told)
    run_clocks(case, made, by)


def run_clocks(case: Case, made: Assessment, by: Actor) -> None:
    """Start the clocks of the assessment's level; those another level had asked for no longer count."""
    targets = priority.level(made.scheme.data, made.level)["targets"]
    timed = {m: t for m, t in targets.items() if "amount" in t}
    level_milestones = {m for one in made.scheme.data["levels"] for m in one["targets"]} | _LEVEL_MILESTONES
    gone = Clock.objects.running(case).filter(milestone__in=level_milestones - set(timed))
    gone.update(ended_at=clock.now())
    for milestone, target in timed.items():
        Clock.begin(case, milestone, target["amount"], target["unit"], by)
    Clock.note_next(case)
    first = case.talks.filter(round=case.round, human=True).order_by("at").first()
    if first:
        Clock.meet(case, "respond", by, at=first.at)


_LEVEL_MILESTONES = {"respond", "start", "plan", "relief", "resolve"}


def _pool(disposition: str) -> str:
    """The month whose plan the case goes into: the next one, reviewed at its start (S3-29)."""
    if disposition != "month_pool":
        return ""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02d}"


def evidence(case: Case, scheme: Scheme) -> dict[str, tuple[Any, Text]]:
    """What the stored facts already say about the scheme's inputs: value and why. A person may answer otherwise."""
    voices = list(case.links.select_related("feedback"))
    found: dict[str, tuple[Any, Text]] = {}
    if case.customer and case.customer.value:
        value = {"middle": "medium"}.get(case.customer.value, case.customer.value)
        found["customer_value"] = (value, both("客户档案中的价值", "The customer's value on file"))
        found["paying"] = (case.customer.paying, both("客户档案中的付费标记", "Paying mark on the customer's file"))
    urgencies = [u for u in words_by_weight if any(link.feedback.urgency == u for link in voices)]
    if urgencies:
        found["urgency"] = (urgencies[0], both("反馈的紧急程度标签", "Urgency label of its feedback"))
    scope = _scope(case, scheme.code)
    if scope:
        found["scope"] = (scope, both("事项登记的影响范围", "Extent stored on the case"))
    ticks = _ticks(case, len(voices))
    return {k: v for k, v in (found | ticks).items() if k in scheme.data["inputs"] and _fits(scheme, k, v[0])}


words_by_weight = ("urgent", "important", "normal")


def _fits(scheme: Scheme, code: str, value: Any) -> bool:
    field = scheme.data["inputs"][code]
    return field["kind"] == "bool" or str(value) in field["values"]


def _scope(case: Case, scheme: str) -> str:
    """The scheme's word for how many are hit; "" when nothing is stored."""
    if scheme == "p_level":
        if case.affected_users and case.affected_users > 1 and case.extent in ("", "single_user"):
            return "part"
        part_or_many = {
            "department": "part",
            "single_customer": "part",
            "several_customers": "many",
            "systemic": "many",
        }
        return {"single_user": "one", **part_or_many}.get(case.extent, "")
    general = {"department": "individual", "single_customer": "individual", "several_customers": "general"}
    return {"single_user": "individual", "systemic": "systemic", **general}.get(case.extent, "")


def _ticks(case: Case, voices: int) -> dict[str, tuple[Any, Text]]:
    """For inputs that are criteria to tick: which of them the facts support (0-based)."""
    urgent = [0] if case.extent in ("department", "several_customers", "systemic") else []
    important = [0] if case.customer and case.customer.value == "high" else []
    if voices >= 3 or case.round > 1 or case.frequency == "persistent":
        important.append(1)
    why = both("根据影响范围、客户价值和重复情况", "From extent, customer value and recurrence")
    return {code: (got, why) for code, got in (("urgent", urgent), ("important", important)) if got}


SCHEME_NAMES: dict[str, Text] = {k: Text(v["name"]["zh"], v["name"]["en"]) for k, v in priority.SCHEMES.items()}


def scheme_for(case: Case, asked: str = "") -> Scheme:
    """The scheme asked for, else the one in force, else the kind's own."""
    if asked in SCHEME_NAMES:
        return Scheme.current(asked)
    held = case.assessments.filter(effective=True).select_related("scheme").first()
    return held.scheme if held else Scheme.current(words.SCHEME_OF[case.kind])
