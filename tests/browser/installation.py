"""A served installation of its own for browser tests: real web process, real worker, the demo's cast."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.prepared import prepared
from tests.setup.processes import family, fetch, free_port, wait_until


@contextmanager
def installed(data: Path) -> Iterator[str]:
    """The address of a fresh demo installation in ``data``, until the block ends."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"BIHUAN_DATA": str(data), "BIHUAN_BASE_URL": base, "BIHUAN_LOG": "ERROR"}
    command = [sys.executable, "-m", "bihuan"]
    prepared(data)
    web = subprocess.Popen([*command, "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    worker = subprocess.Popen([*command, "work"], env=env, stdout=subprocess.DEVNULL)
    with family(psutil.Process(worker.pid)), family(psutil.Process(web.pid)):
        assert wait_until(lambda: fetch(f"{base}/healthz")[0] == 200)
        yield base
