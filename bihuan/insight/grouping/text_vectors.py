"""Where texts lie to each other, for grouping: near means the same problem.

Long texts by their words (TF-IDF over rjieba words). Short texts by their hashed grams, reduced by singular value
decomposition (latent semantic analysis, Deerwester 1990), with sentence vectors where there are any. Both are centred
and their strong directions damped: what all texts of a house share must not make them alike (Mu and Viswanath,
"All-but-the-top", 2018).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from threadpoolctl import threadpool_limits

from bihuan.insight.classify.learning import tfidf
from bihuan.insight.classify.linear import Floats
from bihuan.insight.lazy_modules import sklearn_extmath
from bihuan.insight.text.keywords import terms

METHOD = "short-space/1"
METHOD_LONG = "word-space/1"
METHOD_ENCODED = f"{METHOD}+vectors"
LONG = 80  # median characters from which texts are compared by words
WIDTH = 100  # directions kept of either part
GRAMS = 0.6  # weight of the grams beside sentence vectors
COMMON = 0.2  # share of the texts above which a word tells nothing
FEW = 1200  # texts up to which directions are found exactly
_LEAST = 60  # texts (and shared grams) below which directions are chance


class TextVectors(NamedTuple):
    """`points` has a row of length 1 per text (zero where a text says nothing): an array, or a sparse matrix of words."""

    points: Any
    method: str

    @property
    def long(self) -> bool:
        return self.method == METHOD_LONG

    @property
    def meant(self) -> bool:
        """Whether sentence vectors are part of the points."""
        return self.method == METHOD_ENCODED


def vectorize(texts: Sequence[str], vectors: Floats | None = None) -> TextVectors:
    """The texts as points whose product is how alike they are, at most 1."""
    if texts and float(np.median([len(text) for text in texts])) >= LONG:
        return TextVectors(_words(texts), METHOD_LONG)
    grams, _ = tfidf(texts)
    if len(texts) < _LEAST:
        return _gram_vectors(grams)
    # A gram of one text alone draws no two texts together.
    shared = np.flatnonzero(np.bincount(grams.indices, minlength=grams.shape[1]) > 1)
    if len(shared) < _LEAST:
        return _gram_vectors(grams)
    parts = _directions(grams[:, shared], min(WIDTH, len(texts) - 1, len(shared) - 1))
    if vectors is None:
        return TextVectors(parts, METHOD)
    centred = vectors - vectors[np.abs(vectors).sum(axis=1) > 0].mean(axis=0, keepdims=True)
    with threadpool_limits(1):
        left, sizes, _ = np.linalg.svd(centred.astype(np.float64), full_matrices=False)
    kept = min(WIDTH, len(sizes))
    meaning = _unit(left[:, :kept] * np.sqrt(sizes[:kept]))
    return TextVectors(_unit(np.hstack([meaning, GRAMS * parts])), METHOD_ENCODED)


def _gram_vectors(grams: csr_matrix) -> TextVectors:
    """Too little is shared to find directions in: the grams themselves."""
    return TextVectors(np.asarray(grams[:, np.unique(grams.indices)].toarray(), dtype=np.float64), METHOD)


def _directions(grams: csr_matrix, width: int) -> NDArray[np.float64]:
    # On a busy machine the threads of the linear algebra wait for each other and cost ten times the work.
    with threadpool_limits(1):
        if grams.shape[0] <= FEW:
            # The same directions from the products of every two texts: exact, and far cheaper than the wide matrix.
            squares, left = np.linalg.eigh(np.asarray((grams @ grams.T).toarray(), dtype=np.float64))
            left, sizes = left[:, ::-1][:, :width], np.sqrt(np.maximum(squares[::-1][:width], 0))
        else:
            left, sizes, _ = sklearn_extmath.randomized_svd(grams.astype(np.float64), width, n_iter=4, random_state=0)
    points = _unit(left * np.sqrt(sizes))
    nonzero = np.abs(points).sum(axis=1) > 0
    if nonzero.any():
        points[nonzero] -= points[nonzero].mean(axis=0)
    return _unit(points)


def _words(texts: Sequence[str]) -> csr_matrix:
    counts = [Counter(terms(text)) for text in texts]
    seen = Counter(word for words in counts for word in words)
    most = max(2.0, COMMON * len(texts))
    place = {word: at for at, word in enumerate(sorted(w for w, count in seen.items() if 2 <= count <= most))}
    rows, columns, values = [], [], []
    for row, words in enumerate(counts):
        for word, count in words.items():
            if word in place:
                rows.append(row)
                columns.append(place[word])
                values.append((1 + np.log(count)) * (np.log((1 + len(texts)) / (1 + seen[word])) + 1))
    result = csr_matrix((values, (rows, columns)), shape=(len(texts), max(1, len(place))))
    length = np.sqrt(np.asarray(result.multiply(result).sum(axis=1)).ravel())
    return diags(1 / np.where(length > 0, length, 1)) @ result


def _unit(points: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(points, axis=1, keepdims=True)
    shared: NDArray[np.float64] = points / np.where(length > 1e-12, length, 1)
    return shared
