"""The summary of all checks says what failed, what did not run, and ends with pytest's own words."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.everything import CLOSING, Outcome, sum_up
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
