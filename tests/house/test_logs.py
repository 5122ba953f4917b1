"""No contact data and no secret reaches a log line, and a line is one line, whatever a visitor sends."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bihuan.core.log import OneLine

CANARY, MAIL = "13900008888", "canary@secret.example.com"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    return lambda: [OneLine().format(r) for r in caplog.records]


@pytest.mark.django_db
def test_a_walk_at_debug_level_logs_no_contact_and_no_password(as_: Any, client: Any, cast: Any, lines: Any):
    client.post("/sign-in/", {"login": CANARY, "password": "hunter2-secret"})
    client.get(f"/nowhere/{CANARY}?mail={MAIL}", headers={"user-agent": MAIL, "referer": f"http://x/{CANARY}"})
    as_("lin").get(f"/feedback/?q={CANARY}")
    as_("lin").post(f"/feedback/0/?{MAIL}", {"text": CANARY})
    logged = "\n".join(lines())
    assert "nowhere" in logged
    for secret in (CANARY, MAIL, "hunter2-secret"):
        assert secret not in logged


def test_control_characters_cannot_forge_a_line():
    record = logging.LogRecord("x", logging.INFO, "", 0, 'one\r\ntwo\x1b[31m\u2028{"level":"ERROR"}', (), None)
    line = OneLine().format(record)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    assert json.loads(line)["level"] == "INFO"


def test_a_traceback_is_masked_too():
    try:
        raise ValueError(f"cannot call {CANARY}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), __import__("sys").exc_info())
    assert CANARY not in OneLine().format(record)
