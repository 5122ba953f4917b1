"""The demo's days: feedback items that came in, and matters at every stage of the loop.

Everything is done by the people through the same verbs the pages call, so the demo cannot show what the product cannot do.
"""

from __future__ import annotations

from bihuan.demo import (
    sample_articles,
    sample_followups,
    sample_plans,
    sample_records,
    sample_requirements,
    sample_routing,
    sample_triage,
)
from bihuan.demo.sample_cases import open_cases
from bihuan.people.models import User


def build(people: dict[str, User]) -> None:
    """Everything the demo shows, done by these people."""
    sample_triage.build(people)
    sample_records.build(people)
    open_cases(people)
    sample_requirements.build(people)
    sample_articles.build(people)
    sample_plans.build(people)
    sample_followups.build(people)
    sample_routing.build(people)
