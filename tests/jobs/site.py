"""A served installation that can be killed and started again, and a browser without a window to visit it."""

from __future__ import annotations

import http.cookiejar
import json
import os
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from tests.prepared import prepared
from tests.setup.processes import fetch, free_port, wait_until

CLERK = """
import contextlib, io, json, sys
import django
django.setup()
from bihuan.feedback.models import Feedback
from bihuan.audit.models import Event
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(json.loads(line))
    print(json.dumps(said.getvalue()), flush=True)
"""


class Site:
    """A served installation of its own, which can be killed and started again."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"BIHUAN_DATA": str(data)}
        self.base = f"http://127.0.0.1:{self.port}"
        prepared(data)
        # One interpreter for all questions: to start one takes longer than to answer.
        env = self.env | {"DJANGO_SETTINGS_MODULE": "bihuan.settings"}
        self.clerk = subprocess.Popen(
            [sys.executable, "-c", CLERK], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self) -> None:
        command = [sys.executable, "-m", "bihuan", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert wait_until(lambda: fetch(f"{self.base}/healthz")[0] == 200), "the server did not start"

    def kill(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def verify(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "bihuan", "verify"], env=self.env, capture_output=True, text=True)

    def ask(self, code: str) -> str:
        """Run lines of Python in the installation; returns what they print."""
        assert self.clerk.stdin
        assert self.clerk.stdout
        self.clerk.stdin.write(json.dumps(code) + "\n")
        self.clerk.stdin.flush()
        answer = self.clerk.stdout.readline()
        assert answer, "the lines failed; see what the clerk printed"
        return str(json.loads(answer))

    def close(self) -> None:
        self.clerk.kill()
        self.clerk.communicate()
        if self.process and self.process.poll() is None:
            self.kill()


class Browser:
    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def post(self, path: str, **fields: str) -> None:
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "") or ""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        headers = {"Referer": f"{self.base}/", "X-CSRFToken": token}
        self.opener.open(urllib.request.Request(self.base + path, body, headers), timeout=10).read()

    def get(self, path: str) -> str:
        return self.opener.open(self.base + path, timeout=10).read().decode()

    def sign_in(self, username: str) -> None:
        self.opener.open(f"{self.base}/sign-in/", timeout=10).read()
        self.post("/sign-in/", login=username, password="bihuan-demo")
