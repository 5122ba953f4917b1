"""Repeats of one customer: the same problem told again within some days (the customer's own rows are few, so
every pair is compared and none is missed)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from bihuan.core.text import Text
from bihuan.insight.duplicates.text_likeness import fingerprint, only_chases, same_problem
from bihuan.insight.text.masking import mask_contact
from bihuan.insight.text.normalize import noise
from bihuan.insight.types import Verdict

METHOD = "customer-repeats/3"
DAYS = 14
KNOWN = 0.38  # the customer is sure (number, hash or full contact): little likeness is enough
MASKED = 0.6  # only a masked contact links the two: another person may share those digits
LIGHT = 0.75
RECENT = 60  # earlier rows of one key that are compared
FOLLOWED = 0.5  # score of a text that only asks again
STRANGERS = 8  # of a mask fewer: in a large feed most of them are other people

Item = Mapping[str, Any]


class Repeat(NamedTuple):
    """`item` tells again what `of` told first. `kind`: exact, light_edit, paraphrase, cross_channel or follow_up."""

    item: Any
    of: Any
    kind: str
    score: float
    reason: Text


KINDS = {
    "exact": Text("内容相同", "Same words"),
    "light_edit": Text("内容略有改动", "Slightly changed words"),
    "paraphrase": Text("换了说法", "Put differently"),
    "cross_channel": Text("换了渠道再次反馈", "Told again through another channel"),
    "follow_up": Text("催办或追问", "Asking again after it"),
}


def repeats(items: Iterable[Item], *, days: int = DAYS) -> list[Repeat]:
    """Repeats among items of any order, each at most once and pointing at the first telling.

    An item has `id`, `text` and `received_at` (datetime); maybe `customer_no`, `contact_hash`, `contact` (plain or
    masked), `product` and `channel`. Items without any customer key, and those that say nothing, are never repeats.
    """
    rows = sorted(items, key=lambda row: (row["received_at"], str(row["id"])))
    earlier: dict[tuple[str, str], list[Item]] = defaultdict(list)
    first: dict[Any, Any] = {}
    silent: dict[Any, bool] = {}
    found = []
    for row in rows:
        keys = list(_keys(row))
        # Most rows have nobody to repeat: only of the others the text is looked at.
        others = _others(row, keys, earlier, timedelta(days=days))
        if others and not _says_nothing(row, silent):
            said = [(other, sure) for other, sure in others if not _says_nothing(other, silent)]
            best = _best(row, said)
            if best:
                first[row["id"]] = first.get(best.of, best.of)
                found.append(best._replace(of=first[row["id"]]))
        for key in keys:
            earlier[key].append(row)
    return found


def _says_nothing(row: Item, known: dict[Any, bool]) -> bool:
    if row["id"] not in known:
        known[row["id"]] = bool(noise(row.get("text") or "").kind)
    return known[row["id"]]


def repeat_of(row: Item, before: Iterable[Item], *, days: int = DAYS) -> Repeat | None:
    """What a row that has just arrived repeats among earlier rows of the same customer, if anything."""
    if noise(row.get("text") or "").kind:
        return None
    earlier: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for other in sorted(before, key=lambda other: (other["received_at"], str(other["id"]))):
        if other["id"] != row["id"] and other["received_at"] <= row["received_at"]:
            for key in _keys(other):
                earlier[key].append(other)
    return _best(row, _others(row, list(_keys(row)), earlier, timedelta(days=days)))


def _keys(row: Item) -> Iterator[tuple[str, str]]:
    for field in ("customer_no", "contact_hash"):
        if row.get(field):
            yield field, str(row[field])
    contact = str(row.get("contact") or "").strip()
    if contact:
        if "*" not in contact:
            yield "contact", contact.lower()
        yield "masked", mask_contact(contact)


def _others(
    row: Item, keys: list[tuple[str, str]], earlier: Mapping[Any, list[Item]], window: timedelta
) -> list[tuple[Item, float]]:
    """Earlier rows of the same customer within the window, latest first, with the likeness their key asks for."""
    found: dict[Any, tuple[Item, float]] = {}
    began = row["received_at"] - window
    for key in keys:
        masked = key[0] == "masked"
        for other in reversed(earlier[key][-(STRANGERS if masked else RECENT) :] if key in earlier else ()):
            if other["received_at"] < began:
                break
            if other["id"] not in found and not _apart(row, other, masked=masked):
                found[other["id"]] = other, MASKED if masked else KNOWN
    return sorted(found.values(), key=lambda pair: (pair[0]["received_at"], str(pair[0]["id"])), reverse=True)


def _best(row: Item, others: Iterable[tuple[Item, float]]) -> Repeat | None:
    best = None
    for other, threshold in others:
        repeat = judged(row, other, threshold)
        if repeat and (best is None or repeat.score > best.score):
            best = repeat
    return best


def _apart(row: Item, other: Item, *, masked: bool) -> bool:
    """Another product, or (when only a mask links them) another known customer or another full number."""
    if masked:
        numbers = [str(one.get("contact") or "").strip().lower() for one in (row, other)]
        if all(number and "*" not in number for number in numbers) and numbers[0] != numbers[1]:
            return True
        mine, other_number = row.get("customer_no"), other.get("customer_no")
        if mine and other_number and mine != other_number:
            return True
    product, other_product = row.get("product"), other.get("product")
    return bool(product and other_product and product != other_product)


def judged(row: Item, other: Item, threshold: float) -> Repeat | None:
    """Whether `row` tells again what `other` told; `threshold` is `KNOWN` or `MASKED`, how sure the customer is."""
    text, before = row.get("text") or "", other.get("text") or ""
    if threshold == KNOWN and only_chases(text):
        return Repeat(row["id"], other["id"], "follow_up", FOLLOWED, KINDS["follow_up"])
    verdict = same_problem(text, before, threshold=threshold)
    if verdict.same != "yes":
        return None
    kind = _kind(row, other, verdict)
    say = KINDS[kind]
    reason = Text(f"同一客户{say.zh}：{verdict.reason.zh}", f"Same customer. {say.en}: {verdict.reason.en}")
    return Repeat(row["id"], other["id"], kind, verdict.score, reason)


def _kind(row: Item, other: Item, verdict: Verdict) -> str:
    if row.get("channel") and other.get("channel") and row["channel"] != other["channel"]:
        return "cross_channel"
    if fingerprint(row["text"]) == fingerprint(other["text"]):
        return "exact"
    return "light_edit" if verdict.score >= LIGHT else "paraphrase"
