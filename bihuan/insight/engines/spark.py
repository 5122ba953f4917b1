"""The engine of a cluster: Apache Spark 4 by a classic master URL or by Spark Connect (`sc://host:port`)."""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

import bihuan
from bihuan.insight.engines.engine import Relation, Work

MASTER = "local[*]"
PLACE = "bihuan_place"  # rows carry their place through the cluster, so that order comes back


class SparkEngine:
    """`master`: "local[4]", "spark://host:7077", "yarn", "k8s://…", or "sc://host:port" for Spark Connect. Executors need
    a Python with the engine's libraries (PYSPARK_PYTHON); this package is sent to them."""

    def __init__(self, master: str = "", **settings: str) -> None:
        master = master or os.environ.get("SPARK_REMOTE") or os.environ.get("SPARK_MASTER") or MASTER
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        remote = master.startswith("sc://")
        building: Any = SparkSession.builder.appName("bihuan")
        building = building.remote(master) if remote else building.master(master)
        chosen = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true"}
        for name, value in (chosen | settings).items():
            building = building.config(name, value)
        self.session = building.getOrCreate()
        self._folder = tempfile.TemporaryDirectory(prefix="bihuan-engine-")
        package = _packed(Path(self._folder.name))
        if remote:
            self.session.addArtifact(str(package), pyfile=True)
        else:
            self.session.sparkContext.setLogLevel("ERROR")
            self.session.sparkContext.addPyFile(str(package))

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, bad: BaseException | None, at: TracebackType | None) -> None:
        self.session.stop()
        self._folder.cleanup()

    def scan(self, source: pa.Table | str | Path) -> Relation:
        if not isinstance(source, pa.Table):
            return self.session.read.parquet(str(source))
        placed = source.append_column(PLACE, pa.array(range(source.num_rows), pa.int64()))
        return self.session.createDataFrame(placed)

    def map_batches(self, rel: Relation, work: Work, schema: pa.Schema) -> Relation:
        placed = PLACE in rel.columns
        shape = schema.append(pa.field(PLACE, pa.int64())) if placed else schema

        def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                if not batch.num_rows:
                    continue
                made = work(batch.drop_columns([PLACE]) if placed else batch)
                columns = [*made.columns, batch[PLACE]] if placed else made.columns
                yield pa.RecordBatch.from_arrays(columns, schema=shape)

        return rel.mapInArrow(each, from_arrow_schema(shape))

    def sql(self, text: str, **rels: Relation) -> Relation:
        for name, rel in rels.items():
            rel.drop(PLACE).createOrReplaceTempView(name)
        return self.session.sql(text)

    def write(self, rel: Relation, path: str | Path) -> None:
        rel.drop(PLACE).write.mode("overwrite").parquet(str(path))

    def collect(self, rel: Relation) -> pa.Table:
        placed = PLACE in rel.columns
        table = (rel.orderBy(PLACE) if placed else rel).toArrow()
        return table.drop_columns([PLACE]) if placed else table


def _packed(folder: Path) -> Path:
    """The engine's own modules, and the pair of texts they carry, as one zip that executors can import."""
    root = Path(bihuan.__file__).parent
    shared = [root / name for name in ("__init__.py", "core/__init__.py", "core/text.py")]
    path = folder / "bihuan_engine.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for module in [*shared, *sorted((root / "insight").rglob("*"))]:
            if module.suffix in (".py", ".json"):
                file.write(module, Path("bihuan") / module.relative_to(root))
    return path
