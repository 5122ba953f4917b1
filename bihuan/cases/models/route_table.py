"""RouteTable: which team and lead a case of a kind, type and product goes to. An ordered table; the first rule that fits.

A rule is ``{kind, type, product, team, lead, note}``. ``kind`` and ``product`` may be empty (any); ``type`` is
"dictionary:code" ("technical_type:performance") or empty; ``product`` fits where the case's contains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.audit.versioned import ConfigurationVersion, version_constraints
from bihuan.cases import case_choices, events
from bihuan.cases.routing_flow import TABLE
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback.feedback_choices import PROBLEM_TYPES
from bihuan.people.models import Team, User

Rule = Mapping[str, Any]
MOST = 200


def types() -> dict[str, Text]:
    """ "dictionary:code" -> name of every type a rule may ask for, as the dictionaries stand."""
    return {
        f"{dictionary}:{code}": Text("{d}·{name}", "{d}: {name}").format(d=title, name=name)
        for dictionary, title, names in (
            ("technical_type", Text("技术类型", "Technical type"), case_choices.TECHNICAL_TYPES),
            ("problem_type", Text("问题类型", "Problem type"), PROBLEM_TYPES),
            ("requirement_type", Text("需求性质", "Kind of requirement"), case_choices.REQUIREMENT_TYPES),
        )
        for code, name in names.items()
    }


def fits(rule: Rule, case: Any) -> bool:
    """Whether the rule fits a case, or anything with its kind, product and types."""
    if rule["kind"] and rule["kind"] != case.kind:
        return False
    dictionary, _, code = rule["type"].partition(":")
    if code and getattr(case, dictionary) != code:
        return False
    return rule["product"].casefold() in (case.product or "").casefold()


def first_match(rules: Sequence[Rule], case: Any) -> int | None:
    """The index (from 0) of the first rule that fits; None where none does."""
    return next((index for index, rule in enumerate(rules) if fits(rule, case)), None)


def covers(rule: Rule, other: Rule) -> bool:
    """Whether ``rule`` fits everything ``other`` fits."""
    inside = rule["product"].casefold() in other["product"].casefold()
    return rule["kind"] in ("", other["kind"]) and rule["type"] in ("", other["type"]) and inside


def faults(rules: Sequence[Rule]) -> list[Text]:
    """What is wrong with the table, each with the rule's number."""
    teams = set(Team.objects.values_list("pk", flat=True))
    leads = {user.pk: user for user in User.objects.filter(pk__in=[r["lead"] for r in rules if r["lead"]])}
    found = [Text("至少要有一条规则。", "At least one rule is needed.")] if not rules else []
    if len(rules) > MOST:
        found.append(Text("最多 {n} 条规则。", "{n} rules at most.", n=MOST))
    for place, rule in enumerate(rules, 1):
        if rule["team"] not in teams:
            found.append(Text("规则 {n}：请选择小组。", "Rule {n}: choose a team.", n=place))
        lead = leads.get(rule["lead"])
        if rule["lead"] and (lead is None or not lead.is_active or not lead.can("task.work")):
            found.append(Text("规则 {n}：这个人不能负责事项。", "Rule {n}: this person cannot own a case.", n=place))
        earlier = next((n for n, other in enumerate(rules[: place - 1], 1) if covers(other, rule)), None)
        if earlier:
            why = Text(
                "规则 {n} 永远轮不到：规则 {m} 已经包括它。",
                "Rule {n} never fires: rule {m} covers it.",
                n=place,
                m=earlier,
            )
            found.append(why)
    return found


class RouteTable(ConfigurationVersion):
    """One version of the table; its flow is ``routing_flow.TABLE``."""

    NOUN = TABLE.noun

    rules = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "route_table"
        constraints = version_constraints("route_table")

    @property
    def subject_name(self) -> str:
        return f"v{self.version_number}"

    @property
    def timeline(self) -> str:
        return "routing/table"

    @classmethod
    def current(cls) -> RouteTable | None:
        return cls.in_state("current").first()

    @classmethod
    @transaction.atomic
    def draft(cls, *, by: User) -> RouteTable:
        """The next version as a copy of the one in force; the draft that is there already if there is one."""
        if draft := cls.in_state("draft").first():
            return draft
        current = cls.current()
        rules = current.rules if current else []
        draft = cls.objects.create(version_number=cls.next_version_number(), rules=rules, author=by.actor)
        record(events.ROUTES_DRAFTED, draft, by=by.actor, **draft.event_details())
        return draft

    @transaction.atomic
    def amend(self, rules: list[dict[str, Any]], *, by: User, seen: int | None = None) -> None:
        """Put other rules in a draft. Refused with every fault and the number of its rule."""
        self.locked_draft()
        if wrong := faults(rules):
            raise Refused(Text("".join(w.to("zh") for w in wrong), " ".join(w.to("en") for w in wrong)))
        changed = {"rules": rules}
        flow.edit(self, changed, by=by.actor, event_type=events.ROUTES_AMENDED, seen=seen, **self.event_details())

    @transaction.atomic
    def publish(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Route new cases by it from now on; handovers already proposed stay."""
        self.reason, self.published_at = required_reason(reason), clock.now()
        if wrong := faults(self.rules):
            raise Refused(wrong[0])
        details: dict[str, Any] = {"reason": self.reason, "rules": len(self.rules)}
        self.put_in_force(by=by.actor, seen=seen, fields=("reason", "published_at"), **details)
