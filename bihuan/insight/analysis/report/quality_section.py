"""What the numbers rest on: rows accounted for, cells that could not be read, labels in doubt, methods."""

from __future__ import annotations

from bihuan.core.text import Text
from bihuan.insight.analysis.display_names import COLUMN, NOISE, name_of
from bihuan.insight.analysis.report.count_sections import grid, num
from bihuan.insight.analysis.report.markup import Html, Translate, tag
from bihuan.insight.analysis.report.row_pages import RowPages
from bihuan.insight.analysis.row_sets import Key, key
from bihuan.insight.analysis.rows import LABELS
from bihuan.insight.analysis.summary import Analysis
from bihuan.insight.duplicate_detection.repeats import KINDS

LIMITS = (
    Text(
        "问题类型、情绪、紧急程度由词语规则给出，是建议，不是结论；用于统计趋势，单条以人工判断为准。",
        "Problem type, sentiment and urgency come from word rules: suggestions for trends; for one row a person decides.",
    ),
    Text(
        "没有明显词语的反馈归入“其他”或“一般”，把握低于 0.5 的条数列在数据质量里。",
        "Rows without known words fall under “Other” or “Neutral”; those with confidence below 0.5 are counted above.",
    ),
    Text(
        "重复只在同一客户（编号或联系方式相同）14 天内、同一产品的反馈之间判断；没有客户信息的反馈无法判断。",
        "Repeats are looked for within 14 days among rows of one customer (same number or contact) and product; "
        "rows without a customer cannot be compared.",
    ),
    Text(
        "条数受渠道和销量影响；只有写明分母的数字按订单或用户折算，其余不能直接比较哪个产品更差。",
        "Counts follow channels and sales; only numbers that name a denominator are per order or per user, the others do not say which product is worse.",
    ),
)


def box(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """The data-quality section."""
    return tag(
        "section",
        tag("h2", t("数据质量", "Data quality")),
        tag("p", _account(analysis, t)),
        _reasons(analysis, t),
        *[
            tag("p", f"{each['name']}: {warning[t.lang]}")
            for each in analysis.summary["files"]
            for warning in each["warnings"]
        ],
        tag("div", _doubts(pages, t), _fields(analysis, pages, t), cls="two"),
        _unused(analysis, t),
    )


def _account(analysis: Analysis, t: Translate) -> str:
    account = analysis.summary["accounting"]
    read, rows, skipped = account["read"], account["rows"], account["skipped"]
    outside, undated = account["outside_window"], account["undated_left_out"]
    zh = f"共读取 {read:,} 行：分析 {rows:,} 条，跳过 {skipped:,} 行"
    en = f"{read:,} rows read: {rows:,} analysed, {skipped:,} skipped"
    if outside or undated:
        zh += f"，不在所选日期内 {outside:,} 条，没有日期而未计入 {undated:,} 条"
        en += f", {outside:,} outside the chosen days, {undated:,} left out for want of a date"
    return t(f"{zh}。", f"{en}.")


def _reasons(analysis: Analysis, t: Translate) -> Html:
    why = analysis.summary["accounting"]["skipped_why"]
    if not why:
        return Html("")
    parts = [f"{each['reason'][t.lang]} {each['count']:,}" for each in why]
    return tag("p", t("跳过：", "Skipped: ") + t("，", ", ").join(parts), cls="muted")


def _doubts(pages: RowPages, t: Translate) -> Html:
    lines: list[tuple[str, Key]] = [(t(NOISE[kind]), key(noise=kind)) for kind in NOISE]
    lines += [
        (t("没有时间", "Without a date"), key(received_at="")),
        (t("日期离其他数据很远", "Dated far from the rest"), key(stray="yes")),
        (t("编号与前面重复", "Number seen before"), key(repeated_id="yes")),
        (t("原话含个人信息（报告中已遮盖）", "Personal data in the words (masked here)"), key(personal="yes")),
        (t("能判断是否重复", "Repeats could be seen"), key(linkable="yes")),
    ]
    lines += [
        (t("重复：", "Repeat: ") + t(name_of("duplicate_kind", kind)), key(duplicate_kind=kind)) for kind in KINDS
    ]
    lines += [(t("与其他客户的文字相同", "Words of another customer"), key(duplicate_kind="copy"))]
    lines += [(t(f"{COLUMN[label].zh}把握不足", f"{COLUMN[label].en} unsure"), key(unsure=label)) for label in LABELS]
    rows = [[tag("td", shown), num(pages.number(name))] for shown, name in lines]
    return grid([(t("事项", "Item"), ""), (t("条数", "Count"), "num")], rows)


def _fields(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    fields = [each for each in analysis.summary["quality"]["fields"] if each["read"] or each["unreadable"]]
    rows = []
    for each in fields:
        why = tag("div", t("；", "; ").join(reason["reason"][t.lang] for reason in each["why"]), cls="muted")
        shown = tag("td", t(COLUMN[each["field"]]), why if each["why"] else "")
        rows.append(
            [
                shown,
                num(f"{each['read']:,}"),
                num(pages.number(key(unreadable=each["field"]))),
                num(f"{each['blank']:,}"),
            ]
        )
    heads = [
        (t("栏目", "Field"), ""),
        (t("读懂", "Read"), "num"),
        (t("读不懂", "Unreadable"), "num"),
        (t("空白", "Blank"), "num"),
    ]
    return grid(heads, rows)


def _unused(analysis: Analysis, t: Translate) -> Html:
    parts = [
        f"{each['name']}{t('：', ': ')}{t('、', ', ').join(each['unused'])}"
        for each in analysis.summary["files"]
        if each["unused"]
    ]
    if not parts:
        return Html("")
    return tag("p", t("没有用到的列：", "Columns not used: ") + t("；", "; ").join(parts), cls="note")


def methods(analysis: Analysis, t: Translate) -> Html:
    """Limits in sentences, and the version of every method."""
    listed = ", ".join(dict.fromkeys(analysis.summary["methods"].values()))
    return tag(
        "section",
        tag("h2", t("方法与限制", "Methods and limits")),
        tag("ul", *[tag("li", t(limit)) for limit in LIMITS]),
        tag("p", t("方法版本：", "Methods: "), tag("code", listed), cls="note"),
    )
