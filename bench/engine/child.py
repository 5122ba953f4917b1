"""The process of one step: `python -m bench.engine.child STEP` writes its figures as JSON lines."""

from __future__ import annotations

import importlib
import json
import sys

from bench.engine.figures import NoData


def main(name: str) -> int:
    step = importlib.import_module(f"bench.engine.steps.{name}")
    try:
        for figure in step.figures():
            print(json.dumps(figure.to_json(), ensure_ascii=False), flush=True)
    except NoData as absent:
        print(json.dumps({"no_data": str(absent)}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
