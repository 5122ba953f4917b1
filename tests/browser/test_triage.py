"""Triage by keys alone in a real browser, and by taps on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.demo.sample_people import PASSWORD
from bihuan.feedback.models import Feedback
from tests.domain.feedback.feedback_samples import make_feedback

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXTS = (
    "发票抬头开错了要重开",
    "物流太慢，等了九天",
    "客服态度恶劣，我要投诉",
    "导出少了两列，不知道为什么",
    "下单按钮点不动",
)


@pytest.fixture
def feedback_items(live_server: Any, cast: Any, page: Page) -> list[Feedback]:
    """Five feedback items wait, and the agent Lin has signed in."""
    rows = [make_feedback(cast, text, "lanjing") for text in TEXTS]
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_login", "lin")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{live_server.url}/triage/")
    return rows


def on_table(page: Page, feedback: Feedback) -> None:
    expect(page.locator(".feedback-head strong")).to_have_text(feedback.number)


def first(page: Page) -> Feedback:
    return Feedback.objects.get(number=page.locator(".feedback-head strong").inner_text())


def test_a_queue_is_sorted_by_keys_alone(feedback_items: list[Feedback], page: Page, complaints: list[str]) -> None:
    order = [
        Feedback.objects.get(pk=int(a.get_attribute("href").split("=")[1])) for a in page.locator(".queue a").all()
    ]
    assert len(order) == 5
    on_table(page, order[0])
    page.keyboard.press("Enter")
    on_table(page, order[1])
    page.keyboard.press("5")
    page.keyboard.press("q")
    page.keyboard.press("8")
    page.keyboard.press("a")
    on_table(page, order[2])
    page.keyboard.press("x")
    on_table(page, order[3])
    page.keyboard.press("d")
    page.keyboard.type("缺陷 or 误用 a")
    page.keyboard.press("Enter")
    on_table(page, order[4])
    page.keyboard.press("v")
    page.keyboard.type("测试")
    page.keyboard.press("Enter")
    on_table(page, order[2])
    assert [Feedback.objects.get(pk=v.pk).status for v in order] == ["triaged", "triaged", "new", "disputed", "void"]
    changed = Feedback.objects.get(pk=order[1].pk)
    assert (changed.problem_type, changed.urgency, changed.scope) == ("price", "urgent", "general")
    assert complaints == []


def test_on_a_phone_one_tap_accepts_and_nothing_is_wider_than_the_screen(
    feedback_items: list[Feedback], page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    before = first(page)
    button = page.locator(".triage-actions .btn-primary")
    expect(button).to_be_in_viewport()
    button.click()
    expect(page.locator(".feedback-head strong")).not_to_have_text(before.number)
    assert Feedback.objects.get(pk=before.pk).status == "triaged"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_works_without_script(feedback_items: list[Feedback], page: Page, live_server: Any) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(f"{live_server.url}/triage/")
    before = first(plain)
    plain.locator(".triage-actions .btn-primary").click()
    expect(plain.locator(".feedback-head strong")).not_to_have_text(before.number)
    assert Feedback.objects.get(pk=before.pk).status == "triaged"
    context.close()
