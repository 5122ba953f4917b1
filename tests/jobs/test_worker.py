"""The worker outlives a database that is busy or restarting."""

from __future__ import annotations

import pytest
from django.db.utils import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from bihuan.management.commands import work

pytestmark = pytest.mark.django_db


class Interrupted(Worker):
    """The stock worker, whose database does not answer the first time."""

    def __init__(self, *, batch: bool) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0.01,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker-first",
            excluded_queue_names=[],
        )
        self.names: list[str] = []

    def run(self) -> None:
        self.names.append(self.worker_id)
        if len(self.names) == 1:
            raise OperationalError("database is locked")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work.time, "sleep", lambda _: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)


def test_it_goes_on_under_a_new_name_so_that_what_it_had_taken_is_given_back():
    worker = Interrupted(batch=False)
    work._run(worker)
    assert len(worker.names) == 2
    assert worker.names[0] != worker.names[1]


def test_a_worker_that_only_empties_the_queue_says_that_it_could_not():
    worker = Interrupted(batch=True)
    with pytest.raises(OperationalError):
        work._run(worker)
