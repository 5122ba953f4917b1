"""The locks pin everything by hash and name no address, so that any mirror of the registries serves."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = ("base", "test", "node", "spark", "bench")


def pins(name: str) -> dict[str, set[str]]:
    """The versions that a lock gives each package: more than one where they differ by Python version."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"(?m)^([\w.\-\[\]]+)==(\S+)", (ROOT / f"requirements/{name}.txt").read_text()):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_a_python_lock_names_no_address_and_pins_each_package_by_hash(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"(?m)^(?=\S)", text)[1:]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_npm_lock_names_no_address_and_pins_each_package_by_hash() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text
    assert "resolved" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_what_the_benchmarks_compare_with_is_locked() -> None:
    asked = {line for line in (ROOT / "requirements/bench.in").read_text().splitlines() if not line.startswith("#")}
    assert asked <= set(pins("bench"))


def test_the_tests_run_with_the_versions_that_are_shipped() -> None:
    base, test = pins("base"), pins("test")
    assert {name: test.get(name) for name in base} == base
