"""What the tests of whole processes share: a free port, a page fetched, a wait with an end."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.05)
    return true()


def fetch(url: str) -> tuple[int, bytes]:
    """The status and body of a page, redirects followed; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError:
        return 0, b""


@contextmanager
def family(root: psutil.Process) -> Iterator[None]:
    """Whatever a test started is gone when it ends, also when it fails."""
    try:
        yield
    finally:
        members = [root, *root.children(recursive=True)] if root.is_running() else []
        for member in members:
            member.kill()
        psutil.wait_procs(members, timeout=10)
