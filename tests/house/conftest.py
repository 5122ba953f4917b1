"""The demo company, built once for the tests of a file that walk over it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from bihuan.demo import sample_company
from bihuan.demo.sample_people import create_people
from bihuan.people.models import User


@pytest.fixture(scope="module")
def demo_company(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """The people by account name, with all the demo's rows; taken back after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {user.username: user for user in User.objects.all()} or dict(create_people())
        sample_company.build(people)
        yield people
        transaction.set_rollback(True)
