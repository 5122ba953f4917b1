"""What is worked out for very many texts at once is what the rule for one text says, character by character."""

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.analysis import loading
from bihuan.insight.analysis.classify_rows import personal
from bihuan.insight.classify import labels, sentiment
from bihuan.insight.classify.labels_batch import problem_types, urgencies
from bihuan.insight.classify.noise_batch import noise_kinds
from bihuan.insight.classify.sentiment_batch import polarities
from bihuan.insight.data import noise_words
from bihuan.insight.data import sentiment_words as known
from bihuan.insight.duplicates.repeats_batch import masked_contacts
from bihuan.insight.text import masking, normalize
from bihuan.insight.text.normalize_batch import plains
from bihuan.insight.text.term_matcher import Spotter
from bihuan.insight.text.tokenizer import Lexicon

from . import exports

ODD = ("", " ", "\n", "\t\u3000 ", "\u00a0", "\u200b", "\ufeff", "\ufe0f", "\u0301", "e\u0301", "\u1100\u1161", "\ufb01", "Σ", "İ", "ß", "Ａ１",
       "發貨", "㎏", "½", "\u0345", "🙂", "👍🏻", "\U0001f468\u200d\U0001f469", "\U000e0041", "\U00030000", "\U000323ff", "٣", "\x1c", "\x85")  # fmt: skip
MARKS = tuple(" .,，。!?；…~_'-")
THINGS = [thing for aspect in known.ASPECTS for thing in aspect.things.split("|")]
SAID = (*"高低大小快慢长短好差不没", "不好", "很长", "不贵", "耐用")
TURNS = ("但是", "但", "不过", "只是", "就是", "就是说", "but", "however", "although", "though")
MOOD = (*known.WEIGHTS, *known.EMOJI)
CUES = (*labels.CUES["problem_type"].by_word, *labels.CUES["urgency"].by_word, *labels.CUES["problem_type"].block)
NEGATIONS = (*known.NEGATORS, *known.DEGREES, *labels.NEGATORS)
NOISE = (*noise_words.EMPTY, "测试", "test", "asdf", "123", "aaa", "的", "刷单", "教程", "免费领取", "加微信abc12345", "扫码", "最快5分钟", "日入 500", "减肥药加微",
         "贷款秒批", "门坏了", "好")  # fmt: skip
PERSONAL = (*"0123456789１２３４－—- .（）@＠AXqｗｘ幺三八零一二", "138", "1380013", "8000", "0755", "6222", "微信", "ＷＥＣＨＡＴ", "ｖｘ", "qq号", "抖音号",
            "粤B12345", "沪A·", "广东省深圳市福田区福华路12号3栋", "路", "号楼", "电话", "身份证", "440305199001011234")  # fmt: skip
DEMANDS = ("", "退款", "退货并换货", "维修、道歉", "补差价保价", "送达 退 款")


def drawn(parts, count: int = 4000, longest: int = 8, seed: int = 5) -> list[str]:
    """Texts made of parts side by side, the same ones each time."""
    chance = random.Random(seed)
    return ["".join(chance.choices(parts, k=chance.randrange(longest))) for _ in range(count)]


WORDED = drawn([*MOOD, *CUES, *THINGS * 9, *SAID * 60, *TURNS * 40, *NEGATIONS * 12, *MARKS * 40, *ODD * 4], 8000)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), st.lists(st.sampled_from(ODD)).map("".join)), max_size=6))
def test_plain_texts(texts):
    one = [normalize.plain(text) for text in texts]
    assert plains(texts).strings() == one
    assert plains(texts).column().to_pylist() == one


def test_every_single_character_is_folded_as_in_one_text():
    every = [chr(code) for code in range(0x32500) if not 0xD800 <= code < 0xE000]
    assert plains(every).strings() == [normalize.plain(char) for char in every]
    assert plains(["\ud800"]).column().to_pylist() == ["\ufffd"]


@pytest.mark.parametrize(
    "words",
    [MOOD, CUES, ("a", "ab", "abc", "bc", "b c", "退", "退款", "款没到", "x" * 40)],
    ids=["mood", "cues", "few"],
)
def test_words_in_texts(words):
    texts = [*WORDED, *drawn([*"abc 退款没到", "x" * 20], 3000)]
    many, spotter, lexicon = plains(texts), Spotter(words), Lexicon(words)
    hits = spotter.find(many.codes)
    found: list[list[tuple[int, str]]] = [[] for _ in texts]
    for at, word, text in zip(hits.at.tolist(), hits.word.tolist(), many.owners(hits.at).tolist(), strict=True):
        found[text].append((at - int(many.starts[text]), spotter.words[word]))
    assert found == [lexicon.find(text) for text in many.strings()]
    assert sum(map(len, found)) > 1500


def test_polarities():
    many = plains(WORDED)
    assert polarities(many).tolist() == [sentiment.polarity(text) for text in WORDED]


def test_problem_types_and_urgencies():
    many, asked = plains(WORDED), drawn(DEMANDS, len(WORDED), 3)
    one = [labels.ranked(text, demand=demand) for text, demand in zip(WORDED, asked, strict=True)]
    leaning = np.array([sentiment.polarity(text) for text in many.strings()])
    kinds, pressing = problem_types(many, [normalize.plain(demand) for demand in asked], leaning), urgencies(many)
    for at, found in ((0, kinds), (1, pressing)):
        assert found.codes.to_pylist() == [pair[at].code for pair in one]
        assert np.array_equal(found.sure.to_numpy(), np.array([pair[at].confidence for pair in one], dtype=np.float32))
    assert set(labels.SECOND) <= set(kinds.codes.to_pylist())


def test_noise():
    texts = [*drawn([*NOISE, *MARKS, *ODD], 6000, 5), *NOISE]
    found = noise_kinds(texts, plains(texts))
    assert found == [normalize.noise(text).kind for text in texts]
    assert set(found) == {"", "empty", "test", "spam"}


def test_personal_data_and_contacts():
    texts = drawn(PERSONAL, 12000, 20)
    found = personal(pa.array(texts)).to_pylist()
    assert found == [bool(masking.find(text)) for text in texts]
    assert 1000 < sum(found) < 11000
    contacts = [
        *texts,
        "13912345678",
        " 139 1234 5678",
        "+86-139-1234-5678",
        "199****1074",
        "",
        " ",
        "wx_abc12",
        "A@b.cn",
    ]
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
def test_nothing_is_nothing(texts):
    many = plains(texts)
    assert many.strings() == many.column().to_pylist() == [""] * len(texts)
    assert polarities(many).tolist() == [0.0] * len(texts)
    assert noise_kinds(texts, many) == ["empty"] * len(texts)
    assert problem_types(many, [""] * len(texts), np.zeros(len(texts))).codes.to_pylist() == ["other"] * len(texts)


@pytest.mark.data
def test_real_texts(shared):
    texts = [row["text"] for row in exports.table(shared, "zh/reviews_category_sentiment.csv.gz")][::9]
    many = plains(texts)
    assert polarities(many).tolist() == [sentiment.polarity(text) for text in texts]
    one = [labels.ranked(text) for text in texts]
    leaning = polarities(many)
    assert problem_types(many, [""] * len(texts), leaning).codes.to_pylist() == [pair[0].code for pair in one]
    assert urgencies(many).codes.to_pylist() == [pair[1].code for pair in one]
    assert noise_kinds(texts, many) == [normalize.noise(text).kind for text in texts]
