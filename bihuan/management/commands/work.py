"""bihuan work: one worker. Runs queued tasks and, beside them, the timed jobs."""

from __future__ import annotations

import secrets
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.db.utils import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from bihuan.work import redelivery, timers


class Command(BaseCommand):
    help = "Run one worker: queued tasks and timed jobs / 运行一个后台工作进程"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"worker-{secrets.token_hex(6)}"
        worker = Worker(
            queue_names=["*"],
            interval=0.5,
            batch=options["until_empty"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        redelivery.beat(name)
        stopping = threading.Event()
        ticker = threading.Thread(target=_tick, args=(name, stopping), daemon=True)
        ticker.start()
        try:
            worker.run()
        finally:
            stopping.set()
            ticker.join(timeout=10)
            redelivery.rest(name)


def _tick(worker: str, stopping: threading.Event) -> None:
    while not stopping.wait(1):
        close_old_connections()
        try:
            redelivery.beat(worker)
            timers.run_due()
        except OperationalError:
            # The database is restarting or busy: the next second tries again.
            connection.close()
    connection.close()
