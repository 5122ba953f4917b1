"""The five things an engine does, and how one is opened by its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import pyarrow as pa

from bihuan.core.text import Text

Relation = Any
"""A table of an engine: rows somewhere, not necessarily here. Only its own engine looks inside."""
Work = Callable[[pa.RecordBatch], pa.RecordBatch]
ENGINES = {"duckdb": "bihuan.insight.engines.duck:DuckEngine", "spark": "bihuan.insight.engines.spark:SparkEngine"}


class EngineMissing(Exception):
    """The engine is not installed here; `reason` says what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Engine(Protocol):
    """An open engine; leaving the `with` block ends it and removes what it spilled."""

    def scan(self, source: pa.Table | str | Path) -> Relation:
        """An Arrow table, or a parquet file or folder."""
        ...

    def map_batches(self, rel: Relation, work: Work, schema: pa.Schema) -> Relation:
        """`work` over batches of any size, in any process: importable by name, one row out per row in, in order."""
        ...

    def sql(self, text: str, **rels: Relation) -> Relation:
        """One SELECT over the named tables. Rows have no order but that of its ORDER BY."""
        ...

    def write(self, rel: Relation, path: str | Path) -> None:
        """As parquet: one file here, a folder of files on a cluster."""
        ...

    def collect(self, rel: Relation) -> pa.Table:
        """The rows, here."""
        ...

    def __enter__(self) -> Engine: ...

    def __exit__(
        self, kind: type[BaseException] | None, bad: BaseException | None, at: TracebackType | None
    ) -> None: ...


def open_engine(name: str = "duckdb", **options: Any) -> Engine:
    """A new engine by name: "duckdb" (`memory`, `spill`, `workers`) or "spark" (`master`). Absent where it is not installed."""
    module, _, kind = ENGINES[name].partition(":")
    try:
        engine: Engine = getattr(importlib.import_module(module), kind)(**options)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != "pyspark":
            raise
        raise EngineMissing(
            Text("没有安装 Spark：pip install 'bihuan[spark]'", "Spark is not installed: pip install 'bihuan[spark]'")
        ) from missing
    return engine
