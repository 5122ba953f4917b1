"""Stock phrases, test strings and the words advertisements are made of."""

import re

_PHRASES = """
此用户没有填写评论 该用户没有填写评论 用户没有填写评论 此用户未填写评价内容 该用户未填写评价内容 用户未填写评价 此用户未填写文字评论
该用户觉得商品不错 系统默认好评 默认好评 系统默认评价 默认评价 自动好评 用户未及时评价系统默认好评 评价方未及时做出评价系统默认好评
系统自动评价 超时未评价系统默认好评 未填写 无 没有 无内容 暂无 空 略 同上 好评 五星好评 打卡 签到 路过 你好 您好 在吗 哈喽 嗨
na n/a none null nil nothing undefined nan hello hi nocomment nocomments noreview noreviewtext novalue empty ok okay
thisuserleftnocomment thecustomerleftnocomment defaultgoodreview
"""
EMPTY = {re.sub(r"[\W_]", "", phrase) for phrase in _PHRASES.split()}

TEST_LIMIT = 40
TEST_WORDS = re.compile(
    r"测试(?:数据|内容|一下|反馈|提交|工单|用例|账号)?|请忽略|忽略|勿回复|请勿处理|(?:just)?(?:a)?test(?:ing|er)?(?:data|only|case)?|demo|sample"
    r"|pleaseignore|ignore|asdf(?:gh)?(?:jkl)?|qwer(?:ty)?(?:uiop)?|zxcv(?:bnm)?|qazwsx|abc(?:d(?:efg?)?)?|xxx+|aaa+|foo|bar"
    r"|loremipsum(?:dolor(?:sitamet)?)?|^\d{1,6}$|(?<![a-z])(?:1234567890|123456789|12345678|1234567|123456|12345|1234|123|12|1)(?!\d)"
    r"|(?<=test)\d{1,4}|(?<=测试)\d{1,4}|^(?:啊|哈|呵|额|嗯|a|h|e|哦|噢|x)+$|^([a-z\d])\1*$|^(?:一二三)+$|^的+$"
)

# The patterns of advertisements. Each choice begins with a character of its own, not with a bracket: then the search
# looks for one of these characters and is seven times as fast.
CONTACT = re.compile(
    r"加\s*(?:我)?\s*(?:微信|vx|wx|v信|薇信|威信|qq|扣扣|群)|(?:微信|vx|wx|薇信|v信|qq|扣扣|tg|telegram|whatsapp)\s*(?:号|群)?\s*[:：]?\s*[a-z0-9_-]{5,}"
    r"|关注.{0,16}(?:公众号|微信)|(?:添加|搜索|搜).{0,4}公众号|公众号\s*[:：]|扫码|进群|入群|私信我|https?://\S+|www\.\S+|t\.me/\S+|bit\.ly/\S+"
    r"|联系(?:开发者|作者).{0,12}(?:获取|领取|解锁)|add me on|contact us on|dm me|click (?:here|the link)|visit (?:our|my)"
)
PROMOTION = re.compile(
    r"免费(?:获取|领取?|送|试用|教程|解锁|赠)|限时(?:优惠|特价|福利)|仅限(?:优惠|特价|福利)|领取?(?:红包|福利|优惠券|资料|礼品)|100%\s*(?:成功|有效|盈利)|包(?:过|赚|成功)"
    r"|日(?:入|赚)\s*\d+|月(?:入|赚)\s*(?:\d+|过万)|稳赚|赚钱|高薪|返利|返现|低价(?:出售|出|批发)|厂家直销|一手货源|批发|代购|招代理|诚招|推广|引流|全网最低"
    r"|最快\d+分钟|教程|earn \$?\d+|free (?:gift|money|trial|followers)|limited offer|best price|promo code|guaranteed|work from home"
)
TRADE = re.compile(
    r"兼职(?:刷单|日结|招聘)|刷单|刷好评|好评返现|网赚|代开发票|代开票|办证|办理(?:证件|信用卡套现)|信用卡套现|花呗(?:套现|提现\s*加)|借呗(?:套现|提现\s*加)|白条(?:套现|提现\s*加)|套现"
    r"|贷款(?:秒批|秒到|无抵押)|无抵押贷款|秒批|秒下款|博彩|彩票(?:计划|带)|棋牌(?:平台|充值)|菠菜|六合彩|百家乐|代刷|代练|刷粉|买粉|涨粉|私家侦探"
    r"|壮阳|减肥(?:药|茶).{0,6}(?:加|微)|casino|viagra|forex signal|crypto (?:signal|profit)|payday loan now|buy followers"
)
