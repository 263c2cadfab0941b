"""The supervising program: what goes on while it starts, waits and ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from licklab.errors import InputError
from licklab.service.serve import run_service
from licklab.service.settings import Settings
from tests.integration.conftest import Stack, free_port, wait_for


def _api_alone(stack: Stack) -> Settings:
    return stack.settings.model_copy(update={"port": free_port(), "workers": 0})


def _api_process(settings: Settings) -> psutil.Process | None:
    """Find the API process that has begun to serve."""
    try:
        httpx.get(f"http://127.0.0.1:{settings.port}/health").raise_for_status()
    except httpx.TransportError:
        return None
    (found,) = [
        one
        for one in psutil.Process().children()
        if "licklab.service.api.server" in one.cmdline()
        and one.environ()["PORT"] == str(settings.port)
    ]
    return found


def test_a_child_that_dies_during_the_start_is_started_again(stack: Stack) -> None:
    seen: list[int] = []
    stop = threading.Event()

    def kill_the_first(provided: Settings) -> None:
        first = wait_for(lambda: _api_process(provided), 40.0)
        first.kill()
        second = wait_for(lambda: _api_process(provided), 40.0)
        seen.extend((first.pid, second.pid))
        stop.set()

    run_service(_api_alone(stack), with_api=True, stop=stop, on_start=kill_the_first)
    assert len(set(seen)) == 2
    assert not any(psutil.pid_exists(pid) for pid in seen)


def test_an_error_during_the_start_ends_the_service_and_its_children(stack: Stack) -> None:
    seen: list[int] = []

    def fail(provided: Settings) -> None:
        seen.append(wait_for(lambda: _api_process(provided), 40.0).pid)
        raise InputError("want a recording, got none")

    with pytest.raises(InputError, match="want a recording, got none"):
        run_service(_api_alone(stack), with_api=True, stop=threading.Event(), on_start=fail)
    assert not psutil.pid_exists(seen[0])


@pytest.mark.parametrize(
    "command", [["licklab.cli.main", "serve"], ["licklab.service.worker.scheduler"]]
)
def test_a_stop_is_heard_while_the_database_is_away(
    stack: Stack, tmp_path: Path, command: list[str]
) -> None:
    # It takes calls and hangs up, as a database behind a proxy does while it starts.
    with socket.create_server(("127.0.0.1", 0)) as away:
        away.settimeout(40.0)
        there = {
            "DATABASE_URL": f"postgresql://u@127.0.0.1:{away.getsockname()[1]}/db",
            "PORT": str(free_port()),
        }
        waiting = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **stack.settings.environment(), **there},
            cwd=tmp_path,
        )
        try:
            away.accept()[0].close()
            waiting.send_signal(signal.SIGTERM)
            away.settimeout(0.0)
            wait_for(lambda: _ended(waiting, away), 20.0)
            assert waiting.returncode == 0
        finally:
            waiting.kill()
            waiting.wait()


def _ended(waiting: subprocess.Popen[bytes], away: socket.socket) -> bool:
    with suppress(BlockingIOError):
        away.accept()[0].close()
    return waiting.poll() is not None
