"""Noise among much feedback: what `noise` sees in one, and advertisements that only their copies give away.

One text with a contact (an account to follow, a group to join) may be a real complaint; the same words from three
customers with a contact are an advertisement or a chain post. Both are named, neither is deleted.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from bihuan.core.text import Text
from bihuan.insight.duplicate_detection.similar import bare_letters
from bihuan.insight.text.noise import Noise, noise

METHOD = "copied-noise/1"
COPIES = 3  # customers (or, where unknown, rows) with the same words
SHORT = 15  # letters below which the same words are ordinary

_CONTACT = re.compile(r"公众号|微信|vx|v信|qq|扣扣|进群|入群|群号|私信|联系(?:开发者|作者|我)|https?://|www\.", re.I)


def noise_with_copies(texts: Sequence[str], customers: Sequence[str | None] | None = None) -> list[Noise]:
    """The noise of each text, in order; `customers` beside them distinguish copies of one person from copies of many."""
    alone = {text: noise(text) for text in set(texts)}
    found = [alone[text] for text in texts]
    same: dict[str, list[int]] = defaultdict(list)
    for at, bare in enumerate(bare_letters(texts)):
        if len(bare) >= SHORT and not found[at].kind:
            same[bare].append(at)
    for rows in same.values():
        senders = {customers[at] or f"\0{at}" if customers else f"\0{at}" for at in rows}
        if len(senders) >= COPIES and (contact := _CONTACT.search(texts[rows[0]])):
            reason = Text(
                f"{len(senders)} 位客户发来相同的文字，其中有「{contact[0]}」：广告或串联",
                f"The same words from {len(senders)} customers, with “{contact[0]}”: an advertisement or a chain post",
            )
            for at in rows:
                found[at] = Noise("spam", reason)
    return found
