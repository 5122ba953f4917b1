"""On a phone: a supervisor sees what breaches next and why and urges with a thumb; an agent pauses and resumes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.audit.models import Event
from bihuan.cases.models import Assessment, Case
from bihuan.deadlines.models import Scheme
from bihuan.demo.sample_people import PASSWORD
from bihuan.notifications import outbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def assessed_case(cast: Any, title: str, scope: str) -> Case:
    made = Case.open(by=cast["lin"], title=title, kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    given = {"business_urgency": "core_down", "scope": scope}
    Assessment.assess(made, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    return made


@pytest.fixture
def enter(live_server: Any, page: Page) -> Callable[[str, str], None]:
    """Sign in and open an address, on a phone."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def go(name: str, address: str) -> None:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/sign-in/")
        page.fill("#id_login", name)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{live_server.url}{address}")

    return go


def test_a_supervisor_finds_what_breaches_next_and_urges_with_one_hand(
    enter: Callable[[str, str], None], cast: Any, page: Page, complaints: list[str]
) -> None:
    assessed_case(cast, "报表打不开", "one")
    first = assessed_case(cast, "全部用户登录失败", "many")
    enter("chen", "/deadlines/due/")
    top = page.locator(".due-list > li").first
    expect(top).to_contain_text("全部用户登录失败")
    expect(top).to_contain_text("还剩")
    expect(top).to_contain_text("周涛")
    top.locator("summary").click()
    expect(top.locator(".why p")).to_contain_text("到期")
    urge = top.get_by_role("button", name="催办")
    expect(urge).to_be_in_viewport()
    box = urge.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    urge.click()
    expect(page.locator("#messages")).to_contain_text("已催办")
    assert Event.objects.filter(kind="case.reminded", timeline=first.timeline).count() == 1
    outbox.dispatch()
    enter("zhou", "/notifications/")
    expect(page.locator(".bell-count")).to_be_visible()
    page.locator(".notification a", has_text="催办").click()
    expect(page.locator("h1")).to_have_text("全部用户登录失败")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []


def test_an_agent_pauses_with_the_new_due_time_shown_and_resumes(
    enter: Callable[[str, str], None], cast: Any, page: Page, complaints: list[str]
) -> None:
    case = assessed_case(cast, "登录失败", "one")
    enter("lin", f"/cases/{case.pk}/")
    page.locator(".action-bar a", has_text="挂起").click()
    expect(page.locator("main")).to_contain_text("最长到")
    page.get_by_label("等客户", exact=True).check()
    page.fill("#id_reason", "等客户提供截图")
    page.get_by_role("button", name="挂起").click()
    expect(page.locator(".waiting")).to_contain_text("现在恢复，时限是")
    expect(page.locator("#deadlines .due").first).to_contain_text("暂停，自")
    page.locator(".waiting").get_by_role("button", name="恢复处理").click()
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator("#deadlines .due").first).to_contain_text("还剩")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
