"""Cases of the demo: one at each early place of the loop, by the verbs the pages call."""

from __future__ import annotations

from datetime import timedelta

from bihuan.cases.models import Assessment, Case, CaseFeedback, Communication, ExternalRequest
from bihuan.core import clock
from bihuan.customers.models import Customer
from bihuan.deadlines.models import Scheme, StatutoryRule
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback
from bihuan.people.models import User


def open_cases(people: dict[str, User]) -> None:
    """Five cases over the last days: unrated, rated and late, waiting, in diagnosis, declined."""
    now = clock.now()
    with clock.at(now - timedelta(days=3)):
        _interface_wanted(people)
    with clock.at(now - timedelta(hours=30)):
        _stuttering_orders(people)
    with clock.at(now - timedelta(hours=5)):
        _slow_refund(people)
    with clock.at(now - timedelta(minutes=20)):
        _login_fails(people)
        _rejected_request(people)


def _feedback(people: dict[str, User], by: str, customer: str, text: str, channel: str = "phone") -> Feedback:
    return receive(
        by=people[by].actor,
        source="demo",
        text=text,
        channel=channel,
        customer={"account": customer},
        team=people[by].team,
        product="订货平台",
    )


def _customer(account: str) -> Customer:
    return Customer.objects.get(account=account)


def _interface_wanted(people: dict[str, User]) -> None:
    text = "我们想把每天的订单自动同步到自己的仓储系统，现在靠人工导表，太慢了。"
    case = CaseFeedback.open_case(
        [_feedback(people, "zhao", "lanjing", text, "meeting")],
        by=people["zhao"],
        title="开放订单同步接口",
        kind="requirement",
        requirement_type="function",
        requirement_class="business",
        key_demands=["按门店授权，互不可见", "字段与现有导出表一致"],
        extent="single_customer",
    )
    Assessment.assess(
        case, by=people["he"], scheme=Scheme.current("urgent_important"), inputs={"urgent": False, "important": True}
    )
    case.assign(by=people["he"], owner=people["wang"])
    Communication.log(
        case, by=people["zhao"].actor, kind="confirm", channel="phone", content="核实了每天约两千单，增量同步即可。"
    )
    case.pause(by=people["zhao"], paused_for="customer", reason="等客户提供字段清单")


def _stuttering_orders(people: dict[str, User]) -> None:
    text = "早上九点到十点下单一直转圈，门店排队，今天已经第三次了！"
    case = CaseFeedback.open_case(
        [_feedback(people, "lin", "hengyuan", text)],
        by=people["lin"],
        title="高峰时段下单卡顿",
        kind="problem",
        technical_type="performance",
        affected_users=120,
        extent="several_customers",
        frequency="persistent",
        error_text="504 Gateway Time-out",
        first_judgement="怀疑库存查询没有走索引",
        workaround="错峰下单，或用批量导入",
    )
    given = {"business_urgency": "hit", "scope": "many", "paying": True, "peak": True}
    Assessment.assess(case, by=people["chen"], scheme=Scheme.current("p_level"), inputs=given)
    case.assign(by=people["sun"], owner=people["zhou"])
    case.add_collaborators(by=people["chen"], teams=[people["wang"].team] if people["wang"].team else [])
    case.move("diagnose", by=people["zhou"].actor)


def _slow_refund(people: dict[str, User]) -> None:
    text = "退款说七天到账，今天第九天了还没有，客服每次都说在处理。"
    case = CaseFeedback.open_case(
        [_feedback(people, "lin", "li-ms", text, "online_chat")],
        by=people["lin"],
        title="退款超期未到账",
        kind="complaint",
        problem_type="aftersales",
        extent="single_user",
    )
    given = {"urgency": "urgent", "scope": "individual", "customer_value": "medium"}
    Assessment.assess(case, by=people["chen"], scheme=Scheme.current("four_quadrant"), inputs=given)
    case.assign(by=people["chen"], owner=people["lin"])
    Communication.log(
        case,
        by=people["lin"].actor,
        kind="soothe",
        channel="phone",
        content="说明原因并致歉，答应今天给出到账时间。",
        reply="希望今天一定有结果。",
    )
    rule = next(row for row in StatutoryRule.in_force_on(clock.today()) if row.code == "refund_15d")
    ExternalRequest.register(case, by=people["lin"].actor, number="12315-2026-0077", rule=rule)


def _login_fails(people: dict[str, User]) -> None:
    Case.open(
        by=people["lin"],
        title="登录时提示验证码错误",
        kind="problem",
        description="三位同事从今早起都登录不了，验证码明明输对了也提示错误。",
        customer=_customer("chenxi"),
        channel="phone",
        error_text="验证码错误（E1027）",
        affected_users=3,
        extent="department",
        first_judgement="怀疑短信验证码接口超时",
    )


def _rejected_request(people: dict[str, User]) -> None:
    case = Case.open(
        by=people["lin"],
        title="希望首页换成节日皮肤",
        kind="improvement",
        description="首页能不能每个节日都换一套皮肤？",
        customer=_customer("zhang-mr"),
    )
    case.decline(by=people["chen"], why="pseudo", reason="与订货无关，已向客户说明。")
