"""What the engine found about a case's problems, as evidence for a cause on the fishbone (S2-48, S2-53)."""

from __future__ import annotations

from django.db import transaction

from bihuan.cases.problem_cases import problems_of
from bihuan.core.text import language
from bihuan.diagnosis.models import Analysis, Cause, Evidence
from bihuan.findings.models import Finding, Run
from bihuan.people.models import User


def suggested_evidence(analysis: Analysis) -> list[Finding]:
    """The standing findings about the problems this case's feedback items tell."""
    last = Run.objects.last_done()
    if last is None:
        return []
    return list(last.findings.filter(problem__in=problems_of(analysis.case)).select_related("problem", "run"))


@transaction.atomic
def add_finding_as_evidence(
    finding: Finding, analysis: Analysis, *, by: User, dimension: str, text: str, cause: Cause | None = None
) -> Evidence:
    """Keep a finding as evidence of ``cause``, or of a new direct cause called ``text`` in ``dimension``.

    The sentence is written down as it stands: a later run changes what is found, not what was evidence.
    """
    cause = cause or analysis.add_cause(
        by=by, dimension=dimension, text=text, level="direct", verify_method=finding.method
    )
    sentence = finding.sentence.to(language())
    return cause.add_evidence(by=by, text=f"{sentence} ({finding.method}, {finding.run.subject_name})")
