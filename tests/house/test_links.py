"""Every page that somebody may open is reached from the start page by links and buttons."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from bihuan.people.models import User
from bihuan.people.permissions import CAPABILITIES
from bihuan.web.access import PUBLIC, SIGNED_IN, permission_of
from tests.domain.feedback.sheets import as_csv, line, taken_in, uploaded
from tests.house.crawler import Crawler, names, routes
from tests.house.flow_rows import rows_for_pages
from tests.house.source import PRODUCT, TEMPLATES, text_of

WITHOUT_A_LINK = {
    "feedback/<int:pk>/case/": "make a case of a feedback item: its button comes with issue 10",
}
"""Route → why no link leads to it."""
NOT_IN_EVERY_MENU = {
    "deadlines/": "in the auditor's menu; open to all, whose link comes with issue 10",
    "escalation/": "linked from the cases' due times; the link for auditors comes with issue 10",
    "follow-up/": "in the menu of those who call; the link for others comes with issue 10",
    "approvals/<int:pk>/": "listed for those whose decision it waits for; a link on the plan comes with issue 10",
}
"""Route → why not everybody who may open it finds a link."""

STAFF = {route: need for route, view in routes().items() if (need := permission_of(view)) != PUBLIC}


def people_by_rights(people: dict[str, User]) -> dict[frozenset[str], User]:
    """One person for each set of capabilities that somebody has."""
    return {frozenset(c for c in CAPABILITIES if user.can(c)): user for user in people.values()}


def is_written_as_link(name: str) -> bool:
    """Whether a template has a link or form to it, or an act leads to it: the demo has no row in the state that shows it."""
    written = re.compile(rf"""['"]{re.escape(name)}['"]""")
    return any(written.search(text_of(path)) for path in [*TEMPLATES, *PRODUCT] if "urls" not in path.parts)


def missing_links(crawler: Crawler, wanted: set[str], others: list[Crawler]) -> list[str]:
    """Routes that others reached, that this person may open too, and that no link showed this person."""
    missing = []
    for route in sorted(wanted - set(crawler.reached) - set(NOT_IN_EVERY_MENU)):
        known = [pair for other in others for pair in other.reached.get(route, {}).items()][:4]
        open_to_me = [(where, page) for where, page in known if crawler.get(where) == 200]
        if open_to_me and not any(crawler.shows_link(page, route) for _, page in open_to_me):
            missing.append(f"{crawler.user.username}: {open_to_me[0][0]}")
    return missing


def import_files(by: User) -> None:
    """One file waiting for its settings, one imported with a row that failed."""
    lines = as_csv([line(1), line(2, text=" ")])
    uploaded(lines, "a.csv", by)
    taken_in(lines, "b.csv", by)


def nowhere(crawlers: list[Crawler]) -> set[str]:
    """Routes that nobody reached."""
    return set(STAFF) - set(WITHOUT_A_LINK) - {route for crawler in crawlers for route in crawler.reached}


@pytest.fixture
def quiet() -> Any:
    """Pages that answer 404 and 405 are no news here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_is_reached_by_links_from_the_start_page(demo_company: dict[str, User], quiet: None):
    rows_for_pages(demo_company["chen"])
    import_files(demo_company["chen"])
    crawlers, wanted = [], {}
    for rights, user in people_by_rights(demo_company).items():
        crawler = Crawler(user)
        wanted[crawler] = {route for route, need in STAFF.items() if need == SIGNED_IN or need in rights}
        crawler.walk(wanted[crawler])
        crawlers.append(crawler)
    offenders = [line for c in crawlers for line in missing_links(c, wanted[c] - set(WITHOUT_A_LINK), crawlers)]
    called = names()
    offenders += [f"nobody: {route}" for route in sorted(nowhere(crawlers)) if not is_written_as_link(called[route])]
    reached = {route for crawler in crawlers for route in crawler.reached}
    offenders += [f"no exception: {route}" for route in WITHOUT_A_LINK if route in reached]
    offenders += [f"{c.user.username}: {broken}" for c in crawlers for broken in c.broken if broken.endswith(" 500")]
    assert not offenders, "\n".join(offenders)
