"""The engine's README says what the engine does: its examples are run, and it has one for every public function."""

import re
import subprocess
import sys
from pathlib import Path

from bihuan import insight

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "bihuan" / "insight" / "README.md"
RUN = """
import doctest, sys
sys.modules["django"] = None
sys.exit(doctest.testfile(sys.argv[1], module_relative=False, encoding="utf-8").failed)
"""


def test_the_examples_of_the_readme_give_what_it_says_without_django():
    done = subprocess.run([sys.executable, "-c", RUN, str(README)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_public_function_has_a_docstring_and_an_example():
    examples = re.findall(r"(?m)^    (?:>>>|\.\.\.) .*", README.read_text(encoding="utf-8"))
    for name in insight.__all__:
        assert any(re.search(rf"\b{name}\(", line) for line in examples), name
        assert len(getattr(insight, name).__doc__ or "") > 40, name


def test_importing_the_engine_imports_no_library():
    check = (
        "import sys, bihuan.insight; print([m for m in ('numpy', 'pyarrow', 'sklearn', 'django') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
