"""Sentence vectors: each text encoded once and kept; all or none reach the grouping, and a run says which."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bihuan.audit.models import Actor
from bihuan.findings import analysis_runs
from bihuan.findings.models import Finding, Run
from bihuan.insight.text import encoder
from bihuan.plugins.embeddings import Encoded, in_use, vectors
from bihuan.plugins.models import Plugin, Vector
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.plugins.conftest import settle
from tests.domain.plugins.server import Server

pytestmark = pytest.mark.django_db
TEXTS = {1: "付款一直转圈", 2: "付款一直转圈", 3: "发票抬头写错了", 4: ""}


def encoded(texts: dict[int, str]) -> Encoded:
    return vectors(texts, {}, Actor.system(), lambda: None)


@pytest.fixture
def encoding(cast: Any, server: Server) -> Plugin:
    settle(cast, server, writes=False, encodes=True)
    return Plugin.switch("endpoint", True, by=cast["admin"])


def run(by: Any) -> Run:
    one = analysis_runs.start(by=by)
    one.carry_out(analysis_runs.analyse)
    one.refresh_from_db()
    return one


def test_off_by_default(db: None):
    assert in_use(Actor.system()) is None
    assert encoded(TEXTS) == Encoded()


def test_each_text_is_sent_once_and_forgotten_with_its_feedback_item(encoding: Plugin, server: Server):
    found = encoded(TEXTS)
    assert found.rows is not None
    assert found.rows.shape == (4, 8)
    assert np.array_equal(found.rows[0], found.rows[1])
    assert not found.rows[3].any()
    assert sum(len(body["input"]) for _, body in server.requests) == 3
    encoded(TEXTS | {5: "物流太慢"})
    assert server.requests[-1][1]["input"] == ["物流太慢"]
    encoded({3: TEXTS[3]})
    assert Vector.objects.count() == 1


def test_what_is_sent_is_masked(encoding: Plugin, server: Server):
    vectors({1: "王五的电话13812345678打不通"}, {1: ["王五"]}, Actor.system(), lambda: None)
    assert server.requests[0][1]["input"] == ["[姓名]的电话[手机号]打不通"]


def test_when_the_limit_is_reached_what_came_is_kept_and_the_rest_comes_next_time(encoding: Plugin, server: Server):
    Plugin.objects.update(per_hour=1)
    texts = {n: f"第{n}种说法" for n in range(40)}
    found = encoded(texts)
    assert found.rows is None
    assert "还差 8 段" in found.trouble.to("zh")
    assert Vector.objects.count() == 32
    Plugin.objects.update(per_hour=100)
    assert encoded(texts).rows.shape == (40, 8)
    assert sum(len(body["input"]) for _, body in server.requests) == 40


def test_vectors_of_another_length_are_not_mixed(encoding: Plugin, server: Server):
    encoded(TEXTS)
    server.width = 9
    assert encoded(TEXTS | {6: "新的"}).rows is None


def test_a_run_keeps_which_vectors_it_used_and_says_when_it_could_not(cast: Any, encoding: Plugin, server: Server):
    for n in range(4):
        make_feedback(cast, f"付款时一直转圈，提示支付失败{'了' * n}", f"c{n}")
    done = run(cast["chen"])
    assert done.methods["vectors"] == f"{encoding.host}/small-vectors"
    server.status, server.key = 200, "changed"
    make_feedback(cast, "升级后白屏", "late")
    done = run(cast["chen"])
    assert done.status == "done", "grouping goes on by characters"
    assert "vectors" not in done.methods
    note = Finding.objects.get(run=done, kind="note")
    assert "不接受密钥" in note.zh


@pytest.mark.once
@pytest.mark.skipif(not encoder.name(), reason="the extra semantic is not installed")
def test_the_encoder_on_this_machine_draws_paraphrases_together(cast: Any):
    Plugin.switch("encoder", True, by=cast["admin"])
    found = encoded({1: "付款失败，钱付不了", 2: "支付不成功，没法付钱", 3: "发票抬头写错了"})
    assert found.method == encoder.name()
    assert found.rows[0] @ found.rows[1] > found.rows[0] @ found.rows[2]


def test_one_that_is_not_installed_cannot_be_switched_on(cast: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoder, "USE", None)
    with pytest.raises(Exception, match="没有安装"):
        Plugin.switch("encoder", True, by=cast["admin"])
