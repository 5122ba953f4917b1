"""Words of sheets that only the organisation understands, asked about once and remembered."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from bihuan.audit.models import Event
from bihuan.feedback.models import Feedback, ImportBatch, ValueMapping
from tests.domain.feedback.sheets import as_csv, line, taken_in, uploaded
from tests.interfaces.test_imports import drop, settings_of, worked

pytestmark = pytest.mark.django_db

SHOP = "线上商城APP客服"


def sheet(count: int = 4, **cells: object) -> bytes:
    return as_csv([line(n, channel=SHOP if n % 2 else "电话", **cells) for n in range(count)])


def test_an_unknown_word_is_asked_about_said_followed_by_the_preview_and_remembered_on_import(as_):
    chen = as_("chen")
    answer, batch = drop(chen, sheet())
    page = answer.content.decode()
    assert "这些写法代表什么" in page
    assert SHOP in page
    assert "前 4 行中：2 行完好，2 行有看不懂的格子" in page
    url = reverse("imports:settings", args=[batch.pk])
    page = chen.post(url, settings_of(batch, act="preview", **{"word-channel-0": "app"}), follow=True).content.decode()
    assert "前 4 行中：4 行完好，0 行有看不懂的格子" in page
    assert '<option value="app" selected>' in page
    assert not ValueMapping.objects.exists(), "a try is not remembered"
    batch.refresh_from_db()
    chen.post(url, settings_of(batch, **{"word-channel-0": "app"}))
    worked(batch)
    assert sorted(batch.feedback_items.values_list("channel", flat=True)) == ["app", "app", "phone", "phone"]
    assert batch.unread == 0
    word = ValueMapping.objects.get()
    assert (word.field, word.word, word.meaning, word.remembered) == ("channel", SHOP, "app", True)
    assert word.by.name == "陈静"
    feedback = batch.feedback_items.filter(channel="app").first()
    assert SHOP in chen.get(reverse("feedback:detail", args=[feedback.pk])).content.decode()
    listed = chen.get(reverse("imports:value_mappings")).content.decode()
    assert SHOP in listed
    assert "今后算作：App/小程序反馈" in listed


def test_the_next_sheet_reads_what_is_remembered_alone_until_it_is_taken_back(as_, cast):
    chen = as_("chen")
    word = ValueMapping.remember("channel", SHOP, "wecom", by=cast["chen"].actor)
    answer, _ = drop(chen, sheet())
    assert "前 4 行中：4 行完好" in answer.content.decode()
    chen.post(reverse("imports:remove_value_mapping", args=[word.pk]))
    word.refresh_from_db()
    assert not word.remembered
    assert SHOP not in chen.get(reverse("imports:value_mappings")).content.decode().split("经过")[0]
    answer, _ = drop(chen, sheet(), "乙.csv")
    assert "2 行有看不懂的格子" in answer.content.decode()
    kinds = list(Event.objects.filter(subject_kind="value_mapping").order_by("id").values_list("kind", flat=True))
    assert kinds == ["import.value_mapped", "import.value_mapping_forgotten"]
    ValueMapping.remember("channel", SHOP, "wecom", by=cast["chen"].actor)
    ValueMapping.remember("channel", SHOP, "wecom", by=cast["chen"].actor)
    assert Event.objects.filter(subject_kind="value_mapping").count() == 3


def test_a_remembered_word_may_be_unsaid_on_the_page_of_a_sheet(as_, cast):
    ValueMapping.remember("channel", SHOP, "wecom", by=cast["chen"].actor)
    chen = as_("chen")
    _, batch = drop(chen, sheet())
    chen.post(reverse("imports:settings", args=[batch.pk]), settings_of(batch, **{"word-channel-0": ""}))
    assert not ValueMapping.objects.get().remembered
    worked(batch)
    assert batch.unread == 2


def test_a_word_kept_as_written_is_no_fault_and_is_not_asked_about_again(as_):
    chen = as_("chen")
    heading = ("反馈编号", "渠道", "问题描述", "版本", "问题类型")
    lines = [[f"N{n}", "飞鸽传书", f"第 {n} 次开机都卡在启动画面", "老掉牙版", "送错楼"] for n in range(3)]
    _, batch = drop(chen, as_csv(lines, heading))
    assert batch.preview["unmapped"]["words"] == {
        "channel": [["飞鸽传书", 3]], "version": [["老掉牙版", 3]], "problem_type": [["送错楼", 3]]
    }  # fmt: skip
    answers = {"word-channel-0": "=", "word-version-0": "=", "word-problem_type-0": "logistics", "strict": "on"}
    chen.post(reverse("imports:settings", args=[batch.pk]), settings_of(batch, channel="store", **answers))
    worked(batch)
    assert (batch.created, batch.unread) == (3, 0)
    feedback = batch.feedback_items.first()
    assert (feedback.channel, feedback.app_version) == ("store", "老掉牙版")
    assert feedback.suggested["problem_type"]["code"] == "logistics"
    assert feedback.extra["written"] == {"channel": "飞鸽传书", "version": "老掉牙版", "problem_type": "送错楼"}
    _, again = drop(chen, as_csv([["M1", "飞鸽传书", "屏幕全黑什么都按不动", "老掉牙版", "送错楼"]], heading), "丙.csv")
    assert again.preview["fine"] == 1


def test_the_same_sheet_stays_the_same_when_its_words_are_said_in_between(cast):
    lines = [["电话" if n else SHOP, f"第 {n} 次开机都卡在启动画面", "送错楼"] for n in range(3)]
    content = as_csv(lines, ("渠道", "问题描述", "问题类型"))
    assert taken_in(content, "甲.csv", cast["chen"]).created == 3
    ValueMapping.remember("channel", SHOP, "app", by=cast["chen"].actor)
    ValueMapping.remember("problem_type", "送错楼", "logistics", by=cast["chen"].actor)
    second = taken_in(content, "乙.csv", cast["chen"])
    assert (second.created, second.duplicates) == (0, 3)


def test_only_what_was_asked_and_offered_counts_and_what_was_chosen_survives_a_refusal(as_):
    chen = as_("chen")
    _, batch = drop(chen, sheet())
    url = reverse("imports:settings", args=[batch.pk])
    chen.post(url, settings_of(batch, act="preview", **{"word-channel-0": "nonsense", "word-channel-9": "app"}))
    batch.refresh_from_db()
    assert batch.plan["aliases"] == {}
    stale = chen.post(url, settings_of(batch, seen=1, **{"word-channel-0": "app"}))
    assert stale.status_code == 422
    assert '<option value="app" selected>' in stale.content.decode()


def test_personal_data_in_a_column_of_words_is_not_kept_as_a_word(cast):
    batch = uploaded(as_csv([line(1, channel="13912345678"), line(2, channel="找老王")]), "甲.csv", cast["chen"])
    assert batch.preview["unmapped"]["words"] == {"channel": [["找老王", 1]]}


def test_words_beyond_the_previewed_rows_are_counted_and_too_many_kinds_are_reported(cast):
    lines = [line(n, channel=SHOP if n > 2000 else "电话") for n in range(2004)]
    assert uploaded(as_csv(lines), "甲.csv", cast["chen"]).preview["unmapped"]["words"] == {"channel": [[SHOP, 3]]}
    lines = [line(n, channel=f"渠道甲{chr(0x4E00 + n)}") for n in range(40)]
    preview_words = uploaded(as_csv(lines), "乙.csv", cast["chen"]).preview["unmapped"]
    assert (len(preview_words["words"]["channel"]), preview_words["more"]) == (30, {"channel": 10})


def test_the_command_reads_remembered_words_and_says_so(tmp_path, cast):
    ValueMapping.remember("channel", SHOP, "app", by=cast["chen"].actor)
    path = tmp_path / "甲.csv"
    path.write_bytes(as_csv([line(1, channel=SHOP), line(2, channel="飞鸽传书")]))
    out = StringIO()
    call_command("import_feedback", str(path), "--json", stdout=out)
    printed = json.loads(out.getvalue())
    assert printed["words"] == {"remembered": {"channel": {SHOP: "app"}}, "unknown": {"channel": {"飞鸽传书": 1}}}
    assert set(Feedback.objects.filter(source="sheet").values_list("channel", flat=True)) == {"app", "other"}
    assert ValueMapping.objects.count() == 1


def test_who_may_not_import_has_no_words(as_, cast):
    word = ValueMapping.remember("channel", SHOP, "app", by=cast["chen"].actor)
    assert as_("lin").get(reverse("imports:value_mappings")).status_code == 403
    assert as_("lin").post(reverse("imports:remove_value_mapping", args=[word.pk])).status_code == 403
    assert ValueMapping.objects.get().remembered
    assert not ValueMapping.objects.visible_to(cast["lin"]).exists()


@pytest.mark.parametrize("count", [3, 25])
def test_the_list_of_words_costs_the_same_however_long(as_, cast, count, django_assert_num_queries):
    for n in range(count):
        ValueMapping.remember("channel", f"渠道{n}", "app", by=cast["chen"].actor)
    chen = as_("chen")
    chen.get(reverse("imports:value_mappings"))
    with django_assert_num_queries(5):
        chen.get(reverse("imports:value_mappings"))


def test_the_page_speaks_english(as_):
    chen = as_("chen", "en")
    page = drop(chen, sheet())[0].content.decode()
    assert "What these values stand for" in page
    assert "Keep as written" in page
    assert ImportBatch.objects.latest("id").status == "inspected"
