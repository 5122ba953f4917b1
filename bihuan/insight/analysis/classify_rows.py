"""What the engine says about every row: noise, labels, personal data, repeats of one customer, words copied from others.

All of it works on columns: each different text of a batch is read once, whatever else its rows say.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.analysis.duplicate_rows import mark_copies, mark_repeats
from bihuan.insight.analysis.loading import READING, OnProgress
from bihuan.insight.analysis.rows import LABEL_COLUMNS, TEXT
from bihuan.insight.classify import labels, sentiment_model
from bihuan.insight.classify.labels import problem_types, urgencies
from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.sentiment import RATED, polarities
from bihuan.insight.duplicate_detection import repeats, similar, text_likeness
from bihuan.insight.engines import Engine
from bihuan.insight.text import masking, noise, tokenizer
from bihuan.insight.text.noise import noise_kinds
from bihuan.insight.text.normalize import normalize_batch

METHODS = {
    "reading": READING,
    "noise": noise.METHOD,
    "repeats": repeats.METHOD,
    "near_text": text_likeness.METHOD,
    "copies": similar.METHOD,
    "tokens": tokenizer.METHOD,
    "problem_type": labels.METHOD,
    "urgency": labels.METHOD,
    "sentiment": sentiment_model.METHOD,
    "masking": masking.METHOD,
}
_SENTIMENTS = pa.array(sentiment_model.CODES)
_RATED = np.array([0, 1, 1, 0, 2, 2])  # rating → place in `sentiment_model.CODES`

Numbers = NDArray[np.int64]


def classify(table: pa.Table, engine: Engine, *, progress: OnProgress | None = None) -> pa.Table:
    """The table with the columns of `LABEL_COLUMNS` (noise, labels, personal), and `duplicate_of` and `duplicate_kind`."""
    if progress:
        progress(Text("分类", "Labels"), 0, table.num_rows)
    read = table.select(["text", "demand", "score"])
    training = _train(read)
    work = partial(label_batch, model=training.trained.model if training else None)
    result = engine.collect(engine.map_batches(engine.scan(read), work, LABEL_COLUMNS))
    for name in LABEL_COLUMNS.names:
        table = table.append_column(name, result[name])
    # Taking rows out of many chunks copies them all first, so from here on a column is one piece.
    table = table.combine_chunks()
    if training:
        table = _with_cross_scores(table, training)
    if progress:
        progress(Text("查找重复反馈", "Looking for repeats"), 0, 0)
    marks = mark_repeats(table, np.flatnonzero(np.asarray(linkable(table).combine_chunks())), engine)
    if progress:
        progress(Text("查找相同的文字", "Looking for copied words"), 0, 0)
    marks = mark_copies(table, np.asarray(pc.equal(table["noise"], "").combine_chunks()), marks)
    return table.append_column("duplicate_of", marks.of).append_column("duplicate_kind", marks.kind)


class _Training(NamedTuple):
    """The rows a model of sentiment was trained on, the polarity of their words, and what came of it."""

    rows: Numbers
    polarity: NDArray[np.float32]
    trained: sentiment_model.SelfTrained


def _train(table: pa.Table) -> _Training | None:
    """A model of sentiment trained on the rows themselves; None where too few speak clearly."""
    rows = sentiment_model.training_rows(table.num_rows)
    texts = table["text"].take(pa.array(rows)).to_pylist()
    polarity = polarities(normalize_batch(texts)).astype(np.float32)
    trained = sentiment_model.self_train(texts, polarity)
    return _Training(rows, polarity, trained) if trained else None


def _with_cross_scores(table: pa.Table, training: _Training) -> pa.Table:
    """The table with the sentiment of the rows trained on, each by a model that did not see it."""
    places, confidence = sentiment_model.decide(sentiment_model.combine(training.polarity, training.trained.scores))
    unrated = np.asarray(pc.and_(pc.equal(table["noise"], ""), pc.is_null(_rating(table["score"]))).combine_chunks())
    kept = unrated[training.rows]
    replaced = np.zeros(table.num_rows, dtype=np.bool_)
    replaced[training.rows[kept]] = True
    for name, values in (
        ("sentiment", _SENTIMENTS.take(pa.array(places[kept]))),
        ("sentiment_confidence", _cents(confidence[kept])),
    ):
        column = pc.replace_with_mask(table[name].combine_chunks(), pa.array(replaced), values)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def label_batch(batch: pa.RecordBatch, model: Model | None = None) -> pa.RecordBatch:
    """Noise, or problem type, urgency and sentiment with how sure each is. (text, demand, score) → LABEL_COLUMNS, row by row.

    `model` of sentiment was trained on other rows; without it words alone decide.
    """
    texts, demands = (_distinct(batch[name]) for name in ("text", "demand"))
    own = texts.dictionary.to_pylist()
    normalized = normalize_batch(own)
    of_text, of_demand = (each.indices.to_numpy(zero_copy_only=False) for each in (texts, demands))
    polarity = polarities(normalized)
    kind = problem_types(normalized, polarity, normalize_batch(demands.dictionary.to_pylist()), (of_text, of_demand))
    urgency = urgencies(normalized)
    leaning = polarity.astype(np.float32)
    if model is not None:
        leaning = sentiment_model.combine(leaning, model.scores(own)[:, 1])
    sentiment, confidence = _sentiments(leaning[of_text], _rating(batch["score"]))
    rows = pa.array(of_text)
    kinds = pa.array(noise_kinds(normalized), TEXT).take(rows)
    personal = pa.array([bool(masking.find(text)) for text in own], pa.bool_()).take(rows)
    is_noise = pc.not_equal(kinds, "")

    def unless_noise(column: Any) -> Any:
        return pc.if_else(is_noise, "" if column.type == TEXT else pa.scalar(None, column.type), column)

    labels = (
        kind.codes, kind.confidence, sentiment, confidence, urgency.codes.take(rows), urgency.confidence.take(rows)
    )  # fmt: skip
    return pa.record_batch([kinds, *map(unless_noise, labels), personal], LABEL_COLUMNS)


def _distinct(column: Any) -> pa.DictionaryArray:
    result: pa.DictionaryArray = pc.fill_null(column, "").dictionary_encode()
    return result


def _rating(scores: Any) -> Any:
    """Ratings 1-5; null for none, and for what is no rating."""
    return pc.if_else(pc.and_(pc.greater_equal(scores, 1), pc.less_equal(scores, 5)), scores, None)


def _sentiments(leaning: NDArray[np.float32], ratings: Any) -> tuple[Any, Any]:
    """Sentiment and how sure; a customer's own rating outranks the words."""
    places, confidence = sentiment_model.decide(leaning)
    rated = np.asarray(pc.is_valid(ratings))
    given = pc.fill_null(ratings, 0).to_numpy(zero_copy_only=False)
    places = np.where(rated, _RATED[given], places)
    return _SENTIMENTS.take(pa.array(places)), _cents(np.where(rated, np.float32(RATED), confidence))


def _cents(sure: NDArray[np.float32]) -> Any:
    return pa.array(np.round(sure.astype(np.float64), 2).astype(np.float32))


def linkable(table: pa.Table) -> Any:
    """Rows whose repeats could be seen at all: they say something, have a date and some customer key."""
    keyed = pc.or_(pc.not_equal(table["customer_id"], ""), pc.not_equal(table["contact"], ""))
    return pc.and_(pc.and_(pc.equal(table["noise"], ""), pc.is_valid(table["received_at"])), keyed)
