"""Heavy libraries that are imported at their first use: most processes of the product never need them."""

from __future__ import annotations

import importlib
from typing import Any


class LazyModule:
    """Stands for a module by its name; the module is imported when something of it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)


sklearn_metrics = LazyModule("sklearn.metrics")
sklearn_model_selection = LazyModule("sklearn.model_selection")
sklearn_svm = LazyModule("sklearn.svm")
sklearn_extmath = LazyModule("sklearn.utils.extmath")
stats = LazyModule("scipy.stats")
