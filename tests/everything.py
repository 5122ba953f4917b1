"""Every check of the project, one after another, then a summary. `python3 dev.py test` starts it in its environment.

A step that fails does not stop the others. The last lines are the closing lines of pytest, one for each of its runs.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.own_postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PYTEST = ["pytest", "--color=yes" if sys.stdout.isatty() else "--color=no"]
# The same examples each time, and no limit on the time of one: a busy machine is not a wrong program.
PYTEST += ["--hypothesis-profile=ci"]
# Enough to use a small machine fully; more would only start more databases.
PARALLEL = ["-n", str(min(4, os.cpu_count() or 1))]
CLOSING = re.compile(r"^(?:\x1b\[[0-9;]*m)*=+ .*\b(passed|failed|error|errors|skipped|no tests ran)\b.* =+")


@dataclass
class Outcome:
    step: str
    state: str
    seconds: float = 0.0
    closing: str = ""


def call(step: str, *commands: list[str], env: Mapping[str, str] | None = None) -> Outcome:
    """Runs commands of this environment to their end, showing what they print, keeping pytest's closing line."""
    began, state, closing = time.monotonic(), "passed", ""
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
                sys.stdout.write(line)
                sys.stdout.flush()
                closing = line.rstrip() if CLOSING.match(line) else closing
        if running.returncode:
            state = "FAILED"
    return Outcome(step, state, time.monotonic() - began, closing)


def style() -> Outcome:
    return call("style", ["ruff", "check", "."], ["ruff", "format", "--check", "."])


def types() -> Outcome:
    return call("types", ["mypy", "bihuan", "bench"])


def imports() -> Outcome:
    return call("imports", ["lint-imports"])


def sqlite() -> Outcome:
    return call("sqlite", [*PYTEST, *PARALLEL, "-m", "not browser and not bench"])


def on_postgres() -> Outcome:
    print("\n--- postgres: starting a server of its own", flush=True)
    began = time.monotonic()
    try:
        with postgres() as url:
            chosen = [*PYTEST, *PARALLEL, "-m", "not browser and not bench and not once"]
            return call("postgres", chosen, env={"DATABASE_URL": url})
    except (RuntimeError, OSError) as failure:
        print(failure, flush=True)
        return Outcome("postgres", "FAILED", time.monotonic() - began)


def browser() -> Outcome:
    if not os.environ.get("BIHUAN_CHROMIUM"):
        return Outcome("browser", "NOT RUN")
    # The blocking browser client lives beside an event loop in the same thread, which Django would else refuse.
    return call("browser", [*PYTEST, "tests/browser", "-m", "browser"], env={"DJANGO_ALLOW_ASYNC_UNSAFE": "1"})


def spark() -> Outcome:
    python = os.environ.get("BIHUAN_SPARK")
    if not python:
        return Outcome("spark", "NOT RUN")
    # An environment of its own, without Django: only what lies below tests/insight is set up.
    alone = [
        "-m",
        "pytest",
        *PYTEST[1:],
        "--confcutdir=tests/insight",
        "-p",
        "no:cacheprovider",
        "tests/insight/engines/test_spark.py",
    ]
    return call("spark", [python, *[word for word in alone if not word.startswith("--hypothesis")]])


STEPS: dict[str, Callable[[], Outcome]] = {
    "style": style,
    "types": types,
    "imports": imports,
    "sqlite": sqlite,
    "postgres": on_postgres,
    "browser": browser,
    "spark": spark,
}

NOT_RUN = {
    "browser": """
########################################################################
#  浏览器测试没有运行:这台机器上没有 Chromium,也无法安装。             #
#  THE BROWSER TESTS DID NOT RUN: there is no Chromium on this machine  #
#  and it could not be installed. Debian: apt-get install chromium      #
########################################################################
""",
    "spark": """
########################################################################
#  Spark 测试没有运行:这台机器上没有 Java,也无法安装。                 #
#  THE SPARK TESTS DID NOT RUN: there is no Java on this machine        #
#  and it could not be installed. Debian: openjdk-17-jre-headless       #
########################################################################
""",
}


def sum_up(outcomes: list[Outcome]) -> int:
    print("\n--- 小结 / summary")
    for outcome in outcomes:
        print(f"  {outcome.step:<10}{outcome.state:<8}{outcome.seconds:>6.0f} s")
    for outcome in outcomes:
        if outcome.state == "NOT RUN":
            print(NOT_RUN[outcome.step])
    for outcome in outcomes:
        if outcome.closing:
            print(outcome.closing)
    sys.stdout.flush()
    return int(any(outcome.state == "FAILED" for outcome in outcomes))


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"没有这些步骤 / no such steps: {' '.join(unknown)}; {' '.join(STEPS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, interrupted)
    outcomes: list[Outcome] = []
    with contextlib.suppress(KeyboardInterrupt):
        outcomes += [STEPS[name]() for name in names or STEPS]
        return sum_up(outcomes)
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
