"""Groups among points: average linkage for short texts, mutual neighbours for long ones; what must stay apart does.

In doubt two groups rather than one: a wrong merge hides a cause, a missing one costs a click.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from bihuan.insight.grouping.text_vectors import TextVectors

METHOD = "average-linkage/1"
METHOD_LONG = "mutual-neighbours/1"
CUT = 0.78  # mean distance within a group at most, short texts
NEIGHBOURS = 10
LEAST = 0.28  # likeness of two long texts that are neighbours
TIGHTER = 0.85  # what a group too large is cut again by
LARGE = 0.2  # share of all points above which a group is too large
FEW = 40  # no group is too large below this
MOST = 4000  # points linked at once
_CHUNK = 2048

Labels = NDArray[np.int64]


def cluster(given: TextVectors, apart: Iterable[tuple[int, int]] = (), cut: float | None = None) -> Labels:
    """A group number per point, from 0 in order of first members; `apart` are pairs of points never in one group."""
    points, size = given.points, given.points.shape[0]
    never = {tuple(sorted(pair)) for pair in apart}
    edge = cut if cut is not None else (LEAST if given.long else CUT)
    if size < 2:
        return np.zeros(size, dtype=np.int64)
    if given.long:
        result = _neighbours(points, edge)
    elif size > MOST:
        result = _sampled(points, edge)
    else:
        result = _tree(points, edge, never)
    result = _split_large(given, result, edge, max(FEW, int(LARGE * size)))
    return ordered(_kept_apart(points, result, never))


def _tree(points: NDArray[np.float64], cut: float, never: set[tuple[int, ...]]) -> Labels:
    """The largest subtrees no higher than `cut` that hold no pair which must stay apart."""
    size = len(points)
    # A text that says nothing has the zero point: as far from all others as an unlike one.
    tree = linkage(squareform(1 - np.clip(points @ points.T, -1, 1), checks=False), "average")
    members: dict[int, frozenset[int]] = {}
    held = {at for pair in never for at in pair}
    fine = np.ones(2 * size - 1, dtype=np.bool_)
    for step, (left, right, height, _) in enumerate(tree):
        node = size + step
        inside = [
            members.get(int(side), frozenset({int(side)} & held) if side < size else frozenset())
            for side in (left, right)
        ]
        members[node] = inside[0] | inside[1]
        parted = any(tuple(sorted((a, b))) in never for a in inside[0] for b in inside[1])
        fine[node] = height <= cut and not parted and fine[int(left)] and fine[int(right)]
    labels = np.arange(2 * size - 1)
    for step in range(len(tree) - 1, -1, -1):
        node = size + step
        if fine[node]:
            labels[[int(tree[step][0]), int(tree[step][1])]] = labels[node]
    return labels[:size]


def _sampled(points: NDArray[np.float64], cut: float) -> Labels:
    """More points than can be linked at once: some are, the rest joins the nearest group or stays alone."""
    size = len(points)
    chosen = np.sort(np.random.default_rng(0).choice(size, MOST, replace=False))
    own = _tree(points[chosen], cut, set())
    groups, own = np.unique(own, return_inverse=True)
    middle = np.zeros((len(groups), points.shape[1]))
    np.add.at(middle, own, points[chosen])
    counts = np.bincount(own, minlength=len(groups))[:, None]
    middle /= counts
    labels = np.arange(size, dtype=np.int64) + len(groups)
    labels[chosen] = own
    rest = np.setdiff1d(np.arange(size), chosen, assume_unique=True)
    for at in range(0, len(rest), _CHUNK):
        part = rest[at : at + _CHUNK]
        near = points[part] @ middle.T
        best = near.argmax(axis=1)
        close = near[np.arange(len(part)), best] >= 1 - cut
        labels[part[close]] = best[close]
    return labels


def _neighbours(points: csr_matrix, least: float) -> Labels:
    """Connected by being among each other's ten nearest, and at least `least` alike."""
    size = points.shape[0]
    rows, columns = [], []
    for row, near, values in nearest(points, NEIGHBOURS):
        close = values >= least
        rows += [row] * int(close.sum())
        columns += near[close].tolist()
    edges = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size)).tocsr()
    return connected_components(edges.multiply(edges.T), directed=False)[1].astype(np.int64)


def nearest(points: csr_matrix, count: int) -> Iterator[tuple[int, Labels, NDArray[np.float64]]]:
    """Row by row the `count` nearest other points, and how near."""
    turned = points.T.tocsr()
    for start in range(0, points.shape[0], _CHUNK):
        products = (points[start : start + _CHUNK] @ turned).tocsr()
        for at in range(products.shape[0]):
            inside = slice(products.indptr[at], products.indptr[at + 1])
            near, values = products.indices[inside], products.data[inside]
            other = near != start + at
            near, values = near[other], values[other]
            order = np.lexsort((near, -values))[:count]
            yield start + at, near[order].astype(np.int64), values[order]


def _split_large(given: TextVectors, labels: Labels, edge: float, most: int) -> Labels:
    """Groups too large are linked anew under a tighter rule, until they are not or the rule cannot get tighter."""
    for _ in range(4):
        names, counts = np.unique(labels, return_counts=True)
        large = names[counts > most]
        if not len(large):
            break
        edge = edge + (1 - edge) * (1 - TIGHTER) if given.long else edge * TIGHTER
        for name in large:
            inside = np.flatnonzero(labels == name)
            part = given.points[inside]
            if given.long:
                again = _neighbours(part, edge)
            else:
                again = _sampled(part, edge) if len(inside) > MOST else _tree(part, edge, set())
            labels[inside] = again + labels.max() + 1
    return labels


def _kept_apart(points: Any, labels: Labels, never: set[tuple[int, ...]]) -> Labels:
    """Of two that must be apart and are not, the later one leaves, with the members that are nearer to it."""
    for first, second in sorted(never):
        if labels[first] != labels[second]:
            continue
        inside = np.flatnonzero(labels == labels[first])
        near = [np.asarray(points[inside] @ _column(points[at])).ravel() for at in (first, second)]
        leaving = inside[near[1] > near[0]]
        labels[np.union1d(np.setdiff1d(leaving, [first]), [second])] = labels.max() + 1
    return labels


def _column(point: Any) -> Any:
    return point.T.toarray() if hasattr(point, "toarray") else point


def ordered(labels: Labels) -> Labels:
    """The same groups, numbered in the order of their first members."""
    _, first, own = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[own]
