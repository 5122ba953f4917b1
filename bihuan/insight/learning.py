"""Learning from an organisation's own corrections: complement naive Bayes over Han pairs and words.

Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers" (2003). Training is counting, so it is
deterministic, order-free and quick enough to repeat from scratch after every batch of corrections.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bihuan.insight.clean import plain
from bihuan.insight.words import tokens, units

METHOD = "complement-bayes/1"
LEAST = 5  # examples a code needs before the model speaks for it
STRENGTH = 4.0  # logits of a fully sure model


class Model(NamedTuple):
    """What was learnt: token weights per code. Plain data, so it can be stored as JSON."""

    weights: Mapping[str, Mapping[str, float]]
    counts: Mapping[str, int]
    method: str = METHOD

    def logits(self, text: str) -> dict[str, float]:
        """How strongly the text speaks for each learnt code; centred, so an unknown text says nothing."""
        known = [token for token in features(text) if any(token in row for row in self.weights.values())]
        if not known:
            return {}
        sums = {
            code: sum(row.get(token, 0.0) for token in known) / math.sqrt(len(known))
            for code, row in self.weights.items()
        }
        mean = sum(sums.values()) / len(sums)
        return {code: max(-STRENGTH, min(STRENGTH, value - mean)) for code, value in sums.items()}


def features(text: str) -> set[str]:
    """The tokens a model looks at: each once."""
    short = plain(text)
    return {*tokens(short), *units(short)}


def learn(examples: Iterable[tuple[str, str]]) -> Model:
    """A model from (text, code) pairs; codes with fewer than five examples are left out."""
    rows = [(features(text), code) for text, code in examples]
    counts = Counter(code for _, code in rows)
    codes = sorted(code for code, count in counts.items() if count >= LEAST)
    by_code: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for found, code in rows:
        if code in codes:
            by_code[code].update(found)
            total.update(found)
    size = total.total()
    weights = {}
    for code in codes:
        own, inside = by_code[code], by_code[code].total()
        outside = size - inside
        weights[code] = {
            token: math.log((own[token] + 0.5) / (inside + 0.5 * len(total)))
            - math.log((count - own[token] + 0.5) / (outside + 0.5 * len(total)))
            for token, count in total.items()
        }
    return Model(weights, {code: counts[code] for code in codes})
