"""Uploaded sheets lie encrypted; every way of reading one still works, an older one in clear too."""

from __future__ import annotations

import gzip
import hashlib
from typing import Any

import pytest

from bihuan.audit import attachments
from bihuan.feedback.import_worker import ImportRun

from .sheets import as_csv, as_xlsx, line, taken_in, uploaded

pytestmark = pytest.mark.django_db
LINES = [line(n) for n in range(5)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("甲.csv", as_csv(LINES)), ("甲.xlsx", as_xlsx(LINES)), ("甲.csv.gz", gzip.compress(as_csv(LINES)))],
)
def test_a_sheet_lies_encrypted_and_is_taken_in(cast: Any, name: str, content: bytes):
    batch = taken_in(content, name, cast["chen"])
    assert (batch.status, batch.created) == ("done", 5)
    at_rest = batch.path.read_bytes()
    assert batch.file.sealed
    assert b"199000" not in at_rest
    assert content[:40] not in at_rest
    assert (batch.file.size, batch.file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert not [fault for fault in attachments.faults() if f"attachment {batch.file_id}" in fault]


def test_a_changed_sheet_is_reported_by_verify_and_on_its_page(cast: Any):
    batch = uploaded(as_csv(LINES), "甲.csv", cast["chen"])
    stored = bytearray(batch.path.read_bytes())
    stored[-1] ^= 1
    batch.path.write_bytes(stored)
    assert [fault for fault in attachments.faults() if f"attachment {batch.file_id}: file differs" in fault]
    batch.start(by=cast["chen"])
    ImportRun(batch).run()
    batch.refresh_from_db()
    assert batch.status == "failed"
    assert "请重新上传" in batch.reason.zh


def test_a_sheet_stored_in_clear_before_still_reads(cast: Any):
    content = as_csv(LINES)
    batch = uploaded(content, "甲.csv", cast["chen"])
    batch.path.write_bytes(content)
    batch.file.sealed = False
    batch.file.save(update_fields=["sealed"])
    batch.start(by=cast["chen"])
    ImportRun(batch).run()
    batch.refresh_from_db()
    assert batch.created == 5
    assert not [fault for fault in attachments.faults() if f"attachment {batch.file_id}" in fault]
