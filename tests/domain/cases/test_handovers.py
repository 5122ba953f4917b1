"""The first rule that fits proposes; the first receiver stays responsible; a return once; a ruling ends it."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.cases.models.handover import Handover
from bihuan.cases.models.route_table import RouteTable, covers, faults, first_match, fits
from bihuan.core.errors import Refused
from bihuan.people.models import Team

pytestmark = pytest.mark.django_db


def rule(team: int, lead: int | None = None, **parts: str) -> dict[str, Any]:
    return {"kind": "", "type": "", "product": "", "note": ""} | parts | {"team": team, "lead": lead}


@pytest.fixture
def table(cast: Any) -> RouteTable:
    made = RouteTable.draft(by=cast["admin"])
    rules = [
        rule(cast["zhou"].team_id, cast["zhou"].pk, kind="problem", type="technical_type:performance"),
        rule(cast["zhou"].team_id, kind="problem", product="订货"),
        rule(cast["wang"].team_id, cast["wang"].pk, kind="requirement"),
    ]
    made.amend(rules, by=cast["admin"])
    made.publish(by=cast["admin"], reason="首次启用")
    return made


def opened(cast: Any, **fields: Any) -> Case:
    return Case.open(by=cast["lin"], **{"title": "下单慢", "kind": "problem", **fields})


KINDS = st.sampled_from(["", "problem", "requirement"])
KINDS_OF = st.sampled_from(["", "technical_type:function", "technical_type:performance"])
PRODUCTS = st.sampled_from(["", "订货", "订货平台", "App"])
RULES = st.builds(lambda k, t, p: rule(1, kind=k, type=t, product=p), KINDS, KINDS_OF, PRODUCTS)


@given(RULES, RULES)
def test_what_covers_another_rule_fits_all_that_it_fits(one: dict[str, Any], other: dict[str, Any]):
    cases = [
        SimpleNamespace(kind=k, technical_type=t, product=p)
        for k, t, p in itertools.product(
            ("problem", "requirement"), ("", "function", "performance"), ("", "订货", "订货平台2", "app")
        )
    ]
    if covers(one, other):
        assert all(fits(one, case) for case in cases if fits(other, case))
        assert all(first_match([one, other], case) != 1 for case in cases)


def test_a_rule_that_never_fires_is_refused_with_its_number(cast: Any):
    team = cast["zhou"].team_id
    rules = [
        rule(team, kind="problem"),
        rule(team, kind="problem", product="订货"),
        rule(999),
        rule(team, cast["guo"].pk, kind="complaint"),
    ]
    said = [one.zh.format(**one.values) for one in faults(rules)]
    assert said == [
        "规则 2 永远轮不到：规则 1 已经包括它。",
        "规则 3：请选择小组。",
        "规则 4：这个人不能负责事项。",
        "规则 4 永远轮不到：规则 3 已经包括它。",
    ]
    with pytest.raises(Refused):
        RouteTable.draft(by=cast["admin"]).amend(rules, by=cast["admin"])


def test_a_new_case_gets_a_proposal_and_stays_where_it_is(cast: Any, table: RouteTable):
    case = opened(cast, technical_type="performance")
    row = case.handovers.get()
    assert (row.status, row.rule, row.team, row.lead) == ("proposed", 1, cast["zhou"].team, cast["zhou"])
    assert (case.team, case.owner) == (cast["lin"].team, None)
    assert not opened(cast, kind="complaint").handovers.exists()
    assert opened(cast, product="订货平台").handovers.get().rule == 2
    assert not Case.open(by=cast["wu"], title="一件事", kind="problem", product="订货").handovers.exists()
    why = Event.objects.get(kind="handover.proposed", timeline=case.timeline).details["why"]
    assert why == {"zh": "转办规则 v1 第 1 条", "en": "routing v1, rule 1"}


def test_the_first_receiver_stays_responsible_until_it_is_taken(cast: Any, table: RouteTable):
    case = opened(cast, technical_type="performance")
    case.claim(by=cast["lin"])
    row = case.handovers.get()
    assert not Case.objects.visible_to(cast["wu"]).exists()
    row.transition("offer", by=cast["lin"])
    case.refresh_from_db()
    assert (case.owner, case.team) == (cast["lin"], cast["lin"].team)
    assert Case.objects.visible_to(cast["wu"]).exists()
    with pytest.raises(Refused, match="接收小组"):
        row.transition("accept", by=cast["lin"])
    row.transition("accept", by=cast["wu"])
    case.refresh_from_db()
    assert (case.owner, case.team) == (cast["zhou"], cast["zhou"].team)


def test_it_is_returned_once_and_the_ruling_ends_it(cast: Any, table: RouteTable):
    case = opened(cast, technical_type="performance")
    row = case.handovers.get()
    row.transition("offer", by=cast["lin"])
    with pytest.raises(Refused):
        row.transition("return", by=cast["zhou"], reason=" ")
    row.transition("return", by=cast["zhou"], reason="是产品设计问题")
    with pytest.raises(Refused, match="转交中"):
        Handover.request(case, by=cast["lin"], team=cast["wang"].team, reason="换个小组")
    row.rule_on(by=cast["chen"], team=cast["wang"].team, lead=cast["wang"], reason="由产品牵头")
    case.refresh_from_db()
    assert (case.team, case.owner, row.status) == (cast["wang"].team, cast["wang"], "ruled")
    with pytest.raises(Refused, match="裁定"):
        Handover.request(case, by=cast["lin"], team=cast["zhou"].team, reason="还是技术")
    again = Handover.request(case, by=cast["chen"], team=cast["zhou"].team, reason="情况变了")
    with pytest.raises(Refused, match="已裁定"):
        again.transition("return", by=cast["zhou"], reason="不是我们的")


def test_a_second_return_is_refused_without_a_ruling_too(cast: Any):
    case = opened(cast)
    first = Handover.request(case, by=cast["lin"], team=cast["zhou"].team, reason="技术问题")
    first.transition("return", by=cast["zhou"], reason="不是技术问题")
    Handover.objects.filter(pk=first.pk).update(status="dropped")
    Handover.objects.create(case=case, round=1, team=cast["zhou"].team, status="ruled", by=cast["lin"].actor)
    second = Handover.objects.create(case=case, round=1, team=cast["zhou"].team, status="offered", by=cast["lin"].actor)
    with pytest.raises(Refused):
        second.transition("return", by=cast["zhou"], reason="还是不对")


def test_a_sender_may_take_it_back_and_a_new_round_may_be_returned_again(cast: Any):
    case = opened(cast)
    row = Handover.request(case, by=cast["lin"], team=cast["zhou"].team, reason="技术问题")
    with pytest.raises(Refused):
        Handover.request(case, by=cast["lin"], team=cast["wang"].team, reason="产品问题")
    row.transition("drop", by=cast["lin"], reason="客户已自行解决")
    with pytest.raises(Refused, match="已经在这个小组"):
        Handover.request(case, by=cast["lin"], team=cast["lin"].team, reason="自己")
    assert Handover.request(case, by=cast["lin"], team=cast["wang"].team, reason="产品问题").status == "offered"


def test_publishing_a_version_retires_the_other_and_is_a_event(cast: Any, table: RouteTable):
    with pytest.raises(Refused, match="已发布"):
        table.amend([], by=cast["admin"])
    new = RouteTable.draft(by=cast["admin"])
    assert new.rules == table.rules
    with pytest.raises(Refused):
        new.publish(by=cast["admin"], reason="")
    new.publish(by=cast["admin"], reason="微调")
    table.refresh_from_db()
    assert (table.status, RouteTable.current()) == ("past", new)
    assert Event.objects.filter(kind="routes.published").count() == 2
    assert Team.objects.exists()
