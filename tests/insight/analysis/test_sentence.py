"""A count in a sentence keeps its rows, whatever the words around it."""

import re
from types import SimpleNamespace
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.analysis.report.markup import Translate
from bihuan.insight.analysis.report.row_pages import RowPages
from bihuan.insight.analysis.sentence import Count, parts

PHONE, SHOP = (("channel", "phone"),), (("channel", "store"),)
SIZES = {PHONE: 27, SHOP: 27}


def pages(sizes: dict[Any, int] = SIZES, language: str = "zh") -> RowPages:
    analysis: Any = SimpleNamespace(row_sets=SimpleNamespace(size=sizes.__getitem__))
    return RowPages(analysis, Translate(language))


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', html)


def test_a_new_wording_keeps_the_link():
    for wording in (
        "电话 {hits} 条",
        "{hits}条来自电话",
        "共计（{hits}）",
        "{hits}",
    ):
        html = str(pages().sentence(Text(wording, "x", hits=Count(27, PHONE))))
        assert links(html) == [("report_rows/0001.html", "27")]


def test_two_equal_numbers_lead_to_their_own_rows():
    here = pages()
    text = Text("电话 {a} 条，门店 {b} 条", "{b} in shops, {a} by phone", a=Count(27, PHONE), b=Count(27, SHOP))
    assert [address for address, _ in links(str(here.sentence(text)))] == [here.href(PHONE), here.href(SHOP)]
    english = pages(language="en")
    assert [address for address, _ in links(str(english.sentence(text)))] == [english.href(SHOP), english.href(PHONE)]


def test_a_number_in_a_name_is_no_link():
    text = Text("{name}：{hits} 条", "{name}: {hits}", name=Text("型号 27 号", "Model 27"), hits=Count(27, PHONE))
    assert str(pages().sentence(text)).startswith("型号 27 号：<a ")


def test_a_count_within_a_sentence_of_a_sentence_is_linked_and_markup_is_escaped():
    inner = Text("<b>{hits}</b>", "", hits=Count(27, PHONE))
    html = str(pages().sentence(Text("{inner}，{name}", "", inner=inner, name="{hits} & <i>")))
    assert html == '&lt;b&gt;<a href="report_rows/0001.html">27</a>&lt;/b&gt;，{hits} &amp; &lt;i&gt;'


def test_a_number_that_is_not_the_size_of_its_set_is_not_linked():
    assert str(pages({PHONE: 30}).sentence(Text("{hits} 条", "", hits=Count(27, PHONE)))) == "27 条"


def test_plain_text_and_parts_say_the_same():
    text = Text("电话 {hits} 条", "{hits} by phone", hits=Count(12345, PHONE))
    assert (text.to("zh"), text.to("en")) == ("电话 12,345 条", "12,345 by phone")
    assert "".join(map(str, parts(text, "zh"))) == text.to("zh")
    assert text.to_json() == {"zh": "电话 12,345 条", "en": "12,345 by phone"}
