"""The boxes that MP4 files are made of (ISO/IEC 14496-12, section 4.2).

Sizes in a file are claims: every box ends where the one around it or the file ends.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from licklab.errors import DamagedAudioError

# A fragment of two seconds has a handful: a day of them. A file of nothing else is an attack.
_MAX_BOXES = 300_000


def boxes_of_file(file: BinaryIO) -> Iterator[tuple[bytes, int, int, int]]:
    """Walk the boxes of a file.

    Parameters
    ----------
    file : binary file
        Seekable.

    Yields
    ------
    kind : bytes
        Four letters.
    start, content, end : int
        Offsets of the box, of what is in it, and behind it; never beyond the end of the file.

    Raises
    ------
    DamagedAudioError
        If there are absurdly many.
    """
    size = file.seek(0, os.SEEK_END)
    start, n_boxes = 0, 0
    while start + 8 <= size:
        n_boxes += 1
        if n_boxes > _MAX_BOXES:
            raise DamagedAudioError("want an M4A file with a reasonable index, got a huge one")
        file.seek(start)
        header = file.read(16)
        length, kind = struct.unpack_from(">I4s", header)
        content = start + 8
        if length == 1 and len(header) == 16:
            length, content = struct.unpack_from(">Q", header, 8)[0], start + 16
        elif length == 0:
            length = size - start
        end = start + length
        if end <= content - 1 or length < content - start:
            return  # nothing can follow a box that has no length
        yield kind, start, content, min(end, size)
        start = end


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk the boxes in a box.

    Parameters
    ----------
    data : bytes
        Content of the outer box.

    Yields
    ------
    kind, content : bytes
        Of each box.
    """
    start = 0
    while start + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        if length < 8:
            return
        yield kind, data[start + 8 : start + length]
        start += length


def find(data: bytes, *path: bytes) -> bytes | None:
    """Find a box by its path.

    Parameters
    ----------
    data : bytes
        Content of the outer box.
    *path : bytes
        Kinds, from the outside in.

    Returns
    -------
    bytes or None
        Content of the first such box.
    """
    for kind in path:
        found = next((content for one, content in boxes(data) if one == kind), None)
        if found is None:
            return None
        data = found
    return data


def require(data: bytes, *path: bytes) -> bytes:
    """Find a box that has to be there.

    Parameters
    ----------
    data : bytes
        Content of the outer box.
    *path : bytes
        Kinds, from the outside in.

    Returns
    -------
    bytes
        Content of the first such box.

    Raises
    ------
    DamagedAudioError
        If there is none.
    """
    found = find(data, *path)
    if found is None:
        names = b"/".join(path).decode("ascii", "replace")
        raise DamagedAudioError(f"want an M4A file with a whole index, got one without {names}")
    return found
