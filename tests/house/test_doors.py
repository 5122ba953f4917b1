"""Every door says what it needs, and holds it: each address is tried as each role."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.demo.cast import CAST
from bihuan.people.models import User
from bihuan.people.permissions import CAPABILITIES
from bihuan.web.doors import PUBLIC, SIGNED_IN, door_of

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
    assert door_of(view) in {PUBLIC, SIGNED_IN, *CAPABILITIES}


PUBLIC_DOORS = {
    "/confirm/<str:token>/",
    "/language/",
    "/sign-in/",
    "/first-start/",
    "/healthz",
    "/survey/<str:token>/",
    "/track/",
    "/voice/",
    "/help/",
    "/help/<str:number>/",
}


def test_the_public_doors_are_these():
    assert {r for r, v in DOORS if door_of(v) == PUBLIC} == PUBLIC_DOORS


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: Any) -> dict[str, Client]:
    """The cast, signed in once for all doors (sessions in cookies, so that no test's rollback signs them out)."""
    with django_db_blocker.unblock(), override_settings(SESSION_ENGINE=COOKIES):
        people = {u.username: u for u in User.objects.all()}
        made = {m.username: Client(raise_request_exception=False) for m in CAST}
        for username, client in made.items():
            client.force_login(people[username])
        return made


@pytest.mark.once  # a door does not depend on the database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "view"), [d for d in DOORS if door_of(d[1]) != PUBLIC], ids=lambda d: d if isinstance(d, str) else ""
)
def test_every_door_is_tried_as_every_role(route: str, view: Any, visitors: dict[str, Client], settings: Any):
    settings.SESSION_ENGINE = COOKIES
    door, people = door_of(view), {u.username: u for u in User.objects.all()}
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(route))
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]
        for username, client in visitors.items():
            if "sign-out" in route and method == "post":
                continue
            allowed = door == SIGNED_IN or people[username].can(str(door))
            status = getattr(client, method)(address(route)).status_code
            assert (status != 403) == allowed, f"{username}: {status}"
            assert status != 500, f"{username} got an error"


def test_a_pattern_is_a_pattern():
    assert all(isinstance(p, URLPattern | URLResolver) for p in get_resolver().url_patterns)
