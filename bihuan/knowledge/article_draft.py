"""The first draft of an article, taken from what its case already says: what was found, proved and done.

Personal data are masked on the way, and whose case it was is left out.
"""

from __future__ import annotations

from itertools import chain

from django.db.models import Max, Q

from bihuan.cases.models import Case
from bihuan.customers.models import Contact, Customer
from bihuan.diagnosis.models import Analysis, Cause
from bihuan.execution.models import Task
from bihuan.feedback.models import Feedback
from bihuan.insight.text.masking import mask
from bihuan.knowledge import article_choices
from bihuan.knowledge.models import Article
from bihuan.plans.models import Measure

FEEDBACK = 3


def draft(case: Case) -> dict[str, str]:
    """Title, phenomenon (with the customers' own words), cause, steps, range and keywords, as far as the case has them."""
    analysis = Analysis.objects.filter(case=case).order_by("-round").first()
    names = _names(case)

    def masked(text: str) -> str:
        for name in names:
            text = text.replace(name, article_choices.CUSTOMER)
        return mask(text)

    return {
        "title": masked(case.title),
        "phenomenon": masked(_phenomenon(case, analysis)),
        "cause": masked(_cause(analysis)),
        "steps": masked(_steps(case)),
        "range": masked(analysis.range if analysis else ""),
        "keywords": masked(" ".join(w for w in (case.product, case.app_version, case.system) if w))[:200],
        "kind": "guide" if case.kind == "requirement" else "fault",
    }


def of_case(case: Case) -> list[Article]:
    """The articles written from this case."""
    return list(Article.objects.filter(case=case).order_by("pk"))


def _phenomenon(case: Case, analysis: Analysis | None) -> str:
    stated = analysis.phenomenon if analysis and analysis.phenomenon.strip() else case.description
    feedback_items = Feedback.objects.filter(link__case=case).order_by("pk").values_list("text", flat=True)[:FEEDBACK]
    quotations = [f"“{text.strip()}”" for text in feedback_items if text.strip() != stated.strip()]
    return "\n".join([stated.strip(), *quotations]).strip()


def _names(case: Case) -> list[str]:
    """What the customers of this case and their contacts are called, the longest first."""
    mine = Q(cases=case) | Q(feedback__link__case=case)
    called = {*Customer.objects.filter(mine).values_list("name", "account")}
    people = Contact.objects.filter(mine).values_list("name", flat=True)
    return sorted({name for name in (*chain(*called), *people) if len(name) > 1}, key=len, reverse=True)


def _cause(analysis: Analysis | None) -> str:
    """Each root cause that holds, with what proves it."""
    if analysis is None:
        return ""
    roots = Cause.objects.filter(analysis=analysis, level="root", verdict="holds").prefetch_related("evidence")
    causes = [
        "\n".join(
            [
                root.text,
                *(f"{article_choices.PROOF}{one.text.strip()}" for one in root.evidence.all() if one.text.strip()),
            ]
        )
        for root in roots
    ]
    return "\n".join(causes) or analysis.conclusion


def _steps(case: Case) -> str:
    """What was done in the last round that did anything; what the plan meant to do where nothing is done yet."""
    done = Task.objects.filter(case=case, status="done")
    last = done.aggregate(last=Max("round"))["last"]
    steps = list(done.filter(round=last).order_by("seq", "pk").values_list("content", flat=True))
    if not steps and (plan := case.plans.order_by("-round", "-pk").first()):
        steps = list(Measure.objects.filter(plan=plan).order_by("seq").values_list("content", flat=True))
    lines = [f"{n}. {content}" for n, content in enumerate(steps, 1)]
    return "\n".join([*lines, case.workaround.strip()] if case.workaround.strip() else lines)
