"""Learning from an organisation's own corrections: a linear model over grams, sentence vectors or both.

What the model looks at and how strongly it is regularised are chosen by cross-validation; its confidence is calibrated on the
rows left out; it replaces an older model only if it is not worse on rows neither has seen. Training needs
scikit-learn, predicting does not. The same corrections give the same model, whatever their order.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bihuan.core.text import Text
from bihuan.insight.classify import calibration
from bihuan.insight.classify.linear import Floats, Model
from bihuan.insight.duplicate_detection.text_likeness import fingerprint
from bihuan.insight.lazy_modules import sklearn_metrics, sklearn_model_selection, sklearn_svm
from bihuan.insight.text import hashing

if TYPE_CHECKING:
    from sklearn.svm import LinearSVC

METHOD = "svm-corrections/2"
LEAST = 5  # examples a code needs before the model speaks for it
FOLDS = 5
SAMPLE = 3000  # rows the choice is made on
SMALL, SHUFFLES = (
    10_000,
    3,
)  # rows times codes up to which three divisions into folds cost little: one decides by chance
HELD_OUT = 5  # one row in five is kept for the gate
GATE = 100  # rows kept before the gate can decide
TOLERANCE = 0.01  # a new model may be this much less right and still take over
_STRENGTHS = (0.5, 2.0)
# Where topics are words, vectors at full weight drown the grams: at half they still say which other words mean the same.
_SCALE = {"grams": (1.0, 0.0), "vectors": (0.0, 2.0), "both": (1.0, 1.0), "mostly grams": (1.0, 0.5)}

Encode = Callable[[Sequence[str]], Floats]


class Report(NamedTuple):
    """How a training went. `macro_f1`, `accuracy` and `error` (of calibration) are of rows left out in turn;
    `threshold` is the confidence 70 % of them reach and `accuracy_above` how many of those are right."""

    counts: dict[str, int]
    left_out: dict[str, int]
    features: str
    macro_f1: float
    accuracy: float
    error: float
    threshold: float
    accuracy_above: float
    method: str = METHOD


class Gate(NamedTuple):
    """Whether a new model may take over, and why."""

    accepted: bool
    rows: int
    before: float
    after: float
    reason: Text


def latest_labels(corrections: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each text once, with its last label (the latest reviewer wins); ordered by text, so their order says nothing."""
    last = {fingerprint(text) or text: (text, code) for text, code in corrections}
    return sorted(last.values())


def held_out(text: str) -> bool:
    """Whether a text belongs to the fifth that models are measured on; always the same answer for the same words."""
    return hashlib.blake2b(fingerprint(text).encode(), digest_size=2).digest()[0] % HELD_OUT == 0


def train(
    corrections: Iterable[tuple[str, str]], encode: Encode | None = None, encoder: str = ""
) -> tuple[Model, Report]:
    """A model from (masked text, code) pairs; ValueError where fewer than two codes have five examples.

    `encode` gives one vector per text and `encoder` its name with version; without them only grams are looked at.
    """
    rows = latest_labels(corrections)
    counts = Counter(code for _, code in rows)
    codes = sorted(code for code, count in counts.items() if count >= LEAST)
    if len(codes) < 2:
        raise ValueError("at least two codes with five examples each are needed")
    rows = [row for row in rows if row[1] in codes]
    texts = [text for text, _ in rows]
    truth = np.array([codes.index(code) for _, code in rows])
    grams, idf = tfidf(texts)
    vectors = encode(texts) if encode else None
    features, strength, scores, sample = _choose_features(grams, vectors, truth)
    scale = calibration.fit(scores, truth[sample])
    svm = _fit(_matrix(grams, vectors, features), truth, strength)
    weights, bias = _both_sides(svm.coef_), _both_sides(svm.intercept_[:, None])[:, 0]
    model = _model(codes, counts, features, weights, bias, idf, grams, scale, encoder)
    left = {code: count for code, count in sorted(counts.items()) if code not in codes}
    return model, _report(model.counts, left, features, calibration.probabilities(scale, scores), truth[sample])


def tfidf(texts: Sequence[str], idf: Floats | None = None) -> tuple[csr_matrix, Floats]:
    """Grams times their rarity, each row of length 1 as in `linear.Model`; and the rarity itself."""
    hashed = hashing.grams(texts)
    shape = (len(texts), 1 << hashing.BITS)
    found = csr_matrix((np.ones(len(hashed.buckets), dtype=np.float32), hashed.buckets, hashed.starts), shape=shape)
    squares = found.copy()
    found.sum_duplicates()
    found.data[found.indices == 0] = 0
    found.eliminate_zeros()
    if idf is None:
        seen = np.bincount(found.indices, minlength=shape[1])
        idf = (np.log((len(texts) + 1) / (seen + 1)) + 1).astype(np.float16).astype(np.float32)
        idf[0] = 0
    found.data *= idf[found.indices]
    length = np.sqrt(squares @ (idf * idf))
    length[length == 0] = 1
    found.data /= np.repeat(length, np.diff(found.indptr))
    return found, idf


def gate(model: Model, before: Model | None, held: Sequence[tuple[str, str]], encode: Encode | None = None) -> Gate:
    """Compares a new model with the one in use on corrections neither was trained on."""
    after = _accuracy(model, held, encode)
    if before is None or len(held) < GATE:
        why = Text(
            f"留出的修正只有 {len(held)} 条，少于 {GATE} 条，先不比较",
            f"Only {len(held)} corrections were kept aside, fewer than {GATE}: not compared yet",
        )
        first = Text("还没有旧模型", "No model before this one")
        return Gate(True, len(held), 0.0, after, first if before is None else why)
    old = _accuracy(before, held, encode)
    fine = after >= old - TOLERANCE
    say = Text(
        f"留出的 {len(held)} 条修正：新模型对 {after:.0%}，旧模型对 {old:.0%}",
        f"On {len(held)} corrections kept aside the new model is right in {after:.0%}, the old one in {old:.0%}",
    )
    return Gate(fine, len(held), old, after, say)


def _accuracy(model: Model, rows: Sequence[tuple[str, str]], encode: Encode | None) -> float:
    texts = [text for text, _ in rows]
    vectors = encode(texts) if model.encoder and encode else None
    found, _ = model.predict(texts, vectors)
    return sum(code == right for code, (_, right) in zip(found, rows, strict=True)) / max(1, len(rows))


def _matrix(grams: csr_matrix, vectors: Floats | None, features: str) -> csr_matrix | Floats:
    gram_scale, vector_scale = _SCALE[features]
    if vectors is None or features == "grams":
        return grams
    scaled: Floats = (vectors * np.float32(vector_scale)).astype(np.float32)
    return scaled if not gram_scale else hstack([grams, csr_matrix(scaled)], format="csr")


def _fit(matrix: csr_matrix | Floats, truth: NDArray[np.int64], strength: float) -> "LinearSVC":
    return sklearn_svm.LinearSVC(C=strength, random_state=0, max_iter=2000, tol=1e-3).fit(matrix, truth)


def _both_sides(values: Floats) -> Floats:
    """A row per code also where there are two codes and scikit-learn keeps one."""
    return np.concatenate((-values, values)) if len(values) == 1 else values


def _choose_features(
    grams: csr_matrix, vectors: Floats | None, truth: NDArray[np.int64]
) -> tuple[str, float, Floats, NDArray[np.int64]]:
    """The features and the strength (C) with the best macro-F1 on rows left out in turn, and the scores of those rows."""
    sample = np.arange(len(truth)) if len(truth) <= SAMPLE else _sample(truth)
    own = truth[sample]
    divisions = SHUFFLES if len(own) * (int(truth.max()) + 1) <= SMALL else 1
    best: tuple[float, str, float, Floats] | None = None
    for features in _SCALE if vectors is not None else ("grams",):
        matrix = _matrix(grams, vectors, features)[sample]
        for strength in _STRENGTHS:
            shuffled = [_cross_scores(matrix, own, strength, seed) for seed in range(divisions)]
            reached = float(
                np.mean([sklearn_metrics.f1_score(own, one.argmax(axis=1), average="macro") for one in shuffled])
            )
            if best is None or reached > best[0] + 0.002:
                best = (reached, features, strength, shuffled[0])
    if best is None:
        raise AssertionError("nothing was tried")
    return best[1], best[2], best[3], sample


def _cross_scores(matrix: csr_matrix | Floats, truth: NDArray[np.int64], strength: float, seed: int) -> Floats:
    """The scores of every row by a model that was not fitted on it."""
    scores = np.zeros((len(truth), int(truth.max()) + 1), dtype=np.float32)
    folds = sklearn_model_selection.StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for inside, outside in folds.split(matrix, truth):
        values = _fit(matrix[inside], truth[inside], strength).decision_function(matrix[outside])
        scores[outside] = values if values.ndim == 2 else np.stack((-values, values), axis=1)
    return scores


def _sample(truth: NDArray[np.int64]) -> NDArray[np.int64]:
    """About `SAMPLE` rows with every code in its share, never fewer than its first `LEAST`."""
    order = np.random.default_rng(0).permutation(len(truth))
    kept = []
    for code in range(int(truth.max()) + 1):
        own = order[truth[order] == code]
        kept.append(own[: max(LEAST, len(own) * SAMPLE // len(truth))])
    return np.sort(np.concatenate(kept))


def _model(
    codes: list[str],
    counts: Counter[str],
    features: str,
    weights: Floats,
    bias: Floats,
    idf: Floats,
    grams: csr_matrix,
    scale: calibration.Scale,
    encoder: str,
) -> Model:
    width = 1 << hashing.BITS
    gram_scale, vector_scale = _SCALE[features]
    known = np.unique(grams.indices).astype(np.int32) if gram_scale else np.zeros(0, dtype=np.int32)
    none = np.zeros((len(codes), 0), dtype=np.float32)
    return Model(
        tuple(codes),
        {code: counts[code] for code in codes},
        known,
        _as_stored(idf[known]),
        _as_stored(weights[:, known] * idf[known]) if gram_scale else none,
        _as_stored(bias),
        _as_stored(weights[:, width if gram_scale else 0 :] * vector_scale) if vector_scale else none,
        unseen=round(float(np.log(grams.shape[0] + 1) + 1), 3),
        slope=scale.slope,
        offsets=scale.offsets,
        encoder=encoder if vector_scale else "",
    )


def _as_stored(values: Floats) -> Floats:
    """As they will be after storing: a model kept in memory and one read back say the same."""
    return values.astype(np.float16).astype(np.float32)


def _report(
    counts: dict[str, int], left: dict[str, int], features: str, found: Floats, truth: NDArray[np.int64]
) -> Report:
    best, confidence = found.argmax(axis=1), found.max(axis=1)
    right = best == truth
    edge = calibration.threshold(confidence)
    return Report(
        counts,
        left,
        features,
        round(float(sklearn_metrics.f1_score(truth, best, average="macro")), 4),
        round(float(right.mean()), 4),
        round(calibration.calibration_error(confidence, right), 4),
        round(edge, 4),
        round(float(right[confidence >= edge].mean()), 4),
    )
