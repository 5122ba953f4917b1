"""The OpenAI-compatible protocol: POST …/chat/completions and …/embeddings, as OpenAI, vLLM, Ollama and others speak it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from cryptography.fernet import InvalidToken

from bihuan.audit.models import Actor
from bihuan.core import rate_limit
from bihuan.core.text import Text
from bihuan.plugins import endpoint_address
from bihuan.plugins.http_json import post
from bihuan.plugins.models import Plugin
from bihuan.plugins.outgoing_redaction import redact
from bihuan.plugins.plugin_interface import PluginError, Prompt, Vectors

ANSWER = 2000
"""Tokens an answer may have."""
BAD = Text("回答里没有需要的内容。", "The answer lacks what was asked for.")


class Endpoint:
    """The endpoint as writer and encoder. Every call is counted against the hour and stated as an event before it is made."""

    at_once = 32

    def __init__(self, plugin: Plugin, by: Actor, purpose: Text, encoded: str = "text") -> None:
        """``encoded``: which field the texts to be encoded are (words.FIELDS)."""
        self.plugin = plugin
        self.by = by
        self.purpose = purpose
        self.encoded = encoded

    @property
    def source(self) -> dict[str, Any]:
        return {"host": self.plugin.host, "model": self.plugin.model}

    @property
    def method(self) -> str:
        return f"{self.plugin.host}/{self.plugin.embedding}"

    def prepared(self, text: str, names: Sequence[str]) -> str:
        return redact(text, names)[: self.plugin.longest]

    def write(self, prompt: Prompt) -> str:
        body = {
            "model": self.plugin.model,
            "messages": [
                {"role": "system", "content": prompt.task},
                {"role": "user", "content": prompt.matter[: self.plugin.longest]},
            ],
            "temperature": 0,
            "max_tokens": ANSWER,
        }
        answer = self._call("chat/completions", body, self.plugin.model, prompt.texts, prompt.fields)
        try:
            results = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise PluginError(BAD) from None
        if not isinstance(results, str) or not results.strip():
            raise PluginError(BAD)
        return results

    def encode(self, texts: Sequence[str]) -> Vectors:
        body = {"model": self.plugin.embedding, "input": [text or " " for text in texts]}
        answer = self._call("embeddings", body, self.plugin.embedding, len(texts), (self.encoded,))
        try:
            rows = sorted(answer["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError):
            raise PluginError(BAD) from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.shape[1] or not np.isfinite(vectors).all():
            raise PluginError(BAD)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = (vectors / np.where(length > 0, length, 1)).astype(np.float32)
        vectors[[not text.strip() for text in texts]] = 0
        return vectors

    def _call(self, path: str, body: dict[str, Any], model: str, texts: int, fields: tuple[str, ...]) -> Any:
        plugin = self.plugin
        if reason := endpoint_address.refused(plugin.address, plain=plugin.plain):
            raise PluginError(reason)
        try:
            key = plugin.key
        except InvalidToken:
            raise PluginError(
                Text("密钥打不开，请重新填写。", "The key cannot be opened; please enter it again.")
            ) from None
        if wait := rate_limit.count_hit("plugin", plugin.code, limit=plugin.per_hour, minutes=60):
            raise PluginError(
                Text("已到每小时 {n} 次的上限。", "The limit of {n} calls an hour is reached.", n=plugin.per_hour),
                wait=wait,
            )
        plugin.record_sending(by=self.by, model=model, texts=texts, fields=fields, purpose=self.purpose)
        return post(f"{plugin.address.rstrip('/')}/{path}", body, key=key, seconds=plugin.seconds)


def check_connection(plugin: Plugin, by: Actor) -> tuple[bool, Text]:
    """One fixed greeting to each model that is named: whether all answered, and what they said of themselves."""
    line = Endpoint(plugin, by, Text("测试", "test"), "nothing")
    results: list[Text] = []
    try:
        if plugin.model:
            line.write(Prompt("test/1", "Answer with the word OK.", "你好", ("nothing",)))
            results.append(Text("{model} 能起草", "{model} answers").format(model=plugin.model))
        if plugin.embedding:
            width = line.encode(["你好"]).shape[1]
            results.append(
                Text("{model} 给出 {n} 维向量", "{model} gives vectors of {n} numbers").format(
                    model=plugin.embedding, n=width
                )
            )
    except PluginError as no:
        return False, no.reason
    if not results:
        return False, Text("还没有填写模型名。", "No model is named yet.")
    return True, Text("；".join(one.to("zh") for one in results), "; ".join(one.to("en") for one in results))
