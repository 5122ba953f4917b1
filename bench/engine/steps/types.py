"""Issue types learnt from 5, 20 and all labels a type: what is looked at is chosen by cross-validation.

The comparison is what a user would write: TF-IDF over characters and a linear support vector machine, same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from bench.engine.figures import Figure
from bench.engine.texts import lines, table
from bihuan.insight.classify.calibration import calibration_error
from bihuan.insight.classify.learning import Encode, train
from bihuan.insight.text import encoder

ROW = 6
TITLE = "问题类型 / issue type"
HELD = 1200
DRAWS = 3  # draws at few labels
MOST = 2500  # labels at "all": more only takes longer to encode
Examples = list[tuple[str, str]]

# macro-F1 that an earlier study reached on fuller copies of these sets with 5, 20 and all labels (its best features)
STUDY = {"complaints": (0.61, 0.72, 0.73), "cars": (0.58, 0.73, 0.86), "banking77": (0.71, 0.86, 0.90)}


def _sets() -> dict[str, Examples]:
    cars = [row for row in lines("zh/car_multilabel_topics.jsonl.gz") if len(row["labels"]) == 1]
    return {
        "complaints": [
            (f"{row['留言主题']} {row['留言详情']}", row["一级分类"]) for row in table("zh/gov_messages_labelled.csv")
        ],
        "cars": [(row["text"], row["labels"][0]["subject"]) for row in cars],
        "banking77": [(row["text"], row["category"]) for row in table("en/banking77.csv.gz")],
    }


def figures() -> Iterator[Figure]:
    encode = encoder.encode if encoder.name() else None
    for name, rows in _sets().items():
        for few, study in zip((5, 20, 0), STUDY[name], strict=True):
            yield from _one(name, rows, few, study, encode)


def _one(name: str, rows: Examples, few: int, study: float, encode: Encode | None) -> Iterator[Figure]:
    reached, plain, errors, top, chosen = [], [], [], [], Counter[str]()
    for draw in range(DRAWS if few else 1):
        order = np.random.default_rng(draw).permutation(len(rows))
        held = [rows[at] for at in order[: min(HELD, len(rows) // 3)]]
        own = _few([rows[at] for at in order[len(rows) // 3 :]], few)
        model, report = train(own, encode, encoder.name())
        texts, truth = [text for text, _ in held], [code for _, code in held]
        vectors = encode(texts) if encode and model.encoder else None
        found, sure = model.predict(texts, vectors)
        right = np.array([code == true for code, true in zip(found, truth, strict=True)])
        reached.append(f1_score(truth, found, average="macro"))
        plain.append(_plain(own, texts, truth))
        errors.append(calibration_error(sure, right))
        top.append(right[sure >= np.quantile(sure, 0.3)].mean())
        chosen[report.features] += 1
    label = f"{name}, {few or 'all'} a type"
    note = f"looks at {'/'.join(sorted(chosen))}; most confident 70 %: {np.mean(top):.3f} right"
    others = {"TF-IDF + SVM": float(np.mean(plain)), "study": study}
    yield Figure(
        "types", f"{label}: macro-F1", float(np.mean(reached)), study - 0.02, study, baseline=others, note=note
    )
    # At five labels a type there is nothing to calibrate on: reported without a limit.
    goal = 0.05 if few != 5 and name != "complaints" else None
    yield Figure("types", f"{label}: calibration error", float(np.mean(errors)), goal, better="lower")


def _few(rows: Examples, few: int) -> Examples:
    seen: Counter[str] = Counter()
    kept = []
    for text, code in rows:
        seen[code] += 1
        if seen[code] <= (few or MOST):
            kept.append((text, code))
    return kept[: MOST if not few else None]


def _plain(own: Examples, texts: list[str], truth: list[str]) -> float:
    words = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    machine = LinearSVC(random_state=0).fit(words.fit_transform([text for text, _ in own]), [code for _, code in own])
    return float(f1_score(truth, machine.predict(words.transform(texts)), average="macro"))
