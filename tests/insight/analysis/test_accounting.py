"""Nothing gets lost between the file and the report, and what cannot be done is reported."""

import json
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.analysis.rows import day_number
from bihuan.insight.analysis.target_surges import last_weeks
from bihuan.insight.analysis.weeks import Span, span_of
from bihuan.insight.cli import main

from .schema import faults
from .sheets import HEADS, analyze, lines, save

ROOT = Path(__file__).resolve().parents[3]


def balanced(summary):
    account = summary["accounting"]
    return account["read"] == sum(account[name] for name in ("rows", "skipped", "outside_window", "undated_left_out"))


def test_every_row_read_is_analysed_or_accounted_for(tmp_path):
    rows = lines()
    odd = [
        [""] * 11,
        HEADS,
        ["合计", "", "", "", "", "", "", "", "", "", "56"],
        ["U1", "哪天", "电话", "", "", "", "", "", "门坏了", "", ""],
    ]
    file = save(tmp_path / "a.csv", [*rows[:10], *odd, *rows[10:]])
    written, summary, report = analyze(tmp_path / "all", file)
    assert balanced(summary)
    assert len(written) == summary["accounting"]["rows"] == 57
    assert sum(each["count"] for each in summary["accounting"]["skipped_why"]) == summary["accounting"]["skipped"] == 3
    assert summary["quality"]["undated"] == 1
    unreadable = {each["field"]: each["unreadable"] for each in summary["quality"]["fields"] if each["unreadable"]}
    assert unreadable == {"received_at": 1}
    assert "看不懂这个时间" in report
    written, summary, _ = analyze(tmp_path / "some", file, "--since", "2026-03-03", "--until", "2026-03-04")
    assert balanced(summary)
    assert len(written) == 4
    assert (summary["accounting"]["outside_window"], summary["accounting"]["undated_left_out"]) == (52, 1)


def test_several_files_and_repeated_numbers_keep_every_row_under_a_name_of_its_own(tmp_path):
    (tmp_path / "b").mkdir()
    one, two = save(tmp_path / "a.csv", lines(6)), save(tmp_path / "b" / "a.csv", [*lines(4), ["", *lines(6)[5][1:]]])
    written, summary, _ = analyze(tmp_path / "out", one, two)
    assert faults(summary) == []
    assert balanced(summary)
    assert [row["row_id"] for row in written] == [
        *(f"FK{at:04d}" for at in range(6)),
        *(f"a.csv:{at}" for at in range(2, 7)),
    ]
    assert [each["rows"] for each in summary["files"]] == [6, 5]
    assert summary["quality"]["repeated_ids"] == 4
    assert [row["duplicate_of"] for row in written[6:]] == ["FK0000", "FK0001", "FK0002", "FK0003", "FK0005"]


def test_an_unreadable_file_gives_a_reason_and_exit_code_2(tmp_path, capsys):
    out = tmp_path / "out"
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    wordless = save(tmp_path / "wordless.csv", [["1", "2"], ["3", "4"]], ["渠道", "评分"])
    good = save(tmp_path / "a.csv", lines(4))
    for arguments, message in (
        ([broken], "broken.xlsx："),
        ([tmp_path / "none.csv"], "没有这个文件"),
        ([tmp_path], "是文件夹"),
        ([wordless], "问题描述"),
        ([good, "--since", "2030-01-01"], "所选日期内没有反馈"),
        ([good, "--since", "2026-03-04", "--until", "2026-03-03"], "晚于"),
        ([good, "--lang", "en", "--since", "2030-01-01"], "No feedback lies within the chosen days"),
    ):
        assert main([*map(str, arguments), "--out", str(out)]) == 2
        assert message in capsys.readouterr().err
        assert not out.exists()
    with pytest.raises(SystemExit, match="2"):
        main([str(good), "--out", str(out), "--since", "March"])
    assert "2026-03-01" in capsys.readouterr().err
    assert main([str(good), "--out", str(good)]) == 2
    assert "不能写入" in capsys.readouterr().err


def test_an_interrupted_run_leaves_an_earlier_report_whole(tmp_path, monkeypatch, capsys):
    out, file = tmp_path / "out", save(tmp_path / "a.csv", lines(8))
    analyze(out, file)
    (out / "own.txt").write_text("kept")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def interrupt(step, done, total):
        if "report.html" in step.en:
            raise KeyboardInterrupt

    monkeypatch.setattr("bihuan.insight.cli.Progress.__call__", lambda self, *arguments: interrupt(*arguments))
    assert main([str(save(tmp_path / "b.csv", lines(4))), "--out", str(out)]) == 130
    assert "已停止" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_second_run_leaves_no_page_of_the_first(tmp_path):
    out = tmp_path / "out"
    analyze(out, save(tmp_path / "a.csv", lines()))
    many = len(list((out / "report_rows").iterdir()))
    (out / "report_rows" / "mine.html").write_text("kept")
    _, _, report = analyze(out, save(tmp_path / "b.csv", lines(2)))
    names = {path.name for path in (out / "report_rows").iterdir()}
    assert len(names) < many
    assert "mine.html" in names
    assert all(name in report for name in names - {"mine.html"})


def test_rows_without_any_date_or_label_still_make_a_report(tmp_path):
    bare = save(tmp_path / "a.csv", [["门坏了"], ["测试"]], ["问题描述"])
    written, summary, _ = analyze(tmp_path / "out", bare)
    assert faults(summary) == []
    assert (summary["period"], summary["weeks"], summary["compared_weeks"]) == (None, [], None)
    assert [row["noise"] for row in written] == ["", "test"]
    assert (written[1]["problem_type"], written[1]["sentiment_confidence"]) == ("", "")
    only_noise = save(tmp_path / "b.csv", [["测试"], ["。。"]], ["问题描述"])
    _, summary, _ = analyze(tmp_path / "noise", only_noise)
    assert faults(summary) == []
    assert summary["with_content"] == 0


@pytest.mark.once
def test_ctrl_c_ends_the_command_with_a_sentence_and_nothing_written(tmp_path):
    file, out = save(tmp_path / "a.csv", lines(8000)), tmp_path / "out"
    command = [sys.executable, "-m", "bihuan", "analyze", str(file), "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        messages = iter(running.stderr)
        assert next(line for line in messages if "分类" in line)
        running.send_signal(signal.SIGINT)
        assert "".join(messages).splitlines()[-1] == "已停止，没有写出报告"
    assert running.returncode == 130
    assert not out.exists()


@pytest.mark.once
def test_the_command_runs_where_there_is_no_django_and_no_network(tmp_path):
    program = """
import socket, sys
sys.modules["django"] = None
def refuse(*_, **__): raise AssertionError("network")
socket.socket.connect = refuse
from bihuan.command import main
sys.exit(main(sys.argv[1:]))
"""
    file, out = save(tmp_path / "a.csv", lines()), tmp_path / "out"
    command = [sys.executable, "-c", program, "analyze", str(file), "--out", str(out), "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Reading a.csv" in done.stderr
    assert "56 rows; report:" in done.stderr
    assert faults(json.loads((out / "summary.json").read_text("utf-8"))) == []


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))


@given(DAYS, st.integers(0, 60))
def test_the_last_two_full_weeks_lie_whole_inside_the_span(first, length):
    span = Span(first, first + timedelta(days=length))
    two = span.last_two()
    full = [start for start in span.mondays() if span.full(start)]
    assert (two is None) is (len(full) < 2)
    if two:
        assert two == (full[-1], full[-2])
        assert span.last - two[0] < timedelta(days=13)


@given(st.lists(DAYS, min_size=200, max_size=260), st.sampled_from([date(1999, 1, 1), date(2062, 6, 1)]))
def test_one_mistyped_year_does_not_stretch_the_span(days, stray):
    numbers = np.array([day_number(day) for day in days])
    assert span_of(np.append(numbers, day_number(stray))) == span_of(numbers)


def test_chance_explains_small_changes_only():
    def beyond(*pairs):
        return [fine for _, fine in last_weeks([[[before, now] for now, before in pairs]])]

    assert not any(beyond((0, 0), (3, 0), (11, 6), (55, 45)))
    assert all(beyond((30, 10), (10, 30), (150, 100)))


def test_among_many_comparisons_one_that_looks_striking_is_luck():
    lucky, plain = [20] * 6 + [16, 31], [20] * 7 + [21]
    assert [fine for _, fine in last_weeks([[lucky]])] == [True]
    assert not any(fine for _, fine in last_weeks([[lucky], [plain] * 10, [plain] * 9]))


def test_where_weeks_scatter_by_themselves_one_more_jump_is_no_news():
    steady, jumpy = [10, 12, 11, 9] * 5 + [4, 21], [3, 20, 4, 22] * 5 + [4, 21]
    calm = [[40, 41, 39, 42] * 5 + [40, 41]] * 6
    assert last_weeks([[steady, *calm]])[0][1]
    assert not last_weeks([[jumpy, *calm]])[0][1]
