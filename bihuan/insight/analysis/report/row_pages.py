"""The rows behind each number: one small page a number, written only for numbers that were shown."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from bihuan.core.text import Text
from bihuan.insight.analysis.display_names import COLUMN, NOISE, WEEKDAYS, name_of
from bihuan.insight.analysis.report.markup import Html, Translate, document, join, tag, visible
from bihuan.insight.analysis.report.page_style import STYLE
from bihuan.insight.analysis.row_sets import ALL, Key
from bihuan.insight.analysis.rows import ListedRow
from bihuan.insight.analysis.sentence import Count, parts
from bihuan.insight.analysis.summary import Analysis, display_name
from bihuan.insight.text.masking import mask

FOLDER = "report_rows"
SHOWN = 200  # rows shown with their text
NAMED, FEW = 20_000, 1_000  # row numbers listed on one page, of an ordinary and of a large run
MANY = 50_000  # rows from which a run is large
EXCERPT = 90

_SETS = {
    (("noise", ""),): Text("有内容的反馈", "Rows that say something"),
    (("noise", "any"),): Text("没有实际内容的反馈", "Rows that say nothing"),
    (("repeat", "yes"),): Text("同一客户的重复反馈", "Repeats of the same customer"),
    (("linkable", "yes"),): Text("能判断是否重复的反馈", "Rows whose repeats could be seen"),
    (("received_at", ""),): Text("没有时间的反馈", "Rows without a date"),
    (("stray", "yes"),): Text("日期离其他数据很远的反馈", "Rows dated far from the rest"),
    (("repeated_id", "yes"),): Text("编号与前面重复的反馈", "Rows whose number an earlier row had"),
    (("personal", "yes"),): Text("原话含个人信息的反馈", "Rows whose text holds personal data"),
}


class RowPages:
    """Numbers as links, and the pages they lead to."""

    def __init__(self, analysis: Analysis, t: Translate) -> None:
        self.analysis = analysis
        self.t = t
        self.pages: dict[Key, str] = {}
        self._lines: dict[int, Html] = {}

    def href(self, name: Key) -> str | None:
        """The address of the rows of a set; None for an empty one."""
        if not self.analysis.row_sets.size(name):
            return None
        page = self.pages.setdefault(name, f"{len(self.pages) + 1:04d}.html")
        return f"{FOLDER}/{page}"

    def number(self, name: Key) -> Html:
        """How many rows a set has, linked to them."""
        shown = f"{self.analysis.row_sets.size(name):,}"
        address = self.href(name)
        return tag("a", shown, href=address) if address else Html(shown)

    def sentence(self, sentence: Text) -> Html:
        """A sentence whose counts lead to their rows."""
        return join(self._count(part) if isinstance(part, Count) else part for part in parts(sentence, self.t.lang))

    def _count(self, count: Count) -> Html:
        """A link where the set is as large as the number: rows that an exposure does not know are in no rate."""
        same = self.analysis.row_sets.size(count.rows) == count.value
        return self.number(count.rows) if same else Html(str(count))

    def title(self, name: Key) -> str:
        """What a set is, in words."""
        if name == ALL:
            return self.t("全部反馈", "All feedback")
        if name in _SETS:
            return self.t(_SETS[name])
        return self.t("，", ", ").join(self._part(column, value) for column, value in name)

    def _part(self, column: str, value: str) -> str:
        t = self.t
        if column == "words":
            words = value.split("|") if "|" in value else value.split()
            return t(f"提到{'、'.join(words)}之一", f"mentions any of: {', '.join(words)}")
        if column == "glad":
            return t("不含满意的", "none that are satisfied")
        if (column, value) == ("repeat", "no"):
            return t("不含重复反馈", "no repeats")
        if column == "known":
            names = [COLUMN[name] for name in value.split()]
            return t(f"填了{'、'.join(n.zh for n in names)}", f"{', '.join(n.en.lower() for n in names)} given")
        if column == "since":
            return t(f"{value} 起", f"from {value}")
        if column == "until":
            return t(f"到 {value}", f"until {value}")
        if column == "week":
            return t(f"{value} 起的一周", f"week from {value}")
        if column == "repeat":
            return t("重复反馈", "repeats")
        if column == "weekday":
            return t(WEEKDAYS[int(value)])
        if column == "unreadable":
            return t(f"{COLUMN[value].zh}读不懂", f"{COLUMN[value].en} not understood")
        if column == "unsure":
            return t(f"{COLUMN[value].zh}把握不足", f"{COLUMN[value].en} unsure")
        if column == "noise":
            return t(NOISE[value])
        label = COLUMN["problem_type" if column == "topic" else column]
        return f"{t(label)}{t('：', ': ')}{t(display_name(column, value))}"

    def write(self, out: Path) -> None:
        """Every page that a number was linked to."""
        out.mkdir(parents=True, exist_ok=True)
        for name, page in self.pages.items():
            (out / page).write_text(self._page(name), encoding="utf-8", newline="\n")

    def _page(self, name: Key) -> str:
        t, title = self.t, self.title(name)
        rows = self.analysis.row_sets.of(name)
        body = [
            tag("p", tag("a", t("← 回到报告", "← Back to the report"), href="../report.html")),
            tag("h1", title),
            tag("p", t(f"{len(rows):,} 条", f"{len(rows):,} row{'s' * (len(rows) != 1)}"), cls="muted"),
            tag("section", tag("div", self._table(rows[:SHOWN]), cls="wide")),
        ]
        if len(rows) > SHOWN:
            body.append(self._rest(rows))
        return document(t, title, STYLE, tag("main", *body))

    def _rest(self, rows: list[int]) -> Html:
        t, row_sets = self.t, self.analysis.row_sets
        named = NAMED if row_sets.rows <= MANY else FEW
        ids = ", ".join(row_sets.table["row_id"].take(pa.array(rows[SHOWN:named], pa.int64())).to_pylist())
        head = t(f"其余 {len(rows) - SHOWN:,} 条的编号", f"Numbers of the other {len(rows) - SHOWN:,} rows")
        more = len(rows) - max(SHOWN, named)
        note = t(f"另有 {more:,} 条未列出，见 rows.csv", f"{more:,} more are not listed; see rows.csv")
        return tag("section", tag("h2", head), tag("p", ids, cls="ids"), tag("p", note) if more > 0 else Html(""))

    def _table(self, rows: list[int]) -> Html:
        heads = ("row_id", "received_at", "channel", "product", "text")
        head = tag("tr", *[tag("th", self.t(COLUMN[name])) for name in heads])
        return tag(
            "table", tag("thead", head), tag("tbody", join(map(self._line, rows, self.analysis.row_sets.shown(rows))))
        )

    def _line(self, at: int, row: ListedRow) -> Html:
        if at not in self._lines:
            text = visible(mask(row.text))
            moment = row.received_at.strftime("%Y-%m-%d %H:%M") if row.received_at else ""
            excerpt = text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
            self._lines[at] = tag(
                "tr",
                tag("td", row.row_id, cls="nowrap"),
                tag("td", moment, cls="nowrap"),
                tag("td", self.t(name_of("channel", row.channel)) if row.channel else "", cls="nowrap"),
                tag("td", mask(row.product)),
                tag("td", excerpt, cls="words"),
            )
        return self._lines[at]
