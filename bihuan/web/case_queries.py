"""What belongs to one case, as the queries of its pages."""

from __future__ import annotations

from django.db.models import F, QuerySet, prefetch_related_objects

from bihuan.cases.models import Case
from bihuan.cases.models.assessment import Assessment
from bihuan.cases.models.communication import Communication
from bihuan.cases.models.external_request import ExternalRequest
from bihuan.cases.models.handover import LIVE, Handover
from bihuan.core.compiled_query import CompiledQuery
from bihuan.diagnosis.models import Analysis, Cause, Impact, Meeting, Why
from bihuan.feedback.models import Feedback
from bihuan.people.models import Team, User
from bihuan.requirements.models import Requirement


@CompiledQuery
def analyses(case: int, turn: int) -> QuerySet[Analysis]:
    return Analysis.objects.filter(case=case, round=turn)


@CompiledQuery
def proven_roots(analysis: int) -> QuerySet[Cause]:
    return Cause.objects.filter(analysis=analysis, level="root", verdict="holds").order_by("id")


def causes(analysis: int) -> list[Cause]:
    """With their evidence and the root each comes from."""
    found = list(Cause.objects.filter(analysis=analysis).prefetch_related("evidence"))
    own = {one.pk: one for one in found}
    for one in found:
        one.under = own.get(one.under_id or 0)
    return found


def whys(analysis: int) -> QuerySet[Why]:
    return Why.objects.filter(analysis=analysis)


def impacts(analysis: int) -> QuerySet[Impact]:
    return Impact.objects.filter(analysis=analysis)


def meetings(analysis: int) -> list[Meeting]:
    return list(Meeting.objects.filter(analysis=analysis).prefetch_related("attendees__team"))


def earlier(case: Case) -> list[Analysis]:
    """Of the rounds before the present one, with their causes."""
    if case.round == 1:
        return []
    return list(Analysis.objects.filter(case=case, round__lt=case.round).prefetch_related("causes"))


@CompiledQuery
def live_handovers(case: int) -> QuerySet[Handover]:
    return Handover.objects.filter(case=case, status__in=LIVE)


@CompiledQuery
def requirements(case: int) -> QuerySet[Requirement]:
    return Requirement.objects.filter(case=case)


@CompiledQuery
def feedback_items(case: int) -> QuerySet[Feedback]:
    """With ``link_key``, the key of its link to the case."""
    rows = Feedback.objects.filter(link__case=case).annotate(link_key=F("link__id")).order_by("link__id")
    return rows.only("number", "text", "channel", "received_at")


@CompiledQuery
def communications(case: int) -> QuerySet[Communication]:
    """With ``who`` spoke."""
    return Communication.objects.filter(case=case).annotate(who=F("by__name")).order_by("-at", "-id")


@CompiledQuery
def collaborators(case: int) -> QuerySet[User]:
    return User.objects.filter(collaborating_cases=case).only("name", "username")


@CompiledQuery
def teams(case: int) -> QuerySet[Team]:
    return Team.objects.filter(shared_cases=case)


def assessment(case: Case) -> Assessment | None:
    """The one in force, with its scheme and who gave it."""
    found = _assessments.fetch(case.pk)
    prefetch_related_objects(found, "scheme", "by")
    return found[0] if found else None


@CompiledQuery
def _assessments(case: int) -> QuerySet[Assessment]:
    return Assessment.objects.filter(case=case, effective=True)


def demands(case: Case) -> list[ExternalRequest]:
    """What was demanded from outside, with the rules."""
    found = _external_requests.fetch(case.pk)
    prefetch_related_objects(found, "rule")
    return found


@CompiledQuery
def _external_requests(case: int) -> QuerySet[ExternalRequest]:
    return ExternalRequest.objects.filter(case=case).order_by("id")
