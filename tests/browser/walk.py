"""One complaint carried round the loop by the people of the demo, each in a browser of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

# What is folded away is opened first, as a person would.
UNFOLD = "(e) => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true }"


class Walk:
    """The cast before one installation, in one language at one width. Every stop leaves a screenshot."""

    def __init__(
        self, browser: Browser, base: str, pictures: Path, *, english: bool = False, width: int = 1366
    ) -> None:
        self.browser, self.base, self.pictures, self.english, self.width = browser, base, pictures, english, width
        self.people: dict[str, Page] = {}
        self.complaints: list[str] = []
        self.taken = 0

    def new_page(self) -> Page:
        height = 768 if self.width > 600 else 844
        context = self.browser.new_context(
            locale="en-US" if self.english else "zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": self.width, "height": height},
            has_touch=self.width < 600,
        )
        page = context.new_page()
        page.set_default_timeout(30000)
        page.on(
            "console",
            lambda message: self.complaints.append(f"{page.url}: {message.text}") if message.type == "error" else None,
        )
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def as_(self, username: str, path: str = "") -> Page:
        """This person's browser, signed in by one click on the demo's list, at ``path``."""
        if username not in self.people:
            page = self.people[username] = self.new_page()
            page.goto(f"{self.base}/sign-in/")
            page.click(f'button[data-user="{username}"]')
            expect(page.locator(".who")).to_be_visible()
        page = self.people[username]
        if path:
            page.goto(self.base + path)
        return page

    def picture(self, page: Page, name: str) -> None:
        """Leave a screenshot; nothing may be wider than the screen."""
        self.taken += 1
        page.screenshot(path=self.pictures / f"{self.taken:02d}-{name}.png", full_page=True)
        spill = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert spill <= 0, f"{name} is {spill} px too wide"

    def form(self, page: Page, ending: str) -> Locator:
        """The form whose address ends so; opened where it is folded away."""
        form = page.locator(f'main form[action$="{ending}"]').first
        form.evaluate(UNFOLD)
        return form

    def send(self, page: Page, ending: str, **values: Any) -> None:
        """Fill the form at ``ending`` and send it; the page that answers must not refuse."""
        form = self.form(page, ending)
        fill(form, values)
        form.locator("button:not([name])").last.click()
        page.wait_for_load_state()
        settled(page)

    def status(self, page: Page, case: str) -> str:
        """Where the case stands, read from its page's stepper."""
        page.goto(f"{self.base}{case}")
        return page.locator(".stepper .is-now").inner_text()


def fill(form: Locator, values: dict[str, Any]) -> None:
    """Put values in a form's fields as a person would: text, choice, tick, file."""
    for name, value in values.items():
        field = form.locator(f'[name="{name}"]').first
        field.evaluate(UNFOLD)
        kind = field.evaluate("(e) => e.type")
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                form.locator(f'[name="{name}"][value="{one}"]').check(force=True)
        elif kind.startswith("select"):
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


def settled(page: Page) -> None:
    """The page took what was sent: no refusal, no field marked, no error page."""
    trouble = page.locator(".alert-danger, .field-error")
    if trouble.count():
        raise AssertionError(f"{page.url}: {trouble.all_inner_texts()}")


def number(page: Page, pattern: str) -> int:
    """The number in the page's address, e.g. of /cases/12/."""
    found = re.search(pattern, page.url)
    assert found, page.url
    return int(found[1])
