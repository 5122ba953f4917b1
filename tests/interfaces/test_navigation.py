"""The navigation marks the section a page belongs to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.urls.resolvers import URLPattern, URLResolver

from bihuan.cases.models import Case
from bihuan.people.permissions import CAPABILITIES
from bihuan.web import urls
from bihuan.web.access import PUBLIC, permission_of
from bihuan.web.context import NAV_ITEMS, SECTION_OF_NAMESPACE, SECTION_OF_PAGE, _nav, section_of

WITHOUT_SECTION = {
    "account_change_password",
    "account_logout",
    "attachments:detail",
    "drafts:state",
    "notifications:list",
    "notifications:open",
    "notifications:read",
    "search",
}
"""Pages that every section leads to, or that are no pages (a file, a part of one)."""


def staff_pages(patterns: Any = urls.urlpatterns, namespace: str = "") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names |= staff_pages(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and permission_of(pattern.callback) != PUBLIC:
            names.add(f"{namespace}{pattern.name}")
    return names


def marked(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)" aria-current="page"', html)


def test_every_staff_page_has_a_section_or_is_listed_as_having_none():
    assert {name for name in staff_pages() if section_of(name) is None} == WITHOUT_SECTION


def test_sections_name_entries_and_pages_that_exist():
    entries, names = {item.url for item in NAV_ITEMS}, staff_pages()
    assert set(SECTION_OF_PAGE.values()) | set(SECTION_OF_NAMESPACE.values()) <= entries
    assert set(SECTION_OF_PAGE) - names == set()
    assert set(SECTION_OF_NAMESPACE) - {name.rpartition(":")[0] for name in names} == set()
    assert {section_of(item.url) for item in NAV_ITEMS} == entries, "an entry's own page marks it"


@pytest.mark.django_db
def test_exactly_the_entry_of_the_section_is_marked():
    everybody = frozenset(role for roles in CAPABILITIES.values() for role in roles)
    for item in NAV_ITEMS:
        assert marked(_nav(everybody, item.url, "zh").side) == [item.href]
    assert marked(_nav(everybody, None, "zh").side) == []


def test_the_pages_of_a_case_mark_cases(as_: Any, cast: Any):
    case = Case.open(by=cast["lin"], title="付款失败", kind="problem")
    client = as_("chen")
    for name in ("cases:detail", "diagnosis:detail", "plans:detail", "followup:detail"):
        page = client.get(reverse(name, args=[case.pk]), follow=True).content.decode()
        assert set(marked(page)) & {item.href for item in NAV_ITEMS} == {reverse("cases:list")}, name
