"""Confidence that means what it says: 0.8 is right eight times in ten.

Platt scaling for several classes: one slope and one offset per code, fitted on scores of rows the model had not seen
(Guo et al., "On calibration of modern neural networks", 2017, found such scaling enough).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bihuan.insight.classify.linear import Floats, softmax

METHOD = "platt-scaling/1"
LEAST = 50  # rows of a bin
SHARE = 0.7  # of the rows that are to be accepted without a look


class Scale(NamedTuple):
    """Probability = softmax(slope * score + offsets)."""

    slope: float
    offsets: tuple[float, ...]


def fit(scores: Floats, truth: NDArray[np.int64]) -> Scale:
    """The scale that makes held-out rows likeliest; `truth` is the column of the right code of each row."""
    codes = scores.shape[1]
    wide = scores.astype(np.float64)
    own = np.eye(codes)[truth]
    # A code seen a few times only must not get a large offset: offsets are held back as by one row each of prior evidence.
    prior = 1.0 / len(truth)

    def loss(given: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope, offsets = np.exp(given[0]), given[1:]
        logits = slope * wide + offsets
        logits -= logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        off = np.exp(logits - sums) - own
        value = float((sums.ravel() - logits[np.arange(len(truth)), truth]).mean() + prior * (offsets**2).sum())
        return value, np.concatenate(
            ([slope * (off * wide).sum() / len(truth)], off.mean(axis=0) + 2 * prior * offsets)
        )

    found = minimize(loss, np.zeros(codes + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    offsets = found.x[1:] - found.x[1:].mean()
    return Scale(round(float(np.exp(found.x[0])), 4), tuple(round(float(value), 4) for value in offsets))


def probabilities(scale: Scale, scores: Floats) -> Floats:
    """Probabilities of the scores under a scale."""
    return softmax((scale.slope * scores + np.array(scale.offsets, dtype=np.float32)).astype(np.float32))


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error, 0-1: how far confidence is from the share that is right, over bins of equal size.

    No bin is smaller than `LEAST` rows: in smaller ones chance alone looks like an error.
    """
    order = np.argsort(confidence, kind="stable")
    parts = np.array_split(order, max(1, min(bins, len(order) // LEAST)))
    return float(
        sum(abs(confidence[part].mean() - right[part].mean()) * len(part) for part in parts) / max(1, len(confidence))
    )


def threshold(confidence: Floats, share: float = SHARE) -> float:
    """The confidence that `share` of the rows reach: accept from here, look at the rest."""
    return float(np.quantile(confidence, 1 - share)) if len(confidence) else 1.0
