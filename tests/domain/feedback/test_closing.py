"""The day's numbers add up, and are signed once, not silently over untriaged feedback items."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.core.errors import Refused
from bihuan.feedback.models import Dispute, Labelling, Merge
from bihuan.feedback.models.daily_close import PARTS, DailyClose, count, last_days, rows_of_day, rows_of_team
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def day(cast: Any, at: Any) -> date:
    """One feedback item of each kind."""
    at("2026-11-19 23:59")
    make_feedback(cast)
    at("2026-11-20 00:00")
    rows = [make_feedback(cast, account="lanjing") for _ in range(6)]
    Merge.make(rows[0], rows[5], by=cast["lin"])
    Labelling.give(rows[1], LABELS, by=cast["lin"])
    Dispute.open(rows[2], by=cast["lin"], reason="分不清")
    rows[3].move("void", by=cast["lin"].actor, reason="测试")
    return DAY


def test_every_number_equals_its_rows_and_the_parts_add_up(cast: Any, day: date):
    rows = rows_of_team(cast["chen"].team)
    counts = count(rows, day)
    assert counts == {"received": 6, "merged": 1, "triaged": 1, "disputed": 1, "void": 1, "untriaged": 2}
    assert counts == {part: rows_of_day(rows, day, part).count() for part in PARTS}
    assert counts["received"] == sum(n for part, n in counts.items() if part != "received")


def test_untriaged_feedback_items_are_not_signed_over_in_silence(cast: Any, day: date):
    team = cast["chen"].team
    with pytest.raises(Refused) as no:
        DailyClose.sign(by=cast["chen"], day=day, team=team)
    assert "2 条" in no.value.reason.to("zh")
    close = DailyClose.sign(by=cast["chen"], day=day, team=team, comment="等待客户补充，明早处理")
    assert close.counts["untriaged"] == 2


def test_a_day_is_signed_once(cast: Any, day: date):
    team = cast["chen"].team
    first = DailyClose.sign(by=cast["chen"], day=day, team=team, comment="明早处理")
    assert DailyClose.sign(by=cast["chen"], day=day, team=team, comment="改口") == first
    assert DailyClose.objects.get().comment == "明早处理"
    assert DailyClose.sign(by=cast["chen"], day=day, team=None) != first


def test_one_signs_for_ones_own_team_and_not_for_tomorrow(cast: Any, day: date):
    for team, when in ((cast["he"].team, day), (cast["chen"].team, date(2026, 11, 21))):
        with pytest.raises(Refused):
            DailyClose.sign(by=cast["chen"], day=when, team=team, comment="好")


def test_the_strip_shows_fourteen_days_with_their_signatures(cast: Any, day: date):
    close = DailyClose.sign(by=cast["chen"], day=day, team=cast["chen"].team, comment="明早处理")
    days = last_days(cast["chen"].team, day)
    assert len(days) == 14
    assert days[0] == (day, close)
    assert {one for _, one in days[1:]} == {None}
