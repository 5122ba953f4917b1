"""A newcomer's way through everything, in a real browser before real processes: a workbook dragged in, three complaints
of it carried to the archive and to published articles by switching roles, in Chinese and English, on a desk and on a phone.

Screenshots stay in BIHUAN_PICTURES (default: a folder of pytest's own).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from tests.browser import stages
from tests.browser.installation import installed
from tests.browser.walk import Walk
from tests.conftest import SHARED

pytestmark = pytest.mark.browser

REAL = SHARED / "data" / "demo_export" / "feedback_export.xlsx"
OWN = (
    "付款按钮点了没反应",
    "退货十天了还没退款",
    "客服让等三天没人联系",
    "收到的杯子是碎的",
    "升级后打不开订单列表",
    "发票抬头改不了",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with installed(tmp_path_factory.mktemp("walk")) as address:
        yield address


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("BIHUAN_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The 20,000-row workbook of real words; where there is none, a small one of our own."""
    if REAL.exists():
        return REAL, 20_000
    book = openpyxl.Workbook()
    page = book.active
    page.append(["反馈编号", "反馈时间", "渠道", "产品", "问题描述"])
    for n in range(60):
        page.append([f"W{n:04d}", "2026-11-20 10:00", "电话", "青禾商城", f"{OWN[n % len(OWN)]}，第{n}次"])
    path = tmp_path_factory.mktemp("sheet") / "反馈.xlsx"
    book.save(path)
    return path, 60


@pytest.fixture(scope="module")
def imported(base: str, chromium: Browser, pictures: Path, sheet: tuple[Path, int]) -> str:
    folder = pictures / "import"
    folder.mkdir(exist_ok=True)
    walk = Walk(chromium, base, folder)
    stages.import_sheet(walk, *sheet)
    assert walk.complaints == []
    return base


WALKS = [("zh-desk", False, 1366), ("en-desk", True, 1366), ("zh-phone", False, 390)]


@pytest.mark.parametrize(("name", "english", "width"), WALKS, ids=[w[0] for w in WALKS])
def test_a_complaint_goes_all_the_way_round(
    name: str, english: bool, width: int, imported: str, chromium: Browser, pictures: Path
):
    folder = pictures / name
    folder.mkdir(exist_ok=True)
    walk = Walk(chromium, imported, folder, english=english, width=width)
    feedback = stages.find_feedback(walk, place=[w[0] for w in WALKS].index(name))
    case = stages.case_from(walk, feedback)
    stages.diagnose(walk, case)
    stages.plan(walk, case)
    stages.approve(walk, case)
    stages.confirm(walk, case)
    stages.carry_out(walk, case)
    stages.verify(walk, case)
    stages.archive(walk, case)
    stages.publish(walk, case, title=f"付款高峰超时的处理 {name}")
    assert walk.complaints == []
