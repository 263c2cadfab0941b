"""Starting, finding and stopping server processes."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import psutil

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import Account
from licklab.service.embedded.home import Home

_POLL_SEC = 0.02
# Recovery of a database after a power cut takes seconds on a slow disk, rarely more.
_START_SEC = 60.0
_PATIENCE_SEC = 15.0


def start_child(
    name: str,
    command: Sequence[str | Path],
    home: Home,
    account: Account | None,
    answers: Callable[[], bool],
) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers.

    Parameters
    ----------
    name : str
        For messages.
    command : sequence of str or Path
        Program and arguments.
    home : Home
        Its log takes what the server says.
    account : Account or None
        To run under; None is this user.
    answers : callable
        Whether the server answers yet.

    Returns
    -------
    subprocess.Popen
        The running server, in a session of its own: Ctrl-C in a terminal does not reach it, so
        that it is stopped last and in order.

    Raises
    ------
    EmbeddedServerError
        If it ends or does not answer; with the end of its log.
    """
    process = _spawn(command, home, account)
    deadline = time.monotonic() + _START_SEC
    try:
        while process.poll() is None and time.monotonic() < deadline:
            if answers():
                return process
            time.sleep(_POLL_SEC)
    except BaseException:
        _give_up(process)
        raise
    came = "no answer" if process.returncode is None else f"its end ({process.returncode})"
    _give_up(process)
    raise EmbeddedServerError(
        f"want {name} to start within {_START_SEC:.0f} s, got {came}; its log {home.log} ends:"
        f"\n{home.last_words()}"
    )


def _give_up(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        stop_process(process.pid, signal.SIGINT)
        process.wait()


def run_child(command: Sequence[str | Path], home: Home, account: Account | None) -> int:
    """Run a program to its end; it does not outlive an interruption.

    Parameters
    ----------
    command : sequence of str or Path
        Program and arguments.
    home : Home
        Its log takes what the program says.
    account : Account or None
        To run under; None is this user.

    Returns
    -------
    int
        Exit status.
    """
    process = _spawn(command, home, account)
    try:
        return process.wait()
    except BaseException:
        # With its own children: it leads a process group.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def _spawn(
    command: Sequence[str | Path], home: Home, account: Account | None
) -> subprocess.Popen[bytes]:
    with home.open_log() as words:
        return subprocess.Popen(
            [str(one) for one in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd="/",
            # Without a locale that is known to be there PostgreSQL does not start on macOS.
            env={**os.environ, "LC_ALL": "C"},
            start_new_session=True,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
        )


def stop_process(pid: int, *gently: signal.Signals) -> None:
    """Stop a process, by force when it does not listen.

    Parameters
    ----------
    pid : int
        A child of ours, or one that an earlier program left behind.
    *gently : signal.Signals
        What to try first, in this order.
    """
    try:
        process = psutil.Process(pid)
        for one in (*gently, signal.SIGKILL):
            process.send_signal(one)
            deadline = time.monotonic() + _PATIENCE_SEC
            while time.monotonic() < deadline:
                # Whoever is the parent, a process that only waits to be counted has ended.
                if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                    return
                time.sleep(_POLL_SEC)
    except psutil.NoSuchProcess:
        return


def servers_in(directory: Path, names: Collection[str]) -> list[int]:
    """Find the servers that work in a directory; they make it their working directory.

    Parameters
    ----------
    directory : Path
        Of a server's data; it may be absent, and may have been moved since.
    names : collection of str
        Names of server programs.

    Returns
    -------
    list of int
        Their process numbers, without those that this user may not look at.
    """
    found: list[int] = []
    for process in psutil.process_iter():
        try:
            if process.name() in names and directory.samefile(process.cwd()):
                found.append(process.pid)
        except (OSError, psutil.Error):
            continue
    return found
