"""Where the whole pages of an Ogg file end: RFC 3533."""

import os
from typing import BinaryIO

from licklab.engine.audio.stretch import Stretch

CAPTURE_PATTERN = b"OggS"
"""How every page begins."""

_HEADER_BYTES = 27
_MAX_PAGE_BYTES = 65_307
_LAST_PAGE_FLAG = 0x04
_SERIAL = slice(14, 18)


def find_ogg(file: BinaryIO) -> Stretch:
    """Find the whole pages, for decoders stumble over half of one.

    Parameters
    ----------
    file : binary file
        An Ogg file.

    Returns
    -------
    Stretch
        From the beginning to the end of the last whole page.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(_HEADER_BYTES)
    # The last whole page, and half of another behind it.
    start = max(0, size - 2 * _MAX_PAGE_BYTES)
    file.seek(start)
    tail = file.read(2 * _MAX_PAGE_BYTES)
    at = tail.rfind(CAPTURE_PATTERN)
    while at >= 0:
        end = at + _page_bytes(tail[at : at + _HEADER_BYTES + 255])
        if at < end <= len(tail):
            is_chained = tail[at:][_SERIAL] != head[_SERIAL]
            return Stretch(
                0,
                start + end,
                is_cut_off=not tail[at + 5] & _LAST_PAGE_FLAG,
                remark="The file holds several recordings; only the first was used."
                if is_chained
                else "",
            )
        at = tail.rfind(CAPTURE_PATTERN, 0, at)
    return Stretch(0, size, is_cut_off=True)


def _page_bytes(page: bytes) -> int:
    """Add up a page's length; 0 when not even its header is whole."""
    if len(page) < _HEADER_BYTES:
        return 0
    lengths = page[_HEADER_BYTES : _HEADER_BYTES + page[26]]
    if len(lengths) < page[26]:
        return 0
    return _HEADER_BYTES + len(lengths) + sum(lengths)
