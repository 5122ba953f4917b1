"""The first draft of an article, taken from what its case already says. Personal data are masked on the way."""

from __future__ import annotations

from bihuan.cases.models import Case
from bihuan.diagnosis.models import Analysis, Cause
from bihuan.feedback.models import Feedback
from bihuan.insight.masking import mask
from bihuan.knowledge.models import Article
from bihuan.plans.models import Measure

VOICES = 3


def draft(case: Case) -> dict[str, str]:
    """Title, phenomenon (with the customers' own words), cause, steps, range and keywords, as far as the case has them."""
    analysis = Analysis.objects.filter(case=case).order_by("-round").first()
    return {
        "title": mask(case.title),
        "phenomenon": mask(_phenomenon(case, analysis)),
        "cause": mask(_cause(analysis)),
        "steps": mask(_steps(case)),
        "range": mask(analysis.range if analysis else ""),
        "keywords": mask(" ".join(w for w in (case.product, case.app_version, case.system) if w))[:200],
        "kind": "guide" if case.kind == "requirement" else "fault",
    }


def of_case(case: Case) -> list[Article]:
    """The articles written from this case."""
    return list(Article.objects.filter(case=case).order_by("pk"))


def _phenomenon(case: Case, analysis: Analysis | None) -> str:
    stated = analysis.phenomenon if analysis and analysis.phenomenon.strip() else case.description
    voices = Feedback.objects.filter(link__case=case).order_by("pk").values_list("text", flat=True)[:VOICES]
    said = [f"“{text.strip()}”" for text in voices if text.strip() != stated.strip()]
    return "\n".join([stated.strip(), *said]).strip()


def _cause(analysis: Analysis | None) -> str:
    if analysis is None:
        return ""
    roots = Cause.objects.filter(analysis=analysis, level="root", verdict="holds").values_list("text", flat=True)
    return "\n".join(roots) or analysis.conclusion


def _steps(case: Case) -> str:
    plan = case.plans.order_by("-round", "-pk").first()
    measures = Measure.objects.filter(plan=plan).order_by("seq").values_list("content", flat=True) if plan else []
    done = [f"{n}. {content}" for n, content in enumerate(measures, 1)]
    return "\n".join([*done, case.workaround.strip()] if case.workaround.strip() else done)
