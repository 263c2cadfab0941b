"""Where the sound of an MP3 file lies, how long it lasts, and how much padding is in front of it.

ISO/IEC 11172-3 and 13818-3 describe the frames; the Xing/Info tag in the first frame, with LAME's
extension, is a custom of encoders. A decoder that finds the whole tag skips the padding and knows
the length. In front of a stream that lacks it a tag is made up, as the frames were counted:
otherwise the length would be guessed from the first bit rate, and the music cut there.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from licklab.engine.audio.mp3_tag import make_tag, read_tag
from licklab.engine.audio.mpeg_frames import FrameHeader, read_frame_header
from licklab.engine.audio.stretch import Stretch

# 576 samples of the usual encoder's delay and 529 of every decoder's. Measured with LAME 3.100 and
# libmp3lame against libsndfile 1.2: 1105 samples at every rate from 8 to 48 kHz.
_ENCODER_DELAY = 576
UNTAGGED_PRIMING_SAMPLES = _ENCODER_DELAY + 529

# A stream may begin in the middle of a frame (at most 1441 bytes) or with a little junk; behind an
# ID3 tag with a wrong length there may be a picture.
_JUNK_BYTES = 8_192
_PICTURE_BYTES = 1 << 20
_MAX_TAGS = 16
# So many frames in a row are not found by chance: a header has 11 fixed bits, and the next must
# stand where it says and agree.
_CHAIN = 3
_READ_BYTES = 1 << 20
# Each takes a search; a file with more holes is made to keep us busy.
_MAX_HOLES = 200


def skip_id3(file: BinaryIO) -> int:
    """Find where the sound begins behind ID3v2 tags.

    Parameters
    ----------
    file : binary file
        Seekable.

    Returns
    -------
    int
        Offset of the first byte behind them, or behind the header of one whose length is wrong;
        0 without any.
    """
    size = file.seek(0, os.SEEK_END)
    offset = 0
    for _ in range(_MAX_TAGS):
        file.seek(offset)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            break
        offset += 10
        # Four bytes of seven bits each.
        length = sum((head[6 + i] & 0x7F) << (21 - 7 * i) for i in range(4))
        if offset + length <= size:
            offset += length + (10 if head[5] & 0x10 else 0)
    return offset


def find_mp3(file: BinaryIO) -> Stretch | None:
    """Find MP3 sound in a file.

    Parameters
    ----------
    file : binary file
        Any file.

    Returns
    -------
    Stretch or None
        Where it lies; None when there is none.
    """
    size = file.seek(0, os.SEEK_END)
    start = _find_first_frame(file, size)
    if start is None:
        return None
    file.seek(start)
    first = read_frame_header(file.read(4))
    assert first is not None
    file.seek(start)
    tag = read_tag(file.read(first.n_bytes), first)
    if tag is not None and tag.is_whole:
        after = start + tag.n_bytes if tag.n_bytes else size
        # An ID3 tag may stand between the two.
        if after < size and _resync(file, after - 1, size) is not None:
            return Stretch(
                start, after, remark="Another recording follows in the file; it was not used."
            )
        return Stretch(start, size)
    # A tag that does not tell the padding is no sound either.
    sound = start + (first.n_bytes if tag is not None else 0)
    count, end, remark = _count_frames(file, sound, size, first)
    prefix = make_tag(first, count)
    return Stretch(sound, end, prefix, UNTAGGED_PRIMING_SAMPLES, _ENCODER_DELAY, remark=remark)


def _find_first_frame(file: BinaryIO, size: int) -> int | None:
    start = skip_id3(file)
    file.seek(start)
    data = file.read(_PICTURE_BYTES if start else _JUNK_BYTES)
    at = data.find(b"\xff")
    while at >= 0:
        if read_frame_header(data[at : at + 4]) and _is_chain(file, start + at, size, at == 0):
            return start + at
        at = data.find(b"\xff", at + 1)
    return None


def _is_chain(file: BinaryIO, at: int, size: int, exact: bool) -> bool:  # noqa: FBT001 (private)
    """Say whether frames follow one another; an `exact` few up to the end will do too."""
    first: FrameHeader | None = None
    for _ in range(_CHAIN):
        file.seek(at)
        header = read_frame_header(word := file.read(4))
        if header is None:
            return exact and first is not None and (word[:3] == b"TAG" or at == size)
        if first is not None and not first.is_like(header):
            return False
        first = first or header
        at += header.n_bytes
    return True


def _count_frames(
    file: BinaryIO, start: int, size: int, first: FrameHeader
) -> tuple[int, int, str]:
    """Count the frames that are like the first: their number, where they end, and a remark."""
    count, at = 0, start
    for at, header in _walk(file, start, size):
        if not first.is_like(header):
            after_sec = count * first.n_samples / first.sample_rate
            remark = (
                f"The file changes its sample rate or channels after {after_sec:.1f} s; "
                "what follows was not used."
            )
            return count, at, remark
        count += 1
    return count, size, ""


def _walk(file: BinaryIO, start: int, size: int) -> Iterator[tuple[int, FrameHeader]]:
    """Yield place and header of one frame after the other, across short damage."""
    base, data, at = start, b"", start
    # There are few different headers in a stream, and hundreds of thousands of frames.
    seen: dict[bytes, FrameHeader | None] = {}
    n_holes = 0
    while True:
        place = at - base
        if place + 4 > len(data):
            file.seek(at)
            base, data, place = at, file.read(_READ_BYTES), 0
            if len(data) < 4:
                return
        word = data[place : place + 4]
        header = seen[word] if word in seen else seen.setdefault(word, read_frame_header(word))
        if header is None:
            found = _resync(file, at, size)
            n_holes += 1
            if found is None or n_holes > _MAX_HOLES:
                return
            at = found
            continue
        if at + header.n_bytes > size:
            return  # cut off in the middle: no decoder takes it
        yield at, header
        at += header.n_bytes


def _resync(file: BinaryIO, start: int, size: int) -> int | None:
    file.seek(start)
    data = file.read(_JUNK_BYTES)
    at = data.find(b"\xff", 1)
    while at >= 0:
        if read_frame_header(data[at : at + 4]) and _is_chain(file, start + at, size, exact=False):
            return start + at
        at = data.find(b"\xff", at + 1)
    return None
