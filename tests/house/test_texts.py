"""Both languages stand side by side wherever a person reads, and one Chinese text has one English rendering."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from bihuan.command import main
from bihuan.core import text_catalog
from bihuan.core.text_catalog import CHINESE, TAG

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bihuan"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.S)

# Chinese verbs have no tense: one text is the button, the state reached by it, and the line in the timeline.
ACT_STATE_EVENT = {
    "不受理": "decline, declined",
    "不转交": "do not hand over, not handed over",
    "不采用": "reject, rejected",
    "停用": "disable, disabled",
    "决定": "decide, decision",
    "分类": "triage, label",
    "发布": "publish, published",
    "取消": "cancel, cancelled",
    "受理": "accept, accepted",
    "合并": "merge, merged",
    "同意": "agree, agreed",
    "启用": "enable, enabled",
    "安排": "place, disposition",
    "开始导入": "start import, import started",
    "开始诊断": "start diagnosis, diagnosis started, diagnosis starts",
    "恢复为草稿": "restore as a draft, restored as a draft",
    "恢复处理": "resume, resumed",
    "排除": "rule out, ruled out",
    "排序": "sort, ranked",
    "提交审核": "send for review, sent for review",
    "收到": "receive, received",
    "改后采用": "accept with changes, accepted with changes",
    "新增": "add, new",
    "新建": "create, created",
    "方案提请客户确认": "plan put to the customer, plan is put to the customer",
    "暂停": "pauses, paused",
    "更新": "update, updated",
    "有异议": "object, objected",
    "照原样保留": "keep as written, kept as written",
    "立项": "open the case, opened",
    "签发": "sign and publish, signed and published",
    "解决": "resolve, solved",
    "豁免": "waive, waived",
    "起草": "drafts, drafted by",
    "起草方案": "draft the plan, plan drafted",
    "跳过": "skip, skipped",
    "退回": "return, returned",
    "选定": "choose, chosen",
    "采用": "accept, accepted",
}
# Two things that Chinese calls by one word; the reason is the text behind.
TWO_THINGS = {
    "{n} 分": ("{n}, {n} of 5", "a value of a priority scheme; a customer's rating of five"),
    "一般": ("neutral, normal", "middle of two scales: sentiment, urgency"),
    "不用": ("without, not used", "head of a column of figures beside 使用; a plug-in's duty nobody set"),
    "使用": ("use, used, with", "act on a file; times an article was used; head of a column of figures"),
    "不限": ("any, no limit", "any value of a rule; a pause without a longest time"),
    "事项": ("case, item, what", "the case; a line of figures in the engine's report; the matter of a legal rule"),
    "作废": ("discard, discarded, void", "a draft is discarded, a call or a confirmation is void"),
    "原因": ("cause, reason", "what a diagnosis finds; why a person did something"),
    "完成": ("finish, met at", "the act on a task; when a deadline was met"),
    "已完成": ("done, met", "a task or run is done, a deadline is met"),
    "已并入": ("merged, merged into", "the state; before the link to what it was merged into"),
    "常见问题": ("frequent question, frequent problems", "a type of article; the problems a customer has most"),
    "并入": ("merge, put in", "two problems become one; feedback is put in a case"),
    "恢复": ("restore, resume, resumed", "what was put aside is restored, a pause is resumed"),
    "方案": ("plan, scheme, options", "the plan of a case; the priority scheme; the options of a plan"),
    "期限": ("due, limit", "a date; the length of time a law gives"),
    "没有": ("none, no", "nothing there; the answer to “was it helpful?”"),
    "知识": ("knowledge, article", "the collection; one of it, where nouns are listed"),
    "紧急": ("urgent, urgency", "a value of the urgency; the axis of a scheme"),
    "负责人": ("owner, lead", "who owns a case or task; who leads a plan or a team"),
    "需求": ("requirement, need met", "the noun; whether the customer's need was met"),
    **{
        f"周{zh}": (f"{short}, {long}", "short on the axis of a chart")
        for zh, short, long in zip(
            "一二三四五六日",
            ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            strict=True,
        )
    },
}
# The glossary gives the noun, a button the verb; and a customer's level is no priority level.
BESIDE_THE_GLOSSARY = {"定级": "assess", "转交": "hand over", "等级": "level"}
pairs = cache(text_catalog.pairs)
ALLOWED = ACT_STATE_EVENT | {zh: renderings for zh, (renderings, _) in TWO_THINGS.items()}


def normalized(english: str) -> str:
    """Without what Chinese does not have: capital letters, the plural, an article in front."""
    words = re.findall(r"\{\w+\}|[\w'’&%-]+|[^\w\s]", english.lower().rstrip("."))
    words = [re.sub(r"(?<=[\w-]{3})ies$", "y", word) for word in words]
    words = [re.sub(r"(?<=[\w-]{3})(?<!s)s$", "", word) for word in words]
    return re.sub(r"^(?:a|an|the) ", "", " ".join(words)).replace("people", "person")


def of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def templates() -> dict[str, str]:
    """Each template's text without comments, by its path."""
    found = {of(p): p.read_text(encoding="utf-8") for p in sorted((PACKAGE / "templates").rglob("*.html"))}
    return {path: COMMENT.sub("", text) for path, text in found.items()}


def test_no_chinese_text_has_two_english_renderings():
    renderings: dict[str, dict[str, str]] = defaultdict(dict)
    for zh, en, place in pairs():
        renderings[zh][normalized(en)] = f"{en} ({place})"
    offenders = {}
    for zh, found in renderings.items():
        allowed = {normalized(one) for one in ALLOWED.get(zh, "").split(", ")}
        if len(found) > 1 and set(found) - allowed:
            offenders[zh] = list(found.values())
    assert offenders == {}


def test_no_exception_is_listed_that_is_none():
    renderings: dict[str, set[str]] = defaultdict(set)
    for zh, en, _ in pairs():
        renderings[zh].add(normalized(en))
    assert [zh for zh in ALLOWED if len(renderings[zh]) < 2] == []


def test_a_term_of_the_glossary_has_its_english():
    terms: dict[str, set[str]] = defaultdict(set)
    for chinese, english in re.findall(r"^\| ([^|]*[一-鿿][^|]*) \| ([^|]+) \|", GLOSSARY, re.M):
        names = [zh.strip() for zh in re.split(r"[、/]", re.sub(r"（.*?）", "", chinese))]
        words = [normalized(one) for one in english.split(", ")]
        for zh, each in zip(names, words, strict=False):
            terms[zh] |= {each} if len(names) == len(words) else set(words)
    assert terms.pop("中文")  # the head of the tables
    assert len(terms) > 60
    offenders = []
    for zh, en, place in pairs():
        allowed = {normalized(one) for one in (ALLOWED | BESIDE_THE_GLOSSARY).get(zh, "").split(", ") if one}
        if zh in terms and normalized(en) not in allowed and not any(t in normalized(en) for t in terms[zh]):
            offenders.append(f"{zh}: {en} ({place}), not {', '.join(sorted(terms[zh]))}")
    assert not offenders, "\n".join(offenders)


def test_a_template_has_no_text_in_one_language_only():
    offenders = []
    for path, text in templates().items():
        for zh, en in TAG.findall(text):
            if CHINESE.search(en) or (not CHINESE.search(zh) and len(zh) > 8):
                offenders.append(f"{path}: {zh} {en}")
        rest = TAG.sub("", text).replace("闭环", "").replace("中文", "").replace("zh", "")
        offenders += [f"{path}: {line.strip()}" for line in rest.splitlines() if CHINESE.search(line)]
    assert offenders == []


def test_the_english_of_a_text_holds_no_chinese():
    offenders = []
    for path in PACKAGE.rglob("*.py"):
        if {"insight", "migrations"} & set(path.parts):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Text", "EventType"}:
                texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)][-2:]
                if len(texts) == 2 and CHINESE.search(texts[1]):
                    offenders.append(f"{of(path)}:{call.lineno} {texts[1]}")
    assert offenders == []


def test_all_pairs_are_printed_by_one_command(capsys: Any):
    assert main(["texts"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["zh", "en", "place"]
    assert len(rows) > 3000
    places = {row[2].split("/")[0] for row in rows[1:]}
    assert {"templates", "insight", "web", "cases"} <= places
