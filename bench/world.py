"""The installation that `bihuan bench web` measures: at 20 rows and at many, each made once and kept as a file.

Every measure begins on a copy of the file, so that what it records does not change the next one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bihuan.demo import sample_company
from bihuan.demo.generated import fill
from bihuan.demo.sample_people import create_people
from bihuan.people.models import User

FEW = 20
PRESENT = settings.DATA / "bihuan.sqlite3"


def few() -> User:
    """20 feedback items, 20 cases, and the demo, so that every noun has rows. Returns the supervisor who looks at them."""
    kept = settings.DATA / f"{FEW}.sqlite3"
    if not kept.exists():
        _forget()
        call_command("migrate", verbosity=0)
        cast = create_people()
        fill(FEW, FEW, cast["chen"])
        sample_company.build(cast)
        _keep(kept)
    return _take_up(kept)


def many(feedback_items: int, cases: int) -> User:
    """The same with so many feedback items and cases more."""
    kept = settings.DATA / f"{feedback_items}-{cases}.sqlite3"
    if not kept.exists():
        fill(feedback_items - FEW, cases - FEW, few(), start=FEW)
        _keep(kept)
    return _take_up(kept)


def _keep(kept: Path) -> None:
    connection.close()
    shutil.copy(PRESENT, kept)


def _take_up(kept: Path) -> User:
    _forget()
    shutil.copy(kept, PRESENT)
    call_command("migrate", verbosity=0)
    return User.objects.get(username="chen")


def _forget() -> None:
    connection.close()
    for file in settings.DATA.glob(f"{PRESENT.name}*"):
        file.unlink()
