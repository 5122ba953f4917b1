"""Rows into problems: what is not praise, apart by product and type; grouped on a sample where there are many rows.

Grouping compares every two rows, so of a large block some rows, evenly spread, are grouped, and each of the others joins
the group whose middle it is clearly most like, or none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from bihuan.insight.analysis.row_sets import RowSets
from bihuan.insight.analysis.rows import TEXT
from bihuan.insight.classify.learning import tfidf
from bihuan.insight.columns import Ints
from bihuan.insight.duplicate_detection import text_likeness
from bihuan.insight.grouping import regrouping
from bihuan.insight.text import keywords, masking

SAMPLE = 6_000  # rows grouped at most, over all blocks
FEWEST_SAMPLED = 40  # rows of a block that are always grouped
JOIN_COSINE = 0.34  # cosine to a group's middle from which a row of a large block joins
CHUNK = 20_000
FEWEST_CHARACTERS, MOST_CHARACTERS = 6, 30  # characters of a title
METHOD = "sampled-problems/1"


@dataclass
class Problems:
    """`ids` per row ("" for none), `titles` and `words` of each, the methods that made them."""

    ids: list[str]
    titles: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    methods: dict[str, str] = field(default_factory=dict)


def group_rows(table: pa.Table) -> Problems:
    """The problem of every row that says something and is no praise. The same rows give the same ids."""
    kept = pc.and_(pc.equal(table["noise"], ""), pc.not_equal(table["sentiment"], "satisfied"))
    places = np.flatnonzero(np.asarray(kept.combine_chunks()))
    blocks = _blocks(table, places)
    share = SAMPLE / max(SAMPLE, len(places))
    chosen = {name: _evenly_spread(rows, max(FEWEST_SAMPLED, int(len(rows) * share))) for name, rows in blocks.items()}
    sample = np.sort(np.concatenate([*chosen.values(), np.zeros(0, dtype=np.int64)]))
    ids = np.full(table.num_rows, "", dtype=object)
    texts = dict(zip(sample.tolist(), map(problem_text, _texts(table, sample)), strict=True))
    names = {int(at): name for name, rows in chosen.items() for at in rows}
    rows = table["row_id"].take(pa.array(sample)).to_pylist()
    result = regrouping.regroup(rows, list(texts.values()), blocks=[names[int(at)] for at in sample])
    ids[sample] = result.problems
    for name, every in blocks.items():
        _assign_rest(table, ids, chosen[name], np.setdiff1d(every, chosen[name], assume_unique=True))
    methods = {"problems": f"{METHOD}+{result.method}", "keywords": keywords.METHOD}
    return Problems(ids.tolist(), *_titles_and_words(ids[sample], list(texts.values())), methods)


def problem_text(text: str) -> str:
    """What a text holds about its problem: no personal data, no courtesies, no chasing."""
    for span in reversed(masking.find(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text_likeness.core_text(text)


def with_problems(table: pa.Table, problems: Problems) -> pa.Table:
    return table.append_column("problem_id", pa.array(problems.ids, TEXT))


def largest(row_sets: RowSets, most: int) -> list[str]:
    """The problems with most rows."""
    return [value for value in row_sets.values("problem_id") if value][:most]


def _blocks(table: pa.Table, places: Ints) -> dict[str, Ints]:
    part = table.select(["product", "problem_type"]).take(pa.array(places))
    names = pc.binary_join_element_wise(part["product"], part["problem_type"], "|").to_pylist()
    result: dict[str, list[int]] = defaultdict(list)
    for at, name in zip(places.tolist(), names, strict=True):
        product, _, kind = name.rpartition("|")
        result[f"{product}|{kind.partition('.')[0]}"].append(at)
    return {name: np.array(rows) for name, rows in sorted(result.items())}


def _evenly_spread(rows: Ints, most: int) -> Ints:
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _texts(table: pa.Table, places: Ints) -> list[str]:
    return list(table["text"].take(pa.array(places, pa.int64())).to_pylist())


def _assign_rest(table: pa.Table, ids: Any, sample: Ints, rest: Ints) -> None:
    """Rows outside the sample take the id of the group they are most like."""
    own = ids[sample]
    known = sorted({name for name in own if name})
    if not len(rest) or not known:
        return
    points, rarity = tfidf(_texts(table, sample))
    place = {name: at for at, name in enumerate(known)}
    inside = [at for at, name in enumerate(own) if name]
    picked = csr_matrix(
        (np.ones(len(inside)), ([place[own[at]] for at in inside], inside)), shape=(len(known), len(own))
    )
    middles = _unit(picked @ points).T.tocsr()
    for start in range(0, len(rest), CHUNK):
        part = rest[start : start + CHUNK]
        near = _unit(tfidf(_texts(table, part), rarity)[0]) @ middles
        near = near.toarray()
        best = near.argmax(axis=1)
        sure = near[np.arange(len(part)), best] >= JOIN_COSINE
        ids[part[sure]] = np.array(known, dtype=object)[best[sure]]


def _unit(points: csr_matrix) -> csr_matrix:
    length = np.sqrt(np.asarray(points.multiply(points).sum(axis=1)).ravel())
    return csr_matrix(points.multiply((1 / np.where(length > 0, length, 1))[:, None]))


def _titles_and_words(own: Any, texts: list[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Title and words of every problem, from the rows that were grouped."""
    inside: dict[str, list[str]] = defaultdict(list)
    for name, text in zip(own, texts, strict=True):
        if name:
            inside[name].append(text)
    every = keywords.Background(texts)
    words = {name: every.keywords(texts_of) for name, texts_of in inside.items()}
    titles = {name: keywords.title(inside[name], result) or _shortest(inside[name]) for name, result in words.items()}
    return titles, {name: [keyword.word for keyword in result] for name, result in words.items()}


def _shortest(texts: list[str]) -> str:
    """The shortest text that still says something, where no word stands out."""
    fit = [text for text in texts if len(text) >= FEWEST_CHARACTERS] or texts
    return masking.mask(min(fit, key=lambda text: (len(text), text))[:MOST_CHARACTERS])
