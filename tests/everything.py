"""Every check of the project, one after another, then a summary. `python3 dev.py test` starts it in its environment.

A step that fails does not stop the others. The summary gives wall and CPU time of each step and the twenty slowest tests;
its last lines are the closing lines of pytest, one for each of its runs.
"""

import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.own_postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PYTEST = ["pytest", "--color=yes" if sys.stdout.isatty() else "--color=no"]
# The same examples each time, and no limit on the time of one: a busy machine is not a wrong program.
PYTEST += ["--hypothesis-profile=ci"]
# What a test costs is read from this list, which the summary shows in short.
PYTEST += ["--durations=60", "--durations-min=0.5"]
# Enough to use a small machine fully; more would only start more databases. Idle workers take over what is left.
PARALLEL = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
CLOSING = re.compile(r"^(?:\x1b\[[0-9;]*m)*=+ .*\b(passed|failed|error|errors|skipped|no tests ran)\b.* =+")
DURATION = re.compile(r"^(?:\x1b\[[0-9;]*m)*([\d.]+)s (?:setup|call|teardown) +(\S.*?)(?:\x1b\[[0-9;]*m)*$")
# Shown in the summary instead.
DURATION_FRAME = re.compile(r"slowest \d+ durations|^\(\d+ durations < ")
SLOWEST = 20


@dataclass
class Outcome:
    step: str
    state: str
    seconds: float = 0.0
    closing: str = ""
    cpu: float = 0.0
    durations: dict[str, float] = field(default_factory=dict)
    """Wall seconds of the slow tests by id, set-up and tear-down included."""


def run_step(step: str, *commands: list[str], env: Mapping[str, str] | None = None) -> Outcome:
    """Runs commands of this environment to their end, showing what they print, keeping pytest's closing line."""
    outcome = Outcome(step, "passed")
    for command in commands:
        print(f"\n--- {step}: {' '.join(command)}", flush=True)
        with subprocess.Popen(
            [TOOLS / command[0], *command[1:]],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as running:
            for line in running.stdout or ():
                if duration := DURATION.match(line):
                    outcome.durations[duration[2]] = outcome.durations.get(duration[2], 0.0) + float(duration[1])
                    continue
                if DURATION_FRAME.search(line):
                    continue
                sys.stdout.write(line)
                sys.stdout.flush()
                outcome.closing = line.rstrip() if CLOSING.match(line) else outcome.closing
        if running.returncode:
            outcome.state = "FAILED"
    return outcome


def measure(step: Callable[[], Outcome]) -> Outcome:
    """Runs a step and notes its wall seconds and the CPU seconds of all processes it started."""
    began, before = time.monotonic(), children_cpu()
    outcome = step()
    outcome.seconds, outcome.cpu = time.monotonic() - began, children_cpu() - before
    return outcome


def children_cpu() -> float:
    """CPU seconds of the ended children of this process and of theirs."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def style() -> Outcome:
    templates = ["djlint", "bihuan/templates", "--check", "--quiet"]
    return run_step("style", ["ruff", "check", "."], ["ruff", "format", "--check", "."], templates)


def types() -> Outcome:
    return run_step("types", ["mypy", "bihuan", "bench", "tools", "dev.py"])


def imports() -> Outcome:
    return run_step("imports", ["lint-imports"])


def sqlite() -> Outcome:
    return run_step("sqlite", [*PYTEST, *PARALLEL, "-m", "not browser and not bench"])


def on_postgres() -> Outcome:
    print("\n--- postgres: starting a server of its own", flush=True)
    try:
        with postgres() as url:
            chosen = [*PYTEST, *PARALLEL, "-m", "not browser and not bench and not once"]
            return run_step("postgres", chosen, env={"DATABASE_URL": url})
    except (RuntimeError, OSError) as failure:
        print(failure, flush=True)
        return Outcome("postgres", "FAILED")


def browser() -> Outcome:
    if not os.environ.get("BIHUAN_CHROMIUM"):
        return Outcome("browser", "NOT RUN")
    # The blocking browser client lives beside an event loop in the same thread, which Django would else refuse.
    return run_step("browser", [*PYTEST, "tests/browser", "-m", "browser"], env={"DJANGO_ALLOW_ASYNC_UNSAFE": "1"})


def spark() -> Outcome:
    python = os.environ.get("BIHUAN_SPARK")
    if not python:
        return Outcome("spark", "NOT RUN")
    # An environment of its own, without Django: only what lies below tests/insight is set up.
    options = ["--confcutdir=tests/insight", "-p", "no:cacheprovider", "tests/insight/engines/test_spark.py"]
    return run_step("spark", [python, "-m", "pytest", PYTEST[1], *options])


STEPS: dict[str, Callable[[], Outcome]] = {
    "style": style,
    "types": types,
    "imports": imports,
    "sqlite": sqlite,
    "postgres": on_postgres,
    "browser": browser,
}
"""What `dev.py test` runs."""

LONG_STEPS: dict[str, Callable[[], Outcome]] = {
    "spark": spark,
}
"""What runs only when it is named: `dev.py test spark`."""

NOT_RUN = {
    "browser": """
########################################################################
#  浏览器测试没有运行:这台机器上没有 Chromium,也没有安装。             #
#  THE BROWSER TESTS DID NOT RUN: there is no Chromium on this machine  #
#  and it was not installed. Give --install, or apt-get install         #
#  chromium fonts-noto-cjk                                              #
########################################################################
""",
    "spark": """
########################################################################
#  Spark 测试没有运行:这台机器上没有 Java,也没有安装。                 #
#  THE SPARK TESTS DID NOT RUN: there is no Java on this machine        #
#  and it was not installed. Give --install, or apt-get install         #
#  openjdk-17-jre-headless                                              #
########################################################################
""",
}


def sum_up(outcomes: list[Outcome]) -> int:
    """Prints the summary; returns the exit code, 1 when a step failed."""
    print("\n--- 小结 / summary")
    for outcome in outcomes:
        print(f"  {outcome.step:<10}{outcome.state:<8}{outcome.seconds:>6.0f} s{outcome.cpu:>7.0f} CPU s")
    seconds, cpu = sum(one.seconds for one in outcomes), sum(one.cpu for one in outcomes)
    print(f"  {'':<18}{seconds / 60:>6.1f} min{cpu / 60:>5.1f} CPU min")
    if slowest := slowest_tests(outcomes):
        print(f"\n--- 最慢的 {SLOWEST} 个测试 / the slowest {SLOWEST} tests (wall seconds)")
        print("\n".join(slowest))
    for outcome in outcomes:
        if outcome.state == "NOT RUN":
            print(NOT_RUN[outcome.step])
    for outcome in outcomes:
        if outcome.closing:
            print(outcome.closing)
    sys.stdout.flush()
    return int(any(outcome.state == "FAILED" for outcome in outcomes))


def slowest_tests(outcomes: list[Outcome]) -> list[str]:
    """A line for each of the slowest tests of all steps: seconds, step, id."""
    costs = [(seconds, one.step, test) for one in outcomes for test, seconds in one.durations.items()]
    return [f"  {seconds:>6.1f}  {step:<9} {test}" for seconds, step, test in sorted(costs, reverse=True)[:SLOWEST]]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def main(names: list[str]) -> int:
    known = STEPS | LONG_STEPS
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"没有这些步骤 / no such steps: {' '.join(unknown)}; {' '.join(known)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, interrupted)
    outcomes: list[Outcome] = []
    with contextlib.suppress(KeyboardInterrupt):
        outcomes += [measure(known[name]) for name in names or STEPS]
        return sum_up(outcomes)
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
