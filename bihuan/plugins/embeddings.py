"""Sentence vectors for grouping, where one of the plug-ins makes them: each text encoded once, kept, forgotten with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bihuan.audit.models import Actor
from bihuan.core.text import Text
from bihuan.insight.text import encoder
from bihuan.plugins.endpoint import Endpoint
from bihuan.plugins.models import Plugin, Vector
from bihuan.plugins.plugin_interface import Encoder, PluginError, Vectors

READ = 2000


class Installed:
    """The encoder of the extra ``semantic``: on this machine, nothing leaves it."""

    at_once = encoder.BATCH
    package = encoder.PACKAGE

    @property
    def megabytes(self) -> int:
        """The size of the model that came with the package; 0 where there is none."""
        return encoder.weight() // 1_000_000

    @property
    def method(self) -> str:
        return encoder.name()

    def prepared(self, text: str, names: Sequence[str]) -> str:
        return text

    def encode(self, texts: Sequence[str]) -> Vectors:
        return encoder.encode(texts)


@dataclass(frozen=True)
class Encoded:
    """``rows``: a vector a text, or None where not all are to be had; ``trouble`` says why then. ``method`` made them."""

    rows: Vectors | None = None
    method: str = ""
    trouble: Text | None = None


def in_use(by: Actor) -> Encoder | None:
    """The encoder that is switched on; the endpoint's where both are."""
    outside = Plugin.of("endpoint")
    if outside.on and outside.encodes:
        return Endpoint(outside, by, Text("归并问题的句向量", "sentence vectors for grouping"))
    return Installed() if Plugin.of("encoder").on and encoder.name() else None


def vectors(
    texts: Mapping[int, str], names: Mapping[int, Sequence[str]], by: Actor, alive: Callable[[], None]
) -> Encoded:
    """A vector for each text, in the order given; ``names``: people a text speaks of. ``alive`` is called between
    batches and may raise. What was encoded stays kept when the rest fails, so the next run has less to do."""
    one = in_use(by)
    if one is None or not texts:
        return Encoded()
    read = {pk: one.prepared(text, names.get(pk, ())) for pk, text in texts.items()}
    keys = {pk: _key(text) for pk, text in read.items()}
    texts_by_key = {keys[pk]: text for pk, text in read.items()}
    stored = _stored(one.method, texts_by_key)
    missing = sorted(set(texts_by_key) - set(stored))
    for at in range(0, len(missing), one.at_once):
        alive()
        batch = missing[at : at + one.at_once]
        try:
            found = one.encode([texts_by_key[key] for key in batch])
        except PluginError as no:
            why = Text(
                "句向量没有用上（还差 {n} 段）：{why}", "Sentence vectors were not used ({n} texts missing): {why}"
            )
            return Encoded(trouble=why.format(n=len(missing) - at, why=no.reason))
        rows = [
            Vector(method=one.method, key=key, data=row.astype(np.float16).tobytes())
            for key, row in zip(batch, found, strict=True)
        ]
        Vector.objects.bulk_create(rows, ignore_conflicts=True)
        stored |= {row.key: bytes(row.data) for row in rows}
    if len({len(data) for data in stored.values()}) != 1:
        return Encoded(trouble=Text("句向量长短不一，没有用。", "The vectors differ in length and were not used."))
    _remove_unused(one.method, set(texts_by_key))
    found = np.stack([np.frombuffer(stored[keys[pk]], dtype=np.float16) for pk in texts]).astype(np.float32)
    return Encoded(found, one.method)


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _stored(method: str, texts_by_key: Mapping[str, str]) -> dict[str, bytes]:
    rows = Vector.objects.filter(method=method).values_list("key", "data")
    return {key: bytes(data) for key, data in rows.iterator(READ) if key in texts_by_key}


def _remove_unused(method: str, texts_by_key: set[str]) -> None:
    """Remove what belongs to no text any more, or to an encoder that is no longer used."""
    Vector.objects.exclude(method=method).delete()
    gone = [pk for pk, key in Vector.objects.values_list("pk", "key").iterator(READ) if key not in texts_by_key]
    for at in range(0, len(gone), READ):
        Vector.objects.filter(pk__in=gone[at : at + READ]).delete()
