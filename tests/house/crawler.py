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

LINK = re.compile(r'\b(?:href|action|formaction|hx-get|hx-post)="([^"]+)"')
INSTANCES = 3
"""Pages of one route that are opened at most: other rows and other views show other links."""


def routes(resolver: URLResolver | None = None, stem: str = "") -> dict[str, Any]:
    """Every route with its view."""
    found: dict[str, Any] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        route = stem + str(pattern.pattern)
        found |= routes(pattern, route) if isinstance(pattern, URLResolver) else {route: pattern.callback}
    return found


def route_of(address: str) -> str:
    """The route of an address, "" where none fits."""
    try:
        return str(resolve(address.partition("?")[0]).route)
    except Resolver404:
        return ""


def links(page: str) -> list[str]:
    return [unescape(target) for target in LINK.findall(page)]


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
            for target in links(answer.content.decode()):
                self._found(target, address)

    def _found(self, target: str, page: str) -> None:
        target = target.partition("#")[0]
        if target.startswith("?"):
            target = page.partition("?")[0] + target
        route = route_of(target) if target.startswith("/") or not page else ""
        if not target.startswith("/") or target.startswith(("/static/", "//")) or target in self.reached[route]:
            return
        self.reached[route][target] = page
        # Routes never opened come first, then other rows, then other views of a list.
        heapq.heappush(self._queue, (len(self.reached[route]) + 5 * ("?" in target), len(self._queue), target))
