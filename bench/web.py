"""Queries and CPU of every list, page, search and form: `bihuan bench web`.

Queries are counted at 20 rows and again at many; they must be equal. CPU is what one web process spends on a request,
HTTP and session included, as a ratio to an empty Django view behind the same server in the same run: one gunicorn
sync worker each and a connection a request, the yardstick the limits were set by. (A server that keeps connections
open answers the empty view for a third less CPU and everything else for about the same, so its ratios are higher.)
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import median

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from bench import world
from bench.served import Served, serve
from bihuan.people.models import User
from tests.visits import VISITS, Visit, check, queries

ROUNDS = 7
LIMITS = {"list": 60, "page": 40, "search": 40, "create": 20, "home": 150}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bihuan bench web")
    parser.add_argument("--feedback-items", type=int, default=20000)
    parser.add_argument("--cases", type=int, default=2000)
    options = parser.parse_args()
    by = world.few()
    few = {v.name: queries(by, v, 0) for v in VISITS}
    by = world.many(options.feedback_items, options.cases)
    many = {v.name: queries(by, v, 10) for v in VISITS}
    connection.close()
    with (
        serve("bench.empty:application", DJANGO_SETTINGS_MODULE="") as yardstick,
        serve("bihuan.wsgi:application") as site,
    ):
        sign_in(site, by)
        spent = {v.name: rounds(yardstick, site, v) for v in VISITS}
    base = median(one for each in spent.values() for one, _ in each)
    print(f"{options.feedback_items} feedback items, {options.cases} cases; an empty view: {base:.2f} CPU ms a request")
    print(
        f"The median of {ROUNDS} rounds, each of the empty view and then the page, so that a busy machine slows both.\n"
    )
    print(f"{'':<32}{'queries':>15}{'CPU ms':>9}{'ratio':>8}{'limit':>7}")
    return 1 if sum(line(v, few[v.name], many[v.name], spent[v.name]) for v in VISITS) else 0


def rounds(yardstick: Served, site: Served, visit: Visit) -> list[tuple[float, float]]:
    """CPU milliseconds of the empty view and of the visit, round by round; the first round only warms both."""
    return [
        (cpu_ms(yardstick, lambda n: ("/", ""), 600, start=0), cpu_ms(site, visit.make, 20, start=1000 * number))
        for number in range(ROUNDS + 1)
    ][1:]


def line(visit: Visit, few: int, many: int, spent: list[tuple[float, float]]) -> bool:
    """Print one visit's figures; True when a limit is missed."""
    ratio, limit = median(page / empty for empty, page in spent), LIMITS[visit.kind]
    missed = few != many or ratio > limit
    own = median(page for _, page in spent)
    print(
        f"{visit.kind:<7} {visit.name:<24}{few:>6} → {many:<6}{own:>9.1f}{ratio:>8.1f}{limit:>7}{'  MISSED' if missed else ''}"
    )
    return missed


def cpu_ms(site: Served, make: Callable[[int], tuple[str, str]], times: int, start: int) -> float:
    """CPU milliseconds the server spends on one request, over ``times`` of them from ``start`` on."""
    before = site.cpu()
    for n in range(start, start + times):
        path, form = make(n)
        check(path, site.ask(path, form))
    return (site.cpu() - before) * 1000 / times


def sign_in(site: Served, user: User) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    site.cookie, site.token = session.session_key or "", "a" * 32
