"""Starting and stopping a server process."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.home import Account, Home

_POLL_SEC = 0.03


def start_child(
    name: str,
    command: Sequence[str | Path],
    home: Home,
    account: Account | None,
    answers: Callable[[], bool],
    timeout_sec: float = 30.0,
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
    timeout_sec : float, optional
        How long to wait.

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
    process = run_as(account, command, home.log)
    deadline = time.monotonic() + timeout_sec
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            stop_process(process.pid, signal.SIGTERM)
            raise EmbeddedServerError(
                f"want {name} to start within {timeout_sec:.0f} s, got none; its log "
                f"{home.log} ends:\n{home.last_words()}"
            )
        time.sleep(_POLL_SEC)
    return process


def run_as(
    account: Account | None, command: Sequence[str | Path], log: Path
) -> subprocess.Popen[bytes]:
    """Start a program under an account, with its words in a log.

    Parameters
    ----------
    account : Account or None
        None is this user.
    command : sequence of str or Path
        Program and arguments.
    log : Path
        Appended to.

    Returns
    -------
    subprocess.Popen
        Running.
    """
    with log.open("ab") as words:
        return subprocess.Popen(
            [str(one) for one in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
        )


def stop_process(pid: int, gentle: signal.Signals, timeout_sec: float = 15.0) -> None:
    """Stop a process, by force when it does not listen.

    Parameters
    ----------
    pid : int
        A child of ours, or one that an earlier program left behind.
    gentle : signal.Signals
        The first thing to try.
    timeout_sec : float, optional
        Patience before force.
    """
    try:
        process = psutil.Process(pid)
        os.kill(pid, gentle)
        process.wait(timeout_sec)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait()
    except (psutil.NoSuchProcess, ProcessLookupError):
        return
