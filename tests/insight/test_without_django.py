"""The engine works where Django is not installed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCKED = """
import importlib, pkgutil, sys
sys.modules["django"] = None
import bihuan.insight
for found in pkgutil.walk_packages(bihuan.insight.__path__, "bihuan.insight."):
    # Spark is an extra with an environment and a test of its own.
    if not found.name.endswith(("__main__", "engines.spark")):
        importlib.import_module(found.name)
from bihuan.insight.grouping import regrouping
from bihuan.insight.classify import learning
from bihuan.insight.duplicate_detection import similar
product = {name for name in sys.modules if name.startswith("bihuan") and not name.startswith("bihuan.insight")}
assert product == {"bihuan", "bihuan.core", "bihuan.core.text"}, product
rows = [(f"{where}{text}", text) for text in ("退款没到账", "快递没动静") for where in "甲乙丙丁戊己"]
model, _ = learning.train(rows)
print(model.predict(["我的退款呢"])[0], similar.copies(["洗衣机一直漏水"] * 2).of.tolist())
print(regrouping.regroup(["a", "b"], ["洗衣机漏水", "洗衣机漏水"]).problems)
"""


def test_every_module_of_the_engine_is_imported_and_used_without_django():
    done = subprocess.run([sys.executable, "-c", BLOCKED], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[0] == "['退款没到账'] [-1, 0]"
