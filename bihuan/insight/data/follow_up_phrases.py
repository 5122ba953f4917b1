"""Clauses that ask again, thank or leave an address and say nothing about the problem itself."""

import re

# Possessive, so that a long clause that nearly fits is given up at once.
# A whole clause is dropped only if these pieces cover all of it.
_PIECES = """
催单 催促 催一下 催 急 加急 在线等 速回 速度 再次 再一次 又一次 反映 反馈 反 反应 提交 投诉 提 申请 跟进 第[一二三四五六七八九十两\\d]+次 上次 之前 已经 已
还 仍 仍然 依然 一直 到现在 至今 目前 今天 都 也 没人 没有人 无人 没 没有 未 不 联系 处理 解决 回复 回应 答复 回电 来电 回 理 我 你们 你 您 客服
请 请问 麻烦 烦请 希望 拜托 帮忙 帮我 能否 务必 必须 赶快 赶紧 尽快 快点 快 马上 立即 立刻 抓紧 尽早 早日 给个 给 说法 结果 答案 等 等了 等待
[一二三四五六七八九十两几半\\d]+ 天 周 小时 个 星期 月 日 了 过 吧 啊 呢 吗 的 一下 谢谢 多谢 感谢 辛苦了 辛苦 您好 你好 非常 很 就 再 要 会 否则 不然
不处理就 到 向 去 12315 12345 12300 消协 工信部 监管部门 曝光 补充 补充说明 说明 情况 如下 问题 此 这个 该 同上 内容 有 无 进展 消息 怎么 为什么
一个 一 了吗 好吗 可以 能 不能 把 让 电话 手机 手机号 号码 邮箱 地址 是 在 发到 发至 发 联系方式 身份证 身份证号 订单号 订单 单号 编号 微信 qq
please asap urgent urgently again second time third reply respond response quickly soon still no not yet nobody anyone contacted contact me
fix it this help thanks thank you waiting for an answer my order number phone email is i am the reminder follow up following on
"""
_ALTERNATIVES = "|".join(sorted(_PIECES.split(), key=len, reverse=True))
FOLLOW_UP = re.compile(rf"(?>{_ALTERNATIVES}|[\s'\"“”~〜\-—]+)*+")

# Whoever asks again names one of these.
AGAIN = re.compile(
    r"催|联系|处理|解决|回复|回应|答复|回电|进展|结果|没人|等了|再次|第[二三四五六七八九十两\d]+次|曝光|12315|reply|respon|again|second|third|contacted"
    r"|waiting|follow|reminder|urgent|asap"
)

# Wishes that ride at the end or the start of a clause that does report something without a comma between.
FRONT = re.compile(
    r"^(?:再次反[馈映]?|第[一二三四五六七八九十两\d]+次(?:提交|反[馈映]|投诉)了?|(?:又|还)?来?催单|还没人(?:联系|处理)(?:我)?|你好|您好|hi|hello)[\s,:!。;]*"
)
