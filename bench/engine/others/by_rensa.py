"""Which texts nearly repeat an earlier one, by rensa (Rust): R-MinHash of letter pairs, LSH, threshold .7."""

from __future__ import annotations

import json
import sys
import time

from rensa import RMinHashDeduplicator

given, target = sys.argv[1:]
with open(given, encoding="utf-8") as file:
    texts = json.load(file)
began = time.process_time()
index = RMinHashDeduplicator(threshold=0.7, num_perm=128, use_lsh=True)
pairs = ([text[i : i + 2] for i in range(len(text) - 1)] or [text] for text in texts)
kept = index.add_pairs((str(at), each) for at, each in enumerate(pairs))
again = [at for at, new in enumerate(kept) if not new]
with open(target, "w", encoding="utf-8") as file:
    json.dump({"again": again, "cpu": time.process_time() - began}, file)
