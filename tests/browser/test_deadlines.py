"""In a real browser: the administrator brings 2027 in and sees what moved; an auditor reads how a deadline came about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bihuan.deadlines.models import Deadline
from bihuan.deadlines.recalculation import recalculate_all
from bihuan.demo.sample_people import PASSWORD
from tests.domain.deadlines.table_2027 import CSV
from tests.domain.deadlines.test_versions import begun, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def enter(page: Page, url: str, who: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def far(cast: Any) -> Deadline:
    """A deadline somewhere in 2027, so provisional."""
    return begun(opened(cast), cast, 200)


def test_the_administrator_imports_next_year_and_sees_what_moved(
    live_server: Any, far: Deadline, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    notice = tmp_path / "2027.csv"
    notice.write_text(CSV, encoding="gb18030")
    enter(page, live_server.url, "admin")
    page.get_by_role("link", name="工作日历").first.click()
    page.get_by_role("link", name="公司日历").click()
    page.get_by_role("button", name="起草新版").click()
    page.set_input_files("input[type=file]", str(notice))
    page.get_by_role("button", name="读入并预览").click()
    expect(page.get_by_text("已读入 33 天")).to_be_visible()
    expect(page.locator("#effect")).to_contain_text(far.case.number)
    expect(page.locator("#effect")).to_contain_text("2026-12-31 → 2027-12-31")
    expect(page.locator(".day.is-changed").first).to_be_visible()
    page.get_by_role("button", name="发布第 2 版").click()
    recalculate_all()
    page.reload()
    expect(page.locator("#moved")).to_contain_text(far.case.number)
    before, after = far.due, Deadline.objects.get(pk=far.pk).due
    assert after != before
    page.set_viewport_size(PHONE)
    assert fits(page)
    page.goto(f"{live_server.url}/calendars/")
    assert fits(page)
    assert complaints == []


def test_an_auditor_reads_a_derivation_on_desk_and_phone(
    live_server: Any, far: Deadline, page: Page, complaints: list[str]
) -> None:
    enter(page, live_server.url, "audit")
    page.get_by_role("link", name="时限").first.click()
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("解决")
    due = far.derivation()
    expect(page.locator(".day-breakdown li")).to_have_count((due.last - due.start.date()).days + 1)
    expect(page.locator(".cli-input")).to_contain_text('"working_days"')
    page.set_viewport_size(PHONE)
    assert fits(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("main")).to_contain_text("start day not counted")
    assert fits(page)
    assert complaints == []
