"""Spark gives the tables DuckDB gives: two workers of a local cluster, and a server of Spark Connect where one is configured.

Run by `python3 dev.py test spark`, in an environment of its own; elsewhere Spark is not installed and this is skipped.
"""

import os
import shutil
from pathlib import Path

import pytest

from bihuan.insight.engines import open_engine

from .invented import results

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed here: python3 dev.py test spark")
pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[3]
MASTER = os.environ.get("BIHUAN_SPARK_MASTER") or "local-cluster[2,1,1024]"


@pytest.fixture(scope="module")
def spark():
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.fail("there is no Java: apt-get install openjdk-17-jre-headless")
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    # The invented function lies in a test module, which executors find in the checkout.
    settings = {"spark.sql.shuffle.partitions": "2", "spark.executorEnv.PYTHONPATH": str(ROOT)}
    with open_engine("spark", master=MASTER, **settings) as engine:
        yield engine


def test_both_engines_give_equal_tables(spark):
    with open_engine("duckdb") as engine:
        wanted = results(engine)
    found = results(spark)
    for name, table in wanted.items():
        assert found[name].to_pylist() == table.to_pylist(), name
        assert found[name].column_names == table.column_names, name
    assert found["labels"].schema.equals(wanted["labels"].schema)
    workers = spark.session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()
    assert workers == 3  # the driver and two workers


def test_what_spark_writes_duckdb_reads(spark, tmp_path):
    table = results(spark, 40)["scanned"]
    spark.write(spark.scan(table), tmp_path / "rows")
    with open_engine("duckdb") as engine:
        read = engine.collect(
            engine.sql(
                "SELECT place AS place, text AS text FROM voices ORDER BY place", voices=engine.scan(tmp_path / "rows")
            )
        )
    assert read.to_pylist() == table.select(["place", "text"]).to_pylist()
