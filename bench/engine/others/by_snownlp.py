"""How likely each text is glad, by snownlp (its own model, learnt from shopping reviews)."""

from __future__ import annotations

import json
import sys
import time

from snownlp import SnowNLP

given, target = sys.argv[1:]
with open(given, encoding="utf-8") as file:
    texts = json.load(file)
began = time.process_time()
glad = [SnowNLP(text).sentiments if text.strip() else 0.5 for text in texts]
with open(target, "w", encoding="utf-8") as file:
    json.dump({"glad": glad, "cpu": time.process_time() - began}, file)
