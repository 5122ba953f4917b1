"""An installation's data folder with the demo world in it: made once in a run, by the command people use, then copied."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path


def prepared(data: Path) -> Path:
    """A copy at ``data`` of what `bihuan prepare --demo` makes; whoever asks first, in whatever process, has it made."""
    made = Path(os.environ["BIHUAN_TEST_DATA"]) / "prepared"
    with open(made.with_suffix(".lock"), "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"BIHUAN_DATA": str(unfinished)}
            subprocess.run(
                [sys.executable, "-m", "bihuan", "prepare", "--demo"], env=env, check=True, capture_output=True
            )
            unfinished.rename(made)
    shutil.copytree(made, data, dirs_exist_ok=True)
    return data
