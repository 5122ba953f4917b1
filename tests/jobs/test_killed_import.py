"""kill -9 of the worker and of the web server in the middle of an import: nothing lost, nothing twice.

BIHUAN_KILLS says how often (2 in the ordinary suite, 20 for a long proof: BIHUAN_KILLS=20 pytest tests/jobs/test_killed_import.py).
The half minute after which a silent worker is given up is not waited for: the clock of its lease is set back instead.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.domain.feedback.sheets import as_csv, line
from tests.jobs.site import Browser, Site

KILLS = int(os.environ.get("BIHUAN_KILLS", "2"))
ROWS = 600 * max(4, KILLS)
pytestmark = [pytest.mark.once, pytest.mark.django_db]

LATER = """
from datetime import timedelta
from django.utils import timezone
from bihuan.feedback import import_worker
from bihuan.feedback.models import ImportBatch
from bihuan.jobs import redelivery
from bihuan.jobs.models import Heartbeat
Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=5))
ImportBatch.objects.exclude(lease_until=None).update(lease_until=timezone.now() - timedelta(seconds=1))
redelivery.lost_tasks()
import_worker.wake()
"""
ACCOUNT = """
from bihuan.feedback.models import ImportBatch
b = ImportBatch.objects.get()
print(b.status, b.rows, b.created, b.created + b.duplicates + b.skipped + b.failed == b.rows, b.feedback_items.count() == b.created)
"""
NUMBERS = """
print(len(set(Feedback.objects.exclude(import_batch=None).values_list("external_no", flat=True))))
"""


def begin(site: Site, tmp_path: Path) -> None:
    """A file inspected and started, as the pages leave it; no worker has claimed it yet."""
    (tmp_path / "sheet.csv").write_bytes(as_csv([line(n) for n in range(ROWS)]))
    site.ask(
        f"""
from django.core.files import File
from bihuan.feedback import import_preview, import_worker
from bihuan.feedback.models import ImportBatch
from bihuan.people.models import User
by = User.objects.get(username="chen")
batch = ImportBatch.upload(File(open({str(tmp_path / "sheet.csv")!r}, "rb"), name="sheet.csv"), by=by, team=by.team)
import_preview.inspect(batch, by=by.actor)
import_worker.start(batch, by=by)
"""
    )


def work(site: Site) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "bihuan", "work", "--until-empty"]
    return subprocess.Popen(command, env=site.env, start_new_session=True, **quiet)  # type: ignore[call-overload, no-any-return]


def account(site: Site) -> list[str]:
    return site.ask(ACCOUNT).split()


def finished(site: Site) -> None:
    """The import goes on to its end, and everything is accounted for once."""
    site.ask(LATER)
    worker = work(site)
    assert worker.wait(timeout=300) == 0
    assert account(site) == ["done", str(ROWS), str(ROWS), "True", "True"]
    assert site.ask(NUMBERS).strip() == str(ROWS)
    checked = site.verify()
    assert checked.returncode == 0, checked.stdout


def test_a_worker_killed_in_the_middle_of_an_import_loses_and_repeats_nothing(site: Site, tmp_path: Path):
    begin(site, tmp_path)
    dice = random.Random(7)
    for _ in range(KILLS):
        site.ask(LATER)
        worker = work(site)
        time.sleep(dice.uniform(1.5, 5))
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        status, *_, adds_up, rows_are_there = account(site)
        assert (adds_up, rows_are_there) == ("True", "True")
        assert status in {"running", "done"}
    finished(site)


def test_a_web_server_killed_while_it_shows_an_import_does_not_disturb_it(site: Site, tmp_path: Path):
    begin(site, tmp_path)
    worker = work(site)
    dice = random.Random(11)
    for _ in range(KILLS):
        site.start()
        browser = Browser(site.base)
        browser.sign_in("chen")
        stop = threading.Timer(dice.uniform(0.1, 1.0), site.kill)
        stop.start()
        while stop.is_alive():
            with contextlib.suppress(OSError, http.client.HTTPException):
                browser.opener.open(f"{site.base}/imports/1/state/", timeout=10).read()
        stop.join()
        assert account(site)[3:] == ["True", "True"]
    worker.wait(timeout=300)
    finished(site)
