"""bihuan work: one worker. Runs queued tasks and, beside them, the timed jobs."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.db.utils import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from bihuan.core import picklists
from bihuan.jobs import redelivery, timers

logger = logging.getLogger("bihuan.jobs")


class Command(BaseCommand):
    help = "Run one worker: queued tasks and timed jobs / 运行一个后台工作进程"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            interval=0.5,
            batch=options["until_empty"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=_name(),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        redelivery.send_heartbeat(worker.worker_id)
        stopping = threading.Event()
        ticker = threading.Thread(target=_tick, args=(worker, stopping), daemon=True)
        ticker.start()
        try:
            _run(worker)
        finally:
            stopping.set()
            ticker.join(timeout=10)
            redelivery.sign_off(worker.worker_id)


def _name() -> str:
    return f"worker-{secrets.token_hex(6)}"


def _run(worker: Worker) -> None:
    """Run until told to stop, also over a database that restarts or is busy for long."""
    while True:
        try:
            return worker.run()
        except OperationalError:
            if worker.batch:
                raise
            logger.warning("the database did not answer; the worker goes on in a second", exc_info=True)
            connection.close()
            # What it had taken and could not end is given back once nobody of its name lives.
            worker.worker_id = _name()
            time.sleep(1)


def _tick(worker: Worker, stopping: threading.Event) -> None:
    while not stopping.wait(1):
        close_old_connections()
        try:
            redelivery.send_heartbeat(worker.worker_id)
            picklists.refresh()
            timers.run_due()
        except OperationalError:
            # The database is restarting or busy: the next second tries again.
            connection.close()
    connection.close()
