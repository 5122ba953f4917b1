"""A sheet imported by a worker: `bihuan bench import FILE`. Processor time and memory of the worker and of the
limited process that opens workbooks, labels, repeats and search index included."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from django.core.files import File
from django.core.management import call_command
from django.db import connection

from bihuan.demo.sample_people import create_people
from bihuan.feedback import import_worker
from bihuan.feedback.models import ImportBatch
from bihuan.jobs import integrity_checks

CPU, MEMORY = 60, 600  # seconds for 20,000 rows; MB
ROWS = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="bihuan bench import")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    by = create_people()["chen"]
    with options.file.open("rb") as file:
        batch = ImportBatch.upload(File(file, name=options.file.name), by=by, team=by.team)
    import_worker.carry_on.enqueue(batch.pk)
    inspected = worker()
    batch.refresh_from_db()
    if batch.status != "inspected":
        print(f"not readable: {batch.reason_en}")
        return 1
    import_worker.start(batch, by=by)
    began = time.monotonic()
    cpu, memory = worker()
    seconds = time.monotonic() - began
    batch.refresh_from_db()
    limit = CPU * max(1.0, batch.rows / ROWS)
    print(f"inspect {inspected[0]:6.1f} CPU s   {inspected[1]:5.0f} MB")
    print(f"import  {cpu:6.1f} CPU s   {memory:5.0f} MB   {seconds:.0f} s   {batch.rows / seconds:.0f} rows/s")
    print("account " + "  ".join(f"{name} {count}" for name, count in batch.account().items()))
    faults = [fault for found in integrity_checks.report().values() for fault in found]
    print(*(faults or ["sound"]), sep="\n")
    return int(bool(faults) or batch.status != "done" or cpu > limit or memory > MEMORY)


def worker() -> tuple[float, float]:
    """Let one worker empty the queue: its processor seconds and greatest memory in MB, its children's included."""
    connection.close()
    process = subprocess.Popen([sys.executable, "-m", "bihuan", "work", "--until-empty"])
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
