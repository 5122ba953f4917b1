"""Every address says who may open it, and holds it: each is tried as each role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings

from bihuan.demo.sample_people import PEOPLE
from bihuan.people.models import User
from bihuan.people.permissions import CAPABILITIES, ROLES
from bihuan.web.access import PUBLIC, SIGNED_IN, ClosedByDefault, permission_of
from tests.house.crawler import routes

COOKIES = "django.contrib.sessions.backends.signed_cookies"
ROUTES = {f"/{route}": view for route, view in routes().items()}
PUBLIC_PAGES = {
    "/confirm/<str:token>/",
    "/language/",
    "/sign-in/",
    "/first-start/",
    "/healthz",
    "/survey/<str:token>/",
    "/track/",
    "/submit-feedback/",
    "/help/",
    "/help/<str:number>/",
}


def address(route: str) -> str:
    """The route with places filled by rows that do not exist, so that only the permission is tried."""
    filled = re.sub(r"<int:\w+>", "0", route)
    return re.sub(r"<(?:\w+:)?\w+>", "nobody", filled)


def test_every_address_requires_something_that_exists():
    known = {PUBLIC, SIGNED_IN, *CAPABILITIES}
    assert [route for route, view in ROUTES.items() if permission_of(view) not in known] == []


def test_the_public_addresses_are_these():
    assert {route for route, view in ROUTES.items() if permission_of(view) == PUBLIC} == PUBLIC_PAGES


def test_the_demo_people_have_every_role():
    assert {role for member in PEOPLE for role in member.roles} == set(ROLES)


@dataclass
class Visitors:
    """One account for each set of capabilities that the demo people have, signed in."""

    people: list[User]
    clients: dict[str, Client]

    def send(self, user: User, method: str, where: str) -> int:
        return int(getattr(self.clients[user.username], method)(where).status_code)


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any) -> Visitors:
    """Signed in once for all addresses (sessions in cookies, so that no test's rollback signs them out)."""
    with django_db_blocker.unblock(), override_settings(SESSION_ENGINE=COOKIES):
        cast = User.objects.filter(username__in=[m.username for m in PEOPLE])
        people = list({frozenset(c for c in CAPABILITIES if u.can(c)): u for u in cast}.values())
        clients = {u.username: Client(raise_request_exception=False) for u in people}
        for user in people:
            clients[user.username].force_login(user)
        return Visitors(people, clients)


def may_open(view: Any, user: Any) -> bool:
    """The middleware asked alone: the page itself is not drawn."""
    request = RequestFactory().get("/")
    request.user = user
    try:
        return ClosedByDefault(view).process_view(request, view, (), {}) is None  # type: ignore[arg-type]
    except PermissionDenied:
        return False


def faults(route: str, view: Any, visitors: Visitors) -> list[str]:
    """What is wrong when an address is tried by a stranger, by one who may not and by all who may."""
    found, need, where = [], permission_of(view), address(route)
    allowed = [u for u in visitors.people if need == SIGNED_IN or u.can(str(need))]
    if [u for u in visitors.people if may_open(view, u)] != allowed:
        found.append(f"{route}: others than {need} may open it")
    for method in ("get", "post"):
        answer = getattr(Client(), method)(where)
        if answer.status_code != 302 or "/sign-in/" not in answer["Location"]:
            found.append(f"{method} {route} as a stranger: {answer.status_code}")
        if "sign-out" in route and method == "post":
            continue
        for user in [u for u in visitors.people if u not in allowed][:1]:
            if (status := visitors.send(user, method, where)) != 403:
                found.append(f"{method} {route} as {user.username}, who may not: {status}")
        # A page is drawn for each who may see it; what is sent to rows that do not exist fares alike for all.
        for user in allowed if method == "get" else allowed[:1]:
            if (status := visitors.send(user, method, where)) in {403, 500}:
                found.append(f"{method} {route} as {user.username}, who may: {status}")
    return found


@pytest.mark.once  # permissions do not depend on the database
@pytest.mark.django_db
def test_every_address_is_tried_as_every_role(visitors: Visitors, settings: Any):
    settings.SESSION_ENGINE = COOKIES
    offenders = [
        fault
        for route, view in ROUTES.items()
        if permission_of(view) != PUBLIC
        for fault in faults(route, view, visitors)
    ]
    assert not offenders, "\n".join(offenders)
