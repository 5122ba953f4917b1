from bihuan.insight.text.term_matcher import TermMatcher


def test_latin_words_are_found_only_whole():
    assert TermMatcher(["bug", "扣款"]).find("debugging bug 被扣款") == [(10, "bug"), (15, "扣款")]


def test_the_longest_word_wins():
    assert TermMatcher(["扣款", "重复扣款"]).find("重复扣款") == [(0, "重复扣款")]
