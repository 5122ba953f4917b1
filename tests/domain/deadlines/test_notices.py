"""Next year's notice is read from what people have: tables and calendar files, each error with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.deadlines.holiday_files import read


def days(text, encoding="utf-8"):
    found = read(text.encode(encoding))
    assert found.errors == []
    return [(f"{day.date:%m-%d}", day.kind, day.name) for day in found.days]


OFF = [("01-01", "holiday", "元旦"), ("01-02", "holiday", "元旦"), ("01-03", "holiday", "元旦")]


@pytest.mark.parametrize(
    "text",
    [
        "日期,名称,类型\n2027-01-01,元旦,休\n2027-01-02,元旦,休\n2027-01-03,元旦,休\n",
        "2027/1/1\t元旦\t放假\n2027/1/2\t元旦\t放假\n2027/1/3\t元旦\t放假",
        "元旦;2027年1月1日至2027年1月3日;休",
        "20270101,20270103,元旦,假期",
        "开始，结束，节日，安排\n2027-01-01，2027-01-03，元旦，休",
        "2027-01-01~2027-01-03,元旦,休,周五",
        "date,name,kind\r\n2027-01-01,元旦,holiday\r\n\r\n# 说明\r\n2027-01-02,元旦,off\r\n2027-01-03,元旦,day off\r\n",
    ],
)
def test_tables_as_people_write_them(text):
    assert days(text) == OFF


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_excel(encoding):
    assert days("2027-02-06,春节,班\n2027-02-07,春节,补班", encoding) == [
        ("02-06", "makeup", "春节"),
        ("02-07", "makeup", "春节"),
    ]


def test_the_column_of_the_mark_decides_not_a_word_in_the_name():
    assert days("2027-02-20,春节调休,班") == [("02-20", "makeup", "春节")]
    assert days("2027-02-08,休,春节（调休）") == [("02-08", "holiday", "春节")]


ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270205
DTEND;VALUE=DATE:20270213
SUMMARY:春节 假期 第1天/共8天
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270220
SUMMARY:春节
  补班
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Asia/Shanghai:20270405T000000
DTEND;TZID=Asia/Shanghai:20270405T235959
SUMMARY:清明节（休）
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270501
DURATION:P2D
SUMMARY:Labour Day holiday
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
STATUS:CANCELLED
SUMMARY:元旦 休
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270321
SUMMARY:春分
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_file_with_ranges_that_end_before_their_end():
    found = read(ICS.replace("\n", "\r\n").encode())
    assert found.errors == []
    assert found.skipped == [(30, "春分")]
    assert [(f"{day.date:%m-%d}", day.kind) for day in found.days] == [
        *((f"02-{n:02}", "holiday") for n in range(5, 13)),
        ("02-20", "makeup"),
        ("04-05", "holiday"),
        ("05-01", "holiday"),
        ("05-02", "holiday"),
    ]
    assert {day.name for day in found.days} >= {"春节", "清明节"}


@pytest.mark.parametrize(
    ("text", "line", "zh", "en"),
    [
        ("2027-01-01,元旦,休\n元旦第二天,休", 2, "没有认出日期", "no date"),
        ("2027-01-01,元旦", 1, "休还是班", "off"),
        ("2027-02-30,元旦,休", 1, "没有 2027-02-30", "no such day"),
        ("2027-01-01,2027-01-02,2027-01-03,元旦,休", 1, "两个以上", "more than two"),
        ("2027-01-03,2027-01-01,元旦,休", 1, "早于", "before the first"),
        ("2027-01-01,2027-12-01,元旦,休", 1, "超过 60 天", "over 60 days"),
        ("2027-01-01,元旦,休\n\n2027-01-01,元旦,班", 3, "第 1 行写的是休", "off on line 1"),
        ("", 1, "没有认出任何日期", "no date was found"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2027\nSUMMARY:元旦 休\nEND:VEVENT", 4, "读不懂", "cannot read"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\nRRULE:FREQ=YEARLY\nSUMMARY:元旦 休\nEND:VEVENT", 5, "重复", "recurring"),
    ],
)  # fmt: skip
def test_an_error_names_its_line_in_both_languages(text, line, zh, en):
    found = read(text.encode())
    assert [number for number, _ in found.errors] == [line]
    assert zh in found.errors[0][1].zh
    assert en in found.errors[0][1].en


def test_the_same_day_twice_is_one_day():
    assert days("2027-01-01,元旦,休\n2027-01-01,元旦,放假") == OFF[:1]


@given(st.binary(max_size=200) | st.text(alphabet="2027-01 ,休班元\n:BEGINVCALDRT;=SUMY", max_size=200).map(str.encode))
def test_any_file_is_read_to_its_end(content):
    found = read(content)
    assert found.days or found.errors
    assert [day.date for day in found.days] == sorted({day.date for day in found.days})


def test_a_written_notice_is_read_back_as_it_was():
    table = [(date(2027, 1, 1), "holiday"), (date(2027, 2, 20), "makeup")]
    text = "\n".join(f"{day:%Y/%m/%d},节日,{'休' if kind == 'holiday' else '班'}" for day, kind in table)
    assert [(day.date, day.kind) for day in read(text.encode()).days] == table
