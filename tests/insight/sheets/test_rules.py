"""Rules that hold for any input, tried on many."""

import csv
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bihuan.core.text import Text
from bihuan.insight.data import aliases, regions
from bihuan.insight.sheets import FIELDS, dates, guard, inspect_file, read, values

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEADING = ["反馈编号", "渠道", "问题描述"]
# Texts every encoding tried below can hold, with all that makes CSV hard.
cell = some.text(some.sampled_from(list('abc卡纸坏了，。"\n,; =+-@<b>12 　')), max_size=12)
row = some.one_of(
    some.tuples(cell, cell, cell).map(list),
    some.just([]),
    some.just(HEADING),
    some.just(["合计", "Total", ""]),
)


@settings(max_examples=60, deadline=None)
@given(
    some.lists(row, max_size=12), some.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), some.integers(0, 14)
)
def test_every_physical_row_comes_out_once_and_verbatim(rows: list[list[str]], encoding: str, start: int) -> None:
    rows = [HEADING, ["F0", "电话", "打印机卡纸了，一直没有人来"], *rows]
    while not any(text.strip() for text in rows[-1]):
        rows.pop()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
        found = inspect_file(path)
        plan = found.plan()
        out = list(read(path, plan))
        rest = list(read(path, plan, start=start))
    assert (found.heading_row, found.total_rows) == (1, len(rows) - 1)
    assert [each.number for each in out] == list(range(2, len(rows) + 1))
    assert rest == [each for each in out if each.number > start]
    for written, each in zip(rows[1:], out, strict=True):
        if any(text.strip() for text in written):
            assert list(each.raw.values()) == written
        else:
            assert each.skip
        if each.skip:
            assert not each.values
        elif written[2].strip():
            assert each.values["text"] == written[2]


@given(some.sampled_from(list(FIELDS)), some.text(max_size=40))
def test_any_text_gives_a_value_or_a_reason_and_a_value_stays_what_it_is(field: str, text: str) -> None:
    found = values.canonical(field, text)
    if not isinstance(found, Text):
        again = values.canonical(field, found.text)
        assert not isinstance(again, Text)
        assert again.text == found.text


WORDS = {
    "channel": [word for _, line in aliases.CHANNELS.values() for word in line.split()],
    "system": [word for line in aliases.SYSTEMS.values() for word in line.split()],
    "customer_type": [word for line in aliases.CUSTOMER_TYPES.values() for word in line.split()],
    "sentiment": [word for line in aliases.SENTIMENTS.values() for word in line.split()],
    "nature": [word for line in aliases.NATURES.values() for word in line.split()],
    "score": [word for line in aliases.SCORES.values() for word in line.split()],
    "region": [f"{province}省{city}市" for province, line in regions.CITIES.items() for city in line.split()],
}


@pytest.mark.parametrize("field", WORDS)
def test_what_stands_for_a_known_word_stands_for_itself(field: str) -> None:
    for word in WORDS[field]:
        found = values.canonical(field, word)
        assert not isinstance(found, Text), word
        assert values.canonical(field, found.text) == found


@given(some.tuples(some.integers(0, 99), some.integers(0, 99), some.integers(0, 99)), some.sampled_from(["V", "v"]))
def test_a_version_is_one_whatever_its_spelling(numbers: tuple[int, int, int], letter: str) -> None:
    bare = ".".join(map(str, numbers))
    spellings = [bare, letter + bare, f"{letter} {bare}", f"{bare}版", f"{letter}{bare} (99)", f"版本：{bare}"]
    assert {values.version(each) for each in spellings} == {f"V{bare}"}


FIRST = datetime(1992, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # Shanghai has had no summer time since
SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=UTC).replace(tzinfo=None)
moments = some.integers(0, 3_400_000_000).map(lambda seconds: FIRST + timedelta(seconds=seconds))


@given(moments)
def test_a_moment_survives_every_way_of_writing_it(moment: datetime) -> None:
    local = moment.replace(tzinfo=SHANGHAI)
    iso = local.isoformat()
    half = "下午" if moment.hour >= 12 else "上午"
    for written in (
        iso,
        moment.isoformat(),
        moment.strftime("%Y-%m-%d %H:%M:%S"),
        f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}:{moment.second:02d}",
        moment.strftime("%Y年%m月%d日%H时%M分%S秒"),
        f"{moment.year}年{moment.month}月{moment.day}日 {half}{moment.hour}点{moment.minute}分{moment.second}秒",
        format_datetime(local),
        local.astimezone(UTC).isoformat(),
        moment.strftime("%Y%m%d%H%M%S"),
        moment.strftime("%m/%d/%Y %I:%M:%S %p"),
        repr((moment - SERIAL_ZERO) / timedelta(days=1)) if moment.time() != moment.min.time() else iso,
    ):
        found = dates.parse(written, day_first=False)
        assert not isinstance(found, Text), written
        assert found[0] == iso, written
        assert dates.parse(found[0]) == (iso, "second")


@given(some.integers(0, 20_000))
def test_column_letters_and_numbers_are_each_other(index: int) -> None:
    assert guard.column_number(guard.column_letters(index)) == index + 1
