"""The demo's well-kept records: a fault with everything an engineer asks for, a complaint from outside, a public feedback item."""

from __future__ import annotations

from datetime import timedelta

from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.customers.models import Customer
from bihuan.feedback import check_codes
from bihuan.feedback.intake import receive
from bihuan.people.models import User

FAULT = "收银台早上开始扫不了码，一扫就提示设备没找到，门口已经排了二十几个人，店长让我赶紧打电话。"
OUTSIDE = "在平台上反映：退货申请批了十二天，钱一直没有退回来，打了四次电话都说在处理。"
PUBLIC = "送来的咖啡机底下漏水，昨天刚拆的箱，希望尽快换一台。"


def build(people: dict[str, User]) -> None:
    """Three feedback items of today, each by its own door."""
    now, lin = clock.now(), people["lin"]
    receive(
        by=lin.actor,
        source="demo",
        key="recording-fault",
        text=FAULT,
        channel="phone",
        team=lin.team,
        customer=Customer.objects.filter(account="lanjing").first(),
        contact="13900000022",
        contact_name="孙店长",
        nature="fault",
        title="收银台扫码枪连不上",
        demand="中午客流高峰前恢复扫码",
        occurred_at=now - timedelta(minutes=50),
        product="智能收银台",
        app_version="3.2.1",
        system="Windows 10",
        environment={"browser": "Chrome 130"},
        error_text="E-1042: device not found (COM3)",
        frequency="persistent",
        tried=[{"method": "重启收银台三次", "result": "没有变化"}, {"method": "换一把扫码枪", "result": "同样报错"}],
        first_judgement="昨晚自动升级的驱动与旧扫码枪不兼容",
        received_at=now - timedelta(minutes=40),
    )
    receive(
        by=people["chen"].actor,
        source="demo",
        key="recording-outside",
        text=OUTSIDE,
        channel="p12315",
        team=people["chen"].team,
        nature="complaint",
        external_no="12315-2026-004417",
        external_due=now + timedelta(days=5),
        received_at=now - timedelta(hours=2),
    )
    receive(
        by=Actor.public(),
        source="portal",
        key="demo",
        text=PUBLIC,
        demand="换一台新机",
        channel="web_form",
        contact="he@example.com",
        contact_name="何女士",
        check_code=check_codes.stored(check_codes.code_for("demo")),
        received_at=now - timedelta(minutes=15),
    )
