"""One gunicorn worker on loopback, and the CPU it spends on a request."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class Served:
    """A running site that gets each request over a connection of its own, as its worker allows no other way."""

    def __init__(self, port: int, pid: int, cookie: str = "", token: str = "") -> None:
        self.port, self.pid, self.cookie, self.token = port, pid, cookie, token

    def ask(self, path: str, form: str = "") -> int:
        headers = {"Cookie": f"sessionid={self.cookie}; csrftoken={self.token}", "X-CSRFToken": self.token}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST" if form else "GET", path, body=form or None, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def cpu(self) -> float:
        """CPU seconds of the server's processes so far (Linux: from /proc)."""
        return sum(_spent(pid) for pid in _family(self.pid))


@contextlib.contextmanager
def serve(application: str, **env: str) -> Iterator[Served]:
    """``application`` (module:name) behind one gunicorn sync worker, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "sync", "--log-level", "error"]
    process = subprocess.Popen(command, env=os.environ | env)  # noqa: S603  our own interpreter
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grandchild for child in children for grandchild in _family(int(child)))]


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK
