"""Named sets of rows. Every count of the summary is the size of one, so a number and its rows cannot disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from bihuan.insight.analysis.gathering import Gathered
from bihuan.insight.analysis.judging import linkable
from bihuan.insight.analysis.voices import Voice
from bihuan.insight.analysis.weeks import Span, monday, span_of
from bihuan.insight.masking import mask

Key = tuple[tuple[str, str], ...]
UNSURE = 0.5
LABELS = ("problem_type", "sentiment", "urgency")
ALL: Key = ()
VOICED: Key = (("noise", ""),)
NOISY: Key = (("noise", "any"),)


def key(**parts: str) -> Key:
    """The name of a set: column and value pairs."""
    return tuple(parts.items())


class Cuts:
    """Rows (as indices into `voices`, in order) by name; a name never seen is an empty set."""

    def __init__(self, gathered: Gathered) -> None:
        self.voices: Sequence[Voice] = gathered.voices
        self.products = {voice.product: mask(voice.product) for voice in gathered.voices}
        self.span: Span | None = span_of(v.received_at.date() for v in self.voices if v.received_at)
        self.rows: dict[Key, list[int]] = defaultdict(list)
        for at, voice in enumerate(self.voices):
            for name in self._names(voice):
                self.rows[name].append(at)
        for field, cells in gathered.unreadable.items():
            self.rows[key(unreadable=field)] = [at for at, _ in cells]
        self.rows[key(repeated_id="yes")] = gathered.repeated_ids

    def of(self, name: Key) -> list[int]:
        return self.rows.get(name, [])

    def size(self, name: Key) -> int:
        return len(self.of(name))

    def values(self, column: str) -> list[str]:
        """Every value of a column seen in voices that say something, the most frequent first, then by value."""
        found = [name[0][1] for name in self.rows if len(name) == 1 and name[0][0] == column]
        return sorted(found, key=lambda value: (-self.size(((column, value),)), value))

    def repeats(self, name: Key) -> int:
        """How many rows of a set repeat an earlier row."""
        return sum(bool(self.voices[at].duplicate_of) for at in self.of(name))

    def _names(self, voice: Voice) -> Iterator[Key]:
        yield ALL
        if voice.received_at is None:
            yield key(received_at="")
        if voice.noise:
            yield NOISY
            yield key(noise=voice.noise)
            return
        yield VOICED
        yield from self._values(voice)
        if voice.received_at is None:
            return
        day = voice.received_at.date()
        yield key(channel=voice.channel, weekday=str(day.weekday()))
        if self.span and self.span.first <= day <= self.span.last:
            yield from self._weekly(voice, day)
        else:
            yield key(stray="yes")

    def _values(self, voice: Voice) -> Iterator[Key]:
        yield key(channel=voice.channel)
        yield key(product=self.products[voice.product])
        yield key(topic=voice.topic)
        yield key(problem_type=voice.problem_type)
        yield key(sentiment=voice.sentiment)
        yield key(urgency=voice.urgency)
        for label in LABELS:
            if getattr(voice, f"{label}_confidence") < UNSURE:
                yield key(unsure=label)
        if linkable(voice):
            yield key(linkable="yes")
        if voice.duplicate_kind:
            yield key(repeat="yes")
            yield key(topic=voice.topic, repeat="yes")
            yield key(duplicate_kind=voice.duplicate_kind)

    def _weekly(self, voice: Voice, day: date) -> Iterator[Key]:
        week = monday(day).isoformat()
        yield key(week=week)
        yield key(channel=voice.channel, week=week)
        yield key(product=self.products[voice.product], week=week)
        yield key(problem_type=voice.problem_type, week=week)
