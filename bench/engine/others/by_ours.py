"""Which texts nearly repeat an earlier one, by `near.copies`: for the memory of a process that does nothing else."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from bihuan.insight.duplicate_detection.similar import copies

given, target = sys.argv[1:]
with open(given, encoding="utf-8") as file:
    texts = json.load(file)
began = time.process_time()
again = np.flatnonzero(copies(texts).of >= 0).tolist()
with open(target, "w", encoding="utf-8") as file:
    json.dump({"again": again, "cpu": time.process_time() - began}, file)
