"""Whether every import adds up: what its counts say is what the rows say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count

from bihuan.core import clock
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.import_batch import AT_WORK, ImportBatch
from bihuan.feedback.models.import_row import ImportRow

COLUMNS = {"failed": "failed", "skipped": "skipped", "duplicate": "duplicates"}
TOO_LONG = timedelta(minutes=30)


def faults() -> list[str]:
    """Every difference in plain words; empty when all imports are whole."""
    faults: list[str] = []
    feedback_items = _counts(
        Feedback.objects.exclude(import_batch=None).values_list("import_batch").annotate(n=Count("pk"))
    )
    withdrawn = _counts(Feedback.objects.filter(status="withdrawn").values_list("import_batch").annotate(n=Count("pk")))
    outcomes = {
        (batch, outcome): n
        for batch, outcome, n in ImportRow.objects.values_list("batch", "outcome").annotate(n=Count("pk"))
    }
    for batch in ImportBatch.objects.select_related("file").iterator():
        counts = {"created": (batch.created, feedback_items.get(batch.pk, 0))}
        counts["withdrawn"] = (batch.withdrawn, withdrawn.get(batch.pk, 0))
        for outcome, column in COLUMNS.items():
            counts[column] = (getattr(batch, column), outcomes.get((batch.pk, outcome), 0))
        faults += [
            f"{batch}: {name} says {stored}, rows say {counted}"
            for name, (stored, counted) in counts.items()
            if stored != counted
        ]
        if batch.rows != sum(batch.account().values()) - batch.rows:
            faults.append(f"{batch}: created + duplicates + skipped + failed is not {batch.rows}")
        if batch.status == "done" and batch.rows != batch.total:
            faults.append(f"{batch}: done with {batch.rows} of {batch.total} rows")
        if batch.file is None or not (batch.file.removed_at or batch.path.is_file()):
            faults.append(f"{batch}: its file is missing")
        if batch.status in AT_WORK and batch.updated_at < clock.now() - TOO_LONG and _silent(batch):
            faults.append(f"{batch}: should be at work, but nobody is")
    return faults


def _counts(pairs: Any) -> dict[int, int]:
    return dict(pairs)


def _silent(batch: ImportBatch) -> bool:
    return batch.lease_until is None or batch.lease_until < clock.now() - TOO_LONG
