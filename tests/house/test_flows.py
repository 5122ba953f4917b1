"""Every move of every noun: those in the table are known, those not in it are refused."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from django.apps import apps

from bihuan.audit.base_models import FlowModel
from bihuan.audit.flow import FLOWS

FLOWING = [m for m in apps.get_models() if issubclass(m, FlowModel)]
ALL = [(noun, s.code, m.name) for noun, f in FLOWS.items() for s, m in itertools.product(f.states, f.moves)]


@pytest.mark.parametrize(("noun", "state", "move"), ALL)
def test_a_move_not_in_the_table_is_refused_with_a_reason(noun: str, state: str, move: str):
    flow = FLOWS[noun]
    allowed = state in flow.find(move).start
    open_here = [m.name for m in flow.open_moves(SimpleNamespace(**{flow.column: state}))]
    assert (move in open_here) == allowed
    if not allowed:
        reason = flow.why_not(SimpleNamespace(**{flow.column: state}), move)
        assert reason is not None
        assert reason.to("zh") != reason.to("en")


@pytest.mark.parametrize("noun", FLOWS)
def test_every_state_can_be_reached_and_names_itself_in_both_languages(noun: str):
    flow = FLOWS[noun]
    reached = {flow.states[0].code} | {m.end for m in flow.moves}
    assert {s.code for s in flow.states} - reached == set()
    assert all(s.name.zh and s.name.en for s in flow.states)


@pytest.mark.parametrize("model", FLOWING, ids=lambda m: m.NOUN)
def test_a_flowing_row_is_moved_by_the_flow_of_its_noun(model: type[FlowModel]):
    flow = FLOWS[model.NOUN]
    column = model._meta.get_field(flow.column)
    assert [code for code, _ in column.choices or ()] == [s.code for s in flow.states]
    assert model(**{flow.column: flow.states[-1].code}).state is flow.states[-1]


def test_every_flow_has_its_noun():
    assert {m.NOUN for m in FLOWING} == set(FLOWS)
