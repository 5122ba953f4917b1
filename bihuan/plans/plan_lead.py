"""Who leads a plan, by the type of its problem (S3-42)."""

from __future__ import annotations

from bihuan.cases.models import Case
from bihuan.people.models import User
from bihuan.plans import plan_choices


def lead_role(case: Case) -> str:
    """The role that leads: technical type first, then problem type, else the product manager."""
    if case.technical_type:
        return plan_choices.TECHNICAL_LEAD
    return plan_choices.LEAD_ROLES.get(case.problem_type, plan_choices.OTHERWISE_LEAD)


def proposed_lead(case: Case) -> User | None:
    """One of that role who already helps with the case, else the first; None where nobody has the role."""
    people = list(User.objects.with_role(lead_role(case)))
    helping = set(case.collaborators.values_list("pk", flat=True)) | {case.owner_id}
    return next((p for p in people if p.pk in helping), people[0] if people else None)
