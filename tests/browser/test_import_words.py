"""Unknown words of a sheet in a real browser, told on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.demo.sample_people import PASSWORD
from bihuan.feedback.models import ValueMapping
from tests.domain.feedback.sheets import as_csv, line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_a_word_stands_for_is_said_on_a_phone_and_the_next_sheet_asks_no_more(
    live_server: Any, cast: Any, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    sheet, second = tmp_path / "甲.csv", tmp_path / "乙.csv"
    sheet.write_bytes(as_csv([line(n, channel="线上商城APP客服") for n in range(3)]))
    second.write_bytes(as_csv([line(n, channel="线上商城APP客服") for n in range(5, 8)]))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{live_server.url}/imports/")
    page.set_input_files("input[type=file]", str(sheet))
    words = page.get_by_label("渠道 线上商城APP客服")
    words.select_option(label="企业微信")
    page.get_by_role("button", name="更新预览").click()
    expect(page.get_by_text("3 行完好")).to_be_visible()
    expect(words).to_have_value("wecom")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_text("正在导入")).to_be_visible()
    assert ValueMapping.objects.get().meaning == "wecom"
    page.goto(f"{live_server.url}/imports/")
    page.set_input_files("input[type=file]", str(second))
    expect(page.get_by_text("3 行完好")).to_be_visible()
    page.goto(f"{live_server.url}/imports/mappings/")
    page.get_by_role("button", name="忘记").click()
    expect(page.get_by_text("还没有记住什么")).to_be_visible()
    assert complaints == []
