"""`bihuan bench`: figures beside goals, a step a process, no Django."""

import subprocess
import sys
from pathlib import Path

import pytest

import bench
from bench.engine import others, table
from bench.engine import steps as package
from bench.engine.figures import Figure
from bench.engine.meter import family
from bench.engine.steps import steps
from tests.setup.test_locks import pins

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = """
from bench.engine.figures import Figure, shared
ROW, TITLE = 0, "invented"
def figures():
    yield Figure("invented", "right", {value}, 0.9, 0.99, baseline={{"others": 0.5, "absent": None}})
    yield Figure("invented", "seconds", 3.0, 5.0, better="lower", unit="CPU s", baseline={{"others": 12.0, "absent": None}})
    shared("no such folder")
"""


@pytest.fixture
def invented(tmp_path, monkeypatch):
    """A step module that is found beside the real ones, in this process and in its child's."""

    def write(value: float) -> None:
        folder = tmp_path / "steps"
        folder.mkdir()
        (folder / "invented.py").write_text(WRITTEN.format(value=value), encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [str(folder)])
        found = f"import bench.engine.steps as s; s.__path__.append({str(folder)!r})"
        (tmp_path / "sitecustomize.py").write_text(found, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")

    yield write
    sys.modules.pop("bench.engine.steps.invented", None)


def test_a_step_prints_its_figures_beside_goals_and_baselines(invented, capfd):
    invented(0.95)
    assert bench.main(["invented"]) == 0
    printed = capfd.readouterr().out
    right = next(line for line in printed.splitlines() if line.startswith("  right"))
    assert right.split() == ["right", "0.95", "≥0.9", "≥0.99", "others", "0.5,", "absent", "not", "installed"]
    seconds = next(line for line in printed.splitlines() if line.startswith("  seconds"))
    assert seconds.endswith("≤5            others 12 ×4, absent not installed")
    assert "no data" in printed
    assert "CPU s" in printed
    assert "every must is met" in printed


def test_where_the_packages_of_the_baselines_are_absent_it_says_so_and_goes_on(invented, capfd, monkeypatch):
    monkeypatch.setenv(others.PLACE, "")
    invented(0.95)
    assert bench.main(["invented"]) == 0
    printed = capfd.readouterr().out
    assert printed.count("python3 dev.py build bench") == 2
    assert "every must is met" in printed
    assert others.answer("by_rensa.py", ["a text"]) is None


def test_where_they_are_there_nothing_is_said(invented, capfd, monkeypatch):
    monkeypatch.setenv(others.PLACE, sys.executable)
    invented(0.95)
    assert bench.main(["invented"]) == 0
    assert "dev.py build bench" not in capfd.readouterr().out


def test_a_script_is_given_the_data_and_measured_and_one_that_breaks_is_no_figure(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import json, sys\ntexts = json.load(open(sys.argv[1]))\njson.dump({'many': len(texts)}, open(sys.argv[2], 'w'))"
    )
    done = others.answer(script, ["好", "不好"], by=sys.executable)
    assert done.found == {"many": 2}
    assert done.spent.cpu > 0
    assert done.spent.memory > 5
    script.write_text("1 / 0")
    with pytest.raises(RuntimeError, match="script"):
        others.answer(script, [], by=sys.executable)


def test_what_others_find_is_measured_as_ours_is():
    texts = [
        "快递三天没有更新请尽快处理一下谢谢",
        "完全不同的一句话说的是另一件事情",
        "快递三天没有更新请尽快处理一下谢谢了",
    ]
    assert others.answer("by_ours.py", texts, by=sys.executable).found["again"] == [2]
    if not others.python():
        pytest.skip("python3 dev.py build bench")
    for name in ("datasketch", "gaoya", "rensa"):
        assert others.answer(f"by_{name}.py", texts).found["again"] == [2], name
    assert others.answer("by_snownlp.py", ["质量很好,非常满意", "太差了,退货", " "]).found["glad"][0] > 0.5


def test_the_script_makes_a_report_of_an_export(tmp_path):
    if not others.python():
        pytest.skip("python3 dev.py build bench")
    source = tmp_path / "raw.csv"
    source.write_text(
        "反馈编号,反馈时间,客户编号,渠道,问题描述\nA1,2025-03-01 10:00,C1,微信,快递坏了\nA2,2025/3/2 9:00,C2,邮件,很好\n",
        encoding="utf-8",
    )
    assert others.answer("by_script.py", source).found == {"read": 2, "days": {"A1": "2025-03-01", "A2": "2025-03-02"}}


def test_a_missed_must_is_said_and_is_exit_code_1(invented, capfd):
    invented(0.5)
    assert bench.main(["invented"]) == 1
    assert "MISSED" in capfd.readouterr().out


def test_a_step_that_breaks_is_exit_code_1(invented, capfd):
    invented("1 / 0")
    assert bench.main(["invented"]) == 1
    assert "failed (1)" in capfd.readouterr().out


def test_names_and_help(capsys):
    assert bench.main(["--help"]) == 0
    assert bench.main(["no-such-step"]) == 2
    printed = capsys.readouterr().out
    assert all(name in printed for name in (*steps(), "web", "import"))


def test_every_step_of_the_house_has_a_place_and_a_title():
    for name, step in steps().items():
        assert step.ROW >= 1, name
        assert " / " in step.TITLE, name
        assert callable(step.figures), name


def test_lower_is_better_where_it_is():
    assert Figure("", "", 3, 2, better="lower").missed
    assert not Figure("", "", 3, 3, better="lower").missed
    assert Figure("", "", 0.9, 0.95).missed
    assert not Figure("", "", 0.9).missed
    assert Figure("", "", 2, better="lower").times(8) == 4
    assert Figure("", "", 2).times(8) == 0.25
    assert table.number(123456.7) == "123,457"
    assert table.number(0.98765) == "0.9877"


def test_a_family_is_measured_with_its_children():
    inner = "import time; x = bytearray(60 << 20); x[::4096] = b'x' * len(x[::4096]); time.sleep(0.6)"
    outer = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {inner!r}]).returncode + 3)"
    spent = family([sys.executable, "-c", outer])
    assert spent.code == 3
    assert spent.memory > 60
    assert spent.cpu > 0


def test_the_packages_compared_with_are_locked():
    assert set(others.PACKAGES) <= set(pins("bench"))


def test_the_frame_and_its_steps_need_no_django():
    line = "import sys; sys.modules['django'] = None; import bench; sys.exit(bench.main(['--help']))"
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
