"""The files of an embedded PostgreSQL: making them, their version, and who still uses them."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import Account, make_private
from licklab.service.embedded.child import run_child, servers_in, stop_process
from licklab.service.embedded.home import Home


def ensure_cluster(
    data: Path, user: str, programs: Path, home: Home, account: Account | None
) -> None:
    """Make the files of a database server, or see that those that are there fit it.

    Parameters
    ----------
    data : Path
        Where they lie or shall lie.
    user : str
        Name of the database user that owns everything.
    programs : Path
        The directory of PostgreSQL's programs.
    home : Home
        Its log takes what `initdb` says.
    account : Account or None
        To run under; None is this user.

    Raises
    ------
    EmbeddedServerError
        If they cannot be made, or are those of another version.
    """
    if (data / "PG_VERSION").exists():
        _require_version(data, programs)
        return
    # Made beside and then renamed: a cluster that was cut off half made is never used.
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    make_private(draft, account)
    status = run_child(
        [programs / "initdb", "-D", draft, "-U", user, "--auth-local=trust", "--auth-host=reject",
         # The same order and the same capital letters on every machine, whatever its libraries.
         "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
        home,
        account,
    )  # fmt: skip
    if status != 0:
        raise EmbeddedServerError(
            f"want a new database in {data}, got an error:\n{home.last_words()}"
        )
    draft.rename(data)


def stop_left_over(data: Path) -> None:
    """Stop what a killed program left behind; the caller's lock says that nobody uses it.

    Parameters
    ----------
    data : Path
        The files of a database server.
    """
    record = data / "postmaster.pid"
    try:
        lines = record.read_text().splitlines()
        pid, place = int(lines[0]), lines[1]
    except (FileNotFoundError, ValueError, IndexError):
        lines = []
    else:
        if _is_postmaster(pid, place):
            stop_process(pid, signal.SIGINT, signal.SIGQUIT)
    # Connections at work outlive a server that was killed, and keep the next from starting.
    for pid_at_work in servers_in(data, {"postgres"}):
        stop_process(pid_at_work, signal.SIGQUIT)
    if lines and record.exists():
        # The noted number may be another process's by now, which PostgreSQL would take for a
        # server on these files. It knows that its own parent is none, and still checks the
        # shared memory that the rest of the record names.
        # No link is followed: the directory may be another account's, and we may be root.
        with os.fdopen(os.open(record, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW), "w") as file:
            file.write("\n".join([str(os.getpid()), *lines[1:]]) + "\n")


def _is_postmaster(pid: int, place: str) -> bool:
    # By its command: in a container, root may not ask for another account's working directory.
    # By the place it noted itself: the directory may have been moved since.
    try:
        return place in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def _require_version(data: Path, programs: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    said = subprocess.run(
        [str(programs / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    ours = said.split()[-1].split(".")[0]
    if found != ours:
        raise EmbeddedServerError(
            f"want a database of PostgreSQL {ours}, got one of PostgreSQL {found} in {data}: move "
            f"it away to begin anew, or use a PostgreSQL {found} through DATABASE_URL"
        )
