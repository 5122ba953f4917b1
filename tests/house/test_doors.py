"""Every door says what it needs, and holds it: each address is tried as each role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.demo.sample_people import CAST
from bihuan.people.models import User
from bihuan.people.permissions import CAPABILITIES, ROLES
from bihuan.web.access import PUBLIC, SIGNED_IN, ClosedByDefault, permission_of

COOKIES = "django.contrib.sessions.backends.signed_cookies"


def doors(resolver: URLResolver | None = None, stem: str = "/") -> list[tuple[str, Any]]:
    found = []
    for one in (resolver or get_resolver()).url_patterns:
        route = stem + str(one.pattern)
        found += doors(one, route) if isinstance(one, URLResolver) else [(route, one.callback)]
    return found


DOORS = doors()


def address(route: str) -> str:
    """The route with places filled by rows that do not exist, so that only the door is tried."""
    filled = re.sub(r"<int:\w+>", "0", route)
    return re.sub(r"<(?:\w+:)?\w+>", "nobody", filled)


@pytest.mark.parametrize(("route", "view"), DOORS, ids=[r for r, _ in DOORS])
def test_every_door_declares_a_need_that_exists(route: str, view: Any):
    assert permission_of(view) in {PUBLIC, SIGNED_IN, *CAPABILITIES}


PUBLIC_DOORS = {
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


def test_the_public_doors_are_these():
    assert {r for r, v in DOORS if permission_of(v) == PUBLIC} == PUBLIC_DOORS


@dataclass
class Visitors:
    """One account for each set of capabilities that the cast has, signed in, and those capabilities."""

    people: list[User]
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any) -> Visitors:
    """Signed in once for all doors (sessions in cookies, so that no test's rollback signs them out)."""
    with django_db_blocker.unblock(), override_settings(SESSION_ENGINE=COOKIES):
        cast = User.objects.filter(username__in=[m.username for m in CAST])
        people = list({frozenset(c for c in CAPABILITIES if u.can(c)): u for u in cast}.values())
        clients = {u.username: Client(raise_request_exception=False) for u in people}
        for user in people:
            clients[user.username].force_login(user)
        return Visitors(people, clients)


def lets_in(view: Any, user: Any) -> bool:
    """The middleware asked alone: the page behind the door is not drawn."""
    request = RequestFactory().get("/")
    request.user = user
    try:
        return ClosedByDefault(view).process_view(request, view, (), {}) is None  # type: ignore[arg-type]
    except PermissionDenied:
        return False


@pytest.mark.once  # a door does not depend on the database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "view"),
    [d for d in DOORS if permission_of(d[1]) != PUBLIC],
    ids=lambda d: d if isinstance(d, str) else "",
)
def test_every_door_is_tried_as_every_role(route: str, view: Any, visitors: Visitors, settings: Any):
    """The door as every role; whole requests as a stranger, as one who may not, and as all who may."""
    settings.SESSION_ENGINE = COOKIES
    door, where = permission_of(view), address(route)
    inside = [u for u in visitors.people if door == SIGNED_IN or u.can(str(door))]
    assert [u for u in visitors.people if lets_in(view, u)] == inside
    outside = [u for u in visitors.people if u not in inside]
    for method in ("get", "post"):
        answer = getattr(Client(), method)(where)
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]
        if "sign-out" in route and method == "post":
            continue
        for user in outside[:1]:
            assert getattr(visitors.clients[user.username], method)(where).status_code == 403
        # A page is drawn for each who may see it; what is sent to rows that do not exist fares alike for all.
        for user in inside if method == "get" else inside[:1]:
            status = getattr(visitors.clients[user.username], method)(where).status_code
            assert status not in {403, 500}, f"{user.username}: {status}"


def test_the_cast_has_every_role():
    assert {role for m in CAST for role in m.roles} == set(ROLES)


def test_a_pattern_is_a_pattern():
    assert all(isinstance(p, URLPattern | URLResolver) for p in get_resolver().url_patterns)
