"""The first page a person meets, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_drawn_with_the_built_style_and_the_browser_has_no_complaint(
    live_server: Any, cast: dict[str, object], page: Page, complaints: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(live_server.url)
    assert answer
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    rules = page.evaluate("[...document.styleSheets].map((sheet) => sheet.cssRules.length)")
    assert max(rules) > 1000
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
