"""The world every test plays in: the demo's cast, on a database and a data folder of the test's own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils import translation

# One folder for all the processes of a run; the first that is set up makes it, the others inherit its name.
if "BIHUAN_TEST_DATA" not in os.environ:
    os.environ["BIHUAN_TEST_DATA"] = tempfile.mkdtemp(prefix="bihuan-test-")
os.environ["BIHUAN_DATA"] = os.environ["BIHUAN_TEST_DATA"]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
django.setup()

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
database = settings.DATABASES["default"]
if database["ENGINE"].endswith("sqlite3"):
    # A file, not the memory default: threads and other processes must meet the same locks as in production.
    database.setdefault("TEST", {}).update(NAME=str(settings.DATA / "test.sqlite3"))
    database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

SHARED = Path(os.environ.get("BIHUAN_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")


DATABASE_FIXTURES = {"db", "transactional_db"}
QUERY_COUNTS = {"django_assert_num_queries", "django_assert_max_num_queries"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest has run on SQLite and would say the same again.

    Nor what counts queries, of which there are as many on either.
    """
    if database["ENGINE"].endswith("sqlite3"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
    items[:] = filter(touches_database, items)


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES) and not fixtures & QUERY_COUNTS


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; a test that asks for it is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"no real data at {SHARED} (set BIHUAN_SHARED)")
    return SHARED / "data"


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables come straight from the models; tests/setup/test_migrations.py sees that the migrations make the same."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    from bihuan.demo.sample_people import create_people  # Django is not set up when this file is read

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        create_people()


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """A request in English leaves its language behind in this thread."""
    translation.activate("zh-hans")


@pytest.fixture
def cast(db: None) -> dict[str, object]:
    """The people of the demo company by account name; made anew where a test emptied the tables."""
    from bihuan.demo.sample_people import create_people
    from bihuan.people.models import User

    return {u.username: u for u in User.objects.all()} or dict(create_people())


@pytest.fixture
def as_(cast: dict[str, object]) -> Callable[[str], object]:
    """A browser-like client signed in as one of the cast: ``as_("chen").get(...)``."""
    from django.test import Client

    def signed_in(username: str, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(cast[username])
        return client

    return signed_in


@pytest.fixture
def at() -> Iterator[Callable[[str], datetime]]:
    """Set the clock: ``at("2026-11-22 14:05")`` (Beijing) for the rest of the test."""
    from contextlib import ExitStack

    from bihuan.core import clock

    with ExitStack() as stack:

        def moment(text: str) -> datetime:
            return stack.enter_context(clock.at(datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)))

        yield moment
