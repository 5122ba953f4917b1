"""The endpoint against a real server on this machine: what it asks, and what is said when the answer is no good."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bihuan.audit.models import Actor, Event
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text
from bihuan.customers import contact_encryption
from bihuan.plugins import connection_test
from bihuan.plugins.endpoint import Endpoint
from bihuan.plugins.models import Plugin
from bihuan.plugins.plugin_interface import PluginError, Prompt
from tests.domain.plugins.conftest import SETTINGS, settle
from tests.domain.plugins.server import Server

pytestmark = pytest.mark.django_db
PROMPT = Prompt("test/1", "task", "matter", ("text",))


def line(plugin: Plugin) -> Endpoint:
    return Endpoint(plugin, Actor.system(), Text("测试", "test"))


def test_it_speaks_the_protocol(endpoint: Plugin, server: Server):
    server.says = "好的"
    assert line(endpoint).write(PROMPT) == "好的"
    path, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert body["model"] == "small-chat"
    assert [one["role"] for one in body["messages"]] == ["system", "user"]
    rows = line(endpoint).encode(["甲", "乙", ""])
    assert server.requests[1] == ("/v1/embeddings", {"model": "small-vectors", "input": ["甲", "乙", " "]})
    assert rows.shape == (3, 8)
    assert np.allclose(np.linalg.norm(rows[:2], axis=1), 1)
    assert not rows[2].any(), "a blank text is nowhere"
    assert np.allclose(rows[0], np.array(server.vector("甲")) / np.linalg.norm(server.vector("甲")), atol=1e-6), (
        "put in the order asked, whatever the order answered"
    )


@pytest.mark.parametrize(
    ("server_is", "message", "again"),
    [
        ({"key": "another"}, "不接受密钥", False),
        ({"status": 404}, "404", False),
        ({"status": 429}, "请求太多", True),
        ({"status": 503}, "出错（503）", True),
        ({"status": 307}, "转到别的地址", False),
        ({"status": 400}, "拒绝了请求", False),
        ({"raw": b"<html>hello"}, "不是 JSON", False),
        ({"raw": b'{"choices": ['}, "不是 JSON", False),
        ({"raw": b"[" * 100_000}, "不是 JSON", False),
        ({"raw": b'{"choices": []}'}, "没有需要的内容", False),
        ({"raw": b"[]"}, "没有需要的内容", False),
        ({"raw": b'{"choices": [{"message": {"content": null}}]}'}, "没有需要的内容", False),
        ({"raw": b"x" * (8 * 1024 * 1024 + 1)}, "太大", False),
    ],
)
def test_a_bad_answer_is_reported_plainly(
    endpoint: Plugin, server: Server, server_is: dict[str, Any], message: str, again: bool
):
    vars(server).update(server_is)
    with pytest.raises(PluginError) as no:
        line(endpoint).write(PROMPT)
    assert message in no.value.reason.to("zh")
    assert no.value.again is again
    assert len(server.requests) == 1, "nothing is sent twice, and nowhere else"


@pytest.mark.parametrize("drips", [False, True])
def test_a_slow_answer_ends_when_its_time_is_over(endpoint: Plugin, server: Server, drips: bool):
    endpoint.seconds = 1
    server.slow, server.drips = (0.0, True) if drips else (3.0, False)
    with pytest.raises(PluginError) as no:
        line(endpoint).write(PROMPT)
    assert "1 秒内没有答完" in no.value.reason.to("zh")
    assert no.value.again


def test_nobody_there(endpoint: Plugin):
    endpoint.address = "http://127.0.0.1:9/v1"
    with pytest.raises(PluginError) as no:
        line(endpoint).write(PROMPT)
    assert "连接不上" in no.value.reason.to("zh")


@pytest.mark.parametrize(
    "raw",
    [b'{"data": []}', b'{"data": [{"index": 0, "embedding": []}]}', b'{"data": [{"index": 0, "embedding": [NaN]}]}',
     b'{"data": [{"index": 0, "embedding": ["a"]}]}', b'{"data": 7}'],
)  # fmt: skip
def test_vectors_that_are_none_are_not_used(endpoint: Plugin, server: Server, raw: bytes):
    server.raw = raw
    with pytest.raises(PluginError):
        line(endpoint).encode(["甲"])


def test_the_hours_limit_holds_before_anything_is_sent(endpoint: Plugin, server: Server):
    endpoint.per_hour = 2
    for _ in range(2):
        line(endpoint).write(PROMPT)
    with pytest.raises(PluginError) as no:
        line(endpoint).write(PROMPT)
    assert 0 < no.value.wait <= 3601
    assert len(server.requests) == 2


def test_every_sending_is_a_event_before_it_leaves(endpoint: Plugin, server: Server):
    server.status = 500
    with pytest.raises(PluginError):
        line(endpoint).write(PROMPT)
    event = Event.objects.get(kind="plugin.sent")
    assert event.details["texts"] == 1
    assert event.details["host"] in server.address
    assert event.details["model"] == "small-chat"
    assert "客户原话" in str(event.details["fields"])


def test_what_is_sent_is_cut_to_its_longest(endpoint: Plugin, server: Server):
    endpoint.longest = 500
    line(endpoint).write(Prompt("test/1", "task", "长" * 900, ("text",)))
    assert len(server.requests[0][1]["messages"][1]["content"]) == 500


def test_the_key_is_encrypted_and_never_shown(cast: Any, server: Server):
    held = settle(cast, server)
    assert server.key not in held.sealed_key
    assert contact_encryption.decrypt(held.sealed_key) == server.key
    assert server.key not in "".join(str(event.details) for event in Event.objects.all())
    assert settle(cast, server, key="", model="other").key == server.key, "blank keeps it"


def test_a_key_goes_to_no_address_it_was_not_given_for(cast: Any, server: Server):
    settle(cast, server)
    with pytest.raises(Refused, match="密钥"):
        settle(cast, server, key="", address="https://elsewhere.example/v1")
    moved = settle(cast, server, key="", forget_key=True, address="https://elsewhere.example/v1")
    assert (moved.address, moved.key) == ("https://elsewhere.example/v1", "")


def test_it_is_off_by_default_and_cannot_be_switched_on_unready(cast: Any, server: Server):
    assert not Plugin.of("endpoint").on
    with pytest.raises(Refused, match="地址"):
        Plugin.switch("endpoint", True, by=cast["admin"])
    held = settle(cast, server, model="")
    with pytest.raises(Refused, match="模型名"):
        Plugin.switch("endpoint", True, by=cast["admin"])
    with pytest.raises(Stale):
        Plugin.save_settings(by=cast["admin"], seen=held.version - 1, **SETTINGS | {"address": server.address})


def test_the_test_greets_both_models_and_says_how_it_went(cast: Any, server: Server):
    settle(cast, server)
    connection_test.request(by=cast["admin"])
    assert Plugin.of("endpoint").testing
    connection_test.test.func(cast["admin"].actor.pk)
    held = Plugin.of("endpoint")
    assert not held.testing
    assert held.tested["ok"]
    assert "8 维向量" in held.tested["zh"]
    sent = Event.objects.filter(kind="plugin.sent")
    assert {event.details["fields"]["zh"] for event in sent} == {"一句固定的问候"}, "no customer's words in a test"
    server.key = "changed"
    connection_test.test.func(cast["admin"].actor.pk)
    assert Plugin.of("endpoint").tested == {
        "ok": False, "zh": "对方不接受密钥（401）。", "en": "The key was not accepted (401).",
    }  # fmt: skip
