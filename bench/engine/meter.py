"""Processor time and memory: of a stretch of this process, or of a command with all its children."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1  # seconds between two looks at the memory
SHARE = 20  # pauses are so many times as long as a look takes: it holds up a process of many gigabytes


class Meter:
    """`with Meter() as spent: …` then `spent.cpu` (seconds of this process and its ended children), `spent.rate(rows)`."""

    cpu = 0.0

    def __enter__(self) -> Meter:
        self._began = sum(os.times()[:4])
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu = sum(os.times()[:4]) - self._began

    def rate(self, rows: int) -> float:
        return rows / max(self.cpu, 1e-9)


@dataclass
class Spent:
    """Exit code, processor seconds of the whole family, its greatest memory in MB (proportional set), wall seconds."""

    code: int
    cpu: float
    memory: float
    wall: float


def family(command: Sequence[str], *, env: Mapping[str, str] | None = None, quiet: bool = True) -> Spent:
    """Run a command to its end and measure it together with every process it starts (Linux)."""
    began = time.monotonic()
    out = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(list(command), env=dict(env or os.environ), stdout=out, stderr=out)  # noqa: S603
    peak = [0.0]
    watching = threading.Event()

    def watch() -> None:
        pause = PAUSE
        while not watching.wait(pause):
            looked = time.monotonic()
            peak[0] = max(peak[0], _memory(process.pid))
            pause = max(PAUSE, SHARE * (time.monotonic() - looked))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    watching.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    memory = max(peak[0], used.ru_maxrss / 1024)
    return Spent(process.returncode, used.ru_utime + used.ru_stime, memory, time.monotonic() - began)


def _memory(pid: int) -> float:
    """Proportional memory in MB of a process and its descendants; 0 for one that is gone."""
    total = 0.0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(_memory(int(child)) for child in (task / "children").read_text().split())
    return total
