"""Sentiment of many texts at once: the lexicon trains a linear model on the very texts, and both decide together.

No labels are needed: texts whose words speak clearly are the examples (self-training, Yarowsky 1995), and what the
model learns from them (the trade's own words, phrases no dictionary has) reaches the texts where no known word stands.
The score of a text that is an example comes from a model that was not trained on it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bihuan.insight.classify.learning import tfidf
from bihuan.insight.classify.linear import Floats, Model
from bihuan.insight.classify.sentiment import BAND, polarities
from bihuan.insight.lazy_modules import sklearn_svm
from bihuan.insight.text import hashing
from bihuan.insight.text.normalize import normalize_batch

if TYPE_CHECKING:
    from sklearn.svm import LinearSVC

METHOD = "mood-self-taught/1"
WORDS_ONLY = "mood-lexicon/1"
CLEAR = 0.3  # polarity from which a text is an example
LEAST = 40  # examples on either side before a model is trained
MOST = 40_000  # texts that a model is trained on; more change nothing but the time
SHARE = 0.3  # weight of the polarity beside the model's score
SLOPE = 3.5  # fitted on half of the public reviews; the figures in docs/engine/measurements.md are of the other half
FOLDS = 4
SIDES = ("dissatisfied", "satisfied")
CODES = ("neutral", *SIDES)


class Sentiments(NamedTuple):
    """Of n texts: `leaning` below 0 dissatisfied, above 0 satisfied; `confidence` that its sign is right, 0.5-1; `codes`
    with neutral where neither words nor model speak; `model` for texts that arrive later (None: too few examples)."""

    leaning: Floats
    confidence: Floats
    codes: list[str]
    model: Model | None
    method: str


class SelfTrained(NamedTuple):
    """`scores` of the n texts trained on, each by a model that did not see it; `model` for all others."""

    scores: Floats
    model: Model


def sentiments(texts: Sequence[str], vectors: Floats | None = None) -> Sentiments:
    """The sentiment of every text; `vectors` of the encoder, one row a text, make it a little surer."""
    polarity = polarities(normalize_batch(texts)).astype(np.float32)
    rows = training_rows(len(texts))
    trained = self_train([texts[at] for at in rows], polarity[rows], None if vectors is None else vectors[rows])
    if not trained:
        return _sentiments(polarity, None, WORDS_ONLY)
    scores = np.zeros(len(texts), dtype=np.float32)
    scores[rows] = trained.scores
    rest = np.setdiff1d(np.arange(len(texts)), rows, assume_unique=True)
    if len(rest):
        scores[rest] = trained.model.scores([texts[at] for at in rest])[:, 1]
    return _sentiments(combine(polarity, scores), trained.model, METHOD)


def training_rows(size: int) -> NDArray[np.int64]:
    """Which of so many texts a model is trained on: all, or a fixed choice of them."""
    if size <= MOST:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, MOST, replace=False))


def self_train(texts: Sequence[str], polarity: Floats, vectors: Floats | None = None) -> SelfTrained | None:
    """A model trained on the texts whose `polarity` is clear; None where too few are."""
    clear = np.abs(polarity) > CLEAR
    good = int((polarity[clear] > 0).sum())
    if min(good, int(clear.sum()) - good) < LEAST:
        return None
    grams, idf = tfidf(texts)
    matrix = grams if vectors is None else hstack([grams, csr_matrix(vectors)], format="csr")
    scores = _cross_scores(matrix, polarity).astype(np.float32)
    return SelfTrained(scores, _model(_fit(grams, polarity), grams, idf, polarity))


def combine(polarity: Floats, scores: Floats) -> Floats:
    """Words and model in one leaning."""
    leaning: Floats = SHARE * polarity + scores
    return leaning


def decide(leaning: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Place in `CODES`, and confidence, of each leaning."""
    confidence = (1 / (1 + np.exp(-SLOPE * np.abs(leaning)))).astype(np.float32)
    return np.where(np.abs(leaning) < BAND, 0, np.where(leaning > 0, 2, 1)), confidence


def _fit(matrix: csr_matrix, polarity: Floats) -> "LinearSVC":
    clear = np.abs(polarity) > CLEAR
    svm = sklearn_svm.LinearSVC(C=0.1, class_weight="balanced", random_state=0)
    return svm.fit(matrix[clear], polarity[clear] > 0)


def _cross_scores(matrix: csr_matrix, polarity: Floats) -> NDArray[np.float64]:
    fold = np.arange(len(polarity)) % FOLDS
    scores = np.zeros(len(polarity))
    for part in range(FOLDS):
        inside = fold == part
        scores[inside] = _fit(matrix[~inside], polarity[~inside]).decision_function(matrix[inside])
    return scores


def _model(svm: "LinearSVC", grams: csr_matrix, idf: Floats, polarity: Floats) -> Model:
    known = np.unique(grams.indices).astype(np.int32)
    row = (svm.coef_[0][known] * idf[known]).astype(np.float32)
    bias = np.float32(svm.intercept_[0])
    return Model(
        SIDES,
        {SIDES[0]: int((polarity < -CLEAR).sum()), SIDES[1]: int((polarity > CLEAR).sum())},
        known,
        idf[known],
        np.stack((-row, row)),
        np.array([-bias, bias], dtype=np.float32),
        np.zeros((2, 0), dtype=np.float32),
        unseen=round(float(np.log(grams.shape[0] + 1) + 1), 3),
        slope=SLOPE / 2,
        method=f"{METHOD}+{hashing.METHOD}",
    )


def _sentiments(leaning: Floats, model: Model | None, method: str) -> Sentiments:
    places, confidence = decide(leaning)
    return Sentiments(leaning, confidence, [CODES[at] for at in places], model, method)
