"""Runs steps and prints their figures beside the goals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from bench.engine import others
from bench.engine.figures import Figure
from bench.engine.steps import Step, steps

HEADS = f"{'':<52}{'value':>12}{'must':>10}{'reach':>10}  baselines (× how many times as good ours is)"


def run(names: Sequence[str]) -> int:
    """Print the steps named, or all; 1 when a step fails or a "must" is missed, else 0."""
    known = steps()
    if not others.python():
        print(f"{others.ABSENT.zh}\n{others.ABSENT.en}", flush=True)
    missed = [_step(name, known[name]) for name in names or known]
    print(f"\n{sum(missed)} missed" if any(missed) else "\nevery must is met")
    return int(any(missed))


def _step(name: str, step: Step) -> int:
    """Run one step in a process of its own; how many figures miss their must (a step that breaks counts as one)."""
    print(f"\n{name}: {step.TITLE}\n{HEADS}", flush=True)
    command = [sys.executable, "-m", "bench.engine.child", name]
    missed = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:  # noqa: S603
        for line in child.stdout or ():
            found = json.loads(line)
            if absent := found.get("no_data"):
                print(f"  没有数据 / no data: {absent}")
                continue
            figure = Figure(**found)
            missed += figure.missed
            print(shown(figure), flush=True)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    print(
        f"  {used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB at most, the measuring included"
    )
    if child.returncode:
        print(f"  失败 / failed ({child.returncode})")
    return missed + bool(child.returncode)


def shown(figure: Figure) -> str:
    """One line: what, value, goals, whether they are met, what others get."""
    state = "MISSED" if figure.missed else "reached" if figure.reach is not None and figure.meets(figure.reach) else ""
    sign = "≥" if figure.better == "higher" else "≤"
    goals = "".join(f"{'' if goal is None else sign + number(goal):>10}" for goal in (figure.must, figure.reach))
    beside = ", ".join(_beside(figure, name, value) for name, value in figure.baseline.items())
    value = f"{number(figure.value)} {figure.unit}".strip()
    tail = "  ".join(filter(None, (state, beside, f"({figure.note})" if figure.note else "")))
    return f"  {figure.what:<50}{value:>12}{goals}  {tail}".rstrip()


def _beside(figure: Figure, name: str, value: float | None) -> str:
    """What another gets; of what has a unit (time, memory, speed) also the ratio, which holds on any machine."""
    if value is None:
        return f"{name} not installed"
    return f"{name} {number(value)}" + (f" ×{number(figure.times(value))}" if figure.unit else "")


def number(value: float) -> str:
    """Three digits that matter, thousands with commas."""
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 1 else f"{value:.4f}".rstrip("0").rstrip(".")
