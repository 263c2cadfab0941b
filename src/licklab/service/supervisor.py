"""Starts the child processes of the service, starts them again when they die, stops them."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from licklab.service.lifeline import lifeline_environment

log = logging.getLogger(__name__)

# A child that dies at once is started again more and more slowly, up to this.
_MAX_RESTART_DELAY_SEC = 10.0
# A child that has lived this long has recovered.
_HEALTHY_SEC = 30.0
# Enough for a worker to finish one chunk and give its job back.
_STOP_SEC = 15.0


@dataclass(slots=True)
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_delay_sec: float = 0.5
    restart_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """A set of child processes in one environment.

    Attributes
    ----------
    environment : mapping
        Of the children.
    children : list of Child
        In the order of starting; they are stopped the other way round.
    """

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)

    def add(self, name: str, module: str, *arguments: str) -> None:
        """Add a child that runs a module of this package.

        Parameters
        ----------
        name : str
            For the log.
        module : str
            Run as `python -m`.
        *arguments : str
            Its command line.
        """
        self.children.append(Child(name, [sys.executable, "-m", module, *arguments]))

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            self._start(child)

    def keep_running(self) -> None:
        """Start dead children again; call this a few times a second."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                if now - child.started > _HEALTHY_SEC:
                    child.restart_delay_sec = 0.5
                log.warning(
                    "%s ended (%s), starting it again in %.1f s",
                    child.name, child.process.returncode, child.restart_delay_sec,
                )  # fmt: skip
                child.process = None
                child.restart_at = now + child.restart_delay_sec
                child.restart_delay_sec = min(2 * child.restart_delay_sec, _MAX_RESTART_DELAY_SEC)
            if child.process is None and now >= child.restart_at:
                self._start(child)

    def stop(self) -> None:
        """Ask every child to stop, and end those that do not."""
        running = [one.process for one in reversed(self.children) if one.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _STOP_SEC
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in self.children:
            child.process = None

    def _start(self, child: Child) -> None:
        # A session of their own: Ctrl-C in a terminal reaches the supervisor alone, which then
        # stops its children in order.
        child.process = subprocess.Popen(
            child.command,
            env={**os.environ, **self.environment, **lifeline_environment()},
            start_new_session=True,
        )
        child.started = time.monotonic()
