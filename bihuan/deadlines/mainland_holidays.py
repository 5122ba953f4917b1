"""The working calendar of mainland China, as the State Council's yearly notices arrange it.

Each arrangement: the first and last day off, then the weekend days worked in exchange (调休). 2020's Spring Festival is
as lengthened in January 2020, 2019's Labour Day as changed in March 2019. Beyond the last notice only the holidays
fixed to the solar calendar are left out (Regulation on Public Holidays, 2024 wording); the lunar ones and Qingming
wait for the notice, so everything there is provisional.
"""

from datetime import date, timedelta
from typing import Any

KNOWN_FROM, KNOWN_UNTIL = "2019-01-01", "2026-12-31"
OFFICIAL = {"source": "国务院办公厅节假日安排通知"}
HOURS = [["09:00", "12:00"], ["13:30", "18:00"]]
NAMES = {
    "new_year": ("元旦", "New Year"),
    "spring": ("春节", "Spring Festival"),
    "qingming": ("清明节", "Qingming"),
    "labour": ("劳动节", "Labour Day"),
    "duanwu": ("端午节", "Dragon Boat Festival"),
    "autumn": ("中秋节", "Mid-Autumn Festival"),
    "national": ("国庆节", "National Day"),
    "both": ("国庆节、中秋节", "National Day and Mid-Autumn"),
}
NOTICES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("new_year", "2018-12-30", "2019-01-01", ("2018-12-29",)),
    ("spring", "2019-02-04", "2019-02-10", ("2019-02-02", "2019-02-03")),
    ("qingming", "2019-04-05", "2019-04-07", ()),
    ("labour", "2019-05-01", "2019-05-04", ("2019-04-28", "2019-05-05")),
    ("duanwu", "2019-06-07", "2019-06-09", ()),
    ("autumn", "2019-09-13", "2019-09-15", ()),
    ("national", "2019-10-01", "2019-10-07", ("2019-09-29", "2019-10-12")),
    ("new_year", "2020-01-01", "2020-01-01", ()),
    ("spring", "2020-01-24", "2020-02-02", ("2020-01-19",)),
    ("qingming", "2020-04-04", "2020-04-06", ()),
    ("labour", "2020-05-01", "2020-05-05", ("2020-04-26", "2020-05-09")),
    ("duanwu", "2020-06-25", "2020-06-27", ("2020-06-28",)),
    ("both", "2020-10-01", "2020-10-08", ("2020-09-27", "2020-10-10")),
    ("new_year", "2021-01-01", "2021-01-03", ()),
    ("spring", "2021-02-11", "2021-02-17", ("2021-02-07", "2021-02-20")),
    ("qingming", "2021-04-03", "2021-04-05", ()),
    ("labour", "2021-05-01", "2021-05-05", ("2021-04-25", "2021-05-08")),
    ("duanwu", "2021-06-12", "2021-06-14", ()),
    ("autumn", "2021-09-19", "2021-09-21", ("2021-09-18",)),
    ("national", "2021-10-01", "2021-10-07", ("2021-09-26", "2021-10-09")),
    ("new_year", "2022-01-01", "2022-01-03", ()),
    ("spring", "2022-01-31", "2022-02-06", ("2022-01-29", "2022-01-30")),
    ("qingming", "2022-04-03", "2022-04-05", ("2022-04-02",)),
    ("labour", "2022-04-30", "2022-05-04", ("2022-04-24", "2022-05-07")),
    ("duanwu", "2022-06-03", "2022-06-05", ()),
    ("autumn", "2022-09-10", "2022-09-12", ()),
    ("national", "2022-10-01", "2022-10-07", ("2022-10-08", "2022-10-09")),
    ("new_year", "2022-12-31", "2023-01-02", ()),
    ("spring", "2023-01-21", "2023-01-27", ("2023-01-28", "2023-01-29")),
    ("qingming", "2023-04-05", "2023-04-05", ()),
    ("labour", "2023-04-29", "2023-05-03", ("2023-04-23", "2023-05-06")),
    ("duanwu", "2023-06-22", "2023-06-24", ("2023-06-25",)),
    ("both", "2023-09-29", "2023-10-06", ("2023-10-07", "2023-10-08")),
    ("new_year", "2024-01-01", "2024-01-01", ()),
    ("spring", "2024-02-10", "2024-02-17", ("2024-02-04", "2024-02-18")),
    ("qingming", "2024-04-04", "2024-04-06", ("2024-04-07",)),
    ("labour", "2024-05-01", "2024-05-05", ("2024-04-28", "2024-05-11")),
    ("duanwu", "2024-06-08", "2024-06-10", ()),
    ("autumn", "2024-09-15", "2024-09-17", ("2024-09-14",)),
    ("national", "2024-10-01", "2024-10-07", ("2024-09-29", "2024-10-12")),
    ("new_year", "2025-01-01", "2025-01-01", ()),
    ("spring", "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
    ("qingming", "2025-04-04", "2025-04-06", ()),
    ("labour", "2025-05-01", "2025-05-05", ("2025-04-27",)),
    ("duanwu", "2025-05-31", "2025-06-02", ()),
    ("both", "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
    ("new_year", "2026-01-01", "2026-01-03", ("2026-01-04",)),
    ("spring", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
    ("qingming", "2026-04-04", "2026-04-06", ()),
    ("labour", "2026-05-01", "2026-05-05", ("2026-05-09",)),
    ("duanwu", "2026-06-19", "2026-06-21", ()),
    ("autumn", "2026-09-25", "2026-09-27", ()),
    ("national", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
)
FIXED = {"01-01": "new_year", **dict.fromkeys(("05-01", "05-02"), "labour")}
FIXED |= dict.fromkeys(("10-01", "10-02", "10-03"), "national")


def mainland() -> dict[str, Any]:
    """The shipped calendar in the form that `calendar_json.calendar_fields` reads: Monday to Friday 09:00-12:00, 13:30-18:00."""
    overrides: dict[str, Any] = {}
    for key, first, last, worked in NOTICES:
        zh, en = NAMES[key]
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            overrides[day.isoformat()] = {"hours": [], "zh": zh, "en": en, **OFFICIAL, "kind": "holiday"}
            day += timedelta(days=1)
        for text in worked:
            overrides[text] = {"as": "mon", "zh": zh, "en": en, **OFFICIAL, "kind": "makeup"}
    return {
        "timezone": "Asia/Shanghai",
        "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
        "overrides": overrides,
        "known_from": KNOWN_FROM,
        "known_until": KNOWN_UNTIL,
        "yearly_off": {day: {"zh": NAMES[key][0], "en": NAMES[key][1]} for day, key in FIXED.items()},
    }
