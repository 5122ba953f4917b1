"""A real HTTP server on this machine that speaks the OpenAI-compatible protocol, well or badly as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LABELS = json.dumps(
    {
        "problem_type": {"code": "defect", "why": "闪退"},
        "urgency": {"code": "urgent", "why": "无法使用"},
        "sentiment": {"code": "made_up", "why": "不在表里"},
    },
    ensure_ascii=False,
)


class Server:
    """``says``: the text a chat answers with; ``status``, ``raw``, ``slow`` (seconds), ``moved`` make it misbehave."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/v1"
        self.key = "sk-secret-1"
        self.says = LABELS
        self.status = 200
        self.raw: bytes | None = None
        self.slow = 0.0
        self.drips = False
        self.width = 8
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.bodies: list[bytes] = []

    def answer(self, path: str, body: dict[str, Any]) -> Any:
        if path.endswith("/embeddings"):
            rows = [{"index": n, "embedding": self.vector(text)} for n, text in enumerate(body["input"])]
            return {"data": rows[::-1], "model": body["model"]}
        return {"choices": [{"message": {"role": "assistant", "content": self.says}}]}

    def vector(self, text: str) -> list[float]:
        return [float((sum(text.encode()) * (n + 3)) % 17) + 1 for n in range(self.width)]


@contextmanager
def running() -> Iterator[Server]:
    held: dict[str, Server] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            one = held["server"]
            data = self.rfile.read(int(self.headers["Content-Length"]))
            one.bodies.append(data)
            one.requests.append((self.path, json.loads(data)))
            if self.headers.get("Authorization") != f"Bearer {one.key}":
                return self.say(401, b'{"error": {"message": "bad key"}}')
            time.sleep(one.slow)
            raw = one.raw
            self.say(
                one.status, raw if raw is not None else json.dumps(one.answer(self.path, one.requests[-1][1])).encode()
            )

        def say(self, status: int, data: bytes) -> None:
            one = held["server"]
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{one.address}/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for n in range(len(data)) if one.drips else ():
                self.wfile.write(data[n : n + 1])
                self.wfile.flush()
                time.sleep(0.1)
            if not one.drips:
                self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A caller that hung up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    held["server"] = Server(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield held["server"]
    finally:
        server.shutdown()
        server.server_close()
