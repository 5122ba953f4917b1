"""`bihuan deadline`: JSON lines in, one line of answer each, in order, never a traceback."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.deadlines.deadline_command import answer

GOOD = {"calendar": "cn", "start": "2022-09-30T17:00+08:00", "amount": 3, "unit": "working_days"}
CONTRACT = """{"calendar": {"timezone": "Asia/Shanghai", "hours": {"mon": [["09:00","12:00"],["13:30","18:00"]],
  "tue": [["22:00","06:00"]]}, "overrides": {"2026-10-01": [], "2026-10-10": [["09:00","18:00"]]}},
  "start": "2026-09-30T15:00+08:00", "amount": 16, "unit": "working_hours",
  "pauses": [["2026-10-08T10:00+08:00", "2026-10-08T13:20+08:00"]]}"""


def asked(**changes):
    return answer(json.dumps({**GOOD, **changes}))


@pytest.mark.once
def test_the_installed_command_answers_line_by_line_in_order_without_django():
    lines = [json.dumps(GOOD), "nonsense", "", json.dumps({**GOOD, "unit": "hours"}), CONTRACT.replace("\n", "")]
    program = (
        "import sys; from bihuan.command import main; code = main(['deadline']);"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(lines).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [found.get("due") for found in answers] == [
        "2022-10-10T18:00+08:00",
        None,
        None,
        "2022-09-30T20:00+08:00",
        "2026-10-10T09:30+08:00",
    ]
    assert all("JSON" in answers[bad]["error"] for bad in (1, 2))


def test_an_answer_has_the_time_with_its_zone_and_both_languages():
    found = asked()
    assert found.keys() == {"due", "provisional", "explain"}
    assert found["due"] == "2022-10-10T18:00+08:00"
    assert found["provisional"] is False
    assert found["explain"].keys() == {"zh", "en"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"start": "2026-11-23T10:00"}, "no zone"),
        ({"start": "tomorrow"}, "2026-09-30T15:00+08:00"),
        ({"start": 20261123}, "2026-09-30T15:00+08:00"),
        ({"start": None}, "start missing"),
        ({"amount": "3"}, "must be a number"),
        ({"amount": True}, "must be a number"),
        ({"amount": 1.5}, "whole number"),
        ({"amount": 1e300}, "over a century"),
        ({"start": "9998-12-01T00:00Z", "amount": 500}, "over a century"),
        ({"unit": "fortnights"}, "working_hours"),
        ({"unit": ["days"]}, "working_hours"),
        ({"calendar": "us"}, '"cn"'),
        ({"calendar": {"hours": {}}}, "Asia/Shanghai"),
        ({"calendar": {"timezone": "Asia"}}, "Asia/Shanghai"),
        ({"calendar": {"timezone": "../etc/passwd"}}, "Asia/Shanghai"),
        ({"calendar": {"timezone": "UTC", "hours": {}}}, "no working time"),
        ({"calendar": {"timezone": "UTC", "hours": {"monday": []}}}, "mon"),
        ({"calendar": {"timezone": "UTC", "hours": {"mon": [["09:00", "09:00"]]}}}, "all day"),
        ({"calendar": {"timezone": "UTC", "hours": {"mon": [["9", "25:00"]]}}}, "interval"),
        ({"calendar": {"timezone": "UTC", "hours": {"mon": ["09:00", "18:00"]}}}, "interval"),
        ({"calendar": {"timezone": "UTC", "overrides": {"10-01": []}}}, "2026-10-01"),
        ({"calendar": {"timezone": "UTC", "overrides": []}}, "overrides must be an object"),
        ({"calendar": {"timezone": "UTC", "yearly_off": {"01-01": 3}}}, "object"),
        ({"pauses": "none"}, "[[from, to]"),
        ({"pauses": [["2026-10-08T10:00+08:00"]]}, "[from, to]"),
        ({"pauses": [["2026-10-08T10:00+08:00", None]]}, "cannot read the time"),
        ({"pauses": [["2026-10-08T10:00+08:00", "2026-10-07T10:00+08:00"]]}, "before it begins"),
        ({"pause": [["2026-10-08T10:00+08:00", "2026-10-08T13:20+08:00"]]}, "did you mean 'pauses'"),
    ],
)
def test_a_bad_line_is_told_what_to_change(changes, named):
    found = asked(**changes)
    assert found.keys() == {"error"}
    assert named in found["error"]


def test_a_key_nobody_could_have_meant_otherwise_is_left_alone():
    assert asked(id=7, note="来自电话")["due"] == "2022-10-10T18:00+08:00"


texts = st.sampled_from(
    ["cn", "UTC", "Asia/Shanghai", "09:00", "24:00", "2026-10-01", "0001-01-01T00:00+14:00", "hours"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | texts, inner, max_size=3),
    max_leaves=8,
)
starts = st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
calendars = st.fixed_dictionaries(
    {"timezone": st.sampled_from(["UTC", "Asia/Shanghai", "America/Havana"])},
    optional={"hours": st.just({"mon": [["09:00", "18:00"]], "sat": [["22:00", "06:00"]]}), "overrides": anything},
)
questions = st.fixed_dictionaries(
    {
        "calendar": st.just("cn") | calendars | anything,
        "start": starts | anything,
        "amount": st.integers(0, 10**6) | anything,
        "unit": st.sampled_from(["hours", "working_hours", "working_days", "days", "months"]) | anything,
    },
    optional={"pauses": st.lists(st.lists(starts, min_size=2, max_size=2), max_size=2) | anything},
)


@given(questions)
def test_any_question_gets_an_answer_or_an_error(question):
    found = answer(json.dumps(question))
    assert set(found) in ({"error"}, {"due", "provisional", "explain"})


@given(st.binary(max_size=40))
def test_any_bytes_get_an_error(line):
    assert set(answer(line)) == {"error"}
