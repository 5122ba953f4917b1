"""WorkCalendar and its versions: when the company, or one of its teams, works.

A version is a whole calendar as data (calendar_json.calendar_fields) and never changes once it is published; what is
edited is the next one, a draft. Weekly hours carry the date they are valid from, so a new version leaves the hours of
earlier days as they were. A deadline keeps the version it was derived by.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import save
from bihuan.audit.versioned import ConfigurationVersion, version_constraints
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_flow import FLOW
from bihuan.deadlines.calendar_json import WEEKDAYS
from bihuan.deadlines.holiday_files import Day, HolidayFile
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.mainland_holidays import KNOWN_FROM, NAMES, mainland
from bihuan.people.models import Team

if TYPE_CHECKING:
    from bihuan.people.models import User

Data = dict[str, Any]
_VALUES: dict[str, Calendar] = {}
COMPANY = Text("公司日历", "Company calendar")
DAY_KINDS: dict[str, Text] = {
    "holiday": Text("放假", "Holiday"),
    "makeup": Text("调休上班", "Make-up day"),
    "company": Text("公司日", "Company day"),
}
"""What a date of its own can be."""


class WorkCalendar(models.Model):
    """A named calendar. ``company``: the one that holds where a team has none of its own."""

    name = models.CharField(max_length=40, unique=True)
    company = models.BooleanField(default=False)
    teams = models.ManyToManyField(Team, through="TeamCalendar", related_name="calendars")

    class Meta:
        db_table = "work_calendar"
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(company=True), name="one_calendar_of_the_company"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Text:
        """Its name; the company's first one has one in both languages until somebody gives it another."""
        return COMPANY if self.name == COMPANY.zh else Text(self.name, self.name)

    @property
    def timeline(self) -> str:
        return f"calendar/{self.pk}"

    @property
    def current(self) -> CalendarVersion:
        return self.versions.get(status="current")

    @property
    def draft(self) -> CalendarVersion | None:
        return self.versions.filter(status="draft").first()

    @classmethod
    @transaction.atomic
    def create_copy(cls, *, by: User, name: str, source: WorkCalendar, zone: str = "") -> WorkCalendar:
        """A further calendar, beginning as a copy of another one's version in force, in ``zone`` if one is given.
        Raises Refused: the name is taken."""
        if cls.objects.filter(name=name).exists():
            raise Refused(Text("已有同名的日历。", "There is a calendar of this name already."))
        made = cls.objects.create(name=name)
        data = {**source.current.data, **({"timezone": zone} if zone else {})}
        first = made.versions.create(
            version_number=1, data=data, valid_from=clock.today(), status="current", published_at=clock.now()
        )
        record(events.CALENDAR_OPENED, first, by=by.actor, is_first=True, calendar=name, source=source.title)
        return made

    @transaction.atomic
    def assign_teams(self, *, by: User, teams: list[Team]) -> None:
        """Let exactly these teams work by it. Their deadlines that start from now on follow it; running ones keep theirs."""
        if self.company:
            raise Refused(
                Text(
                    "公司日历适用于所有没有单独日历的团队。", "The company's calendar holds for every team without one."
                )
            )
        before = list(self.teams.order_by("id"))
        if before == teams:
            return
        TeamCalendar.objects.filter(calendar=self).exclude(team__in=teams).delete()
        for team in teams:
            TeamCalendar.objects.update_or_create(team=team, defaults={"calendar": self})
        version = self.versions.select_for_update().get(status="current")
        names = [", ".join(team.name for team in some) or "–" for some in (before, teams)]
        record(events.CALENDAR_SERVES, version, by=by.actor, calendar=self.title, before=names[0], after=names[1])

    @transaction.atomic
    def begin_draft(self, *, by: User) -> CalendarVersion:
        """The draft of the next version; a copy of the one in force where there is none yet."""
        held = self.versions.select_for_update().filter(status="current").get()
        if draft := self.draft:
            return draft
        number = CalendarVersion.next_version_number(calendar=self)
        draft = self.versions.create(version_number=number, data=held.data, valid_from=clock.today())
        record(events.CALENDAR_DRAFTED, draft, by=by.actor, is_first=True, **draft.event_details())
        return draft


class TeamCalendar(models.Model):
    """A team that has a calendar of its own."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "team_calendar"


class CalendarVersionQuerySet(models.QuerySet["CalendarVersion"]):
    def in_force(self, team_id: int | None = None) -> CalendarVersion:
        """The version a deadline of this team's case is derived by: the team's own calendar's, else the company's."""
        mine = models.Q(calendar__company=True)
        if team_id:
            mine |= models.Q(calendar__teams=team_id)
        found = self.filter(mine, status="current").select_related("calendar").defer("data")
        return found.order_by("calendar__company").first() or _install()


class CalendarVersion(ConfigurationVersion):
    """One version of a calendar. ``valid_from``: the first day of its weekly hours. ``derived`` and ``moved`` count the
    open deadlines it was applied to and those it moved."""

    NOUN = FLOW.noun
    SERIES = ("calendar",)

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="versions")
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    derived = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        db_table = "calendar_version"
        constraints = version_constraints("calendar", "calendar")

    def __str__(self) -> str:
        return str(self.label)

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or "data" in fields:
            self.digest = digest(self.data)
            kwargs |= {"update_fields": [*fields, "digest"]} if fields else {}
        super().save(*args, **kwargs)

    @property
    def subject_name(self) -> str:
        return f"{self.calendar.name} v{self.version_number}"

    @property
    def label(self) -> Text:
        return Text("{name}第 {n} 版", "{name} v{n}", name=self.calendar.title, n=self.version_number)

    @property
    def timeline(self) -> str:
        return self.calendar.timeline

    @property
    def value(self) -> Calendar:
        """The calendar to count by. Versions of one content share one value, whose days are worked out once."""
        if (found := _VALUES.get(self.digest)) is None:
            found = _VALUES[self.digest] = Calendar.from_json(self.data)
        return found

    @property
    def known_until(self) -> date:
        return date.fromisoformat(self.data["known_until"])

    @transaction.atomic
    def set_week(self, *, by: User, hours: Data, valid_from: date) -> None:
        """Weekly hours of the draft from a day on; the days before it keep those of the version in force."""
        self._lock()
        base = self.calendar.current.data
        earlier = [one for one in base.get("earlier", []) if one["until"] < day_before(valid_from)]
        if hours != base["hours"]:
            earlier = [*earlier, {"until": day_before(valid_from), "hours": base["hours"]}]
            self._require_valid({**self.data, "hours": hours, "earlier": earlier})
        else:
            earlier = base.get("earlier", [])
        self.valid_from = valid_from
        what = Text("每周时段自 {day} 起改变", "weekly hours change from {day} on", day=valid_from)
        self._write({"hours": hours, "earlier": earlier}, what, by)

    @transaction.atomic
    def set_day(self, *, by: User, day: date, until: date | None = None, entry: Data) -> None:
        """What these dates do instead of their weekday: {"kind", "zh", "en", "source"} and "hours" or "as"."""
        self._lock()
        last = until or day
        if last < day or (last - day).days > 60:
            raise Refused(
                Text("结束日期应在开始之后、60 天以内。", "The last day lies after the first, within 60 days.")
            )
        days = {(day + timedelta(days=n)).isoformat(): entry for n in range((last - day).days + 1)}
        overrides = {**self.data["overrides"], **days}
        self._require_valid({**self.data, "overrides": overrides})
        span = f"{day}" if day == last else f"{day}..{last}"
        name = Text(entry["zh"], entry["en"])
        what = Text("{span} {kind} {name}", "{span} {kind} {name}", span=span, kind=DAY_KINDS[entry["kind"]], name=name)
        self._write({"overrides": overrides}, what, by)

    @transaction.atomic
    def clear_day(self, *, by: User, day: date) -> None:
        """The date follows its weekday again."""
        self._lock()
        overrides = dict(self.data["overrides"])
        if overrides.pop(day.isoformat(), None) is None:
            return
        self._write({"overrides": overrides}, Text("{day} 恢复为平常日", "{day} is a usual day again", day=day), by)

    @transaction.atomic
    def import_holidays(self, *, by: User, holidays: HolidayFile, file: str) -> None:
        """Take a year's holidays into the draft: they replace what was there for that year, company days stay.

        A few days of the year before or after (New Year often begins in December) are only added. Raises Refused
        while the file has errors.
        """
        self._lock()
        if holidays.errors or not holidays.days:
            raise Refused(
                Text("文件里还有没看懂的行，请改正后再导入。", "The file has lines that were not understood.")
            )
        years = holidays.years
        stored: Data = self.data["overrides"]
        company_days = {day: entry for day, entry in stored.items() if entry.get("kind") == "company"}
        others = {day: entry for day, entry in stored.items() if int(day[:4]) not in years}
        works_as = next((key for key in WEEKDAYS if self.data["hours"].get(key)), None)
        if works_as is None:
            raise Refused(Text("请先填写每周时段。", "Fill in the weekly hours first."))
        taken = {one.date.isoformat(): holiday_override(one, works_as, file) for one in holidays.days}
        known = max(self.data["known_until"], f"{max(years)}-12-31")
        overrides = dict(sorted({**others, **taken, **company_days}.items()))
        self.data = {**self.data, "overrides": overrides, "known_until": known}
        save(self, ["data"])
        imported = {"file": file, "days": len(taken), "known_until": known}
        record(events.CALENDAR_IMPORTED, self, by=by.actor, **self.event_details(), **imported)

    def _lock(self) -> None:
        stored = self.locked_draft()
        self.data, self.valid_from = stored.data, stored.valid_from

    def _require_valid(self, data: Data) -> None:
        try:
            Calendar.from_json(data)
        except InputError as bad:
            raise Refused(bad.text) from None

    def _write(self, changes: Data, what: Text, by: User) -> None:
        if all(self.data.get(key) == value for key, value in changes.items()):
            return
        self.data = {**self.data, **changes}
        save(self, ["data", "valid_from"])
        record(events.CALENDAR_CHANGED, self, by=by.actor, **self.event_details(), what=what)

    @transaction.atomic
    def publish(self, *, by: User, seen: int | None = None) -> None:
        """Put the draft in force; open deadlines of this calendar are recalculated in the background (recalculation.py)."""
        current = self.calendar.versions.select_for_update().get(status="current")
        if self.status == "draft" and current.digest == self.digest:
            raise Refused(Text("草稿与生效的版本相同，没有要发布的。", "The draft equals the version in force."))
        self.published_at = clock.now()
        self.put_in_force(by=by.actor, seen=seen, fields=("published_at",), valid_from=self.valid_from)

    def event_details(self) -> dict[str, Any]:
        return {"calendar": self.calendar.title, **super().event_details()}


def holiday_override(one: Day, works_as: str, file: str) -> Data:
    """A day of a holiday file as an override; a make-up day works as the week does on its first working day."""
    english = dict(NAMES.values()) | {"中秋": "Mid-Autumn Festival", "国庆": "National Day"}
    chinese = {en: zh for zh, en in NAMES.values()}
    name = one.name or str(DAY_KINDS[one.kind].zh)
    entry = {"kind": one.kind, "zh": chinese.get(name, name), "en": english.get(name, name), "source": file}
    return {**entry, "hours": []} if one.kind == "holiday" else {**entry, "as": works_as}


def company_calendar() -> Calendar:
    """The company's calendar as it is now."""
    return CalendarVersion.objects.in_force().value


def digest(data: Data) -> str:
    """SHA-256 of a calendar's data as canonical JSON."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()


@transaction.atomic
def _install() -> CalendarVersion:
    """The shipped mainland table as the company's first version."""
    made, new = WorkCalendar.objects.get_or_create(company=True, defaults={"name": COMPANY.zh})
    if new:
        made.versions.create(
            version_number=1,
            data=mainland(),
            valid_from=date.fromisoformat(KNOWN_FROM),
            status="current",
            published_at=clock.now(),
        )
    return made.current
