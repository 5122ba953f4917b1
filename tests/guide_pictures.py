"""Takes the pictures of docs/guide from the demo, by clicking: ``python -m tests.guide_pictures``."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import NAMES
from tests.browser.installation import installed

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "img"
PICTURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("home", "chen", ()),
    ("guide-agent", "lin", ("分类",)),
    ("guide-supervisor", "chen", ("到期",)),
    ("guide-requirements", "wang", ("需求",)),
    ("guide-findings", "liu", ("发现",)),
    ("guide-diagnosis", "zhou", ("事项", "status:诊断中", "tab:诊断")),
    ("guide-case", "sun", ("事项", "status:执行中")),
    ("guide-tasks", "xu", ("事项", "status:执行中", "tab:执行")),
    ("guide-approval", "tang", ("审批",)),
    ("guide-leader", "fang", ()),
    ("guide-report", "ye", ("报表",)),
    ("guide-setup", "admin", ("工作日历",)),
    ("guide-audit", "audit", ("操作日志",)),
)
"""File name, demo account, what is clicked: an entry of the navigation, a case in a status, a tab of the case."""


def click(page: Page, step: str) -> None:
    kind, _, text = step.rpartition(":")
    if kind == "status":
        page.locator("main tr", has_text=text).locator("a").first.click()
    elif kind == "tab":
        page.locator("main").get_by_role("link", name=text, exact=True).first.click()
    else:
        page.locator("aside, nav").get_by_role("link", name=text, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def main() -> None:
    path = os.environ.get("BIHUAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with tempfile.TemporaryDirectory() as data, installed(Path(data)) as base, sync_playwright() as client:
        browser = client.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for name, username, steps in PICTURES:
            viewport = {"width": 1200, "height": 720}
            context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=viewport)
            page = context.new_page()
            page.goto(f"{base}/sign-in/")
            page.click(f'button[data-user="{username}"]')
            for step in steps:
                click(page, step)
            page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=70)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
