"""The chunks that a soundfont is made of (RIFF; SoundFont 2.04, section 4).

Sizes in a file are claims: every chunk ends where the one around it ends, or the file is refused.
"""

import struct
from collections.abc import Iterator

from licklab.errors import SoundFontError

_HEADER = struct.Struct("<4sI")


def read_chunks(data: bytes) -> dict[str, memoryview]:
    """Find the chunks of a soundfont.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    dict of str to memoryview
        Contents of `smpl`, `phdr`, `pbag` and the others by their names; the first of each.

    Raises
    ------
    SoundFontError
        If it is no soundfont, or cut short.
    """
    view = memoryview(data)
    if len(view) < 12 or bytes(view[:4]) != b"RIFF" or bytes(view[8:12]) != b"sfbk":
        raise SoundFontError("want a soundfont (.sf2), got another kind of file")
    found: dict[str, memoryview] = {}
    for name, content in _walk(view[12 : 8 + _size(view, 0)]):
        if name == "LIST" and len(content) >= 4:
            for inner, inside in _walk(content[4:]):
                found.setdefault(inner, inside)
    return found


def _walk(view: memoryview) -> Iterator[tuple[str, memoryview]]:
    start = 0
    while start + _HEADER.size <= len(view):
        name, size = _HEADER.unpack_from(view, start)
        content = start + _HEADER.size
        if content + size > len(view):
            raise SoundFontError(
                f"want {size} bytes of {name.decode('latin-1')!r} in a soundfont, "
                f"got {len(view) - content}: it is cut short"
            )
        yield name.decode("latin-1"), view[content : content + size]
        start = content + size + size % 2


def _size(view: memoryview, start: int) -> int:
    size: int = _HEADER.unpack_from(view, start)[1]
    if size < 4 or start + 8 + size > len(view):
        raise SoundFontError(
            f"want a soundfont of {size + 8} bytes, got {len(view)}: it is cut short"
        )
    return size
