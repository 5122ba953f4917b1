"""The demo's days: feedback items that came in, and matters at every stage of the loop.

Everything is done by the cast through the same verbs the pages call, so the demo cannot show what the product cannot do.
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


def build(cast: dict[str, User]) -> None:
    """Play the demo's story with this cast."""
    sample_triage.play(cast)
    sample_records.play(cast)
    open_cases(cast)
    sample_requirements.play(cast)
    sample_articles.play(cast)
    sample_plans.play(cast)
    sample_followups.play(cast)
    sample_routing.play(cast)
