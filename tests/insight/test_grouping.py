import random
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.grouping.clustering import cluster, ordered
from bihuan.insight.grouping.regrouping import Decisions, regroup
from bihuan.insight.grouping.text_vectors import TextVectors, vectorize

from . import exports

KINDS = {
    "pay": ["付款成功订单显示未支付", "钱扣了订单还是未支付", "付款成功但是订单未支付", "已经扣钱订单显示没支付"],
    "leak": ["洗衣机底部漏水", "洗衣机漏水漏到地板", "洗衣机一直漏水", "新买的洗衣机漏水"],
    "invoice": ["发票抬头开错", "发票抬头写错了要重开", "电子发票抬头开错", "发票抬头错误"],
    "late": ["快递一周没有动静", "快递一直没有动静", "快递三天没有动静了", "快递停在中转站没有动静"],
}
ROWS = [(f"{kind}{at}", text) for kind, texts in KINDS.items() for at, text in enumerate(texts)]
IDS, TEXTS = [row for row, _ in ROWS], [text for _, text in ROWS]


def grouped(**more):
    return dict(zip(IDS, regroup(IDS, TEXTS, **more).problems, strict=True))


def test_reports_of_one_problem_are_together_and_others_apart():
    found = grouped()
    for kind in KINDS:
        assert Counter(found[row] for row in IDS if row.startswith(kind)).most_common(1)[0][1] >= 3
    assert len({found[f"{kind}0"] for kind in KINDS}) == 4


def test_the_order_of_the_rows_does_not_matter():
    order = list(range(len(IDS)))
    random.Random(1).shuffle(order)
    again = regroup([IDS[at] for at in order], [TEXTS[at] for at in order])
    assert dict(zip([IDS[at] for at in order], again.problems, strict=True)) == grouped()


def test_ids_stay_over_ten_nights():
    found = grouped()
    for _ in range(10):
        again = regroup(IDS, TEXTS, previous=found)
        assert dict(zip(IDS, again.problems, strict=True)) == found
        assert again.redirects == {}


def test_new_rows_leave_the_ids_of_old_ones_alone():
    found = grouped()
    more = ["aaa0", "zzz9"]
    again = regroup([*more, *IDS], ["洗衣机又漏水了", "钱扣了订单未支付", *TEXTS], previous=found)
    now = dict(zip([*more, *IDS], again.problems, strict=True))
    kept = sum(now[row] == found[row] for row in IDS)
    assert kept >= len(IDS) - 2


def test_what_was_confirmed_is_so_and_draws_its_like():
    decisions = Decisions({"leak0": "X", "late0": "X", "pay0": "Y", "pay1": "Y"})
    found = grouped(decisions=decisions)
    assert found["leak0"] == found["late0"] == "X"
    assert found["pay0"] == "Y"
    assert found["pay2"] == "Y"


def test_among_a_handful_of_rows_only_what_is_like_a_confirmed_one_joins_it():
    texts = dict(ROWS)
    for others, expected in (
        (["leak0", "late0"], ["", ""]),
        (["pay1", "late0", "leak1"], ["A", "", ""]),
    ):
        rows = ["pay0", *others]
        found = regroup(rows, [texts[row] for row in rows], decisions=Decisions({"pay0": "A"}))
        assert found.problems == ["A", *expected]


def test_the_order_of_the_rows_does_not_matter_for_what_joins():
    decisions = Decisions({"pay0": "A", "leak0": "B", "leak1": "B"})
    order = list(range(len(IDS)))
    random.Random(2).shuffle(order)
    again = regroup([IDS[at] for at in order], [TEXTS[at] for at in order], decisions=decisions)
    assert dict(zip([IDS[at] for at in order], again.problems, strict=True)) == grouped(decisions=decisions)


def test_two_problems_with_shared_words_are_kept_apart_by_the_rest():
    decisions = Decisions({"a0": "late", "a1": "late", "b0": "rude", "b1": "rude"})
    late = ["快递员送晚了两天", "快递员三天才送到", "快递员送得太慢了", "快递员今天又送晚了", "快递员送货太慢"]
    rude = ["快递员态度恶劣", "快递员骂人态度差", "快递员说话态度不好", "快递员态度很差", "快递员今天态度又很差"]
    rows = [f"a{at}" for at in range(5)] + [f"b{at}" for at in range(5)]
    found = regroup(rows, [*late, *rude], decisions=decisions).problems
    assert not set(found[:5]) & {"rude"}
    assert not set(found[5:]) & {"late"}
    assert found.count("late") + found.count("rude") >= 7


def test_a_split_stays_split_and_a_denied_row_stays_away():
    decisions = Decisions({"leak0": "A", "leak1": "B"}, frozenset({("leak2", "A"), ("leak2", "B"), ("leak3", "A")}))
    found = grouped(decisions=decisions)
    assert (found["leak0"], found["leak1"]) == ("A", "B")
    assert found["leak2"] not in ("A", "B")
    assert found["leak3"] != "A"


def test_not_this_holds_for_a_problem_nobody_confirmed():
    found = grouped()
    name = found["leak1"]
    assert name
    again = grouped(previous=found, decisions=Decisions({}, frozenset({("leak1", name)})))
    assert again["leak1"] != name
    assert again["leak0"] == name or again["leak2"] == name


def test_two_ids_that_become_one_leave_a_redirect_and_the_larger_stands():
    found = grouped()
    name = found["leak1"]
    halves = {row: "OLD" if row == "leak0" else problem for row, problem in found.items()}
    again = regroup(IDS, TEXTS, previous=halves)
    now = dict(zip(IDS, again.problems, strict=True))
    assert now["leak0"] == now["leak1"] == name
    assert again.redirects == {"OLD": name}


def test_an_id_absorbed_by_a_confirmed_problem_is_redirected_there():
    found = grouped()
    again = regroup(IDS, TEXTS, previous=found, decisions=Decisions({f"leak{at}": "X" for at in range(4)}))
    assert again.redirects[found["leak1"]] == "X"


def test_blocks_are_grouped_apart():
    blocks = ["a" if at % 2 else "b" for at in range(len(IDS))]
    found = grouped(blocks=blocks)
    for problem in {problem for problem in found.values() if problem}:
        assert len({blocks[IDS.index(row)] for row in IDS if found[row] == problem}) == 1


def test_texts_without_words_are_never_one_problem():
    assert regroup(["a", "b", "c"], ["。。。", "!!!", ""]).problems == ["", "", ""]
    assert regroup([], []).problems == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(range(16)), st.sampled_from("XYZ")), max_size=8), st.integers(0, 99))
def test_confirmations_and_denials_are_never_broken(confirmed, seed):
    members = {IDS[at]: problem for at, problem in confirmed}
    picked = random.Random(seed).sample(IDS, 3)
    denied = frozenset((row, problem) for row in picked for problem in "XYZ" if members.get(row) != problem)
    found = grouped(decisions=Decisions(members, denied))
    assert all(found[row] == problem for row, problem in members.items())
    assert all(found[row] != problem for row, problem in denied)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=6), st.integers(0, 9))
def test_points_that_must_be_apart_are(size, pairs, seed):
    points = np.random.default_rng(seed).normal(size=(size, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    apart = [(a, b) for a, b in pairs if a < b < size]
    labels = cluster(TextVectors(points, "x"), apart, cut=1.9)
    assert all(labels[a] != labels[b] for a, b in apart)
    assert labels.tolist() == ordered(labels).tolist()


def test_long_texts_are_compared_by_words():
    assert vectorize(["退款" * 50] * 3).long
    assert not vectorize(["退款没到账"] * 9).long


@pytest.mark.data
def test_clear_groups_of_government_messages_are_pure(shared):
    rules = {
        "油烟": "油烟",
        "地铁": "地铁",
        "学位": "学位",
        "公积金": "公积金",
        "欠薪": "拖欠.{0,6}工资",
        "噪音": "施工.{0,10}噪音|噪音.{0,10}施工",
    }
    rows = exports.table(shared, "zh/gov_messages_replies.csv.gz")
    texts = [f"{row['留言主题']} {row['留言详情']}" for row in rows]
    found = regroup([f"{at:05d}" for at in range(len(texts))], texts).problems
    kind = [[name for name, rule in rules.items() if re.search(rule, text)] for text in texts]
    pairs = Counter()
    for problem in set(found) - {""}:
        inside = [kind[at][0] for at in range(len(texts)) if found[at] == problem and len(kind[at]) == 1]
        pairs.update(a == b for at, a in enumerate(inside) for b in inside[:at])
    assert pairs.total() >= 50
    assert pairs[True] / pairs.total() >= 0.9
