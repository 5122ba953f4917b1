"""Handover: a case on its way to another team. The team that has it stays responsible until the other accepts.

It is returned once at most, with a reason; a ruling by the supervisor ends it (practice notes 7, the 12345 rules).
"""

from __future__ import annotations

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel, PartModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases import events
from bihuan.cases.models.case import Case
from bihuan.cases.models.route_table import RouteTable
from bihuan.cases.routing_flow import HANDOVER
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import Team, User

LIVE = ("proposed", "offered", "returned")


class Handover(PartModel, FlowModel):
    """``rule`` (from 1) of ``table`` proposed it, or a person did. ``reason``: of the last move."""

    NOUN = "handover"
    PART_OF = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
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
    def target(self) -> str:
        """The receiving team and, where one is named, its lead."""
        return f"{self.team}{f' · {self.lead}' if self.lead else ''}"

    @property
    def why(self) -> Text | str:
        """The reason of the last move; before any, the rule that proposed it."""
        if self.reason or self.table is None:
            return self.reason
        return Text("转办规则 v{v} 第 {n} 条", "routing v{v}, rule {n}", v=self.table.version_number, n=self.rule)

    def earlier(self) -> list[str]:
        """The statuses of the case's other handovers of this round."""
        rows = type(self).objects.filter(case=self.case_id, round=self.round).exclude(pk=self.pk)
        return list(rows.values_list("status", flat=True))

    def may_be_accepted_by(self, user: User) -> bool:
        """Whether this person is on the receiving side."""
        return user.pk == self.lead_id or (user.team_id == self.team_id and user.can("case.edit"))

    @classmethod
    @transaction.atomic
    def request(cls, case: Case, *, by: User, team: Team, lead: User | None = None, reason: str) -> Handover:
        """Hand the case over by a person's own decision: proposed and offered at once."""
        lock(case)
        required_reason(reason)
        if case.handovers.filter(round=case.round, status="ruled").exists() and not by.can("case.rule"):
            raise Refused(Text("主管已裁定，由裁定的小组办理。", "The supervisor has ruled; that team handles it."))
        for proposed in case.handovers.filter(status="proposed"):
            proposed.transition("drop", by=by, reason=reason)
        if case.handovers.filter(status__in=LIVE).exists():
            raise Refused(Text("已在转交中。", "It is being handed over already."))
        if team.pk == case.team_id and (lead is None or lead.pk == case.owner_id):
            raise Refused(Text("事项已经在这个小组。", "The case is with this team already."))
        handover = cls.objects.create(
            case=case, round=case.round, from_team=case.team, team=team, lead=lead, reason=reason.strip(), by=by.actor
        )
        record(events.HANDOVER_PROPOSED, handover, by=by.actor, where=handover.target, why=handover.why)
        handover.transition("offer", by=by, reason=reason)
        return handover

    @transaction.atomic
    def transition(self, move: str, *, by: User, reason: str = "") -> None:
        """Offer, drop, accept or return. Only the receiving side accepts and returns; a return says why."""
        lock(self.case)
        self.case.refresh_from_db()
        if move in ("accept", "return") and not self.may_be_accepted_by(by):
            raise Refused(Text("由接收小组的人接收或退回。", "The receiving team takes it or returns it."))
        if move in ("drop", "return"):
            required_reason(reason)
        self.reason = reason.strip() or self.reason
        self.move(move, by=by.actor, fields=["reason"], where=self.target, reason=reason.strip())
        if move == "offer":
            self.case.add_collaborators(by=by, teams=[self.team])
        elif move == "accept":
            self._assign_case(by)

    @transaction.atomic
    def rule_on(self, *, by: User, team: Team, lead: User | None = None, reason: str) -> None:
        """The supervisor decides which team handles the case; that ends the handover."""
        lock(self.case)
        self.case.refresh_from_db()
        required_reason(reason)
        self.team, self.lead, self.reason = team, lead, reason.strip()
        fields = ["team", "lead", "reason"]
        self.move("rule", by=by.actor, fields=fields, where=self.target, reason=self.reason)
        self._assign_case(by)

    def _assign_case(self, by: User) -> None:
        """Assign the case to the team and the named lead, else to who accepted it; the team before still sees it."""
        if self.from_team:
            self.case.add_collaborators(by=by, teams=[self.from_team])
        self.case.assign_team(self.team, by=by)
        owner = self.lead or (by if by.team_id == self.team_id and by.can("task.work") else None)
        if owner:
            self.case.assign(by=by, owner=owner)
