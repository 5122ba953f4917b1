"""Which texts nearly repeat an earlier one, by datasketch: MinHash of letter pairs, LSH, threshold .7."""

from __future__ import annotations

import json
import sys
import time

from datasketch import MinHash, MinHashLSH

given, target = sys.argv[1:]
with open(given, encoding="utf-8") as file:
    texts = json.load(file)
began = time.process_time()
index = MinHashLSH(threshold=0.7, num_perm=64)
again = []
for at, text in enumerate(texts):
    pairs = [text[i : i + 2] for i in range(len(text) - 1)] or [text]
    value = MinHash(num_perm=64)
    value.update_batch([pair.encode() for pair in pairs])
    if index.query(value):
        again.append(at)
    index.insert(at, value)
with open(target, "w", encoding="utf-8") as file:
    json.dump({"again": again, "cpu": time.process_time() - began}, file)
