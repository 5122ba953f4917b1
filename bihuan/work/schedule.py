"""All timed work, in one list. Each entry names a verb of a room; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bihuan.cases import applying, recurrence, waiting
from bihuan.execution import reminders
from bihuan.feedback import batches, learnt, retention
from bihuan.findings import analysis, arrivals
from bihuan.hours import recount, sweep
from bihuan.ledger import chain
from bihuan.notify import digest, letters, outbox
from bihuan.plugins import drafts
from bihuan.work import redelivery


@dataclass(frozen=True)
class Timed:
    name: str
    every: timedelta
    verb: Callable[[], Any]


SCHEDULE: tuple[Timed, ...] = (
    Timed("give lost tasks to another worker", timedelta(seconds=15), redelivery.lost_tasks),
    Timed("go on with imports left alone", timedelta(seconds=15), batches.wake),
    Timed("end waits that reached their limit", timedelta(seconds=30), waiting.end_long_waits),
    Timed("tell of time limits reached", timedelta(seconds=15), sweep.sweep),
    Timed("go on applying schemes as asked", timedelta(seconds=5), applying.wake),
    Timed("derive open clocks by the calendar in force", timedelta(seconds=15), recount.recount),
    Timed("remind of tasks blocked or silent", timedelta(minutes=5), reminders.remind),
    Timed("tell people what they are to hear", timedelta(seconds=5), outbox.tell),
    Timed("write the digests of the day", timedelta(minutes=1), digest.write_all),
    Timed("send mail", timedelta(seconds=5), letters.send),
    Timed("remove uploaded sheets after their time", timedelta(hours=1), retention.sweep),
    Timed("put new voices with the problems they tell", timedelta(seconds=20), arrivals.join_new),
    Timed("tell of solved problems that came back", timedelta(minutes=2), recurrence.tell),
    Timed("go on with analyses left alone", timedelta(seconds=30), analysis.wake),
    Timed("go on with drafts put off or left alone", timedelta(seconds=15), drafts.wake),
    Timed("analyse everything once a night", timedelta(minutes=20), analysis.nightly),
    Timed("learn from corrected labels", timedelta(minutes=10), learnt.train_due),
    Timed("seal the fact chains", timedelta(hours=1), chain.seal),
)
