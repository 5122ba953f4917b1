"""Grouping into problems: without help, with five confirmations a problem, and real government messages.

Thresholds were set on other rows of these sets (another seed); intents stand for problems, since no public set of
feedback has problems marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import Numbers, pair_f1, table
from bihuan.insight.classify.linear import Floats
from bihuan.insight.grouping.regrouping import Decisions, regroup
from bihuan.insight.text import encoder

ROW = 7
TITLE = "归并为问题 / grouping into problems"
SIZE = 2500
SEED = 77
CONFIRMED = 5
TOPICS = ("油烟", "地铁", "学位", "公积金", "拖欠.{0,6}工资", "施工.{0,10}噪音|噪音.{0,10}施工")
Examples = list[tuple[str, str]]


def _sets() -> dict[str, Examples]:
    clinc = [row for row in table("en/clinc150.csv.gz") if row["domain"] != "oos"]
    return {
        "banking77": [(row["text"], row["category"]) for row in table("en/banking77.csv.gz")],
        "clinc150": [(row["text"], row["intent"]) for row in clinc],
        "bitext": [(row["utterance"], row["intent"]) for row in table("en/bitext_support_8k.csv.gz")],
    }


def figures() -> Iterator[Figure]:
    kinds = {"": False} | ({", with sentence vectors": True} if encoder.name() else {})
    for kind, encoded in kinds.items():
        alone: list[float] = []
        middle: list[float] = []
        taught: list[float] = []
        sure: list[float] = []
        half: list[float] = []
        sure_half: list[float] = []
        for rows in _sets().values():
            order = np.random.default_rng(SEED).permutation(len(rows))[:SIZE]
            texts, truth = [rows[at][0] for at in order], np.array([rows[at][1] for at in order])
            vectors = encoder.encode(texts) if encoded else None
            alone.append(pair_f1(_labels(texts, vectors, None), truth))
            for share, reached, right in ((1.0, taught, sure), (0.5, half, sure_half)):
                one, two = _with_help(texts, truth, vectors, share)
                reached.append(one)
                right.append(two)
            middle.append(_kmeans(texts, truth))
        note = "banking77 {:.3f}, clinc150 {:.3f}, bitext {:.3f}"
        goals = (0.5, 0.64) if encoded else (None, None)
        yield Figure("grouping", f"pair F1 alone{kind}", float(np.mean(alone)), goals[0], 0.75, baseline={"TF-IDF + KMeans, true k": float(np.mean(middle))}, note=note.format(*alone))  # fmt: skip
        yield Figure("grouping", f"pair F1, {CONFIRMED} confirmed{kind}", float(np.mean(taught)), goals[1], 0.85, note=note.format(*taught))  # fmt: skip
        yield Figure("grouping", f"right among joined{kind}", float(np.mean(sure)), note=note.format(*sure))
        yield Figure("grouping", f"pair F1, half of the problems confirmed{kind}", float(np.mean(half)), note=note.format(*half))  # fmt: skip
        yield Figure("grouping", f"right among joined, half confirmed{kind}", float(np.mean(sure_half)), note=note.format(*sure_half))  # fmt: skip
    yield from _government()


def _labels(texts: list[str], vectors: Floats | None, decisions: Decisions | None) -> Numbers:
    rows = [f"{at:05d}" for at in range(len(texts))]
    found = regroup(rows, texts, vectors=vectors, decisions=decisions).problems
    names = np.array([problem or row for problem, row in zip(found, rows, strict=True)])
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _with_help(texts: list[str], truth: np.ndarray, vectors: Floats | None, share: float) -> tuple[float, float]:
    """Pair F1 over the rows nobody confirmed, and how many that joined a confirmed problem are right, where so large a
    share of the problems has confirmed rows."""
    random = np.random.default_rng(SEED)
    names = random.permutation(np.unique(truth)) if share < 1 else np.unique(truth)
    names = names[: int(share * len(names))]
    confirmed = np.concatenate(
        [random.permutation(np.flatnonzero(truth == name))[:CONFIRMED] for name in names]
    ).tolist()
    rows = [f"{at:05d}" for at in range(len(texts))]
    found = regroup(
        rows, texts, vectors=vectors, decisions=Decisions({rows[at]: truth[at] for at in confirmed})
    ).problems
    rest = np.setdiff1d(np.arange(len(texts)), confirmed)
    groups = np.array([problem or row for problem, row in zip(found, rows, strict=True)])
    joined = [at for at in rest if found[at] in set(names)]
    right = float(np.mean([found[at] == truth[at] for at in joined]))
    return pair_f1(np.unique(groups[rest], return_inverse=True)[1].astype(np.int64), truth[rest]), right


def _kmeans(texts: list[str], truth: np.ndarray) -> float:
    points = TfidfVectorizer(analyzer="char", ngram_range=(1, 3)).fit_transform(texts)
    points = TruncatedSVD(100, random_state=0).fit_transform(points)
    return pair_f1(KMeans(len(set(truth)), n_init=1, random_state=0).fit_predict(points), truth)


def _government() -> Iterator[Figure]:
    """Of pairs in one group, both on exactly one clear topic: how many are on the same."""
    texts = list(
        dict.fromkeys(f"{row['留言主题']} {row['留言详情']}" for row in table("zh/gov_messages_replies.csv.gz"))
    )
    with Meter() as spent:
        labels = _labels(texts, None, None)
    topics = [[at for at, rule in enumerate(TOPICS) if re.search(rule, text)] for text in texts]
    pairs: Counter[bool] = Counter()
    for label in np.unique(labels):
        inside = [topics[at][0] for at in np.flatnonzero(labels == label) if len(topics[at]) == 1]
        pairs.update(a == b for at, a in enumerate(inside) for b in inside[:at])
    sizes = np.bincount(labels)
    note = f"{pairs.total()} such pairs; {int((sizes > 1).sum())} groups, the largest of {sizes.max()}; {spent.cpu:.1f} CPU s"
    yield Figure("grouping", "government messages: precision", pairs[True] / pairs.total(), 0.9, note=note)
