"""The background half of an import: takes rows in by chunks, withdraws them when it is undone.

One runner at a time holds the batch by a lease; every chunk is one short transaction that checks the lease, makes its
feedback items, keeps its refused rows, and moves the counts and the place in the file with them. A runner that dies loses
nothing and repeats nothing: the next one goes on after the last committed row.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.db import IntegrityError, transaction

from bihuan.core import clock
from bihuan.core.leases import LeaseLost
from bihuan.core.text import Text
from bihuan.core.write_throttle import give_way
from bihuan.customers import contact_encryption
from bihuan.feedback.import_drafts import Drafts, same_words
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.import_preview import defaults, examine, give_up
from bihuan.feedback.intake import FeedbackDraft, Received, receive_many
from bihuan.feedback.models.feedback import FLOW as FEEDBACK
from bihuan.insight.sheets import Plan, Row, Unreadable, read

if TYPE_CHECKING:
    from bihuan.feedback.models.import_batch import ImportBatch, ImportRow

CHUNK = 500
OPENING = timedelta(seconds=120)
"""The first lease: opening a large workbook yields nothing for a minute and a half; then every chunk renews it."""
SOURCE = "sheet"
WORN_OUT = Text(
    "处理这个文件时多次中断，已停止。请把文件拆小，或联系管理员查看日志",
    "Work on this file was cut off several times, so it was stopped. Split the file, or ask the administrator for the log",
)
KNOWN = Text("这一行以前导入过：{number}", "This row was imported before: {number}")
OTHER_WORDS = Text(
    "编号 {no} 已有反馈 {number}，但原话不同；请核对编号，或在设置里不导入编号列",
    "{number} has this number ({no}) already, with other words; check the number, or leave the number column out",
)


Chunk = list[tuple[Row, FeedbackDraft | Text | None]]


Tell = Callable[["ImportBatch"], None]


def run(batch: ImportBatch, tell: Tell) -> bool:
    """Do what is left to do for the batch; False when another runner is at it or nothing is left.

    ``tell`` hears of the batch after every committed chunk.
    """
    if not batch.claim(OPENING):
        return False
    try:
        if batch.attempts > batch.MAX_ATTEMPTS and batch.status != "undoing":
            give_up(batch, batch.by, WORN_OUT)
        elif batch.status == "uploaded":
            examine(batch, batch.by)
        elif batch.status == "running":
            _take_in(batch, tell)
        elif batch.status == "undoing":
            _withdraw(batch)
    except Unreadable as unreadable:
        give_up(batch, batch.by, unreadable.reason)
    except LeaseLost:
        return False
    batch.release()
    return True


def _locked(batch: ImportBatch) -> ImportBatch:
    """The batch's stored row, locked, with the lease renewed: it makes headway, so its attempts count anew."""
    stored = batch.locked_and_renewed()
    stored.attempts = 0
    return stored


def _take_in(batch: ImportBatch, tell: Tell) -> None:
    for chunk in _chunks(batch):
        stored = _commit(batch, chunk)
        tell(stored)
        if stored.status != "running":
            return
        give_way()
    batch.refresh_from_db()
    batch.total, batch.ended_at = batch.rows, clock.now()
    counts = {k: getattr(batch, k) for k in ("created", "duplicates", "skipped", "failed")}
    FLOW.move(batch, "finish", by=batch.by, fields=("total", "ended_at"), **counts)


def _chunks(batch: ImportBatch) -> Iterator[Chunk]:
    """Rows after the last committed one, with what is to become of each. Labels are suggested here, outside any lock."""
    plan = Plan.from_json(batch.plan)
    drafts = Drafts(plan, defaults(batch))
    with batch.opened() as path:
        rows = read(path, plan)
        for row in rows:
            if row.number > batch.row_no:
                rows = itertools.chain([row], rows)
                break
            if not row.skip:
                drafts.key(row)  # equal rows are told apart by counting, so those before the place are counted again
        while chunk := list(itertools.islice(rows, CHUNK)):
            yield [(row, None if row.skip else drafts.draft(row)) for row in chunk]


def _commit(batch: ImportBatch, chunk: Chunk) -> ImportBatch:
    """One chunk, whole or not at all, or the stop that was asked for. Returns the batch as stored."""
    for attempt in itertools.count(1):
        try:
            return _commit_once(batch, chunk)
        except IntegrityError:
            # Somebody else made the same customer, contact or feedback item in the same instant: look again.
            if attempt == 3:
                raise
    raise AssertionError


@transaction.atomic
def _commit_once(batch: ImportBatch, chunk: Chunk) -> ImportBatch:
    stored = _locked(batch)
    if stored.cancel_asked:
        stored.ended_at = clock.now()
        FLOW.move(stored, "stop", by=stored.by, fields=("ended_at",), created=stored.created)
        return stored
    drafts = [(row, draft) for row, draft in chunk if isinstance(draft, FeedbackDraft)]
    taken = receive_many(
        [d for _, d in drafts], by=stored.by, source=SOURCE, team_id=stored.team_id, import_batch_id=stored.pk
    )
    refused = [_refused(stored, row, draft) for row, draft in chunk if not isinstance(draft, FeedbackDraft)]
    refused += [_known(stored, row, d, t) for (row, d), t in zip(drafts, taken, strict=True) if not t.new]
    stored.refused.bulk_create(refused)
    outcomes = [r.outcome for r in refused]
    stored.rows += len(chunk)
    stored.created += sum(t.new for t in taken)
    stored.unread += sum(t.new and bool(t.feedback.extra.get("unread")) for t in taken)
    for column, outcome in (("duplicates", "duplicate"), ("skipped", "skipped"), ("failed", "failed")):
        setattr(stored, column, getattr(stored, column) + outcomes.count(outcome))
    stored.row_no = chunk[-1][0].number
    counted = ("rows", "created", "unread", "duplicates", "skipped", "failed", "row_no")
    stored.save(update_fields=[*counted, "lease_until", "attempts"])
    return stored


def _refused(batch: ImportBatch, row: Row, said: FeedbackDraft | Text | None) -> ImportRow:
    reason = row.skip or cast(Text, said)
    outcome = "skipped" if row.skip else "failed"
    return _row(batch, row, outcome, reason)


def _known(batch: ImportBatch, row: Row, draft: FeedbackDraft, taken: Received) -> ImportRow:
    there = taken.feedback
    if same_words(there.text, draft.text):
        return _row(batch, row, "duplicate", _filled(KNOWN, number=there.number), there.pk)
    reason = _filled(OTHER_WORDS, number=there.number, no=draft.fields.get("external_no", ""))
    return _row(batch, row, "failed", reason, there.pk)


def _row(batch: ImportBatch, row: Row, outcome: str, said: Text, same_as: int | None = None) -> ImportRow:
    made: ImportRow = batch.refused.model(
        batch=batch, number=row.number, outcome=outcome, reason_zh=said.zh, reason_en=said.en, same_as_id=same_as
    )
    if outcome != "duplicate":
        made.sealed = contact_encryption.seal(json.dumps(row.raw, ensure_ascii=False))
    return made


def _filled(said: Text, **values: str) -> Text:
    return Text(said.zh.format(**values), said.en.format(**values))


def _withdraw(batch: ImportBatch) -> None:
    """Take back, chunk by chunk, what nobody has touched; its identity is free for the corrected file."""
    while _withdraw_some(batch):
        give_way()
    batch.refresh_from_db()
    kept = batch.kept().count()
    FLOW.move(batch, "undone", by=batch.by, withdrawn=batch.withdrawn, kept=kept)


@transaction.atomic
def _withdraw_some(batch: ImportBatch) -> bool:
    stored = _locked(batch)
    feedback_items = list(batch.untouched().select_for_update(of=("self",)).order_by("pk")[:CHUNK])
    for feedback in feedback_items:
        feedback.source_key = f"withdrawn:{batch.pk}:{feedback.pk}"
    FEEDBACK.move_many(feedback_items, "withdraw", by=batch.by, fields=("source_key",), batch=batch.number)
    stored.withdrawn += len(feedback_items)
    stored.save(update_fields=["withdrawn", "lease_until", "attempts"])
    return bool(feedback_items)
