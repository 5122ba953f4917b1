"""The background work on an import: it inspects the file, stores its rows by chunks, withdraws them when it is undone.

One worker at a time holds the batch by a lease. Every chunk is one short transaction that checks the lease, stores its
feedback items and its refused rows, and moves the counts and the place in the file with them. A worker that dies loses
nothing and repeats nothing: the next one goes on after the last committed row.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

from django.db import IntegrityError, transaction
from django_tasks import task

from bihuan.audit.models import Actor, Attachment
from bihuan.core import clock
from bihuan.core.leases import LeaseLost
from bihuan.core.text import Text
from bihuan.core.write_throttle import yield_to_writers
from bihuan.customers import contact_encryption
from bihuan.feedback import import_preview
from bihuan.feedback.flow import FLOW as FEEDBACK_FLOW
from bihuan.feedback.import_drafts import SheetDrafts, same_text
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.intake import FeedbackDraft, Received, receive_many
from bihuan.feedback.models.import_batch import ImportBatch
from bihuan.feedback.models.import_row import ImportRow
from bihuan.insight.sheets import Plan, Row, Unreadable, read
from bihuan.people.models import User

CHUNK = 500
OPENING = timedelta(seconds=120)
"""The first lease: opening a large workbook yields nothing for a minute and a half; then every chunk renews it."""
INSPECTED_AT_ONCE = 1024 * 1024
"""A file of up to so many bytes is inspected while its sender waits: well under two seconds."""
SOURCE = "sheet"
GIVEN_UP = Text(
    "处理这个文件时多次中断，已停止。请把文件拆小，或联系管理员查看日志",
    "Work on this file was cut off several times, so it was stopped. Split the file, or ask the administrator for the log",
)
IMPORTED_BEFORE = Text("这一行以前导入过：{number}", "This row was imported before: {number}")
OTHER_TEXT = Text(
    "编号 {no} 已有反馈 {number}，但原话不同；请核对编号，或在设置里不导入编号列",
    "{number} has this number ({no}) already, with other words; check the number, or leave the number column out",
)

Chunk = list[tuple[Row, FeedbackDraft | Text | None]]
"""Rows of the sheet, each with its draft, the reason why it is refused, or None where it is skipped."""


class ImportRun:
    """One worker's run on a batch. ``on_chunk`` is called with the stored batch after every committed chunk."""

    def __init__(self, batch: ImportBatch, on_chunk: Callable[[ImportBatch], None] = lambda batch: None) -> None:
        self.batch = batch
        self.on_chunk = on_chunk

    def run(self) -> bool:
        """Do what is left to do for the batch; False when another worker is at it or nothing is left."""
        batch = self.batch
        if not batch.claim(OPENING):
            return False
        try:
            if batch.attempts > batch.MAX_ATTEMPTS and batch.status != "undoing":
                batch.give_up(GIVEN_UP, by=batch.by)
            elif batch.status == "uploaded":
                import_preview.inspect(batch, by=batch.by)
            elif batch.status == "running":
                self._store_rows()
            elif batch.status == "undoing":
                self._withdraw_rows()
        except Unreadable as unreadable:
            batch.give_up(unreadable.reason, by=batch.by)
        except LeaseLost:
            return False
        batch.release()
        return True

    def _store_rows(self) -> None:
        batch = self.batch
        for chunk in self._chunks():
            stored = self._commit(chunk)
            self.on_chunk(stored)
            if stored.status != "running":
                return
            yield_to_writers()
        batch.refresh_from_db()
        batch.total, batch.ended_at = batch.rows, clock.now()
        counts = {k: getattr(batch, k) for k in ("created", "duplicates", "skipped", "failed")}
        FLOW.move(batch, "finish", by=batch.by, fields=("total", "ended_at"), **counts)

    def _chunks(self) -> Iterator[Chunk]:
        """Rows after the last committed one, with what becomes of each. Labels are suggested here, outside any lock."""
        plan = Plan.from_json(self.batch.plan)
        drafts = SheetDrafts(plan, self.batch.row_defaults())
        with self.batch.opened() as path:
            rows = read(path, plan)
            for row in rows:
                if row.number > self.batch.row_no:
                    rows = itertools.chain([row], rows)
                    break
                if not row.skip:
                    drafts.key(row)  # equal rows differ by their count, so those already stored are counted again
            while chunk := list(itertools.islice(rows, CHUNK)):
                yield [(row, None if row.skip else drafts.draft(row)) for row in chunk]

    def _commit(self, chunk: Chunk) -> ImportBatch:
        """One chunk, whole or not at all, or the stop that was asked for. Returns the batch as stored."""
        for attempt in itertools.count(1):
            try:
                return self._commit_once(chunk)
            except IntegrityError:
                # Somebody else made the same customer, contact or feedback item in the same instant: now it is there.
                if attempt == 3:
                    raise
        raise AssertionError

    @transaction.atomic
    def _commit_once(self, chunk: Chunk) -> ImportBatch:
        stored = self._locked()
        if stored.cancel_requested:
            stored.ended_at = clock.now()
            FLOW.move(stored, "stop", by=stored.by, fields=("ended_at",), created=stored.created)
            return stored
        drafts = [(row, draft) for row, draft in chunk if isinstance(draft, FeedbackDraft)]
        received = receive_many(
            [d for _, d in drafts], by=stored.by, source=SOURCE, team_id=stored.team_id, import_batch_id=stored.pk
        )
        refused = [_refused(stored, row, reason) for row, reason in chunk if not isinstance(reason, FeedbackDraft)]
        refused += [_known(stored, row, d, r) for (row, d), r in zip(drafts, received, strict=True) if not r.new]
        stored.refused.bulk_create(refused)
        outcomes = [r.outcome for r in refused]
        stored.rows += len(chunk)
        stored.created += sum(r.new for r in received)
        stored.unread += sum(r.new and bool(r.feedback.extra.get("unread")) for r in received)
        for column, outcome in (("duplicates", "duplicate"), ("skipped", "skipped"), ("failed", "failed")):
            setattr(stored, column, getattr(stored, column) + outcomes.count(outcome))
        stored.row_no = chunk[-1][0].number
        counted = ("rows", "created", "unread", "duplicates", "skipped", "failed", "row_no")
        stored.save(update_fields=[*counted, "lease_until", "attempts"])
        return stored

    def _withdraw_rows(self) -> None:
        """Withdraw, chunk by chunk, what nobody has touched; its identity is free for the corrected file."""
        batch = self.batch
        while self._withdraw_chunk():
            yield_to_writers()
        batch.refresh_from_db()
        kept = batch.kept().count()
        FLOW.move(batch, "finish_undo", by=batch.by, withdrawn=batch.withdrawn, kept=kept)

    @transaction.atomic
    def _withdraw_chunk(self) -> bool:
        stored = self._locked()
        items = list(stored.untouched().select_for_update(of=("self",)).order_by("pk")[:CHUNK])
        for feedback in items:
            feedback.source_key = f"withdrawn:{stored.pk}:{feedback.pk}"
        FEEDBACK_FLOW.move_many(items, "withdraw", by=stored.by, fields=("source_key",), batch=stored.number)
        stored.withdrawn += len(items)
        stored.save(update_fields=["withdrawn", "lease_until", "attempts"])
        return bool(items)

    def _locked(self) -> ImportBatch:
        """The batch's stored row, locked, with the lease renewed: it makes headway, so its attempts count anew."""
        stored = self.batch.locked_and_renewed()
        stored.attempts = 0
        return stored


def _refused(batch: ImportBatch, row: Row, reason: Text | None) -> ImportRow:
    return _import_row(batch, row, "skipped" if row.skip else "failed", row.skip or cast(Text, reason))


def _known(batch: ImportBatch, row: Row, draft: FeedbackDraft, received: Received) -> ImportRow:
    """The row of a draft whose key is known: a duplicate, or failed where the stored feedback item has other text."""
    stored = received.feedback
    if same_text(stored.text, draft.text):
        return _import_row(batch, row, "duplicate", IMPORTED_BEFORE.format(number=stored.number), stored.pk)
    reason = OTHER_TEXT.format(number=stored.number, no=draft.fields.get("external_no", ""))
    return _import_row(batch, row, "failed", reason, stored.pk)


def _import_row(batch: ImportBatch, row: Row, outcome: str, reason: Text, same_as: int | None = None) -> ImportRow:
    import_row = ImportRow(
        batch=batch,
        number=row.number,
        outcome=outcome,
        reason_zh=reason.to("zh"),
        reason_en=reason.to("en"),
        same_as_id=same_as,
    )
    if outcome != "duplicate":
        import_row.sealed = contact_encryption.encrypt(json.dumps(row.raw, ensure_ascii=False))
    return import_row


def inspect_soon(batch: ImportBatch) -> None:
    """Inspect a small file at once, a large one in the background."""
    if cast(Attachment, batch.file).size <= INSPECTED_AT_ONCE:
        ImportRun(batch).run()
    else:
        carry_on.enqueue(batch.pk)


@transaction.atomic
def start(batch: ImportBatch, *, by: User | Actor, seen: int | None = None) -> None:
    """Begin to store the rows, in the background."""
    if batch.start(by=by, seen=seen):
        carry_on.enqueue(batch.pk)


@transaction.atomic
def undo(batch: ImportBatch, *, by: User, seen: int | None = None) -> None:
    """Withdraw, in the background, every feedback item of the batch that nobody has touched since."""
    if batch.undo(by=by, seen=seen):
        carry_on.enqueue(batch.pk)


@task()
def carry_on(pk: int) -> None:
    """Do what is left to do for the batch with this key."""
    ImportRun(ImportBatch.objects.get(pk=pk)).run()


def wake() -> int:
    """Go on with batches that no worker is at; one just uploaded is being inspected by its request. Returns how many."""
    return ImportBatch.objects.exclude(status="uploaded", lease_until=None).wake(carry_on)
