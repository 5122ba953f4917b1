"""Analysis, Cause, Evidence, Why, Impact, Meeting."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from bihuan.audit import attachments
from bihuan.audit.base_models import FlowModel, PartModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.flow import Flow, Move, State, edit, lock
from bihuan.audit.models import Actor, Attachment, Event
from bihuan.cases.models import Case
from bihuan.cases.models.round_model import RoundModel
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.diagnosis import diagnosis_choices, events
from bihuan.people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable


class Analysis(RoundModel, BaseModel):
    """What a round of a case found out. One a round; earlier rounds stay readable."""

    NOUN = "analysis"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="analyses")
    round = models.PositiveSmallIntegerField()
    phenomenon = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    range = models.TextField(blank=True)
    problem = models.JSONField(default=dict, blank=True)
    feasibility = models.JSONField(default=dict, blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        db_table = "analysis"
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_analysis_a_round")]

    @classmethod
    def of(cls, case: Case) -> Analysis:
        """The present round's analysis, made when first looked for."""
        analysis, _ = cls.objects.get_or_create(case=case, round=case.round)
        analysis.case = case
        return analysis

    def update_statement(self, changes: dict[str, Any], *, by: User, what: Text, seen: int) -> None:
        """Write part of the statement: the three layers, a 5W1H, the conclusion."""
        edit(self, changes, by=by.actor, event_type=events.STATED, seen=seen, what=what.zh)

    @transaction.atomic
    def add_cause(
        self, *, by: User, dimension: str, text: str, level: str, verify_method: str = "", under: Cause | None = None
    ) -> Cause:
        """Put a cause forward; it is 待验证 until evidence speaks."""
        lock(self)
        cause = Cause.objects.create(
            analysis=self, dimension=dimension, text=text, level=level, verify_method=verify_method, under=under
        )
        record(events.CAUSE_ADDED, cause, by=by.actor, dimension=diagnosis_choices.DIMENSIONS[dimension].zh, text=text)
        return cause

    @transaction.atomic
    def write_whys(self, answers: Iterable[str], *, by: User, seen: int) -> None:
        """Write the chain of whys anew, in order; the last answer is the root."""
        given = [a.strip() for a in answers if a.strip()]
        if not given:
            raise Refused(Text("请至少写一个“为什么”的回答。", "Please answer at least one why."))
        lock(self, seen)
        if given == list(self.whys.values_list("answer", flat=True)):
            return
        self.whys.all().delete()
        Why.objects.bulk_create([Why(analysis=self, seq=n, answer=a) for n, a in enumerate(given, 1)])
        record(events.WHYS, self, by=by.actor, n=len(given), root=given[-1])

    @transaction.atomic
    def add_impact(self, *, by: User, side: str, metric: str, value: Decimal, unit: str, period: str) -> Impact:
        """Add one figure of the impact: number, unit, period (S2-24)."""
        lock(self)
        impact = Impact.objects.create(analysis=self, side=side, metric=metric, value=value, unit=unit, period=period)
        record(events.IMPACT, self, by=by.actor, metric=metric, value=str(value), unit=unit)
        return impact

    @transaction.atomic
    def record_meeting(self, *, by: User, kind: str, at: datetime, attendees: Iterable[User], minutes: str) -> Meeting:
        """Record a meeting about this case; those who attended join the case."""
        lock(self)
        people = list(attendees)
        meeting = Meeting.objects.create(analysis=self, kind=kind, at=at, minutes=minutes, by=by.actor)
        meeting.attendees.set(people)
        self.case.collaborators.add(*people)
        record(
            events.MET,
            self,
            by=by.actor,
            kind=diagnosis_choices.MEETINGS[kind].zh,
            attendees="、".join(map(str, people)),
        )
        return meeting

    def missing_fields(self, causes: Iterable[Cause] | None = None) -> list[Text]:
        """What is still missing before a plan can be made; ``causes`` where they were read already."""
        if self.case.kind == "requirement":
            wanted = {
                "what": Text("5W1H 的“需求内容”", "what is wanted (5W1H)"),
                "why": Text("5W1H 的“需求背景”", "its background (5W1H)"),
            }
            return [name for key, name in wanted.items() if not self.feasibility.get(key, "").strip()]
        layers = {
            "phenomenon": Text("现象", "symptom"),
            "effect": Text("影响", "impact"),
            "range": Text("范围", "scope"),
        }
        missing = [name for key, name in layers.items() if not getattr(self, key).strip()]
        if not self.problem.get("what", "").strip():
            missing.append(Text("5W1H 的“是什么问题”", "what the problem is (5W1H)"))
        causes = self.causes.filter(level="root") if causes is None else causes
        if not any(one.level == "root" and one.verdict == "holds" for one in causes):
            missing.append(Text("有证据、已成立的根本原因", "a root cause that holds, with evidence"))
        return missing


CAUSE_FLOW_STATES = (
    State("pending", Text("待验证", "To be verified"), "yellow"),
    State("holds", Text("成立", "Holds"), "red"),
    State("ruled_out", Text("排除", "Ruled out"), "secondary"),
)


def _has_evidence(cause: Cause) -> Text | None:
    if cause.pk is None or not cause.evidence.exists():
        return Text(
            "还没有证据：没有证据的原因只能是待验证。请先补充证据（日志、测试、访谈记录等）。",
            "There is no evidence yet; a cause without evidence stays to be verified. Please add some first (logs, tests, interviews).",
        )
    return None


VERDICTS = Flow(
    "cause",
    states=CAUSE_FLOW_STATES,
    moves=(
        Move("hold", Text("判定成立", "It holds"), ("pending",), "holds", events.HOLDS, (_has_evidence,)),
        Move("rule_out", Text("排除", "Rule out"), ("pending",), "ruled_out", events.RULED_OUT),
        Move("reconsider", Text("重新验证", "Verify again"), ("holds", "ruled_out"), "pending", events.OPEN_AGAIN),
    ),
    column="verdict",
)


class Cause(PartModel, FlowModel):
    """A possible cause on the fishbone. ``under`` ties a direct cause to the root it comes from."""

    NOUN = "cause"
    PART_OF = "analysis"

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="causes")
    dimension = models.CharField(max_length=16, choices=list(diagnosis_choices.DIMENSIONS.items()))
    text = models.CharField(max_length=200)
    level = models.CharField(max_length=8, choices=list(diagnosis_choices.LEVELS.items()))
    verify_method = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=12, choices=VERDICTS.choices, default="pending")
    under = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="direct")

    class Meta:
        db_table = "cause"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

    @property
    def subject_name(self) -> str:
        return self.text[:60]

    @transaction.atomic
    def add_evidence(self, *, by: User, text: str, upload: UploadedFile | None = None) -> Evidence:
        """Add evidence: a text, and a file where there is one."""
        if not text.strip() and upload is None:
            raise Refused(Text("请写明证据或上传文件。", "Please describe the evidence or add a file."))
        lock(self)
        evidence = Evidence.objects.create(cause=self, text=text.strip(), by=by.actor)
        if upload is not None:
            attachments.attach(evidence, upload, by=by.actor)
        summary = text.strip() or (attachments.display_name(upload.name or "") if upload else "")
        record(events.EVIDENCE, self, by=by.actor, text=summary[:120])
        return evidence

    def hold(self, *, by: User) -> Event | None:
        return VERDICTS.move(self, "hold", by=by.actor, text=self.text)

    def rule_out(self, *, by: User, reason: str) -> Event | None:
        return VERDICTS.move(self, "rule_out", by=by.actor, text=self.text, reason=required_reason(reason))

    def reconsider(self, *, by: User, reason: str) -> Event | None:
        return VERDICTS.move(self, "reconsider", by=by.actor, text=self.text, reason=required_reason(reason))


class Evidence(PartModel):
    """What speaks for or against a cause: a text, perhaps with files. Never edited."""

    NOUN = "evidence"
    PART_OF = "cause"

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "evidence"
        ordering = ["id"]

    @property
    def files(self) -> list[Attachment]:
        return attachments.list_for(self)


class Why(models.Model):
    """One link of the chain of whys."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="whys")
    seq = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=300)

    class Meta:
        db_table = "why"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["analysis", "seq"], name="whys_in_order")]


class Impact(models.Model):
    """One figure of the effect, on the customer or on ourselves."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="impacts")
    side = models.CharField(max_length=8, choices=list(diagnosis_choices.SIDES.items()))
    metric = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    unit = models.CharField(max_length=20)
    period = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "impact"
        ordering = ["id"]

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        """Remove a figure entered by mistake; the event of it stays."""
        lock(self.analysis)
        record(events.IMPACT_GONE, self.analysis, by=by.actor, metric=self.metric, value=str(self.value))
        self.delete()


class Meeting(models.Model):
    """A meeting held about a case: who was there and what was said."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=list(diagnosis_choices.MEETINGS.items()))
    at = models.DateTimeField()
    attendees = models.ManyToManyField(User, related_name="meetings")
    minutes = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "meeting"
        ordering = ["-at"]

    @property
    def has_front_line(self) -> bool:
        """Whether somebody who talks to customers was there (S2-54)."""
        return any(p.team and p.team.department == "service" for p in self.attendees.all())


def diagnosed(case: Case) -> Text | None:
    """The gate before planning: no diagnosis, no plan."""
    missing = Analysis.of(case).missing_fields()
    if not missing:
        return None
    return Text("诊断还缺：{zh}。", "The diagnosis still lacks: {en}.").format(
        zh="、".join(m.zh for m in missing), en=", ".join(m.en for m in missing)
    )
