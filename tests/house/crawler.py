"""Walks over the pages as one person, following links only."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from html import unescape
from typing import Any

from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from bihuan.people.models import User

LINK = re.compile(r'\b(?:href|hx-get)="([^"]+)"|<form(?![^>]*method="post")[^>]*\baction="([^"]+)"')
BUTTON = re.compile(r'\b(?:formaction|hx-post)="([^"]+)"|<form(?=[^>]*method="post")[^>]*\baction="([^"]+)"')
INSTANCES = 2
"""Pages of one route that are opened at most: other rows and other views show other links."""


def routes(resolver: URLResolver | None = None, stem: str = "") -> dict[str, Any]:
    """Every route with its view."""
    found: dict[str, Any] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        route = stem + str(pattern.pattern)
        found |= routes(pattern, route) if isinstance(pattern, URLResolver) else {route: pattern.callback}
    return found


def names(resolver: URLResolver | None = None, stem: str = "", namespace: str = "") -> dict[str, str]:
    """Every route with the name that templates and views write for it."""
    found: dict[str, str] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        route = stem + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= names(pattern, route, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            found[route] = f"{namespace}{pattern.name}"
    return found


def route_of(address: str) -> str:
    """The route of an address, "" where none fits."""
    try:
        return str(resolve(address.partition("?")[0]).route)
    except Resolver404:
        return ""


def targets(pattern: re.Pattern[str], page: str) -> list[str]:
    return [unescape(first or second) for first, second in pattern.findall(page)]


def links(page: str) -> list[str]:
    """Where the links, buttons and forms of a page lead."""
    return targets(LINK, page) + targets(BUTTON, page)


class Crawler:
    """One person's walk: ``reached`` holds, by route, the addresses that links and buttons
    lead to and the page of each.
    """

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.reached: dict[str, dict[str, str]] = defaultdict(dict)
        self.broken: list[str] = []
        self.opened: Counter[str] = Counter()
        self._queue: list[tuple[int, int, str]] = []

    def walk(self, wanted: set[str], start: str = "/") -> None:
        """Follows links from the start page until every wanted route is reached or nothing new is left."""
        self._found(start, "")
        while self._queue and not wanted <= set(self.reached):
            _, _, address = heapq.heappop(self._queue)
            route = route_of(address)
            if self.opened[route] < INSTANCES:
                self.opened[route] += 1
                self._open(address)

    def get(self, address: str) -> int:
        return int(self.client.get(address).status_code)

    def shows_link(self, page: str, route: str) -> bool:
        """Whether this person finds a link to the route on a page."""
        answer = self.client.get(page)
        return answer.status_code == 200 and any(route_of(target) == route for target in links(answer.content.decode()))

    def _open(self, address: str) -> None:
        answer = self.client.get(address)
        if answer.status_code in {302, 301}:
            self._found(answer["Location"], address)
        elif answer.status_code == 405:
            return  # a button's target: it takes a form only
        elif answer.status_code >= 400:
            self.broken.append(f"{address} {answer.status_code}")
        elif "html" in answer.get("Content-Type", ""):
            page = answer.content.decode()
            for target in targets(LINK, page):
                self._found(target, address)
            for target in targets(BUTTON, page):
                self._found(target, address, opens=False)

    def _found(self, target: str, page: str, opens: bool = True) -> None:
        target = target.partition("#")[0]
        if target.startswith("?"):
            target = page.partition("?")[0] + target
        route = route_of(target) if target.startswith("/") or not page else ""
        if not target.startswith("/") or target.startswith(("/static/", "//")) or target in self.reached[route]:
            return
        self.reached[route][target] = page
        if not opens:
            return  # a button takes a form
        # Routes never opened come first, then other rows and tabs, then other orders and filters of a list.
        query = target.partition("?")[2]
        rank = len(self.reached[route]) + (0 if query.startswith("view=") and "&" not in query else 5 * bool(query))
        heapq.heappush(self._queue, (rank, len(self._queue), target))
