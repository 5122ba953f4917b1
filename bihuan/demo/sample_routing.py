"""The demo's routing table, as an operations manager would write it."""

from __future__ import annotations

from bihuan.cases.models.route_table import RouteTable
from bihuan.people.models import User


def build(people: dict[str, User]) -> None:
    """Three rules in force; the cases opened before stay where they are."""
    technology, product = people["sun"].team, people["wang"].team
    if technology is None or product is None:
        return
    lines = (
        ("problem", "technical_type:performance", technology, people["sun"], "性能问题由技术主管牵头"),
        ("problem", "", technology, None, "其余故障归技术部"),
        ("requirement", "", product, people["wang"], "需求归产品部"),
    )
    rules = [
        {"kind": kind, "type": of, "product": "", "team": team.pk, "lead": lead.pk if lead else None, "note": note}
        for kind, of, team, lead, note in lines
    ]
    table = RouteTable.draft(by=people["liu"])
    table.amend(rules, by=people["liu"])
    table.publish(by=people["liu"], reason="按问题类型分派，减少转错")
