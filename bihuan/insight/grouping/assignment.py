"""Which of the confirmed problems a row belongs to, learnt from the rows people confirmed and the many nobody has seen.

A linear model over grams and the points of the space separates the confirmed problems from each other and from a draw of
the rows nobody confirmed, which count as faint examples of something else (learning from positive and unlabelled rows,
Elkan and Noto 2008). A row joins the problem that claims it when this claim and the likeness to the middle of that
problem are together high enough. What joined is then learnt from as well, with less weight than what a person confirmed
(self-training, Yarowsky 1995).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from threadpoolctl import threadpool_limits

from bihuan.insight.grouping.text_vectors import TextVectors
from bihuan.insight.lazy_modules import sklearn_svm

METHOD = "claimed-rows/1"
EDGE, EDGE_MEANT = -0.2, -0.15  # claim and half the likeness, together, from which a row joins; with sentence vectors
LEAST = 0.2  # likeness without which no row joins: among a handful of rows a claim is chance
OFFER = 0.2  # how far below the edge joining is still offered
LIKE = 0.5  # weight of the likeness beside the claim
ROUNDS = 3
TIGHT = 0.7  # of the support vector machine
CONFIRMED, GUESSED, UNSEEN = 1.5, 0.5, 0.1  # weights of a confirmed row, of one that joined, of one nobody confirmed
TRUST = 6.0  # weight of a confirmed row beside one that joined, in the middle of a problem
EACH = 100  # rows of a problem learnt from, of either kind at most
OTHERS = 1000  # rows nobody confirmed that are learnt from, at most
GRAMS, GRAMS_MEANT = 1.4, 0.7  # weight of the grams beside the points; with sentence vectors

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]
Values = NDArray[np.float64]


class Assignment(NamedTuple):
    """Per row the problem nearest to it, its likeness to the middle of that problem (at most 1), whether it joins, and
    whether joining may be offered to a person."""

    problem: Numbers
    likeness: Values
    joins: Marks
    offered: Marks


def assign_to_problems(
    near: TextVectors, grams: csr_matrix, known: Numbers, never: Marks, has_text: Marks
) -> Assignment:
    """`known` is the number of the problem a row was confirmed to, -1 for none, and at least one row has one; `never`
    is rows × problems that a person denied; a row without `has_text` has no words to assign it by."""
    rows, free, held = np.arange(len(known)), (known < 0) & has_text, known
    edge, grams = (EDGE_MEANT, grams * GRAMS_MEANT) if near.meant else (EDGE, grams * GRAMS)
    for turn in range(ROUNDS):
        claims = _claims(near, grams, known, held, CONFIRMED if turn else 1.0)
        claims[never] = -np.inf
        problem = claims.argmax(axis=1)
        likeness = _likeness(near.points, known, held, problem)
        sure = claims[rows, problem] + LIKE * likeness
        joins = free & (likeness >= LEAST) & (sure >= edge)
        held = np.where(joins, problem, known)
    return Assignment(problem, likeness, joins, free & ~joins & (sure >= edge - OFFER))


def _claims(near: TextVectors, grams: csr_matrix, known: Numbers, held: Numbers, confirmed_weight: float) -> Values:
    """How strongly each problem claims each row: above 0 where the model takes it for one of its own."""
    count = int(known.max()) + 1
    parts: list[tuple[Numbers, int, float]] = []
    for name in range(count):
        parts.append((_some(np.flatnonzero(known == name), EACH), name, confirmed_weight))
        parts.append((_some(np.flatnonzero((held == name) & (known < 0)), EACH), name, GUESSED))
    others = np.flatnonzero(held < 0)
    parts.append((np.random.default_rng(0).permutation(others)[:OTHERS], count, UNSEEN))
    rows = np.concatenate([part for part, _, _ in parts])
    names = np.concatenate([np.full(len(part), name) for part, name, _ in parts])
    weights = np.concatenate([np.full(len(part), weight) for part, _, weight in parts])
    if len(np.unique(names)) < 2:
        return np.zeros((len(known), count))
    width = grams.shape[1]
    with threadpool_limits(1):
        seen = hstack([grams[rows], csr_matrix(near.points[rows])], format="csr")
        model = sklearn_svm.LinearSVC(C=TIGHT, random_state=0).fit(seen, names, sample_weight=weights)
        claims: Any = grams @ model.coef_[:, :width].T + near.points @ model.coef_[:, width:].T
    claims = np.asarray(claims) + model.intercept_
    return (np.hstack([-claims, claims]) if claims.shape[1] == 1 else claims)[:, :count]


def _likeness(points: Any, known: Numbers, held: Numbers, problem: Numbers) -> Values:
    """To the middle of the problem named, which follows the rows that joined a little."""
    middles = np.zeros((int(known.max()) + 1, points.shape[1]))
    for name in range(len(middles)):
        inside = np.flatnonzero(held == name)
        middles[name] = np.asarray(points[inside].T @ np.where(known[inside] >= 0, TRUST, 1.0)).ravel()
    length = np.linalg.norm(middles, axis=1, keepdims=True)
    middles /= np.where(length > 0, length, 1)
    near = np.asarray(points @ middles.T)
    return np.minimum(near[np.arange(len(problem)), problem], 1)


def _some(rows: Numbers, most: int) -> Numbers:
    """At most so many of them, evenly spread."""
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]
