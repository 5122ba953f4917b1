"""Application: an asked-for change of running cases to a published version of their scheme.

Publishing alone changes no running deadline. Who wants it asks, with a reason; the worker then goes from case to case,
each in a transaction of its own, so that a stop or a kill loses nothing; every deadline that changes states an event.
"""

from __future__ import annotations

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.cases.flow import ACTIVE
from bihuan.cases.models.assessment import Assessment
from bihuan.cases.scheme_trial import UNFIT, outcomes
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.models import Deadline, Scheme
from bihuan.people.models import User

AT_A_TIME = 50


class SchemeRollout(BaseModel):
    """One asking. ``cursor``: the case it has come to; ``unfit``: cases whose answers the version cannot use."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="applications")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    total_cases = models.PositiveIntegerField()
    cursor = models.PositiveBigIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)
    levels = models.PositiveIntegerField(default=0)
    deadlines = models.PositiveIntegerField(default=0)
    unfit = models.PositiveIntegerField(default=0)
    stopped = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "scheme_rollout"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"], condition=models.Q(finished_at=None), name="one_application_at_a_time"
            )
        ]

    @classmethod
    @transaction.atomic
    def request(cls, scheme: Scheme, *, by: User, reason: str) -> SchemeRollout:
        """Let the version count for the open cases judged by an earlier one. Again while it runs: the same one."""
        stored = lock(scheme)
        if held := cls.objects.filter(scheme=scheme, finished_at=None).first():
            return held
        if stored.status != "current":
            raise Refused(Text("只有生效的版本可以用到在办事项。", "Only a version in force can be applied."))
        if len(reason.strip()) < 2:
            raise Refused(Text("请写明为什么要改在办的事项。", "Please say why running cases are to change."))
        total = assessments_by_older_versions(scheme).count()
        if not total:
            raise Refused(Text("在办事项都已按这一版评定。", "All open cases are judged by this version already."))
        made = cls.objects.create(scheme=scheme, by=by, reason=reason.strip(), total_cases=total)
        record(
            events.SCHEME_ROLLOUT_REQUESTED,
            scheme,
            by=by.actor,
            version_number=scheme.version_number,
            cases=total,
            reason=made.reason,
        )
        return made

    @transaction.atomic
    def stop(self, *, by: User) -> None:
        """Stop here; what is changed stays changed."""
        lock(self.scheme)
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        if stored.finished_at:
            return
        stored.stopped, stored.finished_at = True, clock.now()
        stored.save(update_fields=["stopped", "finished_at"])
        version_number, cases = self.scheme.version_number, stored.cases
        record(events.SCHEME_ROLLOUT_STOPPED, self.scheme, by=by.actor, version_number=version_number, cases=cases)

    def continue_cases(self, at_most: int = AT_A_TIME) -> bool:
        """Change the next cases; whether any are left."""
        return all(self._one() for _ in range(at_most))

    @transaction.atomic
    def _one(self) -> bool:
        stored = (
            type(self).objects.select_for_update(of=("self",)).select_related("scheme", "by__actor").get(pk=self.pk)
        )
        if stored.finished_at:
            return False
        rows = assessments_by_older_versions(stored.scheme).filter(case__gt=stored.cursor).order_by("case_id")
        held = rows.select_related("case").first()
        if held is None:
            stored._finish()
            return False
        stored._change(held)
        return True

    def _change(self, held: Assessment) -> None:
        before = _running(held.case)
        _, _, level, kept = next(outcomes(self.scheme, Assessment.objects.filter(pk=held.pk)))
        self.cursor = held.case_id
        if level == UNFIT or not self._judge(held, level, kept):
            self.unfit += 1
        else:
            self.cases += 1
            self.levels += level != held.level
            self.deadlines += len({milestone for milestone, _, _ in before ^ _running(held.case)})
        self.save(update_fields=["cursor", "cases", "levels", "deadlines", "unfit"])

    def _judge(self, held: Assessment, level: str, kept: bool) -> bool:
        """Judge the case anew with the same answers; False where it may not be."""
        why = Text("按「{name}」第 {n} 版重评：{why}", "judged anew by “{name}” version {n}: {why}")
        reason = why.format(name=self.scheme.name, n=self.scheme.version_number, why=self.reason)
        try:
            Assessment.assess(
                held.case,
                by=self.by,
                scheme=self.scheme,
                inputs=held.inputs,
                criteria=held.criteria,
                reasons=held.reasons,
                level=level,
                override_reason=held.override_reason if kept else "",
                why=reason,
            )
        except Refused:
            return False
        return True

    def _finish(self) -> None:
        self.finished_at = clock.now()
        self.save(update_fields=["finished_at"])
        lock(self.scheme)
        record(
            events.SCHEME_ROLLOUT_FINISHED,
            self.scheme,
            by=self.by.actor,
            version_number=self.scheme.version_number,
            cases=self.cases,
            levels=self.levels,
            deadlines=self.deadlines,
        )


def assessments_by_older_versions(scheme: Scheme) -> models.QuerySet[Assessment]:
    """The judgements of open cases that stand on another version of this scheme."""
    rows = Assessment.objects.filter(effective=True, scheme__code=scheme.code, case__status__in=ACTIVE)
    return rows.exclude(scheme=scheme)


def _running(case: object) -> set[tuple[str, str, str]]:
    rows = Deadline.objects.running(case).values_list("milestone", "amount", "unit")
    return {(m, str(a), u) for m, a, u in rows}


def continue_rollouts() -> None:
    """Go on with every unfinished rollout; each call changes a bounded number of cases."""
    for rollout in SchemeRollout.objects.filter(finished_at=None).order_by("id"):
        rollout.continue_cases()
