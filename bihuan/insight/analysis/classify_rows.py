"""What the engine says about every row: noise, type, urgency, mood; then repeats of one customer, and words copied from others.

All of it works on columns: each different text of a batch is read once, whatever else its rows say.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.analysis.duplicate_rows import copies_in, repeats_in
from bihuan.insight.analysis.loading import READING, Tell
from bihuan.insight.analysis.rows import JUDGED, TEXT
from bihuan.insight.classify import labels, sentiment_model
from bihuan.insight.classify.labels_batch import problem_types, urgencies
from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.noise_batch import noise_kinds
from bihuan.insight.classify.sentiment_batch import polarities
from bihuan.insight.duplicates import repeats, similar, text_likeness
from bihuan.insight.engines import Engine
from bihuan.insight.text import masking, normalize, tokenizer
from bihuan.insight.text.normalize import plain
from bihuan.insight.text.normalize_batch import plains

METHODS = {
    "reading": READING,
    "noise": normalize.METHOD,
    "repeats": repeats.METHOD,
    "near_text": text_likeness.METHOD,
    "copies": similar.METHOD,
    "tokens": tokenizer.METHOD,
    "problem_type": labels.METHOD,
    "urgency": labels.METHOD,
    "sentiment": sentiment_model.METHOD,
    "masking": masking.METHOD,
}
# Whatever the masking rules find holds five digits (one mark between them at most), an address sign, a word for an
# account, the beginning of a plate, spoken digits or the end of an address.
_DASH, _WIDE = "\uff0d\u2010\u2013\u2014-", "\u3000"
_BETWEEN = f" {_WIDE}._\uff0e\uff3f\u200b\u200c\u200d\ufeff"
_SPOKEN = "零〇一二两三四五六七八九幺洞拐"
MAYBE_PERSONAL = (
    rf"\p{{Nd}}(?:[{_BETWEEN}{_DASH}]?\p{{Nd}}){{4}}|[@＠]"
    r"|(?i:微信|薇信|[vｖ][xｘ信]|[wｗ][xｘ]|[wｗ][eｅ][cｃ][hｈ][aａ][tｔ]|[qｑ][qｑ]|旺旺|抖音号)"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-ZＡ-Ｚ]"
    rf"|[{_SPOKEN}](?:[ 、{_WIDE}{_DASH}]?[{_SPOKEN}]){{9}}"
    rf"|[\p{{Nd}}A-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十百{_DASH}](?:号院|号楼|号|弄|栋|幢|座|楼|单元|室|层|门|户|房|组|队)"
)
_MOODS = pa.array(sentiment_model.NAMED)
_RATED = np.array([0, 1, 1, 0, 2, 2])  # rating → place in `sentiment_model.NAMED`
_RATED_SURE = 0.95  # of a mood that the customer gave as a rating

Numbers = NDArray[np.int64]


def judged(table: pa.Table, engine: Engine, *, tell: Tell | None = None) -> pa.Table:
    """The table with every judged column: noise, labels, personal, duplicate_of, duplicate_kind."""
    if tell:
        tell(Text("分类", "Labelling"), 0, table.num_rows)
    asked = table.select(["text", "demand", "score"])
    read = sentiment_model.readers(table.num_rows)
    teaching = asked.take(pa.array(read))
    taught = _taught(teaching["text"].to_pylist())
    work = partial(label, model=taught.model if taught else None)
    found = engine.collect(engine.map_batches(engine.scan(asked), work, JUDGED))
    for name in JUDGED.names:
        table = table.append_column(name, found[name])
    # Taking rows out of many chunks copies them all first, so from here on a column is one piece.
    table = table.combine_chunks()
    if taught:
        table = _left_out(table, read, teaching["text"].to_pylist(), taught.scores)
    if tell:
        tell(Text("查找重复反馈", "Looking for repeats"), 0, 0)
    again = repeats_in(table, np.flatnonzero(np.asarray(linkable(table).combine_chunks())), engine)
    if tell:
        tell(Text("查找相同的文字", "Looking for copied words"), 0, 0)
    again = copies_in(table, np.asarray(pc.equal(table["noise"], "").combine_chunks()), again)
    return table.append_column("duplicate_of", again.of).append_column("duplicate_kind", again.kind)


def _taught(texts: list[str]) -> sentiment_model.Taught | None:
    return sentiment_model.taught(texts, polarities(plains(texts)).astype(np.float32))


def _left_out(table: pa.Table, read: Numbers, texts: list[str], scores: NDArray[np.float32]) -> pa.Table:
    """The moods of the rows that taught, each by what the others taught."""
    leaning = sentiment_model.together(polarities(plains(texts)).astype(np.float32), scores)
    places, sure = sentiment_model.decided(leaning)
    open_ = np.asarray(pc.and_(pc.equal(table["noise"], ""), pc.is_null(_rating(table["score"]))).combine_chunks())
    kept = open_[read]
    which = np.zeros(table.num_rows, dtype=np.bool_)
    which[read[kept]] = True
    for name, values in (
        ("sentiment", _MOODS.take(pa.array(places[kept]))),
        ("sentiment_confidence", _cents(sure[kept])),
    ):
        column = pc.replace_with_mask(table[name].combine_chunks(), pa.array(which), values)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def label(batch: pa.RecordBatch, model: Model | None = None) -> pa.RecordBatch:
    """Noise, or problem type, urgency and sentiment with how sure each is. (text, demand, score) → JUDGED, row by row.

    `model` of moods is taught by other rows; without it words alone tell.
    """
    texts, demands = (_different(batch[name]) for name in ("text", "demand"))
    own = texts.dictionary.to_pylist()
    which, asks = (each.indices.to_numpy(zero_copy_only=False) for each in (texts, demands))
    many = plains(own)
    noise = pa.array(noise_kinds(own, many), TEXT)
    leaning = polarities(many)
    kind = problem_types(many, [plain(demand) for demand in demands.dictionary.to_pylist()], leaning, (which, asks))
    urgency = urgencies(many)
    mood = leaning.astype(np.float32)
    if model is not None:
        mood = sentiment_model.together(mood, model.scores(own)[:, 1])
    mood_code, mood_sure = _sentiments(mood[which], _rating(batch["score"]))
    rows = pa.array(which)
    noisy = noise.take(rows)
    sound = pc.equal(noisy, "")

    def told(column: Any) -> Any:
        return pc.if_else(sound, column, "" if column.type == TEXT else pa.scalar(None, column.type))

    return pa.record_batch(
        [
            noisy, told(kind.codes), told(kind.sure), told(mood_code), told(mood_sure),
            told(urgency.codes.take(rows)), told(urgency.sure.take(rows)), personal(texts.dictionary).take(rows),
        ],
        JUDGED,
    )  # fmt: skip


def _different(column: Any) -> pa.DictionaryArray:
    found: pa.DictionaryArray = pc.fill_null(column, "").dictionary_encode()
    return found


def _rating(scores: Any) -> Any:
    """Ratings 1-5; null for none, and for what is no rating."""
    return pc.if_else(pc.and_(pc.greater_equal(scores, 1), pc.less_equal(scores, 5)), scores, None)


def _sentiments(leaning: NDArray[np.float32], ratings: Any) -> tuple[Any, Any]:
    """Mood and how sure; a customer's own rating outranks the words."""
    places, sure = sentiment_model.decided(leaning)
    rated = np.asarray(pc.is_valid(ratings))
    given = pc.fill_null(ratings, 0).to_numpy(zero_copy_only=False)
    places = np.where(rated, _RATED[given], places)
    return _MOODS.take(pa.array(places)), _cents(np.where(rated, np.float32(_RATED_SURE), sure))


def _cents(sure: NDArray[np.float32]) -> Any:
    return pa.array(np.round(sure.astype(np.float64), 2).astype(np.float32))


def personal(texts: Any) -> Any:
    """Which texts hold personal data that masking would hide."""
    maybe = np.asarray(pc.match_substring_regex(texts, MAYBE_PERSONAL))
    found = np.zeros(len(texts), dtype=bool)
    places = np.flatnonzero(maybe)
    for at, text in zip(places.tolist(), texts.take(pa.array(places)).to_pylist(), strict=True):
        found[at] = bool(masking.find(text))
    return pa.array(found)


def linkable(table: pa.Table) -> Any:
    """Rows whose repeats could be seen at all: they say something, have a date and some customer key."""
    keyed = pc.or_(pc.not_equal(table["customer_id"], ""), pc.not_equal(table["contact"], ""))
    return pc.and_(pc.and_(pc.equal(table["noise"], ""), pc.is_valid(table["received_at"])), keyed)
