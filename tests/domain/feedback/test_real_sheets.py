"""Real exports: nothing lost, nothing twice, no mapping by hand (skipped where the shared data is absent)."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from bihuan.feedback import import_accounting, import_preview
from bihuan.feedback.import_worker import ImportRun
from bihuan.feedback.models import Feedback, ImportBatch
from tests.interfaces.test_imports import drop, settings_of, worked
from tests.sampling import WHOLE, of_each_kind

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LINES = 1200


def commanded(path, capsys):
    """What `bihuan import PATH --json` says, and its exit code."""
    code = 0
    try:
        call_command("import_feedback", path, "--json")
    except SystemExit as end:
        code = end.code
    return json.loads(capsys.readouterr().out), code


@pytest.mark.once
def test_one_export_in_three_formats_is_one_set_of_feedback(shared, as_, capsys):
    """The workbook goes through the pages, the other two through the command."""
    folder, chen = shared / "demo_open", as_("chen")
    _, batch = drop(chen, (folder / "feedback_export.xlsx").read_bytes(), "导出.xlsx")
    assert (batch.status, batch.total) == ("inspected", 3000)
    chen.post(reverse("imports:settings", args=[batch.pk]), settings_of(batch))
    worked(batch)
    page = chen.get(f"/feedback/?batch={batch.pk}&view=all").content.decode()
    assert f"共 {batch.created} 条" in page
    assert batch.rows == 3000
    longest = max(batch.feedback_items.values_list("text", flat=True), key=len)
    assert len(longest) >= 3000
    assert chen.get("/feedback/?export=csv&batch=" + str(batch.pk)).status_code == 200
    with gzip.open(folder / "truth.jsonl.gz", "rt", encoding="utf-8") as truth:
        numbers = {json.loads(one)["反馈编号"] for one in truth}
    kept = set(Feedback.objects.exclude(import_batch=None).values_list("external_no", flat=True))
    assert len(kept) + batch.failed + batch.duplicates == 3000
    assert kept <= numbers
    for name in ("feedback_export_gbk.csv.gz", "feedback_export.jsonl.gz"):
        again, code = commanded(folder / name, capsys)
        assert (again["created"], again["duplicates"], again["failed"]) == (0, batch.created, batch.failed)
        assert code == (1 if again["failed"] else 0)
    assert import_accounting.faults() == []


def beginning_of(path, folder):
    """A text file's first lines, in a file of the same name; a workbook as it is."""
    if path.suffix == ".xlsx":
        return path
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as whole, opened(folder / path.name, "wb") as part:
        part.writelines(itertools.islice(whole, LINES))
    return folder / path.name


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "most_failed"),
    [
        ("demo_export/feedback_messy_workbook.xlsx", 5), ("zh/gov_messages_replies.csv.gz", 0),
        ("zh/hotline12345_fuzhou.csv.gz", 0), ("tables/taobao_comments_gbk_raw.csv", 0),
    ],
)  # fmt: skip
def test_a_real_sheet_is_understood_without_help(shared, capsys, tmp_path, name, most_failed):
    path = shared / name if WHOLE else beginning_of(shared / name, tmp_path)
    printed, _ = commanded(path, capsys)
    assert printed["status"] == "done"
    assert printed["failed"] <= most_failed
    assert printed["created"] > 800
    assert printed["rows"] == printed["created"] + printed["duplicates"] + printed["skipped"] + printed["failed"]
    again, _ = commanded(path, capsys)
    assert (again["created"], again["rows"]) == (0, printed["rows"])


def test_odd_tables_are_imported_or_refused_with_a_sentence(shared, cast, tmp_path):
    with zipfile.ZipFile(shared / "tables" / "messy_tables.zip") as archive:
        members = of_each_kind(archive.namelist(), 10)
        for member in members:
            content = archive.read(member)
            if not content:
                continue
            path = tmp_path / member.rpartition("/")[2]
            path.write_bytes(content)
            with path.open("rb") as file:
                batch = ImportBatch.upload(io_file(file, path.name), by=cast["chen"], team=None)
            import_preview.inspect(batch, by=cast["chen"].actor)
            assert batch.status in {"inspected", "failed"}
            if batch.status == "failed":
                assert batch.reason_zh
                assert batch.reason_en
            elif "text" in batch.plan["mapping"].values():
                batch.start(by=cast["chen"])
                ImportRun(batch).run()
    assert members
    assert import_accounting.faults() == []


def io_file(file, name):
    from django.core.files import File

    return File(io.BytesIO(file.read()), name=name)
