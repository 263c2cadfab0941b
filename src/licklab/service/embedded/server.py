"""What the embedded servers share: one holder of the directory, one child, an orderly end."""

import signal
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar

import psutil

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.child import stop_process
from licklab.service.embedded.home import Home


class EmbeddedServer(ABC):
    """A server of our own; as a context, it gives its URL and is stopped at the end.

    Parameters
    ----------
    directory : Path
        Where it keeps its data, log and sockets; made when absent.
    """

    name: ClassVar[str]
    stop_signals: ClassVar[tuple[signal.Signals, ...]]

    def __init__(self, directory: Path) -> None:
        self._home = Home(directory)
        self._data = self._home.directory / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server; one that a killed program left behind is stopped first.

        Returns
        -------
        str
            Its URL.

        Raises
        ------
        EmbeddedServerError
            If it cannot run here, or another program uses the directory.
        """
        self._home.lock()
        return self._launch_or_stop()

    def restart(self) -> None:
        """Start a server that has ended again, under the same URL; its directory stays ours.

        Raises
        ------
        EmbeddedServerError
            If it cannot run here any more.
        """
        self._end_process()
        self._launch_or_stop()

    def _launch_or_stop(self) -> str:
        try:
            return self._launch()
        except (OSError, subprocess.SubprocessError, psutil.Error) as error:
            self.stop()
            raise EmbeddedServerError(
                f"want {self.name} to run in {self._home.directory}, got an error: {error}"
            ) from error
        except BaseException:
            self.stop()
            raise

    @abstractmethod
    def _launch(self) -> str:
        """Start the process in the locked directory, keep it as `_process` and give its URL."""

    def stop(self) -> None:
        """Stop the server; not running is no error."""
        self._end_process()
        self._home.release()

    def _end_process(self) -> None:
        if self._process is not None:
            stopping, self._process = self._process, None
            if stopping.poll() is None:
                stop_process(stopping.pid, *self.stop_signals)
                stopping.wait()

    def is_alive(self) -> bool:
        """Say whether the server runs.

        Returns
        -------
        bool
            False before the start and after an end of whatever kind.
        """
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Number of the server's process, when it runs."""
        return self._process.pid if self._process is not None and self.is_alive() else None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
