"""The embedded engine: DuckDB for SQL, a pool of processes for work over batches, parquet files for what is too large."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet

from bihuan.insight.engines.engine import Relation, Work

MEMORY = "1GB"
BATCH = 50_000
HELD = 256 << 20  # bytes of a mapped table held in memory; more goes to a file
MANY = 200_000  # rows from which starting processes pays
MOST_WORKERS = 4


class DuckEngine:
    """`memory` limits DuckDB, which spills into a folder of its own below `spill` (the system's by default); `workers`
    processes do the work over batches of large tables (None: as many as there are processors, at most four)."""

    def __init__(self, memory: str = MEMORY, spill: str | Path | None = None, workers: int | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bihuan-engine-", dir=spill)
        self.workers = workers if workers is not None else min(MOST_WORKERS, len(os.sched_getaffinity(0)))
        self.connection = duckdb.connect()
        self.connection.execute("SET memory_limit = ?", [memory])
        self.connection.execute("SET temp_directory = ?", [self._folder.name])
        self.connection.execute("SET preserve_insertion_order = true")
        # Rows come back from SQL in the requested order, not in the order threads were done.
        self.connection.execute("SET threads = ?", [max(1, self.workers)])
        self._made = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> DuckEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, bad: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        self.connection.close()
        self._folder.cleanup()

    def scan(self, source: pa.Table | str | Path) -> Relation:
        if isinstance(source, pa.Table):
            return source
        return self.connection.read_parquet(str(source) if Path(source).is_file() else f"{source}/*.parquet")

    def map_batches(self, rel: Relation, work: Work, schema: pa.Schema) -> Relation:
        batches = self._batches(rel)
        rows = rel.num_rows if isinstance(rel, pa.Table) else MANY
        pooled = self.workers > 1 and rows >= MANY
        return self._held(self._pooled(batches, work) if pooled else map(work, batches), schema)

    def sql(self, text: str, **rels: Relation) -> Relation:
        for name, rel in rels.items():
            self.connection.register(name, rel)
        try:
            return self.connection.sql(text).to_arrow_table()
        finally:
            for name in rels:
                self.connection.unregister(name)

    def write(self, rel: Relation, path: str | Path) -> None:
        pyarrow.parquet.write_table(self.collect(rel), path, compression="zstd")

    def collect(self, rel: Relation) -> pa.Table:
        return rel if isinstance(rel, pa.Table) else rel.to_arrow_table()

    def _batches(self, rel: Relation) -> Iterator[pa.RecordBatch]:
        if isinstance(rel, pa.Table):
            yield from rel.to_batches(max_chunksize=BATCH)
        else:
            yield from rel.to_arrow_reader(BATCH)

    def _pooled(self, batches: Iterable[pa.RecordBatch], work: Work) -> Iterator[pa.RecordBatch]:
        """The work in processes, results in order; only a few batches are on their way at a time."""
        if not self._pool:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        waiting: deque[Future[pa.RecordBatch]] = deque()
        for batch in batches:
            waiting.append(self._pool.submit(work, batch))
            if len(waiting) > self.workers + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        # Each holds a quarter of a gigabyte, and seconds make new ones.
        self._pool.shutdown()
        self._pool = None

    def _held(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Relation:
        """In memory while it is small; a parquet file in the spill folder otherwise."""
        kept: list[pa.RecordBatch] = []
        size = 0
        source = iter(batches)
        for batch in source:
            kept.append(batch)
            size += batch.nbytes
            if size > HELD:
                break
        else:
            return pa.Table.from_batches(kept, schema)
        self._made += 1
        path = Path(self._folder.name) / f"map-{self._made}.parquet"
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
            while kept:
                file.write_batch(kept.pop(0))
            for batch in source:
                file.write_batch(batch)
        return self.connection.read_parquet(str(path))
