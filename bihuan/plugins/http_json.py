"""One HTTP call with JSON in and JSON out: within a time, up to a size, to that address and nowhere else."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
from typing import Any

from bihuan.core.text import Text
from bihuan.plugins.endpoint_address import parts
from bihuan.plugins.plugin_interface import PluginError

BIGGEST = 8 * 1024 * 1024
"""Bytes of an answer that are read."""
TOO_SLOW = Text("{seconds} 秒内没有答完。", "It did not answer within {seconds} seconds.")


def post(address: str, body: dict[str, Any], *, key: str, seconds: float) -> Any:
    """The JSON of the answer. Redirects are not followed and no proxy is asked. Raises PluginError."""
    url = parts(address)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    line = kind(url.hostname or "", url.port, timeout=seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Bihuan"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    late = threading.Event()
    try:
        line.connect()
    except (OSError, http.client.HTTPException, ValueError) as broken:
        raise _unreached(broken) from None
    # A time-out of the socket begins anew with every byte; the whole call ends when its time is over.
    end = threading.Timer(seconds, _cut, (line.sock, late))
    end.daemon = True
    end.start()
    try:
        line.request("POST", url.path, json.dumps(body, ensure_ascii=False).encode(), headers)
        answer = line.getresponse()
        data = answer.read(BIGGEST + 1)
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as broken:
        # A connection that was cut from beside breaks in whichever of these ways its state allows.
        if late.is_set() or isinstance(broken, TimeoutError):
            raise PluginError(TOO_SLOW.format(seconds=round(seconds)), again=True) from None
        raise _unreached(broken) from None
    finally:
        end.cancel()
        line.close()
    if late.is_set():
        raise PluginError(TOO_SLOW.format(seconds=round(seconds)), again=True)
    return _read(answer.status, data)


def _cut(line: socket.socket, late: threading.Event) -> None:
    """Wake whoever waits for this connection: closing alone would not."""
    late.set()
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _unreached(broken: Exception) -> PluginError:
    if isinstance(broken, ssl.SSLError):
        return PluginError(
            Text("证书或加密连接有问题：{why}", "The certificate or the encrypted connection failed: {why}").format(
                why=str(broken)[:120]
            )
        )
    return PluginError(Text("连接不上：{why}", "Not reachable: {why}").format(why=str(broken)[:120]), again=True)


def _read(status: int, data: bytes) -> Any:
    if 300 <= status < 400:
        raise PluginError(
            Text(
                "对方要转到别的地址（{n}），没有跟过去。请填写最终地址。",
                "It points to another address ({n}), which was not followed. Please enter the final one.",
                n=status,
            )
        )
    if status in (401, 403):
        raise PluginError(Text("对方不接受密钥（{n}）。", "The key was not accepted ({n}).", n=status))
    if status == 404:
        raise PluginError(Text("没有这个地址或模型（404）。", "There is no such address or model (404)."))
    if status == 429:
        raise PluginError(Text("对方说请求太多（429）。", "It says there are too many requests (429)."), again=True)
    if status >= 500:
        raise PluginError(Text("对方出错（{n}）。", "It has a fault ({n}).", n=status), again=True)
    if status != 200:
        raise PluginError(Text("对方拒绝了请求（{n}）。", "It refused the request ({n}).", n=status))
    if len(data) > BIGGEST:
        raise PluginError(Text("回答太大，没有读完。", "The answer is too big and was not read."))
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise PluginError(Text("回答不是 JSON。", "The answer is not JSON.")) from None
