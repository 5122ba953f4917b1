"""The administrator brings next year's notice in, sees what would move, publishes; anybody reads the year."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.audit.models import Event
from bihuan.deadlines.calendar_versions import CalendarVersion, WorkCalendar
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.recalculation import recalculate_all
from tests.domain.deadlines.table_2027 import CSV
from tests.domain.deadlines.test_versions import begun, beijing, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(cast: Any) -> WorkCalendar:
    return CalendarVersion.objects.in_force().calendar


@pytest.fixture
def admin(as_: Any, calendar: WorkCalendar) -> Any:
    client = as_("admin")
    client.post(reverse("calendars:start_draft", args=[calendar.pk]))
    return client


def drop(client: Any, calendar: WorkCalendar, text: str, name: str = "2027.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("calendars:holiday_file", args=[calendar.pk]), {"file": file}, follow=True)


def test_the_notice_is_previewed_published_and_moves_what_it_said(
    admin: Any, calendar: WorkCalendar, cast: Any, at: Any
):
    at("2026-12-28 10:00")
    first, second = opened(cast), opened(cast)
    moving, sure = begun(first, cast, 29), begun(second, cast, 3)
    assert (moving.due, moving.provisional) == (beijing("2027-02-08 18:00"), True)
    page = drop(admin, calendar, CSV).content.decode()
    assert "已读入 33 天" in page
    assert "2026-12-31 → 2027-12-31" in page
    assert f"{first.number}" in page
    assert "2027-02-15 18:00" in page
    assert f"{second.number}" not in page
    assert CalendarVersion.objects.in_force().version_number == 1
    moving.refresh_from_db()
    assert moving.provisional
    done = admin.post(reverse("calendars:publish", args=[calendar.pk]), follow=True)
    recalculate_all()
    moving.refresh_from_db()
    sure.refresh_from_db()
    assert (moving.due, moving.provisional) == (beijing("2027-02-15 18:00"), False)
    assert (sure.due, sure.calendar_version.version_number) == (beijing("2026-12-31 18:00"), 2)
    page = admin.get(done.redirect_chain[-1][0]).content.decode()
    assert "重算 2 个，改变 1 个" in page
    assert "由 2027-02-08 18:00 改为 2027-02-15 18:00" in page
    assert Event.objects.filter(kind="calendar.imported").get().details["days"] == 33


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "第 2 行"), ("en", "Line 2")])
def test_lines_that_are_not_understood_are_named_and_nothing_is_taken(
    as_: Any, calendar: WorkCalendar, language: str, expected: str
):
    admin = as_("admin", language)
    admin.post(reverse("calendars:start_draft", args=[calendar.pk]))
    answer = drop(admin, calendar, "2027-01-01,元旦,休\n2027-02-30,春节,休\n")
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert calendar.draft.data == calendar.current.data


def test_a_few_days_of_december_do_not_wipe_the_year_they_lie_in(admin: Any, calendar: WorkCalendar):
    drop(admin, calendar, "2026-12-31,元旦,休\n" + CSV.split("\n", 1)[1])
    overrides = calendar.draft.data["overrides"]
    assert overrides["2026-12-31"]["hours"] == []
    assert overrides["2026-10-01"]["zh"] == "国庆节"
    assert len([day for day in overrides if day.startswith("2027")]) == 33


def test_calendar_entries_that_are_neither_off_nor_work_are_reported(admin: Any, calendar: WorkCalendar):
    ics = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:元旦 休\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270321\nSUMMARY:春分\nEND:VEVENT\nEND:VCALENDAR"
    assert "未采用的日程 1 条：春分" in drop(admin, calendar, ics, "a.ics").content.decode()


def test_weekly_hours_are_typed_as_people_write_them(admin: Any, calendar: WorkCalendar, at: Any):
    at("2026-11-10 10:00")
    url = reverse("calendars:week", args=[calendar.pk])
    typed = {"valid_from": "2027-01-01", "mon": "8:30～12:00，13:00-17:30", "tue": "22:00-06:00", "sat": "09:00—12:00"}
    assert "2027-01-01 起改变" in admin.post(url, typed, follow=True).content.decode()
    data = calendar.draft.data
    assert data["hours"] == {
        "mon": [["8:30", "12:00"], ["13:00", "17:30"]],
        "tue": [["22:00", "06:00"]],
        "sat": [["09:00", "12:00"]],
    }
    assert [one["until"] for one in data["earlier"]] == ["2026-12-31"]
    bad = admin.post(url, {"valid_from": "2027-01-01", "mon": "9-25:00"})
    assert bad.status_code == 422
    assert "读不懂" in bad.content.decode()


def test_a_company_day_a_half_day_and_a_day_taken_back(admin: Any, calendar: WorkCalendar, at: Any):
    at("2026-11-10 10:00")
    url = reverse("calendars:days", args=[calendar.pk])
    admin.post(url, {"day": "2026-12-24", "what": "company_hours", "hours": "09:00-12:00", "zh": "年会"})
    admin.post(
        url, {"day": "2026-12-28", "until": "2026-12-29", "what": "company_off", "zh": "盘点", "en": "Stocktaking"}
    )
    overrides = calendar.draft.data["overrides"]
    assert overrides["2026-12-24"] == {
        "kind": "company",
        "zh": "年会",
        "en": "年会",
        "source": "",
        "hours": [["09:00", "12:00"]],
    }
    assert overrides["2026-12-29"]["en"] == "Stocktaking"
    page = admin.get(reverse("calendars:draft", args=[calendar.pk])).content.decode()
    assert "盘点" in page
    admin.post(reverse("calendars:remove_day", args=[calendar.pk, "2026-12-29"]))
    assert "2026-12-29" not in calendar.draft.data["overrides"]
    missing = admin.post(url, {"day": "2026-12-30", "what": "company_hours", "zh": "半天"})
    assert missing.status_code == 422
    kinds = list(
        Event.objects.filter(kind="calendar.changed").order_by("id").values_list("details__what__en", flat=True)
    )
    assert kinds == [
        "2026-12-24 Company day 年会",
        "2026-12-28..2026-12-29 Company day Stocktaking",
        "2026-12-29 is a usual day again",
    ]


def test_a_day_of_its_own_stays_when_the_notice_comes(admin: Any, calendar: WorkCalendar):
    admin.post(
        reverse("calendars:days", args=[calendar.pk]), {"day": "2027-02-19", "what": "company_off", "zh": "补休"}
    )
    drop(admin, calendar, CSV)
    assert calendar.draft.data["overrides"]["2027-02-19"]["kind"] == "company"


def test_everybody_reads_the_year_and_only_the_administrator_changes_it(as_: Any, calendar: WorkCalendar):
    lin = as_("lin", "en")
    page = lin.get(reverse("calendars:detail", args=[calendar.pk]) + "?year=2026").content.decode()
    assert page.count('class="day day-makeup') == 6 + 1  # and the legend's
    assert "Holiday: National Day" in page
    assert "Draft a new version" not in page
    assert lin.post(reverse("calendars:start_draft", args=[calendar.pk])).status_code == 403
    later = lin.get(reverse("calendars:detail", args=[calendar.pk]) + "?year=2027").content.decode()
    assert later.count('class="day day-guessed') == 6 + 1
    assert lin.post(reverse("calendars:list"), {"name": "x", "source": calendar.pk, "zone": "UTC"}).status_code == 200
    assert WorkCalendar.objects.count() == 1


def test_a_team_gets_a_calendar_of_its_own(as_: Any, calendar: WorkCalendar, cast: Any):
    admin = as_("admin")
    answer = admin.post(
        reverse("calendars:list"), {"name": "夜班", "source": calendar.pk, "zone": "Europe/Berlin"}, follow=True
    )
    assert "已新建日历" in answer.content.decode()
    night = WorkCalendar.objects.get(name="夜班")
    admin.post(reverse("calendars:teams", args=[night.pk]), {"teams": [cast["lin"].team_id]})
    assert CalendarVersion.objects.in_force(cast["lin"].team_id).calendar == night
    assert str(CalendarVersion.objects.in_force(cast["lin"].team_id).value.zone) == "Europe/Berlin"
    assert "夜班" in admin.get(reverse("calendars:list")).content.decode()
    again = admin.post(reverse("calendars:list"), {"name": "夜班", "source": calendar.pk, "zone": "Europe/Berlin"})
    assert again.status_code == 422


def test_a_draft_page_costs_the_same_queries_however_many_deadlines_would_move(
    admin: Any, calendar: WorkCalendar, cast: Any, at: Any, django_assert_max_num_queries: Any
):
    at("2026-12-28 10:00")
    drop(admin, calendar, CSV)
    url = reverse("calendars:draft", args=[calendar.pk])
    for _ in range(12):
        begun(opened(cast), cast, 29)
    with django_assert_max_num_queries(22):
        page = admin.get(url).content.decode()
    assert page.count("2027-02-15 18:00") == 12
    assert Deadline.objects.filter(provisional=True).count() == 12
