"""A program that holds an embedded server, to be killed by tests."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from licklab.service.embedded.server import EmbeddedServer

_PROGRAM = """
import signal, sys, time
from importlib import import_module
from pathlib import Path
# A shell that starts tests in the background has SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
server = getattr(import_module(sys.argv[1]), sys.argv[2])(Path(sys.argv[3]))
print("starting", flush=True)
server.start()
print(server.pid, flush=True)
time.sleep(60)
"""


@contextmanager
def starting_owner(kind: type[EmbeddedServer], directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a program that is about to start a server."""
    owner = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, kind.__module__, kind.__name__, str(directory)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert owner.stdout is not None
    try:
        assert owner.stdout.readline() == "starting\n"
        yield owner
    finally:
        owner.kill()
        owner.wait()
        owner.stdout.close()


@contextmanager
def owner_of(
    kind: type[EmbeddedServer], directory: Path
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a program that has started a server, and the server's process."""
    with starting_owner(kind, directory) as owner:
        assert owner.stdout is not None
        yield owner, int(owner.stdout.readline())


def runs(pid: int) -> bool:
    """Say whether a process runs; one that only waits to be counted does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
