"""What a plug-in can do for the product, whoever provides it: vectors of texts, a draft in words. Nothing depends on either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bihuan.core.text import Text

Vectors = NDArray[np.float32]


class PluginError(Exception):
    """Nothing usable came back. ``reason`` says what in plain words; ``again``: trying later can help; ``wait``: nothing
    was sent, for the hour's limit is reached, and so many seconds are to go."""

    def __init__(self, reason: Text, *, again: bool = False, wait: int = 0) -> None:
        super().__init__(reason.to("en"))
        self.reason = reason
        self.again = again or wait > 0
        self.wait = wait


@dataclass(frozen=True)
class Prompt:
    """What a writer is asked: its version, the task, the masked matter; ``fields`` names what of ours is in it."""

    version: str
    task: str
    matter: str
    fields: tuple[str, ...]
    texts: int = 1


class Encoder(Protocol):
    """Texts to vectors, a row of length 1 each; the zero row for a blank text."""

    at_once: int

    @property
    def method(self) -> str:
        """Name and version, kept with every vector."""

    def prepared(self, text: str, names: Sequence[str]) -> str:
        """The text as it will be read; what is sent out is masked here. ``names``: people it speaks of."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of prepared texts, at most ``at_once``. Raises PluginError."""


class Writer(Protocol):
    """A first draft in words; a person decides what becomes of it."""

    @property
    def source(self) -> dict[str, Any]:
        """Where a draft comes from: endpoint and model."""

    def write(self, prompt: Prompt) -> str:
        """The answer. Raises PluginError."""
