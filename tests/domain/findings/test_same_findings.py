"""What the product finds in imported rows is what `bihuan analyze` finds in the same file, and each number opens its rows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from bihuan.findings import analysis_runs
from bihuan.findings.models import Exposure, Finding
from bihuan.insight.cli import main
from bihuan.web.finding_views import drilled
from tests.domain.feedback.sheets import taken_in
from tests.insight.analysis.demo_report import EXPOSURES, demo_report
from tests.insight.analysis.test_results import FIRST, HEADS, WEEKS, rows, save

pytestmark = pytest.mark.django_db


def in_report(folder: Path, file: Path, exposures: list[Path]) -> dict[str, Any]:
    more = [part for path in exposures for part in ("--exposure", str(path))]
    assert main([str(file), "--out", str(folder / "out"), *more]) == 0
    stored_sentences: dict[str, Any] = json.loads((folder / "out" / "summary.json").read_text("utf-8"))
    return stored_sentences


def in_product(cast: Any, file: Path, exposures: list[Path]) -> list[Finding]:
    taken_in(file.read_bytes(), file.name, cast["wang"])
    for path in exposures:
        Exposure.read(ContentFile(path.read_bytes(), name=path.name), by=cast["wang"]).use(by=cast["wang"])
    run = analysis_runs.start(by=cast["wang"])
    run.carry_out(analysis_runs.analyse)
    return list(Finding.objects.current().select_related("explained_by"))


def stored_sentences(findings: list[Finding], kind: str) -> list[tuple[str, str]]:
    """The sentences of one kind that stand for themselves, in their order."""
    return [(one.zh, one.en) for one in findings if one.kind == kind and one.explained_by is None]


def reported_sentences(summary: dict[str, Any], part: str) -> list[tuple[str, str]]:
    return [(s["zh"], s["en"]) for one in summary[part] if not isinstance(one["explained_by"], int) for s in [one["sentence"]]]  # fmt: skip


def bare(sentences: tuple[str, str]) -> list[str]:
    return [re.sub(r"(；涉及|; [\d,]+ known).*", "", one) for one in sentences]


def each_number_opens_its_rows(findings: list[Finding], by: Any) -> None:
    for one in drilled([one for one in findings if one.kind == "scenario"], by):
        number = re.search(r" ([\d,]+) 条，", one["finding"].zh)
        assert number, one["finding"].zh
        assert one["count"] == int(number[1].replace(",", "")), one["finding"].zh


def small(folder: Path, planted: bool) -> tuple[Path, Path]:
    """A file of sixteen weeks, and the orders of its days."""
    orders = [
        [f"{day}", system, version, "900", "100"]
        for day in (FIRST.fromordinal(FIRST.toordinal() + n) for n in range(7 * WEEKS))
        for system in ("Android", "iOS")
        for version in ("V1.0.0", "V2.0.0")
    ]
    file = save(folder / "feedback.csv", [HEADS, *rows(1, planted=planted)])
    return file, save(folder / "orders.csv", [["日期", "系统", "版本", "活跃用户数", "订单数"], *orders])


def test_imported_rows_tell_what_the_report_of_their_file_tells(tmp_path: Path, cast: Any):
    file, orders = small(tmp_path, planted=True)
    summary, findings = in_report(tmp_path, file, [orders]), in_product(cast, file, [orders])
    assert reported_sentences(summary, "scenarios") == stored_sentences(findings, "scenario") != []
    assert "按订单数" in findings[0].zh
    assert reported_sentences(summary, "confounded") == stored_sentences(findings, "confounded")
    each_number_opens_its_rows(findings, cast["wang"])


def test_where_nothing_was_planted_both_say_nothing(tmp_path: Path, cast: Any):
    file, orders = small(tmp_path, planted=False)
    summary, findings = in_report(tmp_path, file, [orders]), in_product(cast, file, [orders])
    assert summary["scenarios"] == []
    assert [one.zh for one in findings] == []


@pytest.mark.once
@pytest.mark.data
def test_the_planted_scenarios_of_the_demo_export_and_no_other_are_found(shared: Path, cast: Any):
    data = shared / "demo_export"
    exposures = [data / name for name in EXPOSURES]
    file = data / "feedback_export.xlsx"
    summary = json.loads((demo_report(data) / "summary.json").read_text("utf-8"))
    findings = in_product(cast, file, exposures)
    version, batch, region = stored_sentences(findings, "scenario")
    assert "V3.2.0" in version[0] and "Android" in version[0] and "按支付笔数" in version[0]  # noqa: PT018
    assert batch[0].startswith("B2505")
    assert region[0].startswith("浙江")
    (seeming,) = stored_sentences(findings, "confounded")
    assert "iOS" in seeming[0]
    assert [one for one in findings if one.kind == "surge"] == summary["surges"] == []
    # Who the known customers are is the product's to say: it knows one by name or contact as well as by number.
    assert [bare(one) for one in reported_sentences(summary, "scenarios")] == [
        bare(one) for one in stored_sentences(findings, "scenario")
    ]
    assert reported_sentences(summary, "confounded") == stored_sentences(findings, "confounded")
    each_number_opens_its_rows(findings, cast["wang"])
