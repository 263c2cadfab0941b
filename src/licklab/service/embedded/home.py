"""The directory of an embedded server: its lock, log and sockets."""

import fcntl
import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import BinaryIO, TextIO

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import Account, make_private, make_private_among_others

# `sun_path` holds 104 bytes on macOS and 108 on Linux, with the file's name and a closing zero.
_MAX_SOCKET_PATH_BYTES = 100
# PostgreSQL and its client read a comma or a quotation mark in a socket's path as punctuation.
_PLAIN_PATH = re.compile(r"[\w./ +=@-]+", re.ASCII)
# Not where TMPDIR says: it may differ at the next start, or be as deep.
_SHORT_PLACE = Path("/tmp")  # noqa: S108 - what lies there already is looked at
# Weeks of messages at the usual level; one older log is kept beside it.
_MAX_LOG_BYTES = 1_000_000
_LAST_LINES = 8


class Home:
    """The directory of one server, locked while this program uses it.

    Parameters
    ----------
    directory : Path
        Made when absent.
    """

    def __init__(self, directory: Path) -> None:
        # Servers change their working directory, and links may be changed while they run.
        self.directory = directory.resolve()
        self.log = self.directory / "server.log"
        self._lock: TextIO | None = None
        self._short: Path | None = None

    def lock(self) -> None:
        """Take the directory; the system gives it back should this program be killed.

        Raises
        ------
        EmbeddedServerError
            If another program holds it, or it cannot be written.
        """
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            file = (self.directory / "lock").open("a+")
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise EmbeddedServerError(
                f"want a data directory of our own, got {self.directory.parent}, which another "
                f"licklab (process {holder}) is using: stop that one, or set DATA_DIR"
            ) from None
        except OSError as error:
            file.close()
            raise self._unusable(error) from error
        self._lock = file

    def release(self) -> None:
        """Give the directory back; not holding it is no error."""
        if self._short is not None:
            shutil.rmtree(self._short, ignore_errors=True)
            self._short = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def socket_directory(self, socket_name: str, account: Account | None) -> Path:
        """Make a private directory in which a socket of that name can be bound.

        Parameters
        ----------
        socket_name : str
            File name of the socket.
        account : Account or None
            Of the server.

        Returns
        -------
        Path
            Under the home, or in the temporary directory when the home lies too deep for a socket
            or has unusual characters in its path. The same at every start: clients keep its name.

        Raises
        ------
        EmbeddedServerError
            If another user has taken its name in the temporary directory.
        """
        near = self.directory / "run"
        path = str(near / socket_name)
        if len(os.fsencode(path)) > _MAX_SOCKET_PATH_BYTES or not _PLAIN_PATH.fullmatch(path):
            near = _SHORT_PLACE / f"licklab-{os.geteuid()}-{_short_name(self.directory)}"
            make_private_among_others(near, account)
            self._short = near
            return near
        make_private(near, account)
        return near

    def open_log(self) -> BinaryIO:
        """Open the log for a server to add to; one that has grown long is put aside first.

        Returns
        -------
        binary file
            Which only this user can read: a failed statement is in it with its values.
        """
        if self.log.exists() and self.log.stat().st_size > _MAX_LOG_BYTES:
            self.log.replace(self.log.with_name("server.log.old"))
        file = self.log.open("ab")
        self.log.chmod(0o600)
        return file

    def last_words(self) -> str:
        """Give the end of the server's log, for error messages.

        Returns
        -------
        str
            Its last lines; empty when there is none.
        """
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-_LAST_LINES:])

    def _unusable(self, error: OSError) -> EmbeddedServerError:
        return EmbeddedServerError(
            f"want a data directory that can be written, got {self.directory}: {error.strerror}"
        )


def _short_name(directory: Path) -> str:
    # 64 bits: no two homes of one user meet by chance.
    return hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
