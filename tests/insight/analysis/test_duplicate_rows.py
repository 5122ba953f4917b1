"""Words of another customer are marked as such, and are never counted as repeats."""

import openpyxl

from bihuan.insight.analysis.report import report_workbook

from .schema import faults
from .sheets import analyze, save

WORDS = "净水器换了滤芯还是漏水，师傅上门三次都没有修好"
SHORT = "发货太慢了"


def line(number: int, customer: str, text: str, contact: str = "", day: int = 3):
    return [f"N{number}", f"2026-03-{day:02d} 10:00", "电话", customer, contact, "净水器", "", "", text, "", ""]


def marked(rows):
    return {row["row_id"]: (row["duplicate_of"], row["duplicate_kind"]) for row in rows}


def test_a_copy_points_at_the_first_that_had_the_words_and_is_no_repeat(tmp_path):
    rows, summary, _ = analyze(
        tmp_path / "out",
        save(
            tmp_path / "a.csv",
            [
                line(1, "C1", WORDS),
                line(2, "C2", f"{WORDS}！！谢谢", day=4),
                line(3, "C3", WORDS.replace("三次", "三四次"), day=5),
                line(4, "C1", WORDS, day=6),  # the same customer: a repeat
                line(5, "C1", WORDS, day=29),  # and much later a complaint of its own
                line(6, "C4", SHORT),
                line(7, "C5", SHORT),  # words as anybody has them
                line(8, "C6", f"{WORDS}，订单号2026030112345"),  # much more is reported
                line(9, "C7", f"{WORDS}，订单号2026030154321"),  # another order is another matter
                line(10, "", WORDS),  # nobody known is somebody else
            ],
        ),
    )
    assert faults(summary) == []
    assert marked(rows) == {
        "N1": ("", ""), "N2": ("N1", "copy"), "N3": ("N1", "copy"), "N4": ("N1", "exact"), "N5": ("", ""), "N6": ("", ""),
        "N7": ("", ""), "N8": ("", ""), "N9": ("", ""), "N10": ("N1", "copy"),
    }  # fmt: skip
    assert (summary["repeats"]["rows"], summary["repeats"]["copies"]) == (1, 3)
    assert sum(entry["repeats"] for entry in summary["channels"]) == 1


def test_where_all_words_differ_nothing_is_a_copy(tmp_path):
    rows, summary, _ = analyze(tmp_path / "out", save(tmp_path / "a.csv", [line(1, "C1", WORDS), line(2, "C2", SHORT)]))
    assert summary["repeats"]["copies"] == 0
    assert set(marked(rows).values()) == {("", "")}


def test_the_workbook_says_how_many_rows_it_lists_and_where_the_rest_is(tmp_path, monkeypatch):
    monkeypatch.setattr(report_workbook, "SHEET_ROWS", 2)
    out = tmp_path / "out"
    analyze(out, save(tmp_path / "a.csv", [line(at, f"C{at}", WORDS) for at in range(5)]))
    sheets = openpyxl.load_workbook(out / "report.xlsx").worksheets
    overview = {row[0].value: row[1].value for row in sheets[0].iter_rows()}
    assert overview["明细页列出的行"] == "前 2 条，全部 5 条在 rows.csv"
    assert sheets[-1].max_row == 3
