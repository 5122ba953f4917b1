"""Uploaded sheets go when their time is over, and the book and `bihuan verify` know it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.audit import attachments
from bihuan.audit.models import Attachment, Event
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.feedback import import_accounting, import_preview, retention
from bihuan.feedback.models import ImportBatch

from .sheets import as_csv, line, taken_in, uploaded

pytestmark = pytest.mark.django_db


def later(days: float) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def test_a_sheet_goes_thirty_days_after_its_import_ended(cast: Any, django_capture_on_commit_callbacks: Any):
    batch = taken_in(as_csv([line(1)]), "甲.csv", cast["chen"])
    with later(29.9), django_capture_on_commit_callbacks(execute=True):
        assert retention.sweep() == 0
    assert batch.path.is_file()
    with later(30.1):
        with django_capture_on_commit_callbacks(execute=True):
            assert retention.sweep() == 1
        assert retention.sweep() == 0
    assert not batch.path.exists()
    assert Event.objects.filter(kind="import.file_removed", subject_id=batch.pk).count() == 1
    assert import_accounting.faults() == []
    assert not [f for f in attachments.faults() if f"attachment {batch.file_id}" in f]
    assert batch.feedback_items.count() == 1
    with pytest.raises(Refused, match="重新上传"):
        ImportBatch.objects.get(pk=batch.pk).another("别的", by=cast["chen"])


def test_a_file_cut_off_on_its_way_out_is_found_and_goes_the_next_time(cast: Any):
    batch = taken_in(as_csv([line(2)]), "乙.csv", cast["chen"])
    Attachment.objects.filter(pk=batch.file_id).update(removed_at=clock.now())
    name = batch.path.name
    assert any(name in fault for fault in attachments.faults())
    retention.sweep()
    assert not any(name in fault for fault in attachments.faults())


def test_one_never_confirmed_is_laid_aside_first_and_one_at_work_is_left(
    cast: Any, django_capture_on_commit_callbacks: Any
):
    batch = uploaded(as_csv([line(3)]), "丙.csv", cast["chen"])
    import_preview.inspect(batch, by=cast["chen"].actor)
    assert batch.status == "inspected"
    with later(31), django_capture_on_commit_callbacks(execute=True):
        retention.sweep()
    batch.refresh_from_db()
    assert batch.status == "cancelled"
    assert batch.path.is_file(), "thirty days begin when it was laid aside"
    with later(62), django_capture_on_commit_callbacks(execute=True):
        assert retention.sweep() == 1
