"""`python3 dev.py run`: one command starts everything, and everything ends with it, however it ends."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from tests.prepared import prepared
from tests.setup.processes import family, fetch, free_port, wait_until
from tools.processes import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
FIRST_START = 300.0
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all starts."""
    return prepared(tmp_path_factory.mktemp("data"))


def lines_of(running: subprocess.Popen[str]) -> "queue.Queue[str]":
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in running.stdout or ():
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    return lines


def started(data: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """The running command and all it printed up to the address in both languages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
    running = subprocess.Popen(
        [sys.executable, "dev.py", "run"],
        cwd=ROOT,
        env={**environment, "BIHUAN_DATA": str(data), "BIHUAN_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    lines, printed = lines_of(running), ""
    while "Bihuan is running" not in printed:
        try:
            printed += lines.get(timeout=FIRST_START)
        except queue.Empty:
            running.kill()
            pytest.fail(f"no address was printed:\n{printed}")
    return running, printed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_it_serves_a_page_and_leaves_no_orphan(data: Path, number: signal.Signals) -> None:
    port = free_port()
    running, printed = started(data, port)
    root = psutil.Process(running.pid)
    with family(root):
        address = f"http://127.0.0.1:{port}/"
        assert printed.count(address) == 2
        assert fetch(address)[0] == 200
        children = root.children(recursive=True)
        words = [" ".join(child.cmdline()) for child in children]
        assert any(" serve" in line for line in words)
        assert any(" work" in line for line in words)
        running.send_signal(number)
        code = running.wait(15)
        _, alive = psutil.wait_procs(children, timeout=15)
        for orphan in alive:
            orphan.kill()
        assert alive == []
        assert code == (-number if number is signal.SIGKILL else 0)
        assert fetch(address)[0] == 0


def test_when_the_worker_dies_the_web_does_not_go_on_alone(data: Path) -> None:
    running, _ = started(data, free_port())
    root = psutil.Process(running.pid)
    with family(root):
        worker = next(child for child in root.children() if child.cmdline()[-1] == "work")
        others = root.children(recursive=True)
        worker.kill()
        assert running.wait(15) == 1
        assert wait_until(lambda: not any(other.is_running() for other in others), 15)


def test_a_port_in_use_is_one_sentence_in_both_languages(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "bihuan", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "BIHUAN_DATA": str(data)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    (line,) = (done.stdout + done.stderr).splitlines()
    assert f"端口 {port} 已被占用" in line
    assert f"port {port} is in use" in line
