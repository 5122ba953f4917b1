"""The built wheel holds the built front end: installed alone, without Node, it serves its pages."""

import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path
from site import getsitepackages

import psutil
import pytest

from tests.setup.processes import family, fetch, free_port, wait_until
from tests.setup.test_locks import pins
from tools.environment import installer

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel alone. Its requirements, hash-locked and already here, are looked up in
    this environment, so that the test needs no network; that the wheel asks for those and no others is tested apart."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin/python"
    subprocess.run([*installer(python), "--no-deps", "--no-index", str(wheel)], check=True)
    place = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(place) / "requirements.pth").write_text("\n".join(getsitepackages()) + "\n")
    return folder


def test_it_holds_the_front_end_and_nothing_that_is_not_the_product(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"bihuan/static/dist/{name}" for name in ("app.css", "app.js", "charts.js")} <= set(names)
    assert [name for name in names if not re.match(r"bihuan(-[\w.]+\.dist-info)?/", name)] == []
    assert [name for name in names if re.search(r"\.(sqlite3|key|pyc)$|__pycache__", name)] == []


def test_what_it_asks_for_is_what_the_lock_holds(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    wanted = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist", [])
    assert wanted
    # Extras that the base lock leaves out, and the lock that holds each.
    locks = {"semantic": "test", "spark": "spark"}
    for line in wanted:
        extra = re.search(r"extra == '(\w+)'", line)
        held = pins(locks.get(extra[1] if extra else "", "base"))
        assert re.match(r"[\w.-]+", line)[0].lower() in {name.split("[")[0] for name in held}, line  # type: ignore[index]


def test_installed_alone_it_serves_a_page_with_its_style(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {"PATH": str(installed / "bin"), "BIHUAN_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    running = subprocess.Popen(
        [installed / "bin/bihuan", "serve", "--port", str(port)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    with family(psutil.Process(running.pid)):
        assert wait_until(lambda: running.poll() is not None or fetch(f"{address}/")[0] == 200), "no page"
        assert running.poll() is None, running.communicate()[0]
        status, page = fetch(f"{address}/")
        assert status == 200
        style = re.search(rb'href="(/static/dist/app\.[^"]*css[^"]*)"', page)
        assert style, page.decode()
        for path in (style[1].decode(), "/static/dist/app.js", "/static/dist/charts.js"):
            status, body = fetch(address + path)
            assert (status, len(body) > 1_000) == (200, True), path
        running.terminate()
        assert running.wait(15) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"], os.listdir(tmp_path)


def test_installed_the_benchmarks_answer_that_they_need_a_checkout(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run([installed / "bin/bihuan", "bench"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "源码目录" in line
    assert "needs a checkout" in line
