import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.normalize import normalize


@pytest.mark.parametrize(
    ("raw", "same"),
    [
        ("ＡＰＰ　打不開", "app 打不开"),
        ("退\u200b款\ufeff", "退款"),
        ("  Line\n\n two ", "line two"),
        ("\u202e客服\u202c", "客服"),
        ("頁面顯示", "页面显示"),
    ],
)
def test_the_normal_form_folds_width_case_spaces_and_traditional_characters(raw, same):
    assert normalize(raw) == same


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normalize(normalize(text)) == normalize(text)
