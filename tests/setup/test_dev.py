"""dev.py must run on a bare Python 3.11: nothing installed, whatever the environment says."""

import ast
import importlib.util
import os
import socket
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_python_3_11_and_imports_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 11))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_what_ci_runs_is_what_a_person_runs() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
    assert "dev.py $@" in (ROOT / "Makefile").read_text()


def test_a_running_systems_settings_do_not_reach_the_tests() -> None:
    outside = {
        "BIHUAN_DATA": "/srv/live",
        "DATABASE_URL": "postgresql:///live",
        "BIHUAN_SHARED": "/data",
        "BIHUAN_WHOLE": "1",
        "PATH": "/bin",
    }
    meant = {"BIHUAN_SHARED": "/data", "BIHUAN_WHOLE": "1", "PATH": "/bin"}
    assert load().environment_for_tests(outside) == meant


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert load().free_port(port) > port


def test_a_stamp_is_fresh_only_for_the_same_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = load()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    source, stamp = tmp_path / "lock.txt", tmp_path / "stamps/lock"
    source.write_text("one")
    assert not dev.fresh(stamp, dev.digest(source))
    dev.mark(stamp, dev.digest(source))
    assert dev.fresh(stamp, dev.digest(source))
    source.write_text("two")
    assert not dev.fresh(stamp, dev.digest(source))
