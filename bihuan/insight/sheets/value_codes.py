"""Closed lists: the code a person's word stands for, and the region behind a place name."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from bihuan.core.text import Text
from bihuan.insight.data import aliases, regions

FILLER = re.compile(r"[\s*_·、,，.。()（）【】\[\]\"'“”]+")
PROVINCE_END = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)")


def plain(text: str) -> str:
    """The text as lists are compared: NFKC, lower case, without spaces, brackets and stops."""
    return FILLER.sub("", unicodedata.normalize("NFKC", text).lower())


def table(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """{plain word: code} from (code, "word word …"); a code is always a word for itself."""
    result: dict[str, str] = {}
    for code, line in words:
        for word in (code, *line.split()):
            result.setdefault(plain(word), code)
    return result


def _unknown(zh: str, en: str, table: dict[str, str]) -> Text:
    codes = list(dict.fromkeys(table.values()))
    return Text(
        f"不认识的{zh}，请改成已知的写法，或在导入设置里说明它是什么",
        f"Unknown {en}; use a known word or say in the import settings what it stands for ({', '.join(codes)})",
    )


def chooser(
    zh: str, en: str, words: Iterable[tuple[str, str]], known: set[str] | None = None
) -> Callable[[str], str | Text]:
    """A function from a person's word to its code, or the reason why not."""
    result = table(words)
    unknown = _unknown(zh, en, result)

    def choose(text: str) -> str | Text:
        return result.get(plain(text), unknown)

    return choose


channel = chooser("渠道", "channel", ((code, words) for code, (_, words) in aliases.CHANNELS.items()))
customer_type = chooser("客户类型", "customer type", aliases.CUSTOMER_TYPES.items())
sentiment = chooser("情绪倾向", "sentiment", aliases.SENTIMENTS.items())
nature = chooser("反馈性质", "kind of feedback", aliases.NATURES.items())
frequency = chooser("发生频率", "frequency", aliases.FREQUENCIES.items())
urgency = chooser("紧急程度", "urgency", aliases.URGENCIES.items())
scope = chooser("影响范围", "scope", aliases.SCOPES.items())

_SYSTEMS = table(aliases.SYSTEMS.items())
_SYSTEM_UNKNOWN = _unknown("操作系统", "operating system", _SYSTEMS)
_SYSTEM_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)*\s*$")


def system(text: str) -> str | Text:
    """The system without its version: "Android 14" is Android; or the reason why not."""
    text = unicodedata.normalize("NFKC", text)
    bare = _SYSTEM_VERSION.sub("", text.strip())
    return _SYSTEMS.get(plain(text)) or _SYSTEMS.get(plain(bare)) or _SYSTEM_UNKNOWN


_PROVINCES = {plain(name): name for name in regions.CITIES}
_CITIES = {plain(city): (province, city) for province, cities in regions.CITIES.items() for city in cities.split()}
_LONGEST_CITY = sorted(_CITIES, key=len, reverse=True)
REGION_UNKNOWN = Text(
    "不认识的地区，请写成 省/市，例如 广东/深圳", "Unknown region; write province/city, for example 广东/深圳"
)


def region(text: str) -> str | Text:
    """ "省/市" in short names ("广东/深圳", "北京/北京"), "省" where only the province is given, or the reason why not.

    A city alone implies its province; 吉林 alone is the province, 吉林市 the city. Districts are dropped.
    """
    rest = plain(text).replace("/", "").replace("-", "").removeprefix("中国")
    if rest == "吉林市":
        return "吉林/吉林"
    province = next((name for name in _PROVINCES if rest.startswith(name)), "")
    if province and (city := _city(rest[len(province) :], province)) is not None:
        return city
    city = _city(rest, "")
    return city or REGION_UNKNOWN


def _city(rest: str, province: str) -> str | None:
    """The region for what follows the province name; None where it does not fit the province."""
    if province:
        alone = PROVINCE_END.match(rest)
        rest = rest[alone.end() :] if alone else rest
        if _PROVINCES[province] in regions.CITIES[_PROVINCES[province]].split() and province != "吉林":
            return f"{province}/{province}"
        if not rest:
            return province
    name = next((city for city in _LONGEST_CITY if rest.startswith(city)), "")
    if name and province in ("", _CITIES[name][0]):
        return f"{_CITIES[name][0]}/{_CITIES[name][1]}"
    return None
