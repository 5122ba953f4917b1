from bihuan.insight.text.keywords import Background, terms, title

TEXTS = [
    *[f"洗衣机脱水的时候漏水，第{at}次报修" for at in range(6)],
    *[f"快递{at}天没有更新，客服不回复" for at in range(6)],
    *[f"发票抬头开错，第{at}次申请重开" for at in range(6)],
]


def test_keywords_of_a_group_are_the_words_the_rest_lacks():
    words = [keyword.word for keyword in Background(TEXTS).keywords(TEXTS[:6])]
    assert {"洗衣机", "漏水"} & set(words)
    assert not {"快递", "发票", "客服"} & set(words)


def test_a_word_all_texts_share_is_no_keyword():
    texts = [f"手机{part}" for part in ("漏水", "漏水了", "快递慢", "快递丢") * 5]
    words = [keyword.word for keyword in Background(texts).keywords([text for text in texts if "漏水" in text])]
    assert words == ["漏水"]


def test_the_title_is_a_customers_own_clause_with_contact_data_masked():
    keywords = Background(TEXTS).keywords(TEXTS[:6])
    assert title(TEXTS[:6], keywords) in "洗衣机脱水的时候漏水"
    texts = ["漏水打13800138000"] * 3
    assert "13800138000" not in title(texts, Background([*TEXTS, *texts]).keywords(texts))


def test_stop_words_and_single_characters_are_no_terms():
    assert terms("我们的洗衣机，的 app 3.2") == ["洗衣机", "app"]
    assert Background([]).keywords([]) == []
    assert title([], []) == ""
