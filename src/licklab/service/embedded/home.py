"""The directory of an embedded server: held by one program at a time, reachable by its account."""

import fcntl
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from licklab.errors import EmbeddedServerError

# `sun_path` holds 104 bytes on macOS and 108 on Linux, with the file's name and a closing zero.
_MAX_SOCKET_PATH_BYTES = 100


@dataclass(frozen=True, slots=True)
class Account:
    """The account that a server runs under."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Choose the account of a server that refuses to run as root.

    Returns
    -------
    Account or None
        None when this program is not root, and the server runs as the same user.

    Raises
    ------
    EmbeddedServerError
        If this program is root and there is no unprivileged account.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedServerError(
            "want the account `nobody` to run PostgreSQL under, since it refuses to run as root; "
            "got no such account: run this program as another user, or set DATABASE_URL"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def make_private(directory: Path, account: Account | None) -> None:
    """Make a directory that only its server's account can enter.

    Parameters
    ----------
    directory : Path
        Made when absent.
    account : Account or None
        Owner; None is this user.
    """
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)
    if account is not None:
        os.chown(directory, account.uid, account.gid)


def open_the_way(path: Path) -> None:
    """Let any account pass through to a path, without letting it list what lies on the way.

    Parameters
    ----------
    path : Path
        Whose parents may be closed, as root's home directory is.
    """
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


class Home:
    """The directory of one server, locked while this program uses it.

    Parameters
    ----------
    directory : Path
        Absolute; made when absent.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.log = directory / "server.log"
        self._lock: TextIO | None = None
        self._short: Path | None = None

    def lock(self) -> None:
        """Take the directory.

        Raises
        ------
        EmbeddedServerError
            If another program holds it, or it cannot be written.
        """
        path = self.directory / "lock"
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            file = path.open("a+")
        except OSError as error:
            raise EmbeddedServerError(
                f"want a data directory that can be written, got {self.directory}: {error.strerror}"
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise EmbeddedServerError(
                f"want a data directory of our own, got {self.directory.parent}, which another "
                f"licklab (process {holder}) is using: stop that one, or set DATA_DIR"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
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
            Under the home, or in the temporary directory when the home lies too deep for a socket.
        """
        near = self.directory / "run"
        if len(os.fsencode(near / socket_name)) > _MAX_SOCKET_PATH_BYTES:
            if self._short is None:
                self._short = Path(tempfile.mkdtemp(prefix="licklab-", dir="/tmp"))
            near = self._short
        make_private(near, account)
        return near

    def last_words(self) -> str:
        """Give the end of the server's log, for error messages.

        Returns
        -------
        str
            Its last lines; empty when there is none.
        """
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""
