"""Shapes of personal data and the words that stand before them."""

import re

_GAP = r"[ \-._\u200b\u200c\u200d\ufeff]?"
_LETTER = r"(?<![0-9])(?<![A-Za-z]-)(?<!\d[.,:])(?<!(?<!l)(?<!e)(?<!x)(?<!q)(?<!m)[A-Za-z])"

MOBILE = re.compile(
    rf"{_LETTER}(?:(?:\+|00)?86{_GAP})?"
    rf"(?:1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}|1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}"
    r"|1[ -][3-9](?:[ -]\d){9})(?!\d)(?![.,]\d)(?![A-Za-z]{2})"
)
_SPOKEN_DIGITS = "零〇一二两三四五六七八九幺洞拐"
SPOKEN = re.compile(
    rf"(?<![{_SPOKEN_DIGITS}])[幺一][ 、-]?[三四五六七八九拐](?:[ 、-]?[{_SPOKEN_DIGITS}]){{9}}(?![{_SPOKEN_DIGITS}])"
)

AREA = re.compile(r"\(?(?:010|02\d|0[3-9]\d{2})\)?")
LANDLINE = re.compile(
    r"(?<![\dA-Za-z.])(?:\((?:010|02\d|0[3-9]\d{2})\)|(?:010|02\d|0[3-9]\d{2}))(?P<gap>[ -]|(?<=\)))?[2-8]\d{2,3}[ -]?\d{4}(?:-\d{1,5})?(?!\d)(?!\.\d)"
)
LOCAL = re.compile(r"(?<![\dA-Za-z.-])[2-8]\d{6,7}(?![\d.-])")

ID_CARD = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![\dA-Za-z])"
)
OLD_ID_CARD = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
BANK_CARD = re.compile(
    r"(?<![\dA-Za-z.])(?:\d{4}[ -]){3,4}\d{1,4}(?![\dA-Za-z])|(?<![\dA-Za-z.])\d{15,19}(?![\dA-Za-z])(?!\.\d)"
)

MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z])"
)
ACCOUNT = re.compile(
    r"(?:微信号?|薇信|vx|v信|(?<![a-z])wx|wechat(?: id)?|企业?qq号?|qq号?码?|旺旺号?|抖音号)\s*(?:[:是为]|号|加|id)?\s*[:：]?\s*"
    r"(?P<id>(?=[a-z_-]*\d|[a-z]*_)[a-z][a-z0-9_-]{5,19}|[1-9]\d{4,10})(?![a-z0-9_*.])",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•・ ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)

_H = "[\u4e00-\u9fff]"
_UNIT = r"(?:号院|号楼|号|弄|栋|幢|座|楼|单元|室|层|门|户|房|组|队)"
HOUSE = re.compile(rf"[0-9A-Za-z一二三四五六七八九十百-]{_UNIT}")
_WAY = r"(?:大道|胡同|小区|花园|公寓|广场|大厦|家园|新村|街道|路|街|道|巷|里|村|镇|乡|苑|城|园|庄|湾|府)"
_REGION = (
    rf"(?:(?!地址|住址|住在|家住|寄到|送到|发到|位于){_H}{{2,7}}?(?:省|自治区))?"
    rf"(?P<city>(?:(?![在到是于住址寄送发往为去来]){_H}){{2,6}}?(?:市|自治州|盟))?"
    rf"(?P<district>(?:(?![在到是于住址寄送发往为去来小社市]){_H}){{1,5}}?(?:新区|区|县|旗))?"
)
ADDRESS = re.compile(
    rf"(?P<region>{_REGION})(?P<detail>(?:(?:(?![在到是于]){_H}|[A-Za-z0-9]){{1,12}}?{_WAY}){{1,3}}(?:{_H}{{0,8}}?[0-9A-Za-z一二三四五六七八九十百-]{{1,6}}{_UNIT}){{1,5}}(?:[0-9]{{2,4}}(?!\d))?)"
)
REGION = re.compile(_REGION)

ORDER_CUE = re.compile(
    r"订单|单号|运单|快递单|流水|编号|批次|条码|序列号|工单|交易号|发票|物流号|追踪号|(?<![a-z])(?:order|tracking|invoice|serial|sn|no\.?|ref|imei)(?![a-z])",
    re.IGNORECASE,
)
PHONE_CUE = re.compile(
    r"电话|手机|座机|固话|致电|拨打|来电|回电|联系方式|联系我|号码是|tel|phone|mobile|call", re.IGNORECASE
)
ID_CUE = re.compile(r"身份证|证件号|身份号|id\s?card|id\s?number|identity", re.IGNORECASE)
CARD_CUE = re.compile(
    r"银行卡|卡号|信用卡|储蓄卡|借记卡|收款账号|银行账号|card\s?(?:no|number)?|account", re.IGNORECASE
)
HOME_CUE = re.compile(r"地址|住址|住在|家住|寄到|送到|发到|收货|address", re.IGNORECASE)

# Every span of personal data holds one of these: five digits (with at most one mark between two), the sign of a mail
# address, a word for an account, the beginning of a plate, ten spoken digits, or the end of a house number. Most texts
# hold none, and no other pattern is tried on them. Half-width and full-width forms both count.
_DIGIT_GAP = " \u3000._\uff0e\uff3f\u200b\u200c\u200d\ufeff\uff0d\u2010\u2013\u2014-"
POSSIBLE = re.compile(
    r"[\d@＠微薇vｖwｗqｑ旺抖京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼零〇一二两三四五六七八九幺洞拐号弄栋幢座楼单室层门户房组队](?:"
    rf"(?<=\d)(?:[{_DIGIT_GAP}]?\d){{4}}|(?<=[@＠])|(?<=[微薇])信|(?<=[vｖ])[xｘ信]|(?<=[wｗ])(?:[xｘ]|[eｅ][cｃ][hｈ][aａ][tｔ])"
    r"|(?<=[qｑ])[qｑ]|(?<=旺)旺|(?<=抖)音号|(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])(?-i:[A-ZＡ-Ｚ])"
    rf"|(?<=[{_SPOKEN_DIGITS}])(?:[ 、\u3000\uff0d\u2010\u2013\u2014-]?[{_SPOKEN_DIGITS}]){{9}}"
    r"|(?<=[\dA-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十百\uff0d\u2010\u2013\u2014-][号弄栋幢座楼单室层门户房组队]))",
    re.IGNORECASE,
)
