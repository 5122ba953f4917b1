"""The command over a real export beside what is true of it."""

import pytest

from .. import exports
from .schema import faults
from .sheets import analyze


@pytest.mark.data
def test_the_open_export_is_analysed_whole_and_agrees_with_its_truth(shared, tmp_path):
    file = shared / "demo_open" / "feedback_export.xlsx"
    rows, summary, _ = analyze(tmp_path / "out", file)
    true = {row["id"]: row["truth"] for row in exports.truth(shared, "demo_open")}
    assert faults(summary) == []
    assert {row["row_id"] for row in rows} == set(true)
    assert (len(rows), summary["accounting"]["read"], summary["quality"]["repeated_ids"]) == (3000, 3000, 0)
    assert all(row["received_at"][:10] == true[row["row_id"]]["time"][:10] for row in rows)
    assert sum(row["product"] != true[row["row_id"]]["product"] for row in rows if row["product"]) == 0

    found = {row["row_id"]: row["duplicate_of"] for row in rows if row["duplicate_kind"] not in ("", "copy")}
    linked = {each: of["duplicate_of"] for each, of in true.items() if of["duplicate_linkable"] not in ("", "none")}
    right = sum(found.get(each) == of for each, of in linked.items())
    print(f"repeats: precision {right / len(found):.3f}, recall {right / len(linked):.3f}")
    assert min(right / len(found), right / len(linked)) >= 0.9

    noisy = {row["row_id"] for row in rows if row["noise"]}
    meant = {each for each, of in true.items() if of["noise"]}
    print(f"noise: {len(noisy & meant)} of {len(noisy)} flagged are meant, {len(meant)} are")
    assert len(noisy & meant) / len(noisy) >= 0.95

    labelled = {
        each: {"正面": "satisfied", "负面": "dissatisfied"}.get(of["sentiment_label"]) for each, of in true.items()
    }
    unrated = [row for row in rows if not row["score"] and not row["noise"] and labelled[row["row_id"]]]
    decided = [row for row in unrated if row["sentiment"] != "neutral"]
    agreed = sum(row["sentiment"] == labelled[row["row_id"]] for row in decided)
    print(f"sentiment of unrated rows: {agreed / len(decided):.3f} of {len(decided)} decided, {len(unrated)} in all")
    assert agreed / len(decided) >= 0.83
    assert len(decided) / len(unrated) >= 0.8
