"""Where the work over many rows is done: this machine (DuckDB, the default) or a cluster (Apache Spark 4).

    with open_engine("duckdb") as engine:
        rows = engine.map_batches(engine.scan(table), label_batch, LABEL_COLUMNS)
        days = engine.collect(engine.sql("SELECT day, count(*) AS rows FROM feedback GROUP BY day ORDER BY day", feedback=rows))

Both run the same functions over Arrow batches and the same SQL text and give equal tables (tests/insight/engines). To stay
so the SQL keeps to what both know alike: joins, GROUP BY, window functions, CASE, an alias for every column, an explicit
ORDER BY; no list types, no QUALIFY, no ordered-set aggregates. What iterates (grouping, scans) runs on reduced data in
one process.
"""

from bihuan.insight.engines.engine import ENGINES, Engine, Relation, open_engine

__all__ = ["ENGINES", "Engine", "Relation", "open_engine"]
