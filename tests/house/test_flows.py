"""A real row is moved along every move of every noun that its table allows, and is refused every other one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bihuan.audit.base_models import FlowModel
from bihuan.audit.flow import FLOWS, Flow
from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.people.models import User
from tests.house.flow_rows import CONDITIONS, FIELDS_OF_STATE, MODELS, rows_of, rows_the_demo_lacks


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_by_noun(by: User) -> dict[str, list[FlowModel]]:
    """Every row of the demo company that has a status, and one of each noun it has none of."""
    rows: dict[str, list[FlowModel]] = {noun: list(rows_of(noun)) for noun in MODELS}
    for row in rows_the_demo_lacks(by):
        rows[row.NOUN].append(row)
    return rows


def in_state(row: FlowModel, state: str) -> Any:
    """The row as the database holds it in this state; DatabaseError where it refuses."""
    fields = FIELDS_OF_STATE.get((row.NOUN, state), {})
    if getattr(row, row.flow.column) != state:
        type(row)._base_manager.filter(pk=row.pk).update(**{row.flow.column: state, **fields})
    return type(row)._base_manager.get(pk=row.pk)


def events_of(row: FlowModel) -> Any:
    return Event.objects.filter(subject_kind=row.NOUN, subject_id=row.pk).order_by("id")


def make_move(row: Any, name: str, by: User) -> str:
    """Moves the row after its conditions are met; returns what is wrong, or nothing."""
    flow: Flow = row.flow
    move, before = flow.find_move(name), getattr(row, flow.column)
    fields = CONDITIONS.get((row.NOUN, name), lambda _: {})(row)
    for field, value in fields.items():
        setattr(row, field, value)
    try:
        event = flow.move(row, name, by=by.actor, fields=tuple(fields))
    except Refused as refusal:
        return f"refused: {refusal.reason.to('en')}"
    stored = type(row)._base_manager.get(pk=row.pk)
    if event is None or getattr(stored, flow.column) != move.end:
        return "nothing happened"
    recorded = events_of(row).get(pk=event.pk)
    if recorded.kind != move.event_type.key or (recorded.details["from"], recorded.details["to"]) != (before, move.end):
        return f"recorded {recorded.kind} {recorded.details}"
    return ""


@pytest.mark.django_db
def test_every_allowed_move_is_made_by_a_real_row(demo_company: dict[str, User]):
    by, failures = demo_company["chen"], []
    rows = rows_by_noun(by)
    for noun, flow in FLOWS.items():
        for move, state in ((m, s) for m in flow.moves for s in m.start):
            reasons: list[str] = []
            # A row that came to this state by itself first, then one that is put there.
            for row in sorted(rows[noun], key=lambda r: getattr(r, flow.column) != state):
                try:
                    with taken_back():
                        wrong = make_move(in_state(row, state), move.name, by)
                except DatabaseError as error:
                    wrong = str(error)
                if not wrong:
                    break
                reasons.append(wrong)
            else:
                failures.append(f"{noun}: {move.name} from {state}: {'; '.join(dict.fromkeys(reasons))}")
    assert not failures, "\n".join(failures)


def refusal_of(row: Any, name: str, by: User) -> str:
    """Tries a move that the table does not allow; returns what is wrong with the answer, or nothing."""
    flow: Flow = row.flow
    before, events = getattr(row, flow.column), events_of(row).count()
    try:
        moved = flow.move(row, name, by=by.actor)
    except Refused as refusal:
        reason = refusal.reason
        wrong = "" if reason.to("zh") != reason.to("en") else "the reason has one language only"
    else:
        wrong = "" if moved is None and flow.find_move(name).end == before else "moved"
    if getattr(type(row)._base_manager.get(pk=row.pk), flow.column) != before or events_of(row).count() != events:
        return "changed"
    return wrong


@pytest.mark.django_db
def test_every_other_move_is_refused_with_a_reason(demo_company: dict[str, User]):
    by, failures = demo_company["chen"], []
    rows, tried = rows_by_noun(by), 0
    for noun, flow in FLOWS.items():
        for state in flow.states:
            forbidden = [move.name for move in flow.moves if state.code not in move.start]
            for name in forbidden:
                with taken_back():
                    wrong = refusal_of(in_state(rows[noun][0], state.code), name, by)
                tried += 1
                failures += [f"{noun}: {name} from {state.code}: {wrong}"] if wrong else []
    assert not failures, "\n".join(failures)
    assert tried > 500


def test_every_state_can_be_reached_and_has_a_name_in_both_languages():
    failures = []
    for noun, flow in FLOWS.items():
        reached = {flow.states[0].code} | {move.end for move in flow.moves}
        failures += [f"{noun}: {s.code} is never reached" for s in flow.states if s.code not in reached]
        failures += [f"{noun}: {s.code} has no name" for s in flow.states if not (s.name.zh and s.name.en)]
    assert failures == []


def test_the_column_of_a_row_knows_the_states_of_its_noun():
    assert set(MODELS) == set(FLOWS)
    failures = []
    for noun, model in MODELS.items():
        flow: Any = FLOWS[noun]
        choices: Any = model._meta.get_field(flow.column).choices
        last = flow.states[-1]
        if [code for code, _ in choices] != [s.code for s in flow.states]:
            failures.append(f"{noun}: other choices")
        if model(**{flow.column: last.code}).state is not last:
            failures.append(f"{noun}: another state")
    assert failures == []
