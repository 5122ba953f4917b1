"""The summary of all checks says what failed, what did not run, and ends with pytest's own words."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.everything import CLOSING, DURATION, LONG_STEPS, STEPS, Outcome, measure, run_step, sum_up
from tests.own_postgres import postgres


@pytest.mark.parametrize(
    "line",
    [
        "======================== 12 passed, 1 skipped in 3.21s =========================",
        "=================== 1 failed, 3 passed, 2 warnings in 0.50s ====================",
        "\x1b[32m============================== \x1b[32m\x1b[1m3 passed\x1b[0m\x1b[32m in 0.06s\x1b[0m ==========",
        "============================ no tests ran in 0.01s =============================",
    ],
)
def test_the_closing_line_of_pytest_is_known(line: str) -> None:
    assert CLOSING.match(line)


def test_a_heading_of_pytest_is_no_closing_line() -> None:
    assert not CLOSING.match("============================= test session starts ==============================")


def test_the_last_line_is_pytests_and_one_failure_fails_all(capsys: pytest.CaptureFixture[str]) -> None:
    closing = "===== 3 passed in 1.00s ====="
    outcomes = [Outcome("style", "FAILED"), Outcome("sqlite", "passed", 1.0, closing), Outcome("browser", "NOT RUN")]
    assert sum_up(outcomes) == 1
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == closing
    assert "THE BROWSER TESTS DID NOT RUN" in printed
    assert sum_up(outcomes[1:]) == 0


def test_the_summary_gives_the_times_of_each_step_and_the_slowest_tests(capsys: pytest.CaptureFixture[str]) -> None:
    durations = {f"tests/test_a.py::test_{n}": float(n) for n in range(1, 31)}
    sum_up([Outcome("sqlite", "passed", 90.0, cpu=120.0, durations=durations), Outcome("style", "passed", 30.0)])
    printed = capsys.readouterr().out
    assert "sqlite    passed      90 s    120 CPU s" in printed
    assert "2.0 min  2.0 CPU min" in printed
    listed = [line.split() for line in printed.splitlines() if "::" in line]
    assert [words[-1] for words in listed] == [f"tests/test_a.py::test_{n}" for n in range(30, 10, -1)]
    assert listed[0][:2] == ["30.0", "sqlite"]


def test_a_step_is_measured_with_the_processes_it_starts() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    outcome = measure(lambda: run_step("invented", ["python", "-c", busy]))
    assert outcome.state == "passed"
    assert outcome.cpu >= 0.3
    assert outcome.seconds >= 0.3


def test_the_cost_of_a_test_is_read_from_the_list_of_pytest() -> None:
    found = DURATION.match("1.25s setup    tests/bench/test_frame.py::test_names[a b]\n")
    assert found
    assert found.groups() == ("1.25", "tests/bench/test_frame.py::test_names[a b]")
    assert not DURATION.match("12 passed in 1.25s")


def test_long_steps_run_only_when_they_are_named() -> None:
    assert "spark" in LONG_STEPS
    assert set(STEPS) == {"style", "types", "imports", "sqlite", "postgres", "browser"}


@pytest.mark.once
def test_postgresql_comes_up_for_whoever_runs_it_and_leaves_nothing() -> None:
    with postgres() as url, psycopg.connect(url) as connection:
        version, encoding, sample = connection.execute(
            "select current_setting('server_version_num')::int, current_setting('server_encoding'), upper('é闭环')"
        ).fetchone() or (0, "", "")
        socket_folder = Path(connection.info.host)
    assert version >= 150000
    assert (encoding, sample) == ("UTF8", "É闭环")
    assert not socket_folder.exists()
    assert str(socket_folder) not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
