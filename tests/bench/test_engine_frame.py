"""`bihuan bench`: figures beside goals, a step a process, no Django."""

import subprocess
import sys
from pathlib import Path

import pytest

from bihuan import bench
from bihuan.bench.engine import steps as package
from bihuan.bench.engine import table
from bihuan.bench.engine.figures import Figure
from bihuan.bench.engine.meter import family
from bihuan.bench.engine.steps import steps

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = """
from bihuan.bench.engine.figures import Figure, shared
ROW, TITLE = 0, "invented"
def figures():
    yield Figure("invented", "right", {value}, 0.9, 0.99, baseline={{"others": 0.5, "absent": None}})
    yield Figure("invented", "seconds", 3.0, 5.0, better="lower", unit="CPU s")
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
        found = f"import bihuan.bench.engine.steps as s; s.__path__.append({str(folder)!r})"
        (tmp_path / "sitecustomize.py").write_text(found, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")

    yield write
    sys.modules.pop("bihuan.bench.engine.steps.invented", None)


def test_a_step_prints_its_figures_beside_goals_and_baselines(invented, capfd):
    invented(0.95)
    assert bench.main(["invented"]) == 0
    printed = capfd.readouterr().out
    right = next(line for line in printed.splitlines() if line.startswith("  right"))
    assert right.split() == ["right", "0.95", "≥0.9", "≥0.99", "others", "0.5,", "absent", "not", "installed"]
    assert "≤5" in printed
    assert "no data" in printed
    assert "CPU s" in printed
    assert "every must is met" in printed


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
    assert table.number(123456.7) == "123,457"
    assert table.number(0.98765) == "0.9877"


def test_a_family_is_measured_with_its_children():
    inner = "import time; x = bytearray(60 << 20); x[::4096] = b'x' * len(x[::4096]); time.sleep(0.6)"
    outer = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {inner!r}]).returncode + 3)"
    spent = family([sys.executable, "-c", outer])
    assert spent.code == 3
    assert spent.memory > 60
    assert spent.cpu > 0


def test_the_frame_and_its_steps_need_no_django():
    line = "import sys; sys.modules['django'] = None; from bihuan import bench; sys.exit(bench.main(['--help']))"
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
