"""The account that a server runs under, and what it needs to reach its files.

PostgreSQL refuses to run as root. When this program is root, the server runs as the owner of the
data that is there, else as `nobody`.
"""

import logging
import os
import pwd
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from licklab.errors import EmbeddedServerError

log = logging.getLogger(__name__)

_ROOT = 0
_OTHERS_MAY_PASS = 0o001
_OURS_ALONE = 0o700


@dataclass(frozen=True, slots=True)
class Account:
    """The account that a server runs under.

    Parameters
    ----------
    uid : int
        Number of the user.
    gid : int
        Number of the group.
    """

    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """Choose the account of a server that refuses to run as root.

    Parameters
    ----------
    data : Path
        Its data, which may not be there yet. PostgreSQL wants to run as their owner, who may be
        the user that ran this program before root did.

    Returns
    -------
    Account or None
        None when this program is not root, and the server runs as the same user.

    Raises
    ------
    EmbeddedServerError
        If this program is root and there is no unprivileged account.
    """
    if os.geteuid() != _ROOT:
        return None
    if data.exists() and (status := data.stat()).st_uid != _ROOT:
        return Account(status.st_uid, status.st_gid)
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
    directory.chmod(_OURS_ALONE)
    if account is not None:
        os.chown(directory, account.uid, account.gid)


def make_private_among_others(directory: Path, account: Account | None) -> None:
    """Make a private directory in a place where every user may make some, as `/tmp` is.

    Its name can be guessed, so what lies there already may be a trap: it is used only when it is a
    directory, no link, of ours or of the server's account, that nobody else could ever write to.

    Parameters
    ----------
    directory : Path
        Made when absent; its parent lets only owners rename and remove what is theirs.
    account : Account or None
        Owner; None is this user.

    Raises
    ------
    EmbeddedServerError
        If something else has the name.
    """
    with suppress(FileExistsError):
        directory.mkdir(mode=_OURS_ALONE)
    try:
        opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise _not_ours(directory, error.strerror) from error
    # By its descriptor: between two looks at a name, an owner could put a link there.
    try:
        found = os.fstat(opened)
        mode = stat.S_IMODE(found.st_mode)
        owners = {os.geteuid()} if account is None else {os.geteuid(), account.uid}
        if found.st_uid not in owners or mode & ~_OURS_ALONE:
            raise _not_ours(directory, f"one of user {found.st_uid} with rights {mode:03o}")
        if account is not None:
            os.fchown(opened, account.uid, account.gid)
    finally:
        os.close(opened)


def _not_ours(directory: Path, found: str | None) -> EmbeddedServerError:
    return EmbeddedServerError(
        f"want {directory} to be a directory that only user {os.geteuid()} can enter, got {found}: "
        "remove it, or set DATA_DIR to a shorter path of plain letters"
    )


def open_the_way(path: Path) -> None:
    """Let any account pass through to a path, without letting it list what lies on the way.

    Each directory that had to be opened is named in the log, since it is not ours alone.

    Parameters
    ----------
    path : Path
        Absolute, without symbolic links. Its parents may be closed, as root's home directory is.

    Raises
    ------
    EmbeddedServerError
        If a parent cannot be opened.
    """
    for parent in path.parents:
        mode = parent.stat().st_mode
        if mode & _OTHERS_MAY_PASS:
            continue
        try:
            parent.chmod(mode | _OTHERS_MAY_PASS)
        except OSError as error:
            raise EmbeddedServerError(
                f"want a directory that PostgreSQL's account can pass through, got {parent}, which "
                f"is closed ({error.strerror}): run this program as another user than root, or set "
                "DATA_DIR or DATABASE_URL"
            ) from error
        log.warning(
            "%s was closed; now every account can pass through it (not list it), because "
            "PostgreSQL does not run as root. Run as another user to avoid this.",
            parent,
        )
