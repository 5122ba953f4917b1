"""The life of an article, and what it may not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bihuan.audit import timeline
from bihuan.cases.models import Case, CaseFeedback
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.demo.sample_followups import case_in_progress
from bihuan.diagnosis.models import Analysis, Cause
from bihuan.execution.models import Task
from bihuan.feedback.intake import receive
from bihuan.jobs import integrity_checks
from bihuan.knowledge.article_comparison import _marked
from bihuan.knowledge.article_draft import draft
from bihuan.knowledge.models import Article
from bihuan.knowledge.search_index import ArticleWords
from bihuan.knowledge.similar import similar_articles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """The reasons below are read in Chinese, whatever language a test before left active."""
    with translation.override("zh-hans"):
        yield


def write(cast: Any, by: str = "zhou", **said: Any) -> Article:
    text = {"title": "付款转圈", "phenomenon": "付款一直转圈", "steps": "1. 重试", **said}
    return Article.write(by=cast[by], **text)


def publish(cast: Any, by: str = "zhou", reviewer: str = "sun", **said: Any) -> Article:
    article = write(cast, by, **said)
    article.submit(by=cast[by])
    article.publish(by=cast[reviewer])
    return Article.objects.get(pk=article.pk)


def test_an_article_is_reviewed_by_another_and_every_version_is_kept(cast: Any, at: Any):
    at("2026-11-22 10:00")
    article = publish(cast)
    assert (article.status, article.version_number, str(article.review_due)) == ("published", 1, "2027-05-21")
    article.revise(by=cast["zhou"])
    article.edit(by=cast["zhou"], seen=None, steps="1. 先看扣款短信")
    article.submit(by=cast["zhou"])
    article.publish(by=cast["sun"])
    assert list(article.versions.order_by("version_number").values_list("version_number", "steps")) == [
        (1, "1. 重试"),
        (2, "1. 先看扣款短信"),
    ]
    assert integrity_checks.statuses_follow_events() == []


def test_nobody_publishes_their_own_text_nor_one_they_changed(cast: Any):
    article = write(cast, by="sun")
    article.submit(by=cast["sun"])
    with pytest.raises(Refused, match="作者"):
        article.publish(by=cast["sun"])
    article.return_(by=cast["chen"], reason="步骤不清楚")
    article.edit(by=cast["chen"], seen=None, steps="1. 先看短信")
    article.submit(by=cast["sun"])
    with pytest.raises(Refused, match="作者"):
        article.publish(by=cast["chen"])
    article.publish(by=cast["wang"])
    assert article.published is not None


@pytest.mark.parametrize("part", ["title", "phenomenon", "cause", "steps", "range", "keywords"])
def test_contact_data_anywhere_stops_review_and_names_the_part(cast: Any, part: str):
    article = write(cast, **{part: "请打 13912345678 找他"})
    with pytest.raises(Refused) as no:
        article.submit(by=cast["zhou"])
    assert "个人信息" in no.value.reason.to("zh")
    assert Article.objects.get(pk=article.pk).status == "draft"


def test_returning_flagging_and_retiring_want_a_reason(cast: Any):
    article = publish(cast)
    for act in (article.flag, article.retire):
        with pytest.raises(Refused, match="理由"):
            act(by=cast["sun"], reason=" ")
    article.flag(by=cast["lin"], reason="新版没有这个按钮")
    assert Article.objects.get().status == "stale"
    assert "新版没有这个按钮" in str(timeline.entries([article.timeline])[0].sentence)


def test_a_published_text_is_not_changed_without_a_revision(cast: Any):
    article = publish(cast)
    with pytest.raises(Refused, match="草稿"):
        article.edit(by=cast["zhou"], seen=None, title="别的")


def test_overdue_ones_are_listed_until_renewed(cast: Any, at: Any):
    at("2026-01-05 09:00")
    article = publish(cast)
    at("2026-11-22 09:00")
    assert list(Article.objects.overdue()) == [article]
    assert article.overdue
    article.renew(by=cast["chen"])
    assert not Article.objects.overdue()


def test_use_is_counted_once_a_case(cast: Any):
    article = publish(cast)
    cases = [Case.open(by=cast["chen"], title=f"付款{n}", kind="problem") for n in range(2)]
    for case in (*cases, *cases):
        article.use(case, by=cast["lin"])
    assert Article.objects.get().reuse_count == 2
    with pytest.raises(Refused, match="已发布"):
        write(cast).use(cases[0], by=cast["lin"])


def test_one_rating_a_person_which_may_change(cast: Any):
    article = publish(cast)
    article.rate(by=cast["lin"], helpful=True)
    article.rate(by=cast["lin"], helpful=False)
    article.rate(by=cast["chen"], helpful=True)
    assert sorted(article.ratings.values_list("helpful", flat=True)) == [False, True]


def test_a_draft_is_filled_from_the_case_and_masked(cast: Any):
    feedback = receive(by=cast["lin"].actor, source="test", text="登录不上，打我 13912345678", channel="phone")
    case = CaseFeedback.open_case([feedback], by=cast["chen"], title="登录失败", kind="problem", owner=cast["zhou"],
        technical_type="function", product="商城", workaround="改用网页登录",
    )  # fmt: skip
    analysis = Analysis.of(case)
    analysis.update_statement(
        {"phenomenon": "高峰登录失败", "range": "只在高峰"},
        by=cast["zhou"],
        what=Text("三层", "layers"),
        seen=analysis.version,
    )
    cause = analysis.add_cause(by=cast["zhou"], dimension="technology", text="连接数不足", level="root")
    other = analysis.add_cause(by=cast["zhou"], dimension="technology", text="网络太慢", level="root")
    cause.add_evidence(by=cast["zhou"], text="监控峰值")
    cause.hold(by=cast["zhou"])
    said = draft(case)
    assert "高峰登录失败" in said["phenomenon"]
    assert "登录不上" in said["phenomenon"]
    assert "13912345678" not in str(said)
    assert (said["cause"], said["range"], said["keywords"]) == ("连接数不足\n依据：监控峰值", "只在高峰", "商城")
    assert "改用网页登录" in said["steps"]
    assert other.text not in said["cause"]


def test_similar_articles_are_published_ones_that_share_telling_words(cast: Any):
    pay = publish(cast, title="高峰期付款一直转圈提示超时", phenomenon="付款按钮点了一直转圈")
    publish(cast, title="怎样补开发票", phenomenon="下单时没有选发票", steps="点申请发票")
    write(cast, title="付款一直转圈的草稿")
    case = Case.open(by=cast["chen"], title="客户付款一直转圈", kind="problem")
    found = similar_articles(case)
    assert [one.article for one in found] == [pay]
    assert "付款一直转圈" in found[0].reason.to("zh")
    assert similar_articles(Case.open(by=cast["chen"], title="物流三天没动", kind="problem")) == []
    pay.retire(by=cast["sun"], reason="页面已重做")
    assert similar_articles(case) == []


def test_an_edited_draft_is_found_by_its_new_words(cast: Any):
    article = write(cast)
    article.edit(by=cast["zhou"], seen=None, cause="证书过期")
    assert list(Article.objects.filter(pk__in=ArticleWords.matching_ids("证书过期"))) == [article]
    assert integrity_checks.search_indexes_are_complete() == []


@pytest.mark.once
@given(old=st.text(max_size=40), new=st.text(max_size=40))
def test_marking_differences_loses_no_character(old: str, new: str):
    went, came = _marked(old, new)
    assert "".join(t for t, _ in went) == old
    assert "".join(t for t, _ in came) == new
    assert "".join(t for t, differs in went if not differs) == "".join(t for t, differs in came if not differs)


def test_a_draft_holds_what_was_proved_and_done_and_nobodys_name(cast: Any):
    case = case_in_progress(cast, "高峰期订单提交卡住")
    who = {"name": "恒远制造", "account": "hengyuan01"}
    feedback = receive(
        by=cast["lin"].actor, source="form", key="d", channel="phone", customer=who, contact="13812345678",
        contact_name="王经理", text="恒远制造的王经理说，打 13812345678 或 hengyuan01 找他", team=case.team,
    )  # fmt: skip
    Case.objects.get(pk=case.pk).links.create(feedback=feedback, by=cast["lin"].actor)
    first, second, *rest = Task.objects.present(case).order_by("seq")
    first.edit(by=cast["chen"], content="先按王经理的意见限流")
    first.complete(by=cast["chen"])
    second.cancel(by=cast["chen"], reason="不需要了")
    made = draft(Case.objects.get(pk=case.pk))
    assert made["steps"].startswith("1. 先按客户的意见限流")
    assert second.content not in made["steps"]
    assert all(task.content not in made["steps"] for task in rest), "planned is not done"
    root = Cause.objects.get(analysis__case=case, level="root", verdict="holds")
    assert made["cause"].startswith(root.text)
    assert f"依据：{root.evidence.first().text}" in made["cause"]
    for secret in ("恒远制造", "王经理", "13812345678", "hengyuan01"):
        assert all(secret not in str(part) for part in made.values()), secret
