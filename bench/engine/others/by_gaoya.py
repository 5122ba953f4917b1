"""Which texts nearly repeat an earlier one, by gaoya (Rust): MinHash of letter pairs, 20 bands of three, threshold .7."""

from __future__ import annotations

import json
import sys
import time

from gaoya.minhash import MinHashStringIndex

given, target = sys.argv[1:]
with open(given, encoding="utf-8") as file:
    texts = json.load(file)
began = time.process_time()
index = MinHashStringIndex(
    hash_size=32, jaccard_threshold=0.7, num_bands=20, band_size=3, analyzer="char", ngram_range=(2, 2)
)
again = []
for at, text in enumerate(texts):
    if text and index.query(text):
        again.append(at)
    index.insert_document(at, text)
with open(target, "w", encoding="utf-8") as file:
    json.dump({"again": again, "cpu": time.process_time() - began}, file)
