"""What of a text may be sent out: no number by which somebody is found, no name that we know or that is announced.

Numbers are found by the engine (insight/masking.py) and replaced whole, not in part as on our own pages; any run of six
or more digits goes as well. Names are those the caller knows (the customer, the contact, our own people) and those the
words announce ("我叫…", "张女士", "Mr …"). A name that nothing announces cannot be told from other words: see docs/operate.md.
Sources: PIPL art. 21 and 23 (entrusted processing, provision to others), art. 73 (de-identification).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bihuan.insight.text import masking

_HIDDEN = {
    "mobile": "[手机号]", "landline": "[电话]", "id_card": "[证件号]", "bank_card": "[卡号]", "mail": "[邮箱]",
    "im": "[社交账号]", "plate": "[车牌]", "address": "[住址]",
}  # fmt: skip
NAME, NUMBER = "[姓名]", "[号码]"
_LONG_NUMBER = re.compile(r"\d(?:[\s\-–—.()（）]{0,2}\d){5,}[xX]?")
_PARTLY = re.compile(r"\d{2,}\*{2,}\d*")
_DAY = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}")
_MAIL = re.compile(r"[^\s@＠，。；、<>()（）]+\s*[@＠]\s*[^\s@＠，。；、<>()（）]+")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯"
_TITLES = "先生|女士|小姐|太太|师傅|老师|经理|主任|店长|医生|律师|阿姨|大爷|同学"
_CUES = (
    re.compile(r"((?:我|他|她)?(?:名叫|我叫|名字(?:是|叫|[:：])|姓名\s*(?:是|[:：])?|联系人\s*(?:是|[:：])?|收[件货]人\s*(?:是|[:：])?|客户名\s*[:：]?)\s*)[一-鿿·]{2,4}"),
    re.compile(rf"(本人|我是|我姓)(?:(?:{_DOUBLE})[一-鿿]{{0,2}}|[{_SURNAMES}][一-鿿]{{0,2}}(?=[，,。.;；!！\s]|$))"),
    re.compile(rf"()(?:(?:{_DOUBLE})[一-鿿]{{0,2}}|[{_SURNAMES}][一-鿿]{{0,2}}?)(?={_TITLES})"),
    re.compile(r"((?:[Mm]y name is|[Nn]ame\s*:|[Mm]rs?\.?|[Mm]s\.?|[Mm]iss)\s+)[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"),
)  # fmt: skip


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The text with all of that replaced by a word in brackets that says what stood there."""
    shown = text
    for span in reversed(masking.find(text)):
        shown = shown[: span.start] + _HIDDEN.get(span.kind, NUMBER) + shown[span.end :]
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len, reverse=True):
        if (
            name.lower() in shown.lower()
        ):  # a pattern a name would be compiled for every name of the organisation and every text
            shown = re.sub(re.escape(name), NAME, shown, flags=re.IGNORECASE)
    for cue in _CUES:
        shown = cue.sub(rf"\1{NAME}", shown)
    shown = _PARTLY.sub(NUMBER, _MAIL.sub(_HIDDEN["mail"], shown))
    return _LONG_NUMBER.sub(lambda found: found[0] if _DAY.fullmatch(found[0]) else NUMBER, shown)
