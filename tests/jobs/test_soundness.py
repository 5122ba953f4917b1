"""`bihuan verify` finds what is wrong, names it, and says nothing of a sound house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from bihuan.audit import attachments
from bihuan.audit.models import Seal
from bihuan.customers.models import Contact
from bihuan.feedback import intake
from bihuan.feedback.models import Feedback
from bihuan.jobs import integrity_checks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files of other tests' rolled-back rows lie in the common folder."""
    settings.DATA = tmp_path
    attachments.folder().mkdir()


@pytest.fixture
def feedback(cast: dict[str, Any]) -> Feedback:
    made = intake.receive(
        by=cast["lin"].actor, source="form", key="s", text="登录不了", channel="phone", contact="13911112222"
    )
    made.move("void", by=cast["lin"].actor, reason="测试")
    return made


def bad() -> dict[str, list[str]]:
    return {name: faults for name, faults in integrity_checks.report().items() if faults}


def test_a_sound_house_has_no_faults_and_the_command_says_so(feedback: Feedback, capsys: Any):
    assert bad() == {}
    call_command("verify", "--json")
    assert all(faults == [] for faults in json.loads(capsys.readouterr().out).values())


def test_a_status_moved_behind_the_books_back_is_found(feedback: Feedback):
    Feedback.objects.filter(pk=feedback.pk).update(**{"status": "answered"})
    assert bad() == {"statuses follow events": [f"feedback/{feedback.pk} is answered, but its last move left it void"]}
    with pytest.raises(SystemExit) as end:
        call_command("verify")
    assert end.value.code == 1


def test_a_contact_no_key_opens_is_found(feedback: Feedback):
    Contact.objects.filter(pk=feedback.contact_id).update(sealed="garbage")
    assert list(bad()) == ["contacts"]


def test_a_missing_changed_or_stray_file_is_found(feedback: Feedback, cast: dict[str, Any]):
    kept = [
        attachments.attach(feedback, SimpleUploadedFile(f"{n}.txt", b"one"), by=cast["lin"].actor) for n in range(2)
    ]
    stray = attachments.folder() / "stray"
    paths = [attachments.folder() / k.stored for k in kept]
    paths[0].unlink()
    paths[1].write_bytes(b"two")
    stray.write_bytes(b"")
    try:
        found = " ".join(bad()["attachments and files"])
        assert "is missing" in found
        assert "differs" in found
        assert "stray" in found
    finally:
        stray.unlink()
        paths[1].unlink()


def test_exported_seals_tell_when_an_older_copy_or_another_past_is_in_place(
    feedback: Feedback, tmp_path: Path, capsys: Any
):
    file = tmp_path / "seals.jsonl"
    call_command("verify", "--export-seals", str(file))
    call_command("verify", "--seals", str(file))
    Seal.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("verify", "--seals", str(file))
    assert "older copy" in capsys.readouterr().out
