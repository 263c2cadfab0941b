"""A part of a file that looks like a file, with a few bytes in front that are not in it."""

import io
import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class FileWindow(io.RawIOBase):
    """Shows some bytes of memory and then a stretch of a file, read-only.

    Parameters
    ----------
    file : binary file
        Seekable; it stays the caller's to close.
    start, end : int
        The stretch.
    prefix : bytes, optional
        What comes before it.
    """

    def __init__(self, file: BinaryIO, start: int, end: int, prefix: bytes = b"") -> None:
        super().__init__()
        self._file = file
        self._prefix = prefix
        # Position 0 of the window, seen from the file.
        self._shift = start - len(prefix)
        self._length = end - self._shift
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought."""
        return True

    def tell(self) -> int:
        """Tell the position.

        Returns
        -------
        int
            From the first byte of the prefix.
        """
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position.

        Parameters
        ----------
        offset : int
            Of the place to go to.
        whence : int, optional
            Counted from where, as in `io`.

        Returns
        -------
        int
            The new position, never before the beginning.
        """
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, buffer: "Buffer") -> int:
        """Read on.

        Parameters
        ----------
        buffer : writable buffer
            Filled from its beginning, only at the end of the window not to its own.

        Returns
        -------
        int
            Bytes read.
        """
        with memoryview(buffer).cast("B") as view:
            size = min(len(view), max(0, self._length - self._at))
            data = self._prefix[self._at : self._at + size]
            if len(data) < size:
                self._file.seek(self._at + len(data) + self._shift)
                data += self._file.read(size - len(data))
            view[: len(data)] = data
        self._at += len(data)
        return len(data)
