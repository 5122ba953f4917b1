"""Anyone may write to the public form: no text may keep the engine busy or break it."""

import time

import pytest

from bihuan.insight.classify.labels import suggest
from bihuan.insight.classify.sentiment import sentiment
from bihuan.insight.duplicate_detection.text_likeness import bands, core_text, likeness
from bihuan.insight.text.masking import mask
from bihuan.insight.text.noise import noise

HOSTILE = [
    "路里村镇乡街道城园" * 60 + "3号",
    "成都市武侯区人民南路街道里" * 40 + "3号",
    "路1号2栋3室" * 100,
    "一二三四五六七八九十" * 60 + "号",
    "没有没有一直一" * 100 + "字",
    "还没没有人一一" * 50 + "字",
    "138-" * 700,
    "1 3 8 " * 500,
    "a@" + "b." * 1500,
    "(010)" * 600,
    "测试test" * 200 + "字",
    "但是不过可是" * 200,
    "价格速度快慢" * 300,
    "关注微信公众号加" * 200,
    "\u202e\u200b" * 1000,
    "😡" * 1500,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
@pytest.mark.parametrize(
    "read", [noise, core_text, bands, mask, sentiment, suggest, lambda text: likeness(text, text + "b")]
)
def test_no_text_keeps_the_engine_busy(read, text):
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 1.0
