"""Uploaded sheets leave the data folder when nobody needs them any more: they hold contact data, if encrypted (PIPL art. 19)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction

from bihuan.audit import attachments
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Attachment
from bihuan.core import clock
from bihuan.feedback import events
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.models.import_batch import ImportBatch

KEPT_DAYS = 30
"""How long a file is kept after its import ended. One that nobody confirms in that time is discarded, which ends it."""
FINAL = [state.code for state in FLOW.states if state.final]


def sweep() -> int:
    """Remove every sheet whose time is over; how many. A file cut off on its way out is removed the next time."""
    for gone in Attachment.objects.filter(
        subject_kind=ImportBatch.NOUN, removed_at__gte=clock.now() - timedelta(days=2)
    ):
        attachments.unlink(gone)
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    for batch in ImportBatch.objects.filter(status="inspected", updated_at__lt=limit):
        with transaction.atomic():
            batch.ended_at = clock.now()
            FLOW.move(batch, "discard", by=Actor.system(), fields=("ended_at",))
    kept = Attachment.objects.filter(subject_kind=ImportBatch.NOUN, removed_at=None, at__lt=limit)
    return sum(_remove(file, limit) for file in kept)


@transaction.atomic
def _remove(file: Attachment, limit: datetime) -> bool:
    """All sheets of one file go together, when the last of them is over."""
    batches = list(ImportBatch.objects.select_for_update(of=("self",)).filter(file=file))
    needed = ImportBatch.objects.filter(file=file).filter(
        ~models.Q(status__in=FINAL) | models.Q(ended_at__gte=limit) | models.Q(updated_at__gte=limit)
    )
    if needed.exists():
        return False
    attachments.remove(file)
    for batch in batches:
        record(events.IMPORT_FILE_REMOVED, batch, by=Actor.system(), days=KEPT_DAYS)
    return True
