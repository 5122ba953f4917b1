"""The demo's days: voices that came in, and matters at every stage of the loop.

Everything is done by the cast through the same verbs the pages call, so the demo cannot show what the product cannot do.
"""

from __future__ import annotations

from bihuan.demo import followup, knowledge, plans, recording, requirements, routing, sorting
from bihuan.demo.cases import open_cases
from bihuan.people.models import User


def build(cast: dict[str, User]) -> None:
    """Play the demo's story with this cast."""
    sorting.play(cast)
    recording.play(cast)
    open_cases(cast)
    requirements.play(cast)
    knowledge.play(cast)
    plans.play(cast)
    followup.play(cast)
    routing.play(cast)
