"""dev.py must run on a bare Python 3.11: nothing installed, whatever the environment says."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tools import environment, system_packages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "name", ["dev", "tools/__init__", "tools/environment", "tools/lock", "tools/processes", "tools/system_packages"]
)
def test_it_is_python_3_11_and_imports_the_standard_library_only(name: str) -> None:
    tree = ast.parse((ROOT / f"{name}.py").read_text(), feature_version=(3, 11))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {f"tools.{module}" for module in ("environment", "processes", "system_packages")}
    assert {name.split(".")[0] for name in names - ours} <= sys.stdlib_module_names


def test_dev_is_at_most_250_lines() -> None:
    assert len((ROOT / "dev.py").read_text().splitlines()) <= 250


def test_what_ci_runs_is_what_a_person_runs() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()
    assert "dev.py $@" in (ROOT / "Makefile").read_text()


def test_the_command_of_a_checkout_works_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "bihuan").mkdir()
    command = tmp_path / "bin"
    environment.write_command(command)
    for arguments, expected in (["--help"], "bihuan COMMAND --help"), (["bench", "--help"], "bihuan bench [STEP"):
        done = subprocess.run([command, *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert expected in done.stdout


def test_preparing_the_environment_writes_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    for name in ("make_venv", "install_into_venv", "build_front_end"):
        monkeypatch.setattr(environment, name, lambda *_: None)
    monkeypatch.setattr(environment, "write_command", written.append)
    environment.prepare("base", install=False)
    assert written == [ROOT / ".venv/bin/bihuan"]


class TestSystemPackages:
    """apt-get is called as root only with permission."""

    @pytest.fixture(autouse=True)
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """What would have been run; as root, with apt-get, outside CI and without a terminal."""
        calls: list[list[str]] = []

        def record(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
            calls.append(command)
            return subprocess.CompletedProcess(command, 0)

        monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
        monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(system_packages.subprocess, "run", record)
        monkeypatch.setattr(system_packages.sys.stdin, "isatty", lambda: False, raising=False)
        monkeypatch.delenv("CI", raising=False)
        return calls

    def test_without_a_terminal_nothing_is_installed_and_one_sentence_says_what_to_do(
        self, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert not system_packages.apt_install("chromium")
        assert calls == []
        (line,) = capsys.readouterr().out.splitlines()
        assert "apt-get install chromium" in line
        assert "--install" in line

    def test_the_option_and_ci_permit_it(self, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
        assert system_packages.apt_install("chromium", install=True)
        assert calls[-1][-1] == "chromium"
        calls.clear()
        monkeypatch.setenv("CI", "true")
        assert system_packages.apt_install("chromium")
        assert calls[-1][-1] == "chromium"

    @pytest.mark.parametrize(("answer", "permitted"), [("y", True), ("", False), ("n", False)])
    def test_at_a_terminal_it_asks(
        self, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, answer: str, permitted: bool
    ) -> None:
        monkeypatch.setattr(system_packages.sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(system_packages.sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda _: answer)
        assert system_packages.apt_install("chromium") is permitted
        assert bool(calls) is permitted


def test_a_running_systems_settings_do_not_reach_the_tests() -> None:
    outside = {
        "BIHUAN_DATA": "/srv/live",
        "DATABASE_URL": "postgresql:///live",
        "BIHUAN_SHARED": "/data",
        "BIHUAN_WHOLE": "1",
        "PATH": "/bin",
    }
    meant = {"BIHUAN_SHARED": "/data", "BIHUAN_WHOLE": "1", "PATH": "/bin"}
    assert dev.environment_for_tests(outside) == meant


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert dev.free_port(port) > port


def test_a_stamp_is_current_only_for_the_same_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    source, stamp = tmp_path / "lock.txt", tmp_path / "stamps/lock"
    source.write_text("one")
    assert not environment.is_current(stamp, environment.digest(source))
    environment.write_stamp(stamp, environment.digest(source))
    assert environment.is_current(stamp, environment.digest(source))
    source.write_text("two")
    assert not environment.is_current(stamp, environment.digest(source))
