"""The statutory deadlines an organisation starts with (practice notes 7). Rows, not law: each names its source, and each is
to be compared with the text in force before it is relied on; the administrator changes them."""

from datetime import date
from typing import Any

_CONFIRM = "请按现行正式文本核对后使用 / to be confirmed against the text in force before relying on it"


def _row(code: str, zh: str, en: str, channel: str, amount: int, unit: str, start: date, source: str) -> dict[str, Any]:
    return {
        "code": code, "zh": zh, "en": en, "channel": channel, "amount": amount, "unit": unit, "valid_from": start,
        "source": f"{source}；{_CONFIRM}",
    }  # fmt: skip


_ORDER_121 = "市场监督管理总局令第 121 号（2026-04-15 起施行，取代第 20 号）"
_DAY_121 = date(2026, 4, 15)
SHIPPED: tuple[dict[str, Any], ...] = (
    _row("12315_answer", "12315 投诉答复", "12315: answer", "p12315", 7, "working_days", date(2020, 1, 1), "市场监督管理投诉举报处理暂行办法（总局令第 20 号）第十四条"),
    _row("12315_answer", "12315 投诉答复", "12315: answer", "p12315", 7, "working_days", _DAY_121, f"{_ORDER_121}：条款和天数尚待核实"),
    _row("12315_mediation", "12315 调解", "12315: mediation", "", 45, "working_days", date(2020, 1, 1), "总局令第 20 号第二十一条"),
    _row("12315_mediation", "12315 调解", "12315: mediation", "", 45, "working_days", _DAY_121, f"{_ORDER_121}：条款和天数尚待核实"),
    _row("12345_contact", "12345 先行联系", "12345: first contact", "", 24, "hours", date(2023, 1, 1), "北京市 12345 市民服务热线地方标准（2023-01-01）一般事项"),
    _row("12345_answer", "12345 办理反馈", "12345: answer", "p12345", 7, "days", date(2023, 1, 1), "北京市 12345 市民服务热线地方标准（2023-01-01）；以派单写明的期限为准"),
    _row("refund_15d", "退款修理更换等不超过 15 日", "Refund, repair, exchange: 15 days", "", 15, "days", date(2015, 3, 15), "侵害消费者权益行为处罚办法第八至十条：超过 15 日视为故意拖延"),
)  # fmt: skip
