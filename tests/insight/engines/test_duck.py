"""The embedded engine: the same rows from memory, from a file, from one process or several, held or spilled."""

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from bihuan.insight.engines import duck, open_engine

from .invented import COUNTED, MARKED, mark, results, rows


def test_maps_counts_and_joins_say_what_the_rows_say():
    with open_engine("duckdb") as engine:
        found = results(engine)
    table = rows(500)
    assert found["scanned"].equals(table)
    assert found["mapped"]["place"].to_pylist() == list(range(500))
    assert found["mapped"]["size"].to_pylist() == [len(text) for text in table["text"].to_pylist()]
    counted = {row["channel"]: row for row in found["counted"].to_pylist()}
    assert sum(row["many"] for row in counted.values()) == 500
    assert found["joined"].num_rows == sum(len(text) > 6 for text in table["text"].to_pylist())
    owners = [
        (one, two) for one, two in zip(table["customer_id"].to_pylist(), table["masked"].to_pylist(), strict=True)
    ]
    shared = [
        at
        for at, pair in enumerate(owners)
        if any(o and sum(o == other[n] for other in owners) > 1 for n, o in enumerate(pair))
    ]
    assert found["linked"]["place"].to_pylist() == shared


def test_a_parquet_file_and_a_table_are_the_same_rows(tmp_path):
    table = rows(50)
    with open_engine("duckdb") as engine:
        engine.write(engine.scan(table), tmp_path / "a.parquet")
        assert parquet.read_table(tmp_path / "a.parquet").equals(table)
        again = engine.scan(tmp_path / "a.parquet")
        assert engine.collect(engine.map_batches(again, mark, MARKED)).equals(
            engine.collect(engine.map_batches(engine.scan(table), mark, MARKED))
        )


def test_processes_and_spilling_change_no_row(monkeypatch, tmp_path):
    with open_engine("duckdb", workers=1) as engine:
        alone = results(engine)
    monkeypatch.setattr(duck, "MANY", 100)
    monkeypatch.setattr(duck, "BATCH", 60)
    monkeypatch.setattr(duck, "HELD", 1000)
    with open_engine("duckdb", workers=2, spill=tmp_path, memory="200MB") as engine:
        found = results(engine)
        assert list(tmp_path.rglob("map-*.parquet"))
    assert {name: found[name].equals(table) for name, table in alone.items()} == dict.fromkeys(alone, True)
    assert not list(tmp_path.iterdir())


def test_names_are_free_again_after_a_query():
    with open_engine("duckdb") as engine:
        one = engine.sql(COUNTED, voices=engine.scan(rows(30)))
        two = engine.sql(COUNTED, voices=engine.scan(rows(60)))
        assert [sum(engine.collect(t)["many"].to_pylist()) for t in (one, two)] == [30, 60]
        empty = engine.map_batches(engine.scan(rows(3).slice(0, 0)), mark, MARKED)
        assert engine.collect(empty).equals(pa.Table.from_batches([], MARKED))


def test_a_wrong_name_is_a_key_error():
    with pytest.raises(KeyError):
        open_engine("abacus")
