"""What can be typed after `bihuan`."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from bihuan.command import TABLE, Entry, main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["help"]])
def test_alone_it_lists_every_command_in_both_languages(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert [entry.name for entry in TABLE if not (entry.zh in printed and f"  {entry.name} " in printed)] == []
    assert [entry.name for entry in TABLE if entry.en not in printed] == []


def test_an_unknown_name_is_an_error_that_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close-the-loop"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "close-the-loop" in printed.err
    assert "serve" in printed.err


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry.name)
def test_every_name_leads_somewhere(entry: Entry) -> None:
    if entry.plain:
        module, function = entry.target.split(":")
        assert callable(getattr(importlib.import_module(module), function))
    else:
        assert entry.target in get_commands()


@pytest.mark.once
@pytest.mark.parametrize("entry", [entry for entry in TABLE if entry.plain], ids=lambda entry: entry.name)
def test_a_command_without_a_database_loads_no_django(entry: Entry) -> None:
    program = f"""
import sys
sys.modules["django"] = None
sys.argv = ["bihuan", {entry.name!r}, "--help"]
from bihuan.command import main
sys.exit(main())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.once
def test_the_product_starts_without_the_libraries_that_only_analyses_need() -> None:
    program = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "bihuan.settings"
import django
django.setup()
import bihuan.urls
print([name for name in ("sklearn", "scipy.stats", "duckdb") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
