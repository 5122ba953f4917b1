"""Moods of many texts at once: the lexicon teaches a linear model on the very texts, and both decide together.

No labels are needed: texts whose words speak clearly are the examples (self-training, Yarowsky 1995), and what the
model learns from them (the trade's own words, turns no dictionary has) reaches the texts where no known word stands.
Each text is judged by a model that was not taught by it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bihuan.insight.classify.learning import weighted
from bihuan.insight.classify.linear import Floats, Model
from bihuan.insight.classify.sentiment import BAND
from bihuan.insight.classify.sentiment_batch import polarities
from bihuan.insight.lazy_modules import sklearn_svm
from bihuan.insight.text import hashing
from bihuan.insight.text.normalize_batch import plains

if TYPE_CHECKING:
    from sklearn.svm import LinearSVC

METHOD = "mood-self-taught/1"
CLEAR = 0.3  # polarity from which a text may teach
LEAST = 40  # clear texts on either side before they teach
MOST = 40_000  # texts that teach; more change nothing but the time
SHARE = 0.3  # weight of the words beside the model's score
SLOPE = 3.5  # fitted on half of the public reviews; the figures in docs/engine.md are of the other half
FOLDS = 4
CODES = ("dissatisfied", "satisfied")
NAMED = ("neutral", *CODES)


class Moods(NamedTuple):
    """`leaning` below 0 dissatisfied, above 0 satisfied; `confidence` that its sign is right, 0.5-1; `codes` with
    neutral where neither words nor model speak; `model` judges texts that arrive later (None: too few clear texts)."""

    leaning: Floats
    confidence: Floats
    codes: list[str]
    model: Model | None
    method: str


class Taught(NamedTuple):
    """`scores` of the texts that taught, each by a model it did not teach; `model` for all others."""

    scores: Floats
    model: Model


def moods(texts: Sequence[str], vectors: Floats | None = None) -> Moods:
    """The mood of every text; `vectors` of the encoder, one row a text, make it a little surer."""
    words = polarities(plains(texts)).astype(np.float32)
    read = readers(len(texts))
    found = taught([texts[at] for at in read], words[read], None if vectors is None else vectors[read])
    if not found:
        return _decided(words, None, "mood-lexicon/1")
    scores = np.zeros(len(texts), dtype=np.float32)
    scores[read] = found.scores
    rest = np.setdiff1d(np.arange(len(texts)), read, assume_unique=True)
    if len(rest):
        scores[rest] = found.model.scores([texts[at] for at in rest])[:, 1]
    return _decided(together(words, scores), found.model, METHOD)


def readers(size: int) -> NDArray[np.int64]:
    """Which of so many texts teach: all, or a fixed choice of them."""
    if size <= MOST:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, MOST, replace=False))


def taught(texts: Sequence[str], words: Floats, vectors: Floats | None = None) -> Taught | None:
    """What texts with the polarity `words` teach; None where too few speak clearly."""
    clear = np.abs(words) > CLEAR
    good = int((words[clear] > 0).sum())
    if min(good, int(clear.sum()) - good) < LEAST:
        return None
    grams, idf = weighted(texts)
    matrix = grams if vectors is None else hstack([grams, csr_matrix(vectors)], format="csr")
    scores = _cross_taught(matrix, words).astype(np.float32)
    return Taught(scores, _model(_taught(grams, words), grams, idf, words))


def together(words: Floats, scores: Floats) -> Floats:
    """Words and model in one leaning."""
    leaning: Floats = SHARE * words + scores
    return leaning


def _taught(matrix: csr_matrix, leaning: Floats) -> "LinearSVC":
    clear = np.abs(leaning) > CLEAR
    svm = sklearn_svm.LinearSVC(C=0.1, class_weight="balanced", random_state=0)
    return svm.fit(matrix[clear], leaning[clear] > 0)


def _cross_taught(matrix: csr_matrix, leaning: Floats) -> NDArray[np.float64]:
    fold = np.arange(len(leaning)) % FOLDS
    scores = np.zeros(len(leaning))
    for part in range(FOLDS):
        inside = fold == part
        scores[inside] = _taught(matrix[~inside], leaning[~inside]).decision_function(matrix[inside])
    return scores


def _model(svm: "LinearSVC", grams: csr_matrix, idf: Floats, leaning: Floats) -> Model:
    known = np.unique(grams.indices).astype(np.int32)
    row = (svm.coef_[0][known] * idf[known]).astype(np.float32)
    bias = np.float32(svm.intercept_[0])
    good = int((leaning > CLEAR).sum())
    return Model(
        CODES,
        {CODES[0]: int((leaning < -CLEAR).sum()), CODES[1]: good},
        known,
        idf[known],
        np.stack((-row, row)),
        np.array([-bias, bias], dtype=np.float32),
        np.zeros((2, 0), dtype=np.float32),
        unseen=round(float(np.log(grams.shape[0] + 1) + 1), 3),
        slope=SLOPE / 2,
        method=f"{METHOD}+{hashing.METHOD}",
    )


def decided(leaning: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Place in `NAMED`, and how sure, of each leaning."""
    sure = (1 / (1 + np.exp(-SLOPE * np.abs(leaning)))).astype(np.float32)
    return np.where(np.abs(leaning) < BAND, 0, np.where(leaning > 0, 2, 1)), sure


def _decided(leaning: Floats, model: Model | None, method: str) -> Moods:
    places, sure = decided(leaning)
    return Moods(leaning, sure, [NAMED[at] for at in places], model, method)
