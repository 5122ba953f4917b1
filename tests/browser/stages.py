"""The stages of the walk, one function each: who does it, on which page, with what.

What people type is Chinese in both walks, as it would be; what the pages say is in the walk's language.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.walk import Walk, fill, number, settled


def import_sheet(walk: Walk, sheet: Path, rows: int) -> None:
    """The supervisor drops a workbook in and follows it to its end."""
    page = walk.as_("chen", "/imports/")
    page.locator("input[type=file]").set_input_files(sheet)
    start = page.locator('button[name="act"][value="start"]')
    expect(start).to_be_visible(timeout=120_000)
    walk.picture(page, "import-understood")
    start.click()
    expect(page.locator(".tiles .tile").first).to_be_visible(timeout=300_000)
    counts = [int(t) for t in page.locator(".tiles .tile strong").all_inner_texts()]
    assert sum(counts[:4]) == counts[4] == rows
    walk.picture(page, "import-done")


def find_feedback(walk: Walk, place: int) -> str:
    """The address of an untriaged feedback item of the list, by its place."""
    page = walk.as_("chen", "/feedback/?view=untriaged")
    walk.picture(page, "feedback-list")
    link = page.locator("table.list-table tbody tr td a[href^='/feedback/']").nth(place)
    return str(link.get_attribute("href"))


def case_from(walk: Walk, feedback: str) -> str:
    """Sorted as suggested, then made a case with its type and owner; returns the case's address."""
    page = walk.as_("chen", feedback)
    walk.picture(page, "feedback")
    page.goto(f"{walk.base}{feedback}case/")
    form = page.locator("main form").first
    fill(form, {"kind": "problem", "title": "客户反馈：功能异常，影响使用", "technical_type": "function"})
    walk.picture(page, "case-new")
    form.locator("button:not([name])").last.click()
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    settled(page)
    case = f"/cases/{number(page, r'/cases/([0-9]+)/')}/"
    page.goto(f"{walk.base}{case}owner/")
    page.select_option('[name="owner"]', label=page.locator('[name="owner"] option', has_text="周涛").inner_text())
    walk.form(page, "/owner/").locator("button").click()
    page.goto(f"{walk.base}{case}assessment/")
    form = page.locator("main form").first
    fill(form, {"business_urgency": "hit", "scope": "part"})
    expect(page.locator("#suggestion .badge").first).to_be_visible()
    walk.picture(page, "case-rating")
    form.locator("button:not([name])").last.click()
    page.wait_for_load_state()
    settled(page)
    walk.picture(walk.as_("chen", case), "case-rated")
    return case


def diagnose(walk: Walk, case: str) -> None:
    """The engineer states the problem, draws the causes, proves the root."""
    page = walk.as_("zhou", f"{case}diagnosis/")
    walk.send(page, "/diagnosis/start/")
    walk.send(
        page, "/diagnosis/description/", phenomenon="付款后一直转圈", effect="客户不能完成订单", range="安卓新版本"
    )
    walk.send(page, "/diagnosis/5w1h/problem/", what="付款接口超时", when="每天晚高峰，约两小时", who="一批客户")
    walk.send(
        page, "/diagnosis/causes/", dimension="technology", text="并发超过阈值", level="root", verify_method="看监控"
    )
    walk.send(page, "/diagnosis/causes/", dimension="people", text="客户操作错误", level="direct", verify_method="抽查")
    page.locator("#causes a").first.click()
    form = page.locator('form[enctype="multipart/form-data"]')
    fill(form, {"text": "晚高峰并发达到阈值的 130 %"})
    form.locator("button").click()
    walk.send(page, "/holds/")
    walk.send(page, "/diagnosis/whys/", answers="付款超时\n通道拥堵\n并发超过阈值\n没有容量预警")
    walk.send(page, "/diagnosis/impacts/", side="customer", metric="未完成订单", value="120", unit="单", period="每天")
    walk.picture(page, "diagnosis")
    walk.send(page, "/diagnosis/finish/")


def plan(walk: Walk, case: str, budget: str = "120000.01") -> None:
    """The technical lead writes the plan: goal, options side by side, measures tied to the cause; hands it in."""
    page = walk.as_("sun", f"{case}plan/")
    walk.send(page, "/plan/draft/")
    page.goto(f"{walk.base}{case}plan/content/")
    form = page.locator("main form").first
    fill(form, {"problem": "晚高峰付款超时", "budget": budget, "acceptance": "失败率低于 1 %"})
    fill(form, {"start": "2026-11-23", "finish": "2027-01-20", "effort_days": "20"})
    for director in ("高远", "唐毅"):
        form.get_by_label(director).check()
    form.locator("button:not([name])").last.click()
    settled(page)
    walk.send(page, "/plan/goals/", metric="付款失败率", baseline="5", op="lt", target="1", unit="%")
    walk.send(page, "/plan/options/", name="先限流再扩容", feasibility="5", resource="4", satisfaction="4")
    walk.send(page, "/plan/options/", name="换支付通道", feasibility="3", resource="2", satisfaction="5")
    walk.send(page, "/choose/", reason="见效快，风险小")
    measures = (("temporary", "晚高峰限流并提示重试"), ("long", "扩容并设容量预警"))
    for horizon, content in measures:
        cause = page.locator('form[action$="/plan/measures/"] [name="cause"] option').nth(1).get_attribute("value")
        owner = page.locator('form[action$="/plan/measures/"] [name="owner"] option', has_text="周涛").get_attribute(
            "value"
        )
        walk.send(page, "/plan/measures/", horizon=horizon, content=content, cause=cause, owner=owner, due_text="3 wd")
    walk.picture(page, "plan")
    walk.send(page, "/plan/submit/")


def approve(walk: Walk, case: str) -> None:
    """Both directors review, the leader approves, the meeting's resolution is recorded."""
    for director in ("gao", "tang"):
        page = walk.as_(director, "/approvals/?sort=new")
        page.locator("main table a, main .rows a").first.click()
        fill(page.locator("main form").first, {"resource_verdict": "enough", "risk_verdict": "low", "opinion": "同意"})
        walk.picture(page, f"review-{director}")
        page.locator('button[name="decision"][value="agree"]').click()
        settled(page)
    for step in ("approve", "resolve"):
        page = walk.as_("fang", "/approvals/?sort=new")
        page.locator("main table a, main .rows a").first.click()
        form = page.locator("main form").first
        fill(form, {"opinion": "同意"})
        if form.locator('[name="resolution"]').count():
            fill(form, {"resolution": "管会〔2026〕7 号"})
        walk.picture(page, f"leader-{step}")
        page.locator('button[name="decision"][value="agree"]').click()
        settled(page)


def confirm(walk: Walk, case: str) -> None:
    """The agent sends the link; the customer agrees on a phone, without an account."""
    page = walk.as_("chen", f"{case}plan/")
    walk.send(
        page,
        "/plan/confirmation/",
        summary="先限流，再扩容，付款不再超时",
        finish="2027-01-20",
        todo="提供一个测试账号",
    )
    link = page.locator("[data-copy*='/confirm/']").first.get_attribute("data-copy")
    walk.picture(page, "confirmation-asked")
    customer = walk.new_page()
    customer.goto(str(link))
    walk.picture(customer, "customer-confirms")
    fill(customer.locator("main form").first, {"name": "李女士"})
    customer.locator('button[value="agree"]').click()
    expect(customer.locator(".answered")).to_be_visible()
    walk.picture(customer, "customer-agreed")


def carry_out(walk: Walk, case: str) -> None:
    """Work begins; the engineer reports on each task and finishes it."""
    page = walk.as_("chen", f"{case}tasks/")
    walk.send(page, "/tasks/start/")
    walk.picture(page, "work-begun")
    links = page.locator("main a[href^='/tasks/']").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    for task in dict.fromkeys(h for h in links if re.fullmatch(r"/tasks/\d+/", h)):
        page = walk.as_("zhou", task)
        walk.send(page, "/start/")
        walk.send(page, "/report/", done="已上线，观察中", percent="80")
        walk.picture(page, "task")
        walk.send(page, "/complete/")


def verify(walk: Walk, case: str) -> None:
    """The agent sends the questionnaire; the customer answers; the lead compares before and after."""
    page = walk.as_("lin", f"{case}follow-up/")
    walk.send(page, "/follow-up/link/")
    link = page.locator("[data-copy*='/survey/']").first.get_attribute("data-copy")
    walk.picture(page, "follow-up call-asked")
    customer = walk.new_page()
    customer.goto(str(link))
    assert customer.locator("input:checked").count() == 0
    walk.picture(customer, "survey")
    form = customer.locator("main form").first
    fill(form, {"solved": "yes", "met": "yes", "score": "5"})
    form.locator("button").last.click()
    expect(form).to_have_count(0)
    walk.picture(customer, "survey-thanks")
    page = walk.as_("sun", f"{case}follow-up/")
    after = walk.form(page, "/evaluation/").locator("[name^=after_]").first.get_attribute("name")
    walk.send(page, "/evaluation/", **{str(after): "0.8", "early_reason": "数据已稳定", "next_step": "写进操作规程"})
    walk.picture(page, "evaluated")


def answer_outside(walk: Walk, case: str) -> None:
    """Whoever asked from outside (12315, a limit that came with the feedback item) gets an answer before the case ends."""
    page = walk.as_("chen", case)
    while (left := page.locator("main a[href$='/answer/']")).count():
        page.goto(f"{walk.base}{left.first.get_attribute('href')}")
        walk.send(page, "/answer/", text="已电话答复，付款恢复正常")
        page.goto(f"{walk.base}{case}")


def archive(walk: Walk, case: str) -> None:
    answer_outside(walk, case)
    page = walk.as_("chen", f"{case}follow-up/")
    expect(page.locator("#archive .reasons")).to_have_count(0)
    walk.send(page, "/archive/", conclusion="限流并扩容后付款恢复正常", improvement_kind="product")
    walk.picture(page, "archived")


def publish(walk: Walk, case: str, title: str) -> None:
    """The engineer writes it up from the case; the lead publishes; anybody finds it by searching."""
    page = walk.as_("zhou", f"{case}article/")
    walk.picture(page, "article-draft")
    form = page.locator("main form").first
    fill(form, {"title": title, "phenomenon": "晚高峰付款转圈", "steps": "先限流，再扩容，设容量预警"})
    form.locator("button").last.click()
    page.wait_for_url(re.compile(r"/articles/\d+/"))
    walk.send(page, "/steps/submit/")
    article = f"/articles/{number(page, r'/articles/([0-9]+)/')}/"
    page = walk.as_("sun", article)
    walk.send(page, "/review/publish/")
    walk.picture(page, "article-published")
    page = walk.as_("chen", f"/search/?q={title}")
    expect(page.locator(f'a[href="{article}"]').first).to_be_visible()
    walk.picture(page, "search")
