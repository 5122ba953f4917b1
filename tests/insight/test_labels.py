import time

import pytest

from bihuan.insight.classify.labels import METHOD, NAMES, SECOND, alarms, suggest
from bihuan.insight.classify.learning import train
from bihuan.insight.priority import SCHEMES

PROBLEM_TYPES = [
    ("支付成功了，可是钱扣了没到账", "defect.payment"),
    ("更新之后一直闪退，打不开", "defect.function"),
    ("收不到验证码，登录不了", "defect.login"),
    ("扫地机用了两天就坏了，质量太差", "defect.quality"),
    ("打了一上午电话没人接，一直占线", "service.speed"),
    ("客服态度恶劣，还挂断我的电话", "service.attitude"),
    ("一个星期了还没收到货，物流不更新", "logistics.late"),
    ("少发了一件，另一件发错了", "logistics.lost"),
    ("申请退款半个月还不给退", "aftersales.refund"),
    ("报修三次师傅都没上门，保修期都要过了", "aftersales.repair"),
    ("刚买就降价，不给补差价", "price.change"),
    ("会员自动续费没有提醒，乱收费", "price.charge"),
    ("今天路过你们公司楼下", "other"),
    ("My parcel has not arrived and tracking is empty", "logistics.late"),
    ("The app crashes and stopped working", "defect.function"),
    ("The agent was rude and hung up", "service.attitude"),
    ("I was overcharged, there is a hidden fee", "price.charge"),
]
URGENCIES = [
    ("充电器冒烟，差点着火", "urgent"),
    ("整个系统瘫痪，门店无法收款", "urgent"),
    ("再不处理我就找律师起诉", "urgent"),
    ("已经联系记者准备曝光", "urgent"),
    ("账户被盗刷三万元", "urgent"),
    ("我们业主已经集体投诉", "urgent"),
    ("反复出现很多次，还是没解决", "important"),
    ("登录不了，影响工作", "important"),
    ("建议把按钮放大一点", "normal"),
    ("请问在哪里修改地址", "normal"),
    ("The whole system is down for all users", "urgent"),
]
NATURES = [
    ("请问怎么修改绑定的手机号？", "consult"),
    ("欺骗消费者，我要投诉你们", "complaint"),
    ("建议把说明书的字印大一点", "suggestion"),
    ("师傅很热情，非常满意，感谢", "praise"),
    ("打印机报错，用不了", "fault"),
    ("我们需要对接接口，支持批量导出", "requirement"),
    ("How do I change my address?", "consult"),
    ("Great service, thank you", "praise"),
]


@pytest.mark.parametrize(("text", "code"), PROBLEM_TYPES)
def test_problem_type_follows_the_words(text, code):
    assert suggest(text).problem_type.code == code


@pytest.mark.parametrize(("text", "code"), URGENCIES)
def test_urgency_follows_the_words(text, code):
    assert suggest(text).urgency.code == code


@pytest.mark.parametrize(("text", "code"), NATURES)
def test_nature_follows_the_words(text, code):
    assert suggest(text).nature.code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("充电器冒烟，差点着火，我会找媒体曝光", {"safety", "media"}),
        ("再不处理我就找律师起诉", {"legal"}),
        ("我们业主已经集体投诉", {"group_complaint"}),
        ("不处理就打12315", set()),
        ("多媒体键很好用", set()),
    ],
)
def test_alarms_are_the_forced_inputs_of_a_priority_scheme(text, codes):
    assert set(alarms(text)) == codes
    forced = {one["code"] for scheme in SCHEMES.values() for one in scheme["forced"]}
    assert codes <= forced


def test_a_reason_names_the_words_and_the_label_in_both_languages():
    reason = suggest("重复扣款，退款没到账").problem_type.reasons[0]
    assert reason.zh.startswith("提到「重复扣款」")
    assert reason.zh.endswith("→ 产品功能缺陷")
    assert "Product defect" in reason.en


@pytest.mark.parametrize("text", ["没有闪退，很流畅", "物流很快，包装完好", "不贵"])
def test_a_negated_or_praised_cue_does_not_count(text):
    assert suggest(text).problem_type.code == "other"


def test_every_code_that_can_come_out_has_a_name():
    from_texts = [label for text, _ in PROBLEM_TYPES + URGENCIES + NATURES for label in suggest(text)]
    for axis, names in NAMES.items():
        codes = {getattr(suggest(text), axis).code for text, _ in PROBLEM_TYPES + URGENCIES + NATURES}
        assert all(code in names or (code in SECOND and code.split(".")[0] in names) for code in codes)
    assert all(0 < label.confidence <= 1 and label.method == METHOD and label.reasons for label in from_texts)


def test_the_demand_and_the_rating_help_where_the_text_is_thin():
    assert suggest("东西收到了", demand="退货退款").problem_type.code.startswith("aftersales")
    assert suggest("就这样吧", score=5).nature.code == "praise"
    assert suggest("就这样吧", score=1).nature.code == "complaint"


def test_corrections_teach_words_the_lexicon_does_not_know():
    examples = [(f"第{n}组闸机的道闸杆抬不起来", ["service", "speed"][0]) for n in range(8)]
    examples += [(f"第{n}份对账单的税率写错", "price") for n in range(8)]
    model = {"problem_type": train(examples)[0]}
    text = "东门闸机道闸杆又抬不起来"
    assert suggest(text).problem_type.code == "other"
    found = suggest(text, model=model).problem_type
    assert found.code == "service"
    assert found.method.startswith(METHOD + "+")
    assert "以往" in found.reasons[0].zh


def test_labels_are_suggested_for_thousands_of_texts_a_second():
    texts = [text for text, _ in PROBLEM_TYPES] * 60
    start = time.process_time()
    assert len([suggest(text) for text in texts]) == len(texts)
    assert time.process_time() - start < 1.0
