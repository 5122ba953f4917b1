"""Every form of a cell that was met, and what it must become."""

import pytest

from bihuan.core.text import Text
from bihuan.insight.data import aliases, regions
from bihuan.insight.sheets import FIELDS, dates, value_codes, values


def moment(text: str, **kwargs: object) -> tuple[str, str] | Text:
    return dates.parse(text, **kwargs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2025-03-01T07:38:09+08:00", "2025-03-01T07:38:09+08:00", "second"),
        ("2025-02-28T23:38:09Z", "2025-03-01T07:38:09+08:00", "second"),
        ("2025-03-01T07:38:09.250", "2025-03-01T07:38:09+08:00", "second"),
        ("2025-03-01 07:38:09", "2025-03-01T07:38:09+08:00", "second"),
        ("2025-03-01 07:38", "2025-03-01T07:38:00+08:00", "minute"),
        ("2025/3/1 7:38", "2025-03-01T07:38:00+08:00", "minute"),
        ("2025.03.01", "2025-03-01T00:00:00+08:00", "day"),
        ("2025/3/1", "2025-03-01T00:00:00+08:00", "day"),
        ("2025年3月1日", "2025-03-01T00:00:00+08:00", "day"),
        ("2025年3月1号", "2025-03-01T00:00:00+08:00", "day"),
        ("2025年3月1日 下午3点5分", "2025-03-01T15:05:00+08:00", "minute"),
        ("2025年3月1日下午3点", "2025-03-01T15:00:00+08:00", "minute"),
        ("2025年3月1日 上午9点半", "2025-03-01T09:30:00+08:00", "minute"),
        ("2025年3月1日 晚上12点", "2025-03-02T00:00:00+08:00", "minute"),
        ("2025年3月1日 凌晨12点10分", "2025-03-01T00:10:00+08:00", "minute"),
        ("2025年3月1日 中午12点", "2025-03-01T12:00:00+08:00", "minute"),
        ("2025年3月1日（周六） 15时05分09秒", "2025-03-01T15:05:09+08:00", "second"),
        ("2025-03-01 星期六 10:00", "2025-03-01T10:00:00+08:00", "minute"),
        ("２０２５－０３－０１　１４：３０", "2025-03-01T14:30:00+08:00", "minute"),
        ("20250301", "2025-03-01T00:00:00+08:00", "day"),
        ("202503011430", "2025-03-01T14:30:00+08:00", "minute"),
        ("20250301143005", "2025-03-01T14:30:05+08:00", "second"),
        ("Sat, 01 Mar 2025 01:22:51 +0800", "2025-03-01T01:22:51+08:00", "second"),
        ("1 Mar 2025 01:22:51 +0000", "2025-03-01T09:22:51+08:00", "second"),
        ("45717", "2025-03-01T00:00:00+08:00", "day"),
        ("45717.5", "2025-03-01T12:00:00+08:00", "minute"),
        ("45718.10486111111", "2025-03-02T02:31:00+08:00", "minute"),
        ("1740764100", "2025-03-01T01:35:00+08:00", "second"),
        ("1740764100000", "2025-03-01T01:35:00+08:00", "second"),
        ("13/4/2025", "2025-04-13T00:00:00+08:00", "day"),
        ("1/31/2025 11:59:00 PM", "2025-01-31T23:59:00+08:00", "second"),
        ("2025-03-01 24:00", "2025-03-02T00:00:00+08:00", "minute"),
    ],
)
def test_a_time_is_read_in_every_form_people_write(text: str, iso: str, precision: str) -> None:
    assert moment(text) == (iso, precision)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10-1 14:30", dates.NO_YEAR),
        ("10月1日", dates.NO_YEAR),
        ("14:30", dates.NO_DATE),
        ("下午3点", dates.NO_DATE),
        ("3/4/2025", dates.AMBIGUOUS),
        ("2025-02-30", dates.OUT_OF_RANGE),
        ("2025-03-01 25:00", dates.OUT_OF_RANGE),
        ("0001-01-01", dates.OUT_OF_RANGE),
        ("上周三", dates.UNKNOWN),
        ("12", dates.UNKNOWN),
        ("2025-03", dates.UNKNOWN),
        ("2025-03-01 x", dates.UNKNOWN),
    ],
)
def test_an_incomplete_time_is_refused_with_what_to_do(text: str, reason: Text) -> None:
    assert moment(text) == reason


def test_the_order_of_day_and_month_is_taken_from_the_plan_and_another_zone_is_honoured() -> None:
    assert moment("3/4/2025", day_first=True) == ("2025-04-03T00:00:00+08:00", "day")
    assert moment("3/4/2025", day_first=False) == ("2025-03-04T00:00:00+08:00", "day")
    assert moment("2025-07-01 10:00", zone="Europe/Berlin") == ("2025-07-01T10:00:00+02:00", "minute")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("V3.2", "V3.2.0"),
        ("v3.2.0", "V3.2.0"),
        ("V 3.2.0", "V3.2.0"),
        ("3.2.0版", "V3.2.0"),
        ("版本：3.2.0", "V3.2.0"),
        ("v3.2.0 (1234)", "V3.2.0"),
        ("v3.2.0（1234）", "V3.2.0"),
        ("3.2.0.15", "V3.2.0.15"),
        ("3.2.1-beta", "V3.2.1-beta"),
        ("M2.8", "M2.8"),
        ("2025.02", "2025.02"),
    ],
)
def test_versions_written_differently_become_one(text: str, version: str) -> None:
    assert values.version(text) == version


@pytest.mark.parametrize("text", ["最新版", "不清楚", "Android 14", "3.2/3.3"])
def test_what_is_no_version_is_refused(text: str) -> None:
    assert values.version(text) == values.NOT_A_VERSION


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", "4"),
        ("4.0", "4"),
        ("４", "4"),
        ("4分", "4"),
        ("4星", "4"),
        ("四星", "4"),
        ("两星", "2"),
        ("4/5", "4"),
        ("4 / 5", "4"),
        ("★★★★☆", "4"),
        ("★★★★★", "5"),
        ("5 stars", "5"),
        ("非常满意", "5"),
        ("满意", "4"),
        ("一般", "3"),
        ("不满意", "2"),
        ("非常不满意", "1"),
    ],
)
def test_scores_in_digits_words_and_stars_become_one_to_five(text: str, score: str) -> None:
    assert values.score(text) == score


@pytest.mark.parametrize("text", ["0", "6", "4.5", "10/10", "80分", "45", "好"])
def test_a_score_outside_one_to_five_is_never_bent_into_it(text: str) -> None:
    assert values.score(text) == values.NOT_A_SCORE


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("13912345678", "13912345678"),
        ("139 1234 5678", "13912345678"),
        ("139-1234-5678", "13912345678"),
        ("+86 13912345678", "13912345678"),
        ("１３９１２３４５６７８", "13912345678"),
        ("010-66888877", "01066888877"),
        ("139****5678", "139****5678"),
        ("A.Li@Example.COM", "a.li@example.com"),
        ("wx_Ab12", "wx_Ab12"),
        ("微信 abc", "微信 abc"),
    ],
)
def test_contacts_stay_text(text: str, contact: str) -> None:
    assert values.contact(text) == contact


@pytest.mark.parametrize("text", ["1.38E+10", "1.38e10", "1.38123E+10", "1,38E+10", "１.３８E+10"])
def test_a_number_turned_into_an_exponent_is_refused_and_never_guessed(text: str) -> None:
    assert values.contact(text) == values.ROUNDED
    assert values.canonical("contact", text) == values.ROUNDED


def test_a_customer_number_turned_into_an_exponent_is_refused_too() -> None:
    assert values.short("1.03531E+12") == values.ROUNDED
    assert values.short("E12") == "E12"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("广东省深圳市", "广东/深圳"),
        ("广东 深圳", "广东/深圳"),
        ("广东/深圳", "广东/深圳"),
        ("广东省深圳市南山区", "广东/深圳"),
        ("深圳", "广东/深圳"),
        ("无锡市", "江苏/无锡"),
        ("广东", "广东"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区呼和浩特市", "内蒙古/呼和浩特"),
        ("北京市", "北京/北京"),
        ("上海市上海市", "上海/上海"),
        ("上海市浦东新区", "上海/上海"),
        ("吉林", "吉林"),
        ("吉林省", "吉林"),
        ("吉林市", "吉林/吉林"),
        ("吉林省/吉林市", "吉林/吉林"),
        ("吉林长春", "吉林/长春"),
    ],
)
def test_places_become_province_and_city(text: str, region: str) -> None:
    assert value_codes.region(text) == region


@pytest.mark.parametrize("text", ["火星", "广东省杭州市", "某市"])
def test_an_unknown_or_contradictory_place_is_refused(text: str) -> None:
    assert value_codes.region(text) == value_codes.REGION_UNKNOWN


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("Android 14", "Android"),
        ("安卓", "Android"),
        ("IOS", "iOS"),
        ("iOS 18.1", "iOS"),
        ("苹果", "iOS"),
        ("鸿蒙", "HarmonyOS"),
        ("HarmonyOS 4.0", "HarmonyOS"),
        ("微信小程序", "微信小程序"),
        ("PC网页", "PC网页"),
        ("Windows 11", "Windows"),
    ],
)
def test_systems_lose_their_version_and_their_spelling(text: str, system: str) -> None:
    assert value_codes.system(text) == system


LISTS = {
    "channel": (value_codes.channel, {code: line for code, (_, line) in aliases.CHANNELS.items()}),
    "system": (value_codes.system, aliases.SYSTEMS),
    "customer_type": (value_codes.customer_type, aliases.CUSTOMER_TYPES),
    "sentiment": (value_codes.sentiment, aliases.SENTIMENTS),
    "nature": (value_codes.nature, aliases.NATURES),
    "frequency": (value_codes.frequency, aliases.FREQUENCIES),
    "urgency": (value_codes.urgency, aliases.URGENCIES),
    "scope": (value_codes.scope, aliases.SCOPES),
    "score": (values.score, aliases.SCORES),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_listed_word_leads_to_its_code_and_no_word_to_two(name: str) -> None:
    choose, table = LISTS[name]
    wrong = {
        (code, word): choose(word) for code, line in table.items() for word in line.split() if choose(word) != code
    }
    assert wrong == {}
    assert {code: choose(code) for code in table} == {code: code for code in table}


@pytest.mark.parametrize("name", LISTS)
def test_a_word_outside_the_list_is_an_error_in_both_languages(name: str) -> None:
    found = LISTS[name][0]("天外来物")
    assert isinstance(found, Text)
    assert found.zh
    assert found.en


def test_every_city_leads_to_its_province_and_every_province_to_itself() -> None:
    for province, cities in regions.CITIES.items():
        for city in cities.split():
            assert value_codes.region(f"{province}{city}") == f"{province}/{city}"
            assert value_codes.region(f"{province} {city}市") == f"{province}/{city}"


def test_every_field_has_a_way_to_its_canonical_value() -> None:
    for field in FIELDS:
        assert values.canonical(field, "2025-03-01 10:00") is not None
