"""A rule gives one answer for a text, alone or among many; and a word added to the data is followed everywhere."""

import random
import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.analysis import loading
from bihuan.insight.analysis.classify_rows import label_batch
from bihuan.insight.classify import labels, sentiment
from bihuan.insight.classify.cue_words import cues_of
from bihuan.insight.classify.sentiment import polarities, polarity
from bihuan.insight.data import cues, noise_words
from bihuan.insight.data import sentiment_words as known
from bihuan.insight.duplicate_detection.customer_pairs import masked_contacts
from bihuan.insight.text import masking, normalize
from bihuan.insight.text.noise import noise, noise_kinds
from bihuan.insight.text.normalize import normalize_batch
from bihuan.insight.text.term_matcher import TermMatcher

from . import exports

ODD = ("", " ", "\n", "\t\u3000 ", "\u00a0", "\u200b", "\ufeff", "\ufe0f", "\u0301", "e\u0301", "\u1100\u1161", "\ufb01", "Σ", "İ", "ß", "Ａ１",
       "發貨", "㎏", "½", "\u0345", "🙂", "👍🏻", "\U0001f468\u200d\U0001f469", "\U000e0041", "\U00030000", "\U000323ff", "٣", "\x1c", "\x85")  # fmt: skip
MARKS = tuple(" .,，。!?；…~_'-")
THINGS = [thing for aspect in known.ASPECTS for thing in aspect.things.split("|")]
JUDGEMENTS = (*"高低大小快慢长短好差不没", "不好", "很长", "不贵", "耐用")
CONTRASTS = (*known.CONTRAST, *(word + one for word, chars in known.CONTRAST_EXPLAINS.items() for one in chars))
SENTIMENT = (*known.WEIGHTS, *known.EMOJI)
TYPES, URGENCY = cues_of("problem_type"), cues_of("urgency")
CUES = (*TYPES.weights_of, *URGENCY.weights_of, *TYPES.blocked)
NEGATIONS = (*known.NEGATORS, *known.DEGREES, *cues.NEGATORS)
NOISE = (*noise_words.EMPTY, "测试", "test", "asdf", "123", "aaa", "的", "刷单", "教程", "免费领取", "加微信abc12345", "扫码", "最快5分钟", "日入 500", "减肥药加微",
         "贷款秒批", "门坏了", "好")  # fmt: skip
PERSONAL = (*"0123456789１２３４－—- .（）@＠AXqｗｘ幺三八零一二", "138", "1380013", "8000", "0755", "6222", "微信", "ＷＥＣＨＡＴ", "ｖｘ", "qq号", "抖音号",
            "粤B12345", "沪A·", "广东省深圳市福田区福华路12号3栋", "路", "号楼", "电话", "身份证", "440305199001011234")  # fmt: skip
DEMANDS = ("", *cues.DEMANDS, "".join(cues.DEMANDS), "退 款")


def drawn(parts, count: int = 4000, longest: int = 8, seed: int = 5) -> list[str]:
    """Texts made of parts side by side, the same ones each time."""
    chance = random.Random(seed)
    return ["".join(chance.choices(parts, k=chance.randrange(longest))) for _ in range(count)]


WORDED = drawn(
    [*SENTIMENT, *CUES, *THINGS * 9, *JUDGEMENTS * 60, *CONTRASTS * 25, *NEGATIONS * 12, *MARKS * 40, *ODD * 4], 8000
)


def by_the_rule(text: str) -> str:
    """The normal form, by the rule over the whole text."""
    return re.sub(r"\s+", " ", normalize._fold(text)).strip()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), st.lists(st.sampled_from(ODD)).map("".join)), max_size=6))
def test_texts_normalised_together_are_those_normalised_alone(texts):
    one = [by_the_rule(text) for text in texts]
    assert normalize_batch(texts) == one
    assert [normalize.normalize(text) for text in texts] == one


def test_every_character_is_normalised_as_the_rule_says():
    every = [chr(code) for code in range(0x32500)]
    assert normalize_batch(every) == [by_the_rule(char) for char in every]


@pytest.mark.parametrize("around", ["a{}b", "e{}\u0301", "{}\u1161", "か{}\u3099", "ΑΣ{}", " {} "])
def test_a_character_between_others_is_normalised_as_the_rule_says(around):
    every = [around.format(chr(code)) for code in range(0x11000)]
    assert normalize_batch(every) == [by_the_rule(text) for text in every]


def longest_whole_words(words: set[str], text: str) -> list[tuple[int, str]]:
    """What a term matcher finds, by looking at every place."""
    found, at = [], 0
    while at < len(text):
        here = [word for word in words if text.startswith(word, at)]
        here = [word for word in here if not cut(text, at, at) and not cut(text, at + len(word), at + len(word))]
        if here:
            found.append((at, max(here, key=len)))
        at += len(found[-1][1]) if here else 1
    return found


def cut(text: str, begin: int, end: int) -> bool:
    """Whether a Latin word goes on across this place."""
    sides = text[begin - 1 : begin] if begin else "", text[end : end + 1]
    return all(side.isascii() and side.isalnum() for side in sides)


@pytest.mark.parametrize(
    "words",
    [SENTIMENT, CUES, ("a", "ab", "abc", "bc", "b c", "退", "退款", "款没到", "x" * 40)],
    ids=["sentiment", "cues", "few"],
)
def test_terms_are_found_longest_first_and_latin_ones_whole(words):
    texts = normalize_batch([*WORDED[:1500], *drawn([*"abc 退款没到", "x" * 20], 3000)])
    matcher, every = TermMatcher(words), set(words)
    found = [matcher.find(text) for text in texts]
    assert found == [longest_whole_words({word for word in every if word in text}, text) for text in texts]
    assert sum(map(len, found)) > 1500


def test_a_trigger_is_reported_even_inside_a_term():
    matcher = TermMatcher(["不但", "性价比高"], ["但", "性价比"])
    assert matcher.scan("不但性价比高") == ([(0, "不但"), (2, "性价比高")], {"但", "性价比"})
    assert matcher.scan("好") == ([], frozenset())


def test_polarities():
    assert polarities(normalize_batch(WORDED)).tolist() == [polarity(text) for text in WORDED]


def test_problem_types_and_urgencies():
    texts, demands = normalize_batch(WORDED), drawn(DEMANDS, len(WORDED), 3)
    one = [labels.suggest(text, demand=demand) for text, demand in zip(WORDED, demands, strict=True)]
    types = labels.problem_types(texts, polarities(texts), normalize_batch(demands))
    for found, single in (
        (types, [each.problem_type for each in one]),
        (labels.urgencies(texts), [each.urgency for each in one]),
    ):
        assert found.codes.to_pylist() == [label.code for label in single]
        wanted = np.array([label.confidence for label in single], dtype=np.float32)
        assert np.array_equal(found.confidence.to_numpy(), wanted)
    assert set(labels.SECOND) <= set(types.codes.to_pylist())


def test_noise():
    texts = [*drawn([*NOISE, *MARKS, *ODD], 6000, 5), *NOISE]
    found = noise_kinds(normalize_batch(texts))
    assert found == [noise(text).kind for text in texts]
    assert set(found) == {"", "empty", "test", "spam"}


def test_no_rule_of_masking_finds_anything_where_nothing_looks_personal():
    texts = drawn(PERSONAL, 12000, 20)
    found = [bool(masking.find(text)) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masking.shape, "POSSIBLE", re.compile(""))
        assert found == [bool(masking.find(text)) for text in texts]
    assert 1000 < sum(found) < 11000


def test_contacts_of_a_column_are_masked_like_one():
    mobiles = ["13912345678", " 139 1234 5678", "+86-139-1234-5678", "199****1074", "", " ", "wx_abc12", "A@b.cn"]
    contacts = [*drawn(PERSONAL, 3000, 20), *mobiles]
    assert masked_contacts(pa.array(contacts)).to_pylist() == [masking.mask_contact(text) for text in contacts]


def test_a_plain_number_of_the_source_is_never_personal():
    parts = [
        *"0123456789ABlexqwxid-_",
        "13912345678",
        "86",
        "0086",
        "tel",
        "440305199001011234",
        "6222020200112230",
        "qq",
        "card",
        "FK",
        "0755",
    ]
    plain_ones = [text for text in drawn(parts, 20000, 6) if loading._PLAIN_ID.fullmatch(text)]
    assert [text for text in plain_ones if masking.mask(text) != text] == []
    assert len(plain_ones) > 5000


@pytest.mark.parametrize("texts", [[], [""], ["", ""], [" "]])
def test_texts_that_hold_nothing_have_the_default_labels(texts):
    blank = normalize_batch(texts)
    assert blank == [""] * len(texts)
    assert polarities(blank).tolist() == [0.0] * len(texts)
    assert noise_kinds(blank) == ["empty"] * len(texts)
    assert labels.problem_types(blank, polarities(blank), blank).codes.to_pylist() == ["other"] * len(texts)


@pytest.fixture
def words_of_the_test(monkeypatch):
    """Lets a test change the data; what was made of it is made anew before and after."""
    made = (sentiment.lexicon_in_use, cues_of, labels.decide_problem_type, labels.decide_urgency)
    for each in made:
        each.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    for each in made:
        each.cache_clear()


def labelled(texts: list[str]) -> dict[str, list[object]]:
    """What an analysis says of the texts."""
    batch = pa.record_batch({"text": texts, "demand": [""] * len(texts), "score": pa.nulls(len(texts), pa.int8())})
    return label_batch(batch).to_pydict()


def test_a_contrast_word_added_to_the_data_is_followed_by_one_text_and_by_many(words_of_the_test):
    text = "包装漂亮却做工差"
    before = polarity(text)
    words_of_the_test.setattr(known, "CONTRAST", [*known.CONTRAST, "却"])
    sentiment.lexicon_in_use.cache_clear()
    assert polarity(text) < before
    assert polarity(text) == polarities(normalize_batch([text]))[0] == polarity("包装漂亮但做工差")
    assert labelled([text])["sentiment"] == [sentiment.sentiment(text).code] == ["dissatisfied"]


def test_an_end_of_a_clause_added_to_the_data_is_followed_by_one_text_and_by_many(words_of_the_test):
    text = "包装漂亮但|做工差"
    before = polarity(text)
    words_of_the_test.setattr(known, "CLAUSE_ENDS", f"{known.CLAUSE_ENDS}|")
    sentiment.lexicon_in_use.cache_clear()
    assert polarity(text) == polarities(normalize_batch([text]))[0] == polarity("包装漂亮但,做工差") != before


def test_a_cue_and_a_negator_added_to_the_data_are_followed_by_one_text_and_by_many(words_of_the_test):
    words_of_the_test.setattr(cues, "PROBLEM_TYPE", f"{cues.PROBLEM_TYPE}logistics.late 9: 飞鸽\n")
    words_of_the_test.setattr(cues, "NEGATORS", (*cues.NEGATORS, "休提"))
    cues_of.cache_clear()
    assert labelled(["飞鸽", "休提飞鸽"])["problem_type"] == ["logistics.late", "other"]
    assert [labels.suggest(text).problem_type.code for text in ("飞鸽", "休提飞鸽")] == ["logistics.late", "other"]


@pytest.mark.data
def test_real_texts(shared):
    texts = [row["text"] for row in exports.table(shared, "zh/reviews_category_sentiment.csv.gz")][::9]
    many = normalize_batch(texts)
    one = [labels.suggest(text) for text in texts]
    assert polarities(many).tolist() == [polarity(text) for text in texts]
    types = labels.problem_types(many, polarities(many), [""] * len(texts))
    assert types.codes.to_pylist() == [each.problem_type.code for each in one]
    assert labels.urgencies(many).codes.to_pylist() == [each.urgency.code for each in one]
    assert noise_kinds(many) == [noise(text).kind for text in texts]
