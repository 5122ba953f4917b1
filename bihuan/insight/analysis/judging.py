"""What the engine says about every voice: noise first, then repeats of one customer, then three labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bihuan.insight import clean, duplicates, labels, masking, mood, repeats, words
from bihuan.insight.analysis.gathering import READING, Tell
from bihuan.insight.analysis.voices import Voice
from bihuan.insight.said import Said

METHODS = {
    "reading": READING,
    "noise": clean.METHOD,
    "repeats": repeats.METHOD,
    "near_text": duplicates.METHOD,
    "tokens": words.METHOD,
    "problem_type": labels.METHOD,
    "urgency": labels.METHOD,
    "sentiment": mood.METHOD,
    "masking": masking.METHOD,
}
CHUNK = 1000


def judge(voices: Sequence[Voice], *, tell: Tell | None = None) -> None:
    """Fill the judged fields of every voice in place."""
    total = len(voices)
    for start, end in pairwise([*range(0, total, CHUNK), total]):
        for voice in voices[start:end]:
            label(voice)
        if tell:
            tell(Said("分类", "Labelling"), end, total)
    if tell:
        tell(Said("查找重复反馈", "Looking for repeats"), 0, 0)
    mark_repeats(voices)


def label(voice: Voice) -> None:
    """Noise, or problem type, urgency and sentiment with how sure each is."""
    voice.noise = clean.noise(voice.text).kind
    if voice.noise:
        return
    found = labels.suggest(voice.text, demand=voice.demand, score=voice.score)
    feeling = mood.sentiment(voice.text, voice.score)
    voice.problem_type, voice.problem_type_confidence = found.problem_type[:2]
    voice.urgency, voice.urgency_confidence = found.urgency[:2]
    voice.sentiment, voice.sentiment_confidence = feeling[:2]


def linkable(voice: Voice) -> bool:
    """Whether a repeat of this voice could be seen at all: it says something, has a date and some customer key."""
    return not voice.noise and voice.received_at is not None and bool(voice.customer_id or voice.contact)


def mark_repeats(voices: Sequence[Voice]) -> None:
    """Point every repeat of one customer at its first telling; rows without a date have no place in time."""
    by_id = {voice.row_id: voice for voice in voices}
    items = [
        {
            "id": voice.row_id,
            "text": voice.text,
            "received_at": voice.received_at,
            "customer_no": voice.customer_id,
            "contact": voice.contact,
            "product": voice.product,
            "channel": voice.channel,
        }
        for voice in voices
        if linkable(voice)
    ]
    for found in repeats.repeats(items):
        by_id[found.item].duplicate_of = found.of
        by_id[found.item].duplicate_kind = found.kind
