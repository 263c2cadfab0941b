"""Where the files of a job live, behind an interface that a bucket can implement later."""

import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from licklab.errors import StorageError

_UPLOADS = ".uploads"


class Storage(Protocol):
    """Files by job; a worker and an API process on one storage see the same files."""

    def new_upload(self) -> Path:
        """Give a path for an upload in progress, which is not yet a job's file."""
        ...

    def adopt_upload(self, upload: Path, job_id: uuid.UUID, name: str) -> Path:
        """Make a finished upload a file of a job, at once and whole.

        Parameters
        ----------
        upload : Path
            From `new_upload`.
        job_id : UUID
            The job.
        name : str
            Of the file, without folders.

        Returns
        -------
        Path
            Where it is then.
        """
        ...

    def keep(self, job_id: uuid.UUID, name: str, content: bytes) -> None:
        """Write a file that can be made again beside a job's others, unless they are gone.

        Parameters
        ----------
        job_id : UUID
            The job.
        name : str
            Of the file, without folders.
        content : bytes
            What is in it.
        """
        ...

    def keep_draft(self, draft: Path, job_id: uuid.UUID, name: str) -> None:
        """Keep what was written to a `new_upload` in the same way.

        Parameters
        ----------
        draft : Path
            From `new_upload`.
        job_id : UUID
            The job.
        name : str
            Of the file, without folders.
        """
        ...

    def path(self, job_id: uuid.UUID, name: str) -> Path:
        """Give the absolute path of a job's file, whether or not it is there.

        Parameters
        ----------
        job_id : UUID
            The job.
        name : str
            Of the file, without folders.

        Returns
        -------
        Path
            The path.
        """
        ...

    def delete(self, job_id: uuid.UUID) -> None:
        """Remove everything of a job; nothing there is no error.

        Parameters
        ----------
        job_id : UUID
            The job.
        """
        ...

    def removal(self, job_id: uuid.UUID) -> AbstractContextManager[Callable[[], None]]:
        """Give a function that takes a job's files away, and bring them back on an error.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        context manager of callable
            The files are gone for good when it ends without an error.
        """
        ...

    def sweep_uploads(self, older_than_sec: float) -> None:
        """Remove uploads that were left over.

        Parameters
        ----------
        older_than_sec : float
            Since when nobody has written to them.
        """
        ...

    def check(self) -> None:
        """Raise StorageError unless a file can be written and removed."""
        ...


@contextmanager
def needs_room(what: str) -> Iterator[None]:
    """Say what there was no room for; around what writes files.

    Parameters
    ----------
    what : str
        What is written, with its article.

    Yields
    ------
    None
        While it is written.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"want room for {what} on the service's disk, got: {error.strerror}"
        ) from error


class LocalStorage:
    """Files under one directory: `<root>/<job id>/<name>`.

    Parameters
    ----------
    root : Path
        Absolute; made when absent.

    Raises
    ------
    StorageError
        If the directory cannot be made.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            (root / _UPLOADS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"want a data directory that can be written, got {root}: {error.strerror}"
            ) from error

    def new_upload(self) -> Path:
        """Give a path for an upload in progress, which is not yet a job's file.

        Returns
        -------
        Path
            On the same file system as the jobs, so that adopting it is a rename.
        """
        return self.root / _UPLOADS / uuid.uuid4().hex

    def adopt_upload(self, upload: Path, job_id: uuid.UUID, name: str) -> Path:
        """Make a finished upload a file of a job, at once and whole.

        Parameters
        ----------
        upload : Path
            From `new_upload`.
        job_id : UUID
            The job.
        name : str
            File name in the job's directory.

        Returns
        -------
        Path
            Where the file is now.
        """
        target = self.path(job_id, name)
        target.parent.mkdir(exist_ok=True)
        upload.replace(target)
        return target

    def keep(self, job_id: uuid.UUID, name: str, content: bytes) -> None:
        """Write a file that can be made again beside a job's others, unless they are gone.

        Parameters
        ----------
        job_id : UUID
            The job; when it was deleted in the meantime, nothing is left of the file.
        name : str
            File name in the job's directory.
        content : bytes
            All of it; others see it whole or not at all.
        """
        draft = self.new_upload()
        try:
            draft.write_bytes(content)
            self.keep_draft(draft, job_id, name)
        finally:
            draft.unlink(missing_ok=True)

    def keep_draft(self, draft: Path, job_id: uuid.UUID, name: str) -> None:
        """Keep a file that can be made again beside a job's others, unless they are gone.

        Parameters
        ----------
        draft : Path
            From `new_upload`, written; it is gone afterwards.
        job_id : UUID
            The job; when it was deleted in the meantime, nothing is left of the file.
        name : str
            File name in the job's directory.
        """
        try:
            with suppress(FileNotFoundError):
                draft.replace(self.path(job_id, name))
        finally:
            draft.unlink(missing_ok=True)

    def path(self, job_id: uuid.UUID, name: str) -> Path:
        """Give the absolute path of a job's file, whether or not it is there.

        Parameters
        ----------
        job_id : UUID
            The job.
        name : str
            A plain file name.

        Returns
        -------
        Path
            `<root>/<job id>/<name>`.

        Raises
        ------
        ValueError
            If `name` could leave the job's directory.
        """
        if not re.fullmatch(r"\.?[A-Za-z0-9][A-Za-z0-9._-]*", name):
            raise ValueError(f"want a plain file name, got {name!r}")
        return self.root / str(job_id) / name

    def delete(self, job_id: uuid.UUID) -> None:
        """Remove everything of a job; nothing there is no error.

        Parameters
        ----------
        job_id : UUID
            The job.
        """
        directory = self.root / str(job_id)
        if directory.exists():
            shutil.rmtree(directory)

    @contextmanager
    def removal(self, job_id: uuid.UUID) -> Iterator[Callable[[], None]]:
        """Give a function that takes a job's files away, and bring them back on an error.

        The folder leaves in one rename: a worker that writes into it at this moment cannot stop it
        half way, and finds no folder for its next file.

        Parameters
        ----------
        job_id : UUID
            The job; one without files is no error.

        Yields
        ------
        callable
            To be called inside the transaction that removes the row, which ends before this does.
        """
        folder = self.root / str(job_id)
        taken = self.new_upload()
        moved = False

        def move() -> None:
            nonlocal moved
            with suppress(FileNotFoundError):
                # A rename keeps the folder's age, by which a sweep could take it before the commit.
                os.utime(folder)
                folder.rename(taken)
                moved = True

        try:
            yield move
        except BaseException:
            if moved:
                taken.rename(folder)
            raise
        if moved:
            # The job is gone by now; what cannot be removed here is swept later.
            shutil.rmtree(taken, ignore_errors=True)

    def sweep_uploads(self, older_than_sec: float) -> None:
        """Remove uploads, and folders of deleted jobs, that were left over that long ago.

        Folders of jobs are never swept: one that this database does not know may belong to another
        database that shares the directory.

        Parameters
        ----------
        older_than_sec : float
            Age of the last change.
        """
        limit = time.time() - older_than_sec
        for upload in (self.root / _UPLOADS).iterdir():
            with suppress(FileNotFoundError):  # another process may be quicker
                if upload.stat().st_mtime >= limit:
                    continue
                if upload.is_dir():
                    shutil.rmtree(upload, ignore_errors=True)
                else:
                    upload.unlink()

    def check(self) -> None:
        """Raise StorageError unless a file can be written and removed.

        Raises
        ------
        StorageError
            With the reason.
        """
        probe = self.root / _UPLOADS / f"check-{os.getpid()}-{uuid.uuid4().hex}"
        try:
            probe.write_bytes(b"ok")
            probe.unlink()
        except OSError as error:
            raise StorageError(
                f"want a data directory that can be written, got {self.root}: {error.strerror}"
            ) from error
