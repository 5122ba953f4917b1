"""Business volume on the page: a sheet is read, shown as understood, used, replaced by a newer one, removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.audit.models import Event
from bihuan.findings.models import Exposure

pytestmark = pytest.mark.django_db

ORDERS = "日期,系统,品类,订单数,支付笔数\n" + "".join(
    f"2026-03-{day:02d},{system},水果,{100 + day},9\n" for day in range(1, 29) for system in ("Android", "iOS")
)


def drop(client: Client, text: str = ORDERS, name: str = "三月订单.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode("utf-8"))
    return client.post("/findings/exposures/upload/", {"file": file}, follow=True)


def events() -> list[str]:
    return list(Event.objects.filter(timeline="findings/exposures").order_by("id").values_list("kind", flat=True))


def test_a_sheet_is_shown_as_it_was_understood_before_anything_uses_it(as_: Any):
    page = drop(as_("chen")).content.decode()
    for word in ("三月订单.csv", "订单数、支付笔数", "2026-03-01", "2026-03-28", "每天", "56 行", "品类", "就这样使用"):
        assert word in page, word
    assert Exposure.objects.in_use() == []
    page = as_("chen", "en").get(f"/findings/exposures/{Exposure.objects.get().pk}/").content.decode()
    for word in ("orders, payments", "by day", "56 rows", "System", "Use it so"):
        assert word in page, word


def test_a_newer_sheet_of_the_same_kind_takes_the_place_of_the_older_one(as_: Any):
    client = as_("chen")
    assert "还没有业务量" in client.get("/findings/exposures/").content.decode()
    for name in ("三月订单.csv", "四月订单.csv"):
        page = drop(client, name=name)
        one = Exposure.objects.get(source=name)
        assert ("将代替正在使用的 三月订单.csv" in page.content.decode()) == (name == "四月订单.csv")
        client.post(f"/findings/exposures/{one.pk}/use/")
    assert dict(Exposure.objects.values_list("source", "status")) == {
        "三月订单.csv": "replaced",
        "四月订单.csv": "used",
    }
    assert Exposure.objects.get(source="三月订单.csv").lines == {}
    assert [one.name.zh for one in Exposure.objects.in_use()] == ["订单数", "支付笔数"]
    other = drop(client, ORDERS.replace("系统", "省份").replace("Android", "浙江").replace("iOS", "广东"), "各省.csv")
    client.post(other.redirect_chain[0][0] + "use/")
    assert len(Exposure.objects.in_use()) == 4
    client.post(f"/findings/exposures/{Exposure.objects.get(source='四月订单.csv').pk}/remove/")
    assert len(Exposure.objects.in_use()) == 2
    assert events() == [
        "exposure.read", "exposure.used", "exposure.read", "exposure.replaced", "exposure.used", "exposure.read",
        "exposure.used", "exposure.removed",
    ]  # fmt: skip
    page = client.get("/findings/exposures/").content.decode()
    assert "订单数、支付笔数由新的文件 四月订单.csv 代替" in page


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("系统,订单数\niOS,3\n", "没有日期列"), ("日期,系统\n2026-03-01,iOS\n", "没有数字列"), ("", "文件是空的"),
        ("日期,订单数\n2026-03-01,-3\n", "没有数字列"),
    ],
)  # fmt: skip
def test_a_sheet_that_tells_no_volume_is_refused_with_the_reason(as_: Any, text: str, reason: str):
    answer = drop(as_("chen"), text)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Exposure.objects.exists()


def test_who_only_looks_at_findings_sees_volumes_and_cannot_change_them(as_: Any):
    drop(as_("chen"))
    one = Exposure.objects.get()
    page = as_("zhou").get("/findings/exposures/").content.decode()
    assert "上传并识别" not in page
    assert as_("zhou").post(f"/findings/exposures/{one.pk}/use/").status_code == 403
    assert as_("lin").get("/findings/exposures/").status_code == 403
    assert Exposure.objects.get().status == "read"


def test_a_decision_taken_twice_is_taken_once(cast: Any, as_: Any):
    drop(as_("chen"))
    one = Exposure.objects.get()
    one.use(by=cast["chen"])
    Exposure.objects.get().use(by=cast["xu"])
    one.remove(by=cast["chen"])
    Exposure.objects.get().remove(by=cast["xu"])
    assert events() == ["exposure.read", "exposure.used", "exposure.removed"]
