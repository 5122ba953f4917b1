"""Pages of knowledge and the customers' help, as whole requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bihuan.cases.models import Case
from bihuan.demo import sample_articles
from bihuan.knowledge.models import Article

pytestmark = pytest.mark.django_db
FORM = {
    "title": "换机后收不到验证码",
    "kind": "fault",
    "audience": "customer",
    "phenomenon": "收不到验证码",
    "steps": "1. 看旧手机",
}


def test_a_case_is_written_up_reviewed_and_read_by_customers(as_: Any, cast: Any):
    case = Case.open(
        by=cast["chen"], title="收不到验证码", kind="problem", description="一直收不到验证码", owner=cast["zhou"]
    )
    engineer = as_("zhou")
    page = engineer.get(f"/cases/{case.pk}/article/").content.decode()
    assert "一直收不到验证码" in page
    engineer.post(f"/cases/{case.pk}/article/", FORM)
    article = Article.objects.get()
    home = f"/articles/{article.pk}/"
    assert Client().get(f"/help/{article.number}/").status_code == 404
    engineer.post(f"{home}steps/submit/")
    assert engineer.post(f"{home}review/publish/").status_code == 403
    as_("sun").post(f"{home}review/return/", {"reason": "请写版本"})
    assert "请写版本" in engineer.get(home).content.decode()
    engineer.post(f"{home}edit/", FORM | {"range": "3.0 以上", "seen": Article.objects.get().version})
    engineer.post(f"{home}steps/submit/")
    as_("sun").post(f"{home}review/publish/")
    read = Client().get(f"/help/{article.number}/").content.decode()
    assert "3.0 以上" in read
    assert cast["zhou"].name not in read
    assert article.title in Client().get("/help/", {"q": "验证码"}).content.decode()
    assert article.title not in Client().get("/help/", {"q": "发票"}).content.decode()


def test_customers_keep_reading_the_published_text_while_it_is_revised(as_: Any, cast: Any):
    sample_articles.build(cast)
    article = Article.objects.for_customers().get()
    as_("lin").post(f"/articles/{article.pk}/steps/revise/")
    Article.objects.get(pk=article.pk).edit(by=cast["lin"], seen=None, steps="还没审核的步骤")
    assert "还没审核的步骤" not in Client().get(f"/help/{article.number}/").content.decode()
    internal = Article.objects.get(title__startswith="高峰期")
    assert Client().get(f"/help/{internal.number}/").status_code == 404


def test_contact_data_is_warned_of_and_refused(as_: Any):
    client = as_("zhou")
    client.post("/articles/new/", FORM | {"steps": "打 13912345678"})
    home = f"/articles/{Article.objects.get().pk}/"
    assert "联系方式等个人信息" in client.get(home).content.decode()
    answer = client.post(f"{home}steps/submit/", follow=True, headers={"referer": f"http://testserver{home}"})
    assert "不能有客户的个人信息" in answer.content.decode()
    assert Article.objects.get().status == "draft"


def test_a_similar_article_is_shown_on_the_case_and_used_from_there(as_: Any, cast: Any):
    sample_articles.build(cast)
    case = Case.open(
        by=cast["chen"], title="付款一直转圈", kind="problem", owner=cast["zhou"], technical_type="function"
    )
    client = as_("zhou")
    for page in (f"/cases/{case.pk}/", f"/cases/{case.pk}/diagnosis/"):
        assert "高峰期付款一直转圈" in client.get(page).content.decode()
    article = Article.objects.get(title__startswith="高峰期")
    client.post(f"/cases/{case.pk}/articles/{article.pk}/use/")
    assert Article.objects.get(pk=article.pk).reuse_count == 1


def test_a_case_one_may_not_see_cannot_be_written_up_or_used_on(as_: Any, cast: Any):
    sample_articles.build(cast)
    case = Case.open(by=cast["he"], title="只在企业组", kind="problem")
    article = Article.objects.first()
    assert as_("lin").get(f"/cases/{case.pk}/article/").status_code == 404
    assert as_("lin").post(f"/cases/{case.pk}/articles/{article.pk}/use/").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "复核日期"), ("en", "Review due")])
def test_pages_speak_both_languages(as_: Any, cast: Any, language: str, word: str):
    sample_articles.build(cast)
    for article in Article.objects.all():
        assert word in as_("lin", language).get(f"/articles/{article.pk}/").content.decode()


def test_two_revisions_are_compared(as_: Any, cast: Any):
    sample_articles.build(cast)
    article = Article.objects.for_customers().get()
    article.revise(by=cast["lin"])
    article.edit(by=cast["lin"], seen=None, range="完成 90 天以内的订单。")
    article.submit(by=cast["lin"])
    article.publish(by=cast["chen"])
    page = as_("zhao").get(f"/articles/{article.pk}/versions/").content.decode()
    assert "<del>18</del>" in page
    assert "<ins>9</ins>" in page


@pytest.mark.parametrize("rows", [20, 200])
def test_the_list_costs_the_same_queries_however_many_rows(
    as_: Any, cast: Any, rows: int, django_assert_num_queries: Any
):
    for n in range(rows):
        Article.write(by=cast["zhou"], title=f"第{n}篇", phenomenon="现象", steps="步骤")
    client = as_("lin")
    client.get("/")
    with django_assert_num_queries(4):
        client.get("/articles/?view=drafts")


def test_articles_are_found_by_the_common_search(as_: Any, cast: Any):
    sample_articles.build(cast)
    page = as_("lin").get("/search/?q=补开 发票").content.decode()
    assert "/articles/" in page
    assert "<mark>发票</mark>" in page
