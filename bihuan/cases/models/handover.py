"""Handover: a case on its way to another team. Who received it first stays responsible until the other has taken it.

It is returned once at most, with a reason; a ruling by the supervisor ends it (practice notes 7, the 12345 rules).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel, PartModel, reasoned
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases import events
from bihuan.cases.models.route_table import RouteTable, fired
from bihuan.cases.routing_flow import HANDOVER
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import Team, User

if TYPE_CHECKING:
    from bihuan.cases.models import Case

LIVE = ("proposed", "offered", "returned")


class Handover(PartModel, FlowModel):
    """``rule`` (from 1) of ``table`` proposed it, or a person did. ``reason``: of the last step."""

    NOUN = "handover"
    PART_OF = "case"

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="handovers")
    round = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=HANDOVER.choices, default="proposed")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    table = models.ForeignKey(RouteTable, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "handover"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(status__in=LIVE), name="one_live_handover")
        ]

    @property
    def whereto(self) -> str:
        return f"{self.team}{f' · {self.lead}' if self.lead else ''}"

    @property
    def why(self) -> Text | str:
        """The reason of the last step; before any, the rule that proposed it."""
        if self.reason or self.table is None:
            return self.reason
        return Text("转办规则 v{v} 第 {n} 条", "routing v{v}, rule {n}", v=self.table.edition, n=self.rule)

    def earlier(self) -> list[str]:
        """How the case's other handovers of this round stand."""
        rows = type(self).objects.filter(case=self.case_id, round=self.round).exclude(pk=self.pk)
        return list(rows.values_list("status", flat=True))

    def may_take(self, user: User) -> bool:
        """Whether this person stands on the receiving side."""
        return user.pk == self.lead_id or (user.team_id == self.team_id and user.can("case.edit"))

    @classmethod
    @transaction.atomic
    def propose(cls, case: Case, *, by: Actor) -> Handover | None:
        """What the table in force says about a case; None where no rule fits or the case is there already."""
        table = RouteTable.current()
        place = fired(table.rules, case) if table else None
        if table is None or place is None:
            return None
        rule = table.rules[place]
        if rule["team"] == case.team_id and rule["lead"] in (None, case.owner_id):
            return None
        return cls._make(case, by, rule["team"], rule["lead"], "", table=table, rule=place + 1)

    @classmethod
    @transaction.atomic
    def ask(cls, case: Case, *, by: User, team: Team, lead: User | None = None, reason: str) -> Handover:
        """Hand the case over by a person's own judgement: proposed and offered at once."""
        lock(case)
        reasoned(reason)
        if case.handovers.filter(round=case.round, status="ruled").exists() and not by.can("case.rule"):
            raise Refused(Text("主管已裁定，由裁定的小组办理。", "The supervisor has ruled; that team handles it."))
        for held in case.handovers.filter(status="proposed"):
            held.take_step("drop", by=by, reason=reason)
        if case.handovers.filter(status__in=LIVE).exists():
            raise Refused(Text("已在转交中。", "It is being handed over already."))
        if team.pk == case.team_id and (lead is None or lead.pk == case.owner_id):
            raise Refused(Text("事项已经在这个小组。", "The case is with this team already."))
        made = cls._make(case, by.actor, team.pk, lead.pk if lead else None, reason.strip())
        made.take_step("offer", by=by, reason=reason)
        return made

    @classmethod
    def _make(cls, case: Case, by: Actor, team: int, lead: int | None, why: str, **more: Any) -> Handover:
        made = cls.objects.create(
            case=case, round=case.round, from_team=case.team, team_id=team, lead_id=lead, reason=why, by=by, **more
        )
        record(events.HANDOVER_PROPOSED, made, by=by, where=made.whereto, why=made.why)
        return made

    @transaction.atomic
    def take_step(self, move: str, *, by: User, reason: str = "") -> None:
        """Offer, drop, accept or return. Only the receiving side accepts and returns; a return says why."""
        lock(self.case)
        self.case.refresh_from_db()
        if move in ("accept", "return") and not self.may_take(by):
            raise Refused(Text("由接收小组的人接收或退回。", "The receiving team takes it or returns it."))
        if move in ("drop", "return"):
            reasoned(reason)
        self.reason = reason.strip() or self.reason
        self.move(move, by=by.actor, fields=["reason"], where=self.whereto, reason=reason.strip())
        if move == "offer":
            self.case.join(by=by, teams=[self.team])
        elif move == "accept":
            self._give(by)

    @transaction.atomic
    def rule_on(self, *, by: User, team: Team, lead: User | None = None, reason: str) -> None:
        """The supervisor decides whose it is; that ends it."""
        lock(self.case)
        self.case.refresh_from_db()
        reasoned(reason)
        self.team, self.lead, self.reason = team, lead, reason.strip()
        fields = ["team", "lead", "reason"]
        self.move("rule", by=by.actor, fields=fields, where=self.whereto, reason=self.reason)
        self._give(by)

    def _give(self, by: User) -> None:
        """The case is theirs now: the named lead's, else of who took it. Who received it first still sees it."""
        if self.from_team:
            self.case.join(by=by, teams=[self.from_team])
        self.case.hand_to(self.team, by=by)
        owner = self.lead or (by if by.team_id == self.team_id and by.can("task.work") else None)
        if owner:
            self.case.assign(by=by, owner=owner)
