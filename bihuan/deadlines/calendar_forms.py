"""What may be typed in of a calendar: weekly hours, single days, a holiday file, a name."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms

from bihuan.core.forms import DayField, Form
from bihuan.core.text import Text
from bihuan.deadlines.calendar_json import WEEKDAYS, spans
from bihuan.deadlines.calendar_versions import Data, WorkCalendar
from bihuan.deadlines.holiday_files import LIMIT
from bihuan.deadlines.input_error import InputError
from bihuan.people.models import Team

WEEKDAY_NAMES: dict[str, Text] = {
    "mon": Text("周一", "Monday"),
    "tue": Text("周二", "Tuesday"),
    "wed": Text("周三", "Wednesday"),
    "thu": Text("周四", "Thursday"),
    "fri": Text("周五", "Friday"),
    "sat": Text("周六", "Saturday"),
    "sun": Text("周日", "Sunday"),
}
DAY_ARRANGEMENTS: dict[str, Text] = {
    "company_off": Text("公司放假", "Company day off"),
    "company_hours": Text("公司上班，自定时段（半天等）", "Company day with hours of its own (half day)"),
    "holiday": Text("法定放假", "Public holiday"),
    "makeup": Text("调休上班（按平日时段）", "Make-up day (works as a weekday)"),
}
_HOW = Text(
    "休息留空；多段用空格分开，跨夜写 22:00-06:00", "Empty: off; several apart by spaces; overnight 22:00-06:00"
)


class HoursField(forms.CharField):
    """Intervals as people write them: 09:00-12:00 13:30-18:00; kept as [["09:00", "12:00"], …]."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> list[list[str]]:
        text = str(super().clean(value) or "").translate(str.maketrans("：，；、～〜—–至", ":   -----"))
        text = re.sub(r"\s*[-~]+\s*", "-", text.replace(";", " ").replace(",", " "))
        pairs = [part.split("-") for part in text.split()]
        try:
            spans(pairs)
        except InputError as bad:
            raise forms.ValidationError(str(bad.text)) from None
        return pairs


class WeekForm(Form):
    valid_from = DayField(label=Text("自哪天起", "From which day"))
    mon = HoursField(label=WEEKDAY_NAMES["mon"], help_text=_HOW)
    tue = HoursField(label=WEEKDAY_NAMES["tue"])
    wed = HoursField(label=WEEKDAY_NAMES["wed"])
    thu = HoursField(label=WEEKDAY_NAMES["thu"])
    fri = HoursField(label=WEEKDAY_NAMES["fri"])
    sat = HoursField(label=WEEKDAY_NAMES["sat"])
    sun = HoursField(label=WEEKDAY_NAMES["sun"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        hours = {key: found.pop(key) for key in WEEKDAYS if key in found}
        return found | {"hours": {key: pairs for key, pairs in hours.items() if pairs}}


def hours_as_typed(hours: Data) -> dict[str, str]:
    """Weekly hours the way the form takes them."""
    return {key: " ".join("-".join(pair) for pair in pairs) for key, pairs in hours.items()}


class DayForm(Form):
    day = DayField(label=Text("日期", "Date"))
    until = DayField(label=Text("至（只有一天可不填）", "To (may be empty)"), required=False)
    what = forms.ChoiceField(label=Text("这天怎么安排", "What is it"), choices=list(DAY_ARRANGEMENTS.items()))
    hours = HoursField(label=Text("时段（自定时段时填写）", "Hours (of a day of its own)"))
    zh = forms.CharField(label=Text("名称", "Name"), max_length=40)
    en = forms.CharField(label=Text("英文名称（可不填）", "English name (may be empty)"), max_length=40, required=False)
    source = forms.CharField(label=Text("依据", "Basis"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("what") == "company_hours" and not found.get("hours"):
            self.add_error("hours", str(Text("请填写时段，例如 09:00-12:00。", "Give the hours, e.g. 09:00-12:00.")))
        return found

    def override(self, week: Data) -> Data:
        """The override these fields describe."""
        found = self.cleaned_data
        named = {"zh": found["zh"], "en": found["en"] or found["zh"], "source": found["source"]}
        if found["what"] == "makeup":
            return {**named, "kind": "makeup", "as": next((key for key in WEEKDAYS if week.get(key)), "mon")}
        kind = "holiday" if found["what"] == "holiday" else "company"
        return {**named, "kind": kind, "hours": found["hours"] if found["what"] == "company_hours" else []}


class HolidayFileForm(Form):
    file = forms.FileField(
        label=Text("CSV 或 ICS 文件", "CSV or ICS file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.ics"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LIMIT:
            raise forms.ValidationError(str(Text("文件超过 1 MB，不像放假安排。", "Over 1 MB: not a holiday notice.")))
        return upload


class CalendarForm(Form):
    name = forms.CharField(label=Text("名称", "Name"), max_length=40)
    source = forms.ModelChoiceField(
        WorkCalendar.objects.order_by("-company", "id"), label=Text("从哪个日历复制", "Copy of"), empty_label=None
    )
    zone = forms.ChoiceField(
        label=Text("时区", "Time zone"), choices=[(name, name) for name in sorted(available_timezones()) if "/" in name]
    )


class TeamsForm(Form):
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("id"),
        label=Text("适用团队", "Teams"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        return found | {"teams": list(found.get("teams", []))}
