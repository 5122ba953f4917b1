"""Commands and long-running children of dev.py, and the two languages it speaks in."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIBC = ctypes.CDLL(None)


def say(zh: str, en: str) -> None:
    print(f"{zh} / {en}", flush=True)


def failure(zh: str, en: str) -> SystemExit:
    """Prints the reason; the caller raises what is returned, which ends the program with exit code 1."""
    say(zh, en)
    return SystemExit(1)


def run_command(*command: str | Path, env: Mapping[str, str] | None = None, quiet: bool = False) -> None:
    """Runs a command in the checkout; when it fails, shows its output and ends this program."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        preexec_fn=die_with_parent,
    )
    if done.returncode:
        sys.stdout.write((done.stdout or b"").decode(errors="replace"))
        line = " ".join(str(part) for part in command)
        raise failure(f"失败({done.returncode}): {line}", f"failed ({done.returncode}): {line}")


def die_with_parent() -> None:
    """In the child, before it becomes another program: Linux ends it when this process is gone, however it went."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        LIBC.prctl(pr_set_pdeathsig, signal.SIGTERM)


def start_module(python: Path, module: str, *arguments: str, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Starts a module in a process group of its own: Ctrl-C reaches only this process, which stops the children."""
    command = [str(python), "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, process_group=0, preexec_fn=die_with_parent)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ends the children and all that they started; a second, impatient Ctrl-C does not interrupt it."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, limit - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
