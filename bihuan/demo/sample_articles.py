"""The demo's knowledge: two published articles, one of them for customers, and one in review."""

from __future__ import annotations

from bihuan.knowledge.models import Article
from bihuan.people.models import User


def build(people: dict[str, User]) -> None:
    pay = Article.write(
        by=people["zhou"],
        title="高峰期付款一直转圈，提示超时",
        kind="fault",
        phenomenon="晚上八点到十点，付款按钮点了以后一直转圈，约 30 秒后提示“支付超时”。\n客户原话：“扣没扣钱我都不知道，不敢再点。”",
        cause="支付通道在高峰期排队，我们的超时时间比通道短，先断开了连接。",
        steps="1. 让客户先看银行扣款短信，没有扣款可以重试。\n2. 已扣款的，用订单号在支付后台查通道流水，10 分钟内会自动补单。\n3. 超过 10 分钟没有补单，转技术值班处理。",
        range="App 3.1 及以上版本；银行卡和第三方支付都适用。余额支付不会出现这个问题。",
        keywords="支付 付款 转圈 超时 扣款",
    )
    pay.submit(by=people["zhou"])
    pay.publish(by=people["sun"])
    invoice = Article.write(
        by=people["lin"],
        title="怎样给已完成的订单补开发票",
        kind="question",
        audience="customer",
        phenomenon="下单时没有选发票，现在想补开。",
        steps="1. 打开“我的订单”，找到要开票的订单。\n2. 点“申请发票”，填写抬头和税号。\n3. 一个工作日内电子发票会发到您填写的邮箱。",
        range="完成 180 天以内的订单。",
        keywords="发票 补开 抬头",
    )
    invoice.submit(by=people["lin"])
    invoice.publish(by=people["chen"])
    login = Article.write(
        by=people["wu"],
        title="换手机后收不到登录验证码",
        kind="fault",
        phenomenon="换了新手机，输入手机号后一直收不到验证码。\n客户原话：“等了半小时一条都没有。”",
        cause="旧设备仍开着“仅设备内验证”，验证码发到了旧设备的通知里。",
        steps="1. 请客户在旧手机打开通知栏查看。\n2. 旧手机不在手边的，核实身份后在后台关闭“仅设备内验证”。\n3. 让客户重新获取验证码。",
        range="开启过“仅设备内验证”的账号。",
        keywords="登录 验证码 换手机",
    )
    login.submit(by=people["wu"])
