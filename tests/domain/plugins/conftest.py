"""The endpoint switched on, with a server behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bihuan.plugins.models import Plugin
from tests.domain.plugins.server import Server, running

SETTINGS: dict[str, Any] = {
    "plain": False, "model": "small-chat", "embedding": "small-vectors", "writes": True, "encodes": False,
    "seconds": 5, "per_hour": 100, "longest": 4000,
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture
def endpoint(cast: Any, server: Server) -> Plugin:
    settle(cast, server)
    return Plugin.switch("endpoint", True, by=cast["admin"])


def settle(cast: Any, server: Server, **changes: Any) -> Plugin:
    held = Plugin.of("endpoint")
    wanted = SETTINGS | {"address": server.address, "key": server.key} | changes
    return Plugin.save_settings(by=cast["admin"], seen=held.version, **wanted)
