"""A deadline shows how it came about: a sentence and a strip of days, in both languages."""

import re

import pytest
from hypothesis import given

from bihuan.core.text import Text
from bihuan.deadlines.day_breakdown import day_by_day
from bihuan.deadlines.explanation import explain
from bihuan.deadlines.time_units import LENGTH, Unit
from bihuan.deadlines.working_time import add
from tests.domain.deadlines.drawn import calendars, gaps, placed, starts, targets
from tests.domain.deadlines.questions import CN, at, calendar

PAUSE = [(at("2026-10-08 09:00"), at("2026-10-08 13:50"))]


def test_the_contest_of_the_peers_in_one_sentence():
    said = explain(add(CN, at("2026-09-30 15:00"), 16, "working_hours", PAUSE))
    assert said.en == (
        "16 working hours from Wed 2026-09-30 15:00; 10-01..10-07 National Day skipped; break 12:00-13:30 skipped; "
        "paused 3 h 20 min; Sat 10-10 counted as make-up working day → due Sat 2026-10-10 10:20"
    )
    assert said.zh == (
        "2026-09-30 周三 15:00 起 16 个工作小时；10-01..10-07 国庆节跳过；12:00-13:30 休息不计；"
        "暂停 3 小时 20 分不计；10-10 周六调休上班，计入 → 2026-10-10 周六 10:20 到期"
    )


def test_the_contest_of_the_peers_as_a_strip():
    days = day_by_day(add(CN, at("2026-09-30 15:00"), 16, "working_hours", PAUSE))
    assert [(f"{day.date:%m-%d}", day.kind, day.minutes, day.paused) for day in days] == [
        ("09-30", "worked", 180, 0),
        *((f"10-0{n}", "holiday", 0, 0) for n in range(1, 8)),
        ("10-08", "worked", 250, 200),
        ("10-09", "worked", 450, 0),
        ("10-10", "makeup", 80, 0),
    ]
    assert days[1].label == Text("国庆节", "National Day")
    assert days[8].label == Text("计 4 小时 10 分，暂停 3 小时 20 分", "4 h 10 min counted, 3 h 20 min paused")
    assert days[10].label.zh == "国庆节调休上班，计 1 小时 20 分"


def test_f11_says_the_start_day_is_left_out_and_both_make_up_days_count():
    due = add(CN, at("2022-09-30 17:00"), 3, "working_days")
    assert explain(due).en == (
        "3 working days from Fri 2022-09-30 17:00; start day not counted; 10-01..10-07 National Day skipped; "
        "Sat 10-08 counted as make-up working day; Sun 10-09 counted as make-up working day; "
        "ends at close of business → due Mon 2022-10-10 18:00"
    )
    days = day_by_day(due)
    assert [day.kind for day in days] == ["skipped", *["holiday"] * 7, "makeup", "makeup", "worked"]
    assert days[-1].label == Text("第 3 个工作日", "working day 3")


def test_a_last_day_off_says_where_it_moved_and_why():
    due = add(CN, at("2026-09-24 17:00"), 1, "weeks")
    assert "last day 10-01 is a day off, moved to 10-08" in explain(due).en
    days = day_by_day(due)
    assert days[7].label == Text("第 7 天，国庆节，顺延", "day 7, National Day, moves on")
    assert days[-1].label == Text("顺延到本日", "moved to this day")


@pytest.mark.parametrize(
    ("pause", "said"),
    [
        (("2026-11-24 09:00", "2026-11-25 18:00"), "2 whole days paused"),
        (("2026-11-24 09:00", "2026-11-24 18:00"), "1 whole day paused"),
        (("2026-11-24 10:00", "2026-11-24 18:00"), "pauses lie outside the deadline and move nothing"),
    ],
)
def test_pauses_of_working_days_are_told_in_whole_days(pause, said):
    due = add(CN, at("2026-11-23 10:00"), 3, "working_days", [(at(pause[0]), at(pause[1]))])
    assert said in explain(due).en


def test_a_provisional_deadline_says_until_when_the_holidays_are_known():
    said = explain(add(CN, at("2026-12-31 17:00"), 2, "working_hours"))
    assert said.zh.endswith("（暂定：2026-12-31 之后的放假安排未公布，只扣除公历固定假日，农历节日未计）")
    assert said.en.endswith(
        "(provisional: holidays after 2026-12-31 not announced; only fixed-date ones left out, lunar ones not)"
    )


def test_provisional_hours_say_that_no_holiday_will_move_them():
    said = explain(add(CN, at("2026-12-31 17:00"), 24, "hours"))
    assert said.zh.endswith("（暂定：2026-12-31 之后的放假安排未公布，昼夜计时不会因此移动）")
    assert said.en.endswith("not announced; day-and-night time will not move by them)")


def test_the_evening_a_night_shift_began_on_is_part_of_the_strip():
    night = calendar({"tue": [["22:00", "06:00"]]})
    days = day_by_day(add(night, at("2026-11-25 02:00"), 2, "working_hours"))
    assert [(f"{day.date:%m-%d}", day.kind, day.minutes) for day in days] == [("11-24", "worked", 120)]


@pytest.mark.parametrize(("amount", "said"), [(1_234_567, "1234567"), (0.1, "0.1"), (7.5, "7.5"), (1 / 3, "0.333333")])
def test_an_amount_is_written_out(amount, said):
    assert explain(add(CN, at("2026-11-23 10:00"), amount, "minutes")).en.startswith(f"{said} minutes from")


@given(calendars, starts, targets, gaps)
def test_the_strip_adds_up_to_the_target(of, start, target, found):
    due = add(of, start, *target, placed(start, found))
    days = day_by_day(due)
    assert [day.date for day in days] == sorted({day.date for day in days})
    assert days[-1].date == due.last
    assert days[0].date >= due.start.date() or days[0].minutes or days[0].paused
    if target[1] in LENGTH:
        assert sum(day.minutes for day in days) == target[0] * (1 if target[1] is Unit.MINUTES else 60)
    elif target[1] is Unit.WORKING_DAYS:
        assert sum(day.kind in ("worked", "makeup") for day in days) == target[0]


@given(calendars, starts, targets, gaps)
def test_the_sentence_names_start_target_and_end_in_both_languages(of, start, target, found):
    due = add(of, start, *target, placed(start, found))
    said = explain(due)
    for sentence in (said.zh, said.en):
        assert f"{due.at:%Y-%m-%d}" in sentence
        assert f"{due.start:%Y-%m-%d}" in sentence
        assert str(target[0]) in sentence
    assert not re.search(r"[\u4e00-\u9fff]", said.en) or of is CN
    assert re.search(r"到期", said.zh)
