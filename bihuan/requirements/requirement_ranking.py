"""The order of the pool by one scheme: level first, then the score; equal ones share a place and say so."""

from __future__ import annotations

from django.db.models import Count, F, FilteredRelation, Q, Window
from django.db.models.functions import Rank

from bihuan.requirements.models import RequirementQuerySet

ORDER = (F("scored__rank").asc(nulls_last=True), F("scored__weight").desc(nulls_last=True))


def ranked(rows: RequirementQuerySet, code: str) -> RequirementQuerySet:
    """Rows with ``standing`` and ``shared`` (how many stand on it) by the scheme; those not scored come last."""
    scored = FilteredRelation("scores", condition=Q(scores__code=code, scores__effective=True))
    alike = [F("scored__rank"), F("scored__weight")]
    return rows.annotate(scored=scored).annotate(
        standing=Window(Rank(), order_by=ORDER),
        shared=Window(Count("pk"), partition_by=alike),
        scored_rank=F("scored__rank"),
        scored_id=F("scored__pk"),
    )
