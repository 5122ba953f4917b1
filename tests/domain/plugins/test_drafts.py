"""A draft is asked for, written by a worker, and stays a draft until a person decides; nothing is lost on the way."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.feedback import label_drafts
from bihuan.feedback.models import Feedback, Labelling
from bihuan.plugins import machine_drafts
from bihuan.plugins.machine_drafts import MachineDraft
from bihuan.plugins.models import Plugin
from tests.domain.feedback.feedback_samples import LABELS, make_feedback
from tests.domain.plugins.server import Server

pytestmark = pytest.mark.django_db
PRIVATE = (
    "我叫李小龙，电话13812345678，邮箱 li@example.com，身份证110101199003078515，蓝鲸科技的订单一点就闪退，陈静说会回电"
)


@pytest.fixture
def feedback(cast: Any) -> Feedback:
    return make_feedback(cast, PRIVATE, "蓝鲸科技", contact="13987654321", contact_name="王五")


def request_draft(feedback: Feedback, cast: Any) -> MachineDraft:
    return label_drafts.ask(feedback, by=cast["lin"])


def run_draft(draft: MachineDraft) -> MachineDraft:
    draft.carry_out()
    draft.refresh_from_db()
    return draft


def test_off_by_default(feedback: Feedback, cast: Any):
    with pytest.raises(Refused, match="没有启用"):
        request_draft(feedback, cast)
    assert not MachineDraft.objects.exists()


def test_a_draft_names_its_source_and_leaves_the_labels_alone(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server
):
    draft = run_draft(request_draft(feedback, cast))
    assert draft.status == "ready"
    assert draft.content == {
        "problem_type": {"code": "defect", "why": "闪退"}, "urgency": {"code": "urgent", "why": "无法使用"},
    }, "a code that is none of ours is left out"  # fmt: skip
    assert draft.source == {"host": endpoint.host, "model": "small-chat", "prompt": "labels/1"}
    assert draft.answered_at
    feedback.refresh_from_db()
    assert (feedback.status, feedback.problem_type) == ("new", "")


def test_no_number_mail_id_or_name_leaves(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server):
    run_draft(request_draft(feedback, cast))
    sent = server.bodies[0].decode()
    plain = json.dumps(json.loads(sent), ensure_ascii=False)
    for private in (
        "13812345678", "1381234", "13987654321", "li@example.com", "110101199003078515", "李小龙", "王五", "蓝鲸科技", "陈静", feedback.number,
    ):  # fmt: skip
        assert private not in sent
        assert private not in plain
    assert "一点就闪退" in plain


def test_asking_twice_is_one_draft(feedback: Feedback, cast: Any, endpoint: Plugin):
    assert request_draft(feedback, cast) == request_draft(feedback, cast)


def test_a_person_takes_or_changes_it_and_the_reason_is_kept(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server
):
    draft = run_draft(request_draft(feedback, cast))
    Labelling.give(feedback, LABELS | {"urgency": "normal"}, by=cast["lin"], reason="只影响一个人")
    draft.refresh_from_db()
    assert (draft.status, draft.reason, draft.decided_by) == ("amended", "只影响一个人", cast["lin"].actor)
    other = make_feedback(cast, "订单页闪退", "b")
    second = run_draft(request_draft(other, cast))
    Labelling.give(other, LABELS | {"urgency": "urgent"}, by=cast["lin"])
    second.refresh_from_db()
    assert second.status == "taken"


def test_dropping_needs_a_reason_and_another_can_be_asked(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server
):
    draft = run_draft(request_draft(feedback, cast))
    with pytest.raises(Refused):
        draft.drop(by=cast["lin"], reason=" ")
    draft.drop(by=cast["lin"], reason="答非所问")
    assert (draft.status, draft.reason) == ("dropped", "答非所问")
    assert request_draft(feedback, cast) != draft


@pytest.mark.parametrize(
    "says", ["我不知道", "{}", '{"problem_type": "nonsense"}', '["defect"]', '{"problem_type": {"code"']
)
def test_an_answer_of_no_use_fails_plainly(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server, says: str):
    server.says = says
    draft = run_draft(request_draft(feedback, cast))
    assert (draft.status, draft.trouble["zh"]) == ("failed", "回答的格式不对，没有采用。")


def test_words_around_the_object_do_no_harm(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server):
    server.says = '好的 {这不是}：\n```json\n{"problem_type": "defect"}\n```'
    assert run_draft(request_draft(feedback, cast)).content == {"problem_type": {"code": "defect", "why": ""}}


def test_a_fault_of_the_moment_is_tried_again_later_and_then_given_up(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server, at: Any
):
    now = clock.now()
    server.status = 503
    draft = request_draft(feedback, cast)
    for turn in range(1, MachineDraft.MAX_ATTEMPTS):
        run_draft(draft)
        assert (draft.status, draft.attempts) == ("waiting", turn)
        assert "503" in draft.trouble["zh"]
        assert len(server.requests) == turn
        run_draft(draft)
        assert len(server.requests) == turn, "left alone until its time"
        MachineDraft.objects.filter(pk=draft.pk).update(lease_until=now)
    assert run_draft(draft).status == "failed"


def test_a_fault_that_ends_is_forgotten(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server):
    server.status = 503
    draft = run_draft(request_draft(feedback, cast))
    server.status = 200
    MachineDraft.objects.filter(pk=draft.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert run_draft(draft).status == "ready"
    assert draft.trouble == {}


def test_the_hours_limit_puts_off_without_using_up_tries(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server
):
    Plugin.objects.update(per_hour=1)
    run_draft(request_draft(make_feedback(cast, "别的", "z"), cast))
    draft = run_draft(request_draft(feedback, cast))
    assert (draft.status, draft.attempts) == ("waiting", 0)
    assert draft.lease_until > clock.now()
    assert len(server.requests) == 1


def test_switched_off_in_between_nothing_is_sent(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server):
    draft = request_draft(feedback, cast)
    Plugin.switch("endpoint", False, by=cast["admin"])
    assert run_draft(draft).status == "failed"
    assert server.requests == []


def test_an_answer_that_comes_after_it_was_dropped_changes_nothing(
    feedback: Feedback, cast: Any, endpoint: Plugin, server: Server
):
    draft = request_draft(feedback, cast)
    MachineDraft.objects.get(pk=draft.pk).drop(by=cast["lin"], reason="不用了")
    assert run_draft(draft).status == "dropped"
    assert server.requests == []


def test_what_lost_its_worker_goes_on_and_what_is_too_old_ends(feedback: Feedback, cast: Any, endpoint: Plugin):
    draft = request_draft(feedback, cast)
    assert machine_drafts.wake() == 1
    assert machine_drafts.wake() == 0, "it has a task now"
    old = request_draft(make_feedback(cast, "旧的", "o"), cast)
    MachineDraft.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=2))
    machine_drafts.wake()
    old.refresh_from_db()
    draft.refresh_from_db()
    assert (old.status, draft.status) == ("failed", "waiting")


def test_two_workers_send_it_once(feedback: Feedback, cast: Any, endpoint: Plugin, server: Server):
    draft = request_draft(feedback, cast)
    MachineDraft.objects.get(pk=draft.pk).carry_out()
    MachineDraft.objects.get(pk=draft.pk).carry_out()
    assert len(server.requests) == 1
