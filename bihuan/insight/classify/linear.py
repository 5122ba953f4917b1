"""A linear model over hashed grams (and sentence vectors, if it was trained with them): predicting needs numpy alone.

Stored as a JSON header and half-precision weights, never as a pickle: reading a model can run no code.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.text import hashing

METHOD = "linear-grams/1"
BATCH = 8192  # texts in memory at once
STRENGTH = 4.0  # logits of a fully sure model, beside the cue words
_MAGIC = b"bihuan-linear\n"

Floats = NDArray[np.float32]


class IncompatibleModel(ValueError):
    """The bytes are no model of this version, or the model needs vectors that were not given."""


@dataclass(frozen=True)
class Model:
    """`weights` has a row per code and a column per known bucket (`known`, ascending; `idf` beside it); `vectors` a row
    per code and a column per dimension of the encoder named in `encoder` ("" without one). Probability is
    softmax(`slope` * score + `offsets`). `unseen` is the rarity of a gram no example had: it speaks for no code, but makes a
    text that is full of such less sure."""

    codes: tuple[str, ...]
    counts: dict[str, int]
    known: NDArray[np.int32]
    idf: Floats
    weights: Floats
    bias: Floats
    vectors: Floats
    unseen: float = 1.0
    slope: float = 1.0
    offsets: tuple[float, ...] = ()
    encoder: str = ""
    method: str = METHOD
    _place: NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        place = np.ones(1 << hashing.BITS, dtype=np.int32)
        place[0] = 0
        place[self.known] = np.arange(2, len(self.known) + 2, dtype=np.int32)
        object.__setattr__(self, "_place", place)

    def scores(self, texts: Sequence[str], vectors: Floats | None = None) -> Floats:
        """One row a text, one column a code; above 0 speaks for the code. `vectors` are those of the same texts."""
        if self.encoder and vectors is None:
            raise IncompatibleModel(f"This model needs the sentence vectors of {self.encoder}.")
        columns = [np.concatenate((np.zeros(2, dtype=np.float32), row)) for row in self.weights]
        squares = np.concatenate((np.array([0, self.unseen**2], dtype=np.float32), self.idf * self.idf))
        found = [self._grams(part, columns, squares) for part in _batches(texts)] if len(self.known) else []
        scores = np.concatenate(found) if found else np.zeros((len(texts), len(self.codes)), dtype=np.float32)
        if self.encoder and vectors is not None:
            scores += vectors.astype(np.float32) @ self.vectors.T
        scores += self.bias
        return scores

    def _grams(self, texts: Sequence[str], columns: list[Floats], squares: Floats) -> Floats:
        hashed = hashing.grams(texts)
        place = self._place[hashed.buckets]
        starts = hashed.starts[:-1]
        length = np.sqrt(np.add.reduceat(squares[place], starts))
        length[length == 0] = 1
        found = np.empty((len(texts), len(columns)), dtype=np.float32)
        for at, column in enumerate(columns):
            found[:, at] = np.add.reduceat(column[place], starts) / length
        return found

    def probabilities(self, texts: Sequence[str], vectors: Floats | None = None) -> Floats:
        """Calibrated probability of each code, one row a text; a row sums to 1."""
        return softmax(self.slope * self.scores(texts, vectors) + np.array(self.offsets or 0.0, dtype=np.float32))

    def predict(self, texts: Sequence[str], vectors: Floats | None = None) -> tuple[list[str], Floats]:
        """The likeliest code of each text and how likely it is."""
        found = self.probabilities(texts, vectors)
        best = found.argmax(axis=1) if len(found) else np.zeros(0, dtype=np.int64)
        return [self.codes[at] for at in best], found[np.arange(len(best)), best]

    def logits(self, text: str, vectors: Floats | None = None) -> dict[str, float]:
        """How strongly one text speaks for each code; centred, and nothing at all for a text without known grams."""
        if not self.encoder and self._place[hashing.grams([text]).buckets].max() < 2:
            return {}
        logs = np.log(np.maximum(self.probabilities([text], vectors)[0], 1e-6))
        logs = np.clip(logs - logs.mean(), -STRENGTH, STRENGTH)
        return {code: float(value) for code, value in zip(self.codes, logs, strict=True)}

    def to_bytes(self) -> bytes:
        """The same model gives the same bytes."""
        header = {
            "method": self.method,
            "grams": hashing.METHOD,
            "bits": hashing.BITS,
            "codes": self.codes,
            "counts": {code: self.counts[code] for code in sorted(self.counts)},
            "unseen": self.unseen,
            "slope": self.slope,
            "offsets": self.offsets,
            "encoder": self.encoder,
            "known": len(self.known),
            "vectors": self.vectors.shape[1],
        }
        arrays = [
            np.diff(self.known, prepend=np.int32(0)).astype("<i4").tobytes(),
            *(a.astype("<f2").tobytes() for a in (self.idf, self.weights, self.bias, self.vectors)),
        ]
        head = json.dumps(header, ensure_ascii=False).encode()
        return _MAGIC + zlib.compress(len(head).to_bytes(4, "little") + head + b"".join(arrays), 6)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Model":
        """The model again, rounded to half precision; `IncompatibleModel` if other settings wrote it."""
        header, body = _header_and_body(stored)
        if (header["grams"], header["bits"]) != (hashing.METHOD, hashing.BITS):
            raise IncompatibleModel(f"This model looks at {header['grams']}, not at {hashing.METHOD}: train it again.")
        codes, known = len(header["codes"]), header["known"]
        steps = np.frombuffer(body, dtype="<i4", count=known)
        halves = np.frombuffer(body, dtype="<f2", offset=4 * known).astype(np.float32)
        idf, weights, bias, vectors = np.split(halves, np.cumsum([known, codes * known, codes]))
        return cls(
            tuple(header["codes"]),
            header["counts"],
            np.cumsum(steps).astype(np.int32),
            idf,
            weights.reshape(codes, known),
            bias,
            vectors.reshape(codes, header["vectors"]),
            header["unseen"],
            header["slope"],
            tuple(header["offsets"]),
            header["encoder"],
            header["method"],
        )


def softmax(scores: Floats) -> Floats:
    """Rows that sum to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True)) if scores.size else scores
    shares: Floats = raised / raised.sum(axis=1, keepdims=True) if scores.size else scores
    return shares


def _header_and_body(stored: bytes) -> tuple[dict[str, Any], bytes]:
    if not stored.startswith(_MAGIC):
        raise IncompatibleModel("These bytes are no model.")
    try:
        body = zlib.decompress(stored[len(_MAGIC) :])
        size = int.from_bytes(body[:4], "little")
        return json.loads(body[4 : 4 + size]), body[4 + size :]
    except (zlib.error, ValueError) as broken:
        raise IncompatibleModel("The bytes of this model are damaged.") from broken


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(texts), BATCH):
        yield texts[at : at + BATCH]
