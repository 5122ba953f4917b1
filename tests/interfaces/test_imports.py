"""Imports through the pages, as whole requests."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bihuan.feedback.import_worker import ImportRun
from bihuan.feedback.models import Feedback, ImportBatch
from tests.domain.feedback.sheets import as_csv, as_xlsx, line, taken_in, uploaded

pytestmark = pytest.mark.django_db


def drop(client, content, name="台账.csv"):
    answer = client.post(reverse("imports:list"), {"file": SimpleUploadedFile(name, content)}, follow=True)
    return answer, ImportBatch.objects.order_by("-id").first()


def settings_of(batch, **changes):
    mapping = {f"column-{k}": v for k, v in batch.plan["mapping"].items()}
    return mapping | {"seen": batch.version, "channel": batch.channel, "act": "start"} | changes


def worked(batch):
    ImportRun(ImportBatch.objects.get(pk=batch.pk)).run()
    batch.refresh_from_db()


def test_a_dropped_file_is_looked_at_settled_taken_in_and_its_tiles_lead_to_its_rows(as_):
    chen = as_("chen")
    answer, batch = drop(chen, as_csv([line(n) for n in range(6)] + [line(9, text=" "), ["合计"]]))
    page = answer.content.decode()
    assert "表头“问题描述”就是问题描述" in page
    assert "前 8 行中：6 行完好" in page
    answer = chen.post(reverse("imports:settings", args=[batch.pk]), settings_of(batch), follow=True)
    assert "正在导入" in answer.content.decode()
    worked(batch)
    page = chen.get(reverse("imports:detail", args=[batch.pk])).content.decode()
    assert "新建 6 + 重复 0 + 跳过 1 + 未导入 1 = 8 行" in page
    assert f"/feedback/?batch={batch.pk}" in page
    rows = chen.get(reverse("imports:rows", args=[batch.pk]) + "?view=failed").content.decode()
    assert "没有客户原话" in rows


def test_a_person_changes_a_column_and_the_preview_follows(as_):
    chen = as_("chen")
    _, batch = drop(chen, as_csv([["开不了机了怎么办", "电话"]] * 3, ["甲", "乙"]))
    batch.refresh_from_db()
    url = reverse("imports:settings", args=[batch.pk])
    chosen = {"column-0": "text", "column-1": "product", "seen": batch.version, "channel": "store", "act": "preview"}
    page = chen.post(url, chosen, follow=True).content.decode()
    assert "前 3 行中：3 行完好" in page
    batch.refresh_from_db()
    assert batch.plan["mapping"] == {"0": "text", "1": "product"}
    assert batch.channel == "store"
    twice = chosen | {"column-1": "text", "seen": batch.version}
    answer = chen.post(url, twice)
    assert answer.status_code == 422
    assert "同一个字段只能对应一列" in answer.content.decode()
    none = chen.post(url, {"seen": batch.version, "channel": "store", "act": "start"})
    assert none.status_code == 422
    assert "请先指定" in none.content.decode()


def test_another_sheet_or_heading_row_is_looked_at_again_and_a_bad_choice_costs_nothing(as_):
    chen = as_("chen")
    _, batch = drop(chen, as_csv([line(n) for n in range(4)]))
    url = reverse("imports:inspect", args=[batch.pk])
    chen.post(url, {"seen": batch.version, "heading_row": 2, "encoding": "utf-8"})
    batch.refresh_from_db()
    assert (batch.status, batch.plan["heading_row"], batch.total) == ("inspected", 2, 3)
    chen.post(url, {"seen": batch.version, "heading_row": 200, "encoding": "utf-8"})
    batch.refresh_from_db()
    assert (batch.status, batch.plan["heading_row"]) == ("inspected", 1)
    stale = chen.post(url, {"seen": 1, "heading_row": 1, "encoding": "utf-8"})
    assert stale.status_code == 422


BAD = {
    "empty": b"", "picture": b"\x89PNG\r\n\x1a\n" + b"x" * 200, "broken": b"PK\x03\x04 this is no workbook",
    "page": b"<html><body><table><tr><td>1</td></tr></table></body></html>", "binary": bytes(range(256)) * 40,
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gets_a_clear_message_and_the_pages_stay_up(as_, kind):
    chen = as_("chen", "en")
    page = drop(chen, BAD[kind], "feedback.xlsx")[0].content.decode()
    assert re.search(r"The file is|This is", page)
    assert not Feedback.objects.filter(source="sheet").exists()
    assert chen.get(reverse("imports:list")).status_code == 200


def test_progress_is_a_part_of_the_page_that_asks_for_the_whole_once_it_is_done(as_, cast):
    chen = as_("chen")
    batch = uploaded(as_csv([line(1)]), "甲.csv", cast["chen"])
    batch.start(by=cast["chen"])
    going = chen.get(reverse("imports:state", args=[batch.pk]))
    assert "HX-Refresh" not in going
    assert "正在导入 0%" in going.content.decode()
    assert 'http-equiv="refresh"' in chen.get(reverse("imports:detail", args=[batch.pk])).content.decode()
    worked(batch)
    assert chen.get(reverse("imports:state", args=[batch.pk]))["HX-Refresh"] == "true"


def test_cancel_and_undo_are_asked_for_on_the_page(as_, cast):
    chen = as_("chen")
    batch = uploaded(as_csv([line(n) for n in range(3)]), "甲.csv", cast["chen"])
    chen.post(reverse("imports:cancel", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.status == "cancelled"
    batch = taken_in(as_csv([line(n) for n in range(3)]), "乙.csv", cast["chen"])
    chen.post(reverse("imports:undo", args=[batch.pk]))
    worked(batch)
    assert "已撤回 3 条" in chen.get(reverse("imports:detail", args=[batch.pk])).content.decode()


def test_failed_rows_come_back_as_files_with_reasons_masked_and_inert(as_, cast):
    lines = [line(1, text=" ", reach="19912345678"), line(2, text=" ", channel="=1+1")]
    batch = taken_in(as_csv(lines), "甲.csv", cast["chen"])
    url = reverse("imports:rows", args=[batch.pk]) + "?view=failed&export="
    answer = as_("chen").get(url + "xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    found = list(sheet.iter_rows(values_only=True))
    assert found[0][:4] == ("行号", "结果", "原因", "反馈编号")
    assert found[1][2] == "没有客户原话"
    assert "199****5678" in found[1]
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n"}
    text = b"".join(as_("chen").get(url + "csv").streaming_content).decode()
    assert "'=1+1" in text
    assert "19912345678" not in text


def test_hostile_cells_stay_inert_on_every_page(as_, cast):
    evil = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}{% now 'Y' %}"]
    content = as_csv([line(n, text, channel=text) for n, text in enumerate(evil)] + [line(9, text=" ", who=evil[0])])
    chen = as_("chen")
    _, batch = drop(chen, content, "<script>x</script>.csv")
    pages = [chen.get(reverse("imports:detail", args=[batch.pk])).content.decode()]
    chen.post(reverse("imports:settings", args=[batch.pk]), settings_of(batch))
    worked(batch)
    feedback = batch.feedback_items.order_by("import_row").first()
    pages += [chen.get(u).content.decode() for u in (
        reverse("imports:list"), reverse("imports:detail", args=[batch.pk]), reverse("imports:rows", args=[batch.pk]),
        reverse("feedback:list"), reverse("feedback:detail", args=[feedback.pk]),
    )]  # fmt: skip
    assert "&lt;script&gt;" in pages[0]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<script>x" not in page


def test_a_batch_of_another_team_is_not_there(as_, cast):
    batch = taken_in(as_csv([line(1)]), "甲.csv", cast["chen"])
    assert as_("he").get(reverse("imports:detail", args=[batch.pk])).status_code == 404
    assert as_("wang").get(reverse("imports:detail", args=[batch.pk])).status_code == 200
    assert as_("lin").get(reverse("imports:list")).status_code == 403


def test_another_sheet_of_a_workbook_is_a_batch_of_its_own(as_, cast):
    from openpyxl import Workbook

    book = Workbook()
    for name in ("电话", "门店"):
        sheet = book.create_sheet(name)
        for cells in (["反馈编号", "问题描述"], [f"{name}-1", f"{name}里反映的问题说来话长"]):
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    chen = as_("chen")
    _, batch = drop(chen, out.getvalue(), "两张表.xlsx")
    batch.start(by=cast["chen"])
    worked(batch)
    other = {"电话": "门店", "门店": "电话"}[batch.plan["sheet"]]
    chen.post(reverse("imports:sheets", args=[batch.pk]), {"sheet": other})
    second = ImportBatch.objects.order_by("-id").first()
    assert (second.status, second.plan["sheet"], second.file) == ("inspected", other, batch.file)


@pytest.mark.parametrize("count", [20, 200])
def test_lists_cost_the_same_however_long(as_, cast, count, django_assert_num_queries):
    batch = taken_in(as_xlsx([line(n, text=" ") for n in range(count)]), "甲.xlsx", cast["chen"])
    for n in range(count // 10):
        uploaded(as_csv([line(n)]), "乙.csv", cast["chen"])
    chen = as_("chen")
    chen.get(reverse("imports:list"))
    with django_assert_num_queries(4):
        chen.get(reverse("imports:list"))
    with django_assert_num_queries(5):
        chen.get(reverse("imports:rows", args=[batch.pk]))
