"""Cases offered to the requirement pool: improvements of level P3 and what goes by iteration or month (S4-20)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bihuan.audit.flow import lock
from bihuan.cases.flow import ACTIVE
from bihuan.cases.models import Case, CaseQuerySet
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.requirements.models import Requirement


def offered(user: User) -> CaseQuerySet:
    """Open cases this person sees that belong in the pool and are not in it."""
    in_pool = Requirement.objects.filter(case=OuterRef("pk"))
    fits = Q(level="P3") | Q(disposition__in=("iteration", "month_pool")) | Q(kind="requirement")
    return Case.objects.visible_to(user).filter(fits, ~Exists(in_pool), status__in=ACTIVE)


@transaction.atomic
def take(case: Case, *, by: User) -> Requirement:
    """Make a requirement of the case, linked, with its words and its value and urgency if judged. Again: the same one."""
    stored = lock(case)
    if held := Requirement.objects.filter(case=case).order_by("id").first():
        return held
    if stored.status not in ACTIVE:
        raise Refused(Text("事项已结束。", "The case is closed."))
    made = Requirement.create(
        by=by,
        title=case.title,
        description=case.description,
        surface=case.description,
        explicit=case.key_demands,
        klass=case.requirement_class,
        case=case,
        customer=case.customer,
        team=case.team or by.team,
    )
    judged = case.assessments.filter(scheme__code="value_urgency").select_related("scheme").order_by("-id").first()
    if judged:
        made.score(by=by, scheme=judged.scheme, inputs=judged.inputs, reasons=judged.reasons)
    elif case.disposition in ("iteration", "month_pool"):
        reason = Text("事项 {n} 的安排", "as case {n} is placed", n=case.number)
        made.place(by=by, disposition=case.disposition, reason=reason, pool=case.pool)
    return made
