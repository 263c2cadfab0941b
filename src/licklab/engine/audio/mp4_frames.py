"""Where the frames of an MP4 track lie: by its sample table, or by the runs of its fragments.

ISO/IEC 14496-12, sections 8.7 (tables) and 8.8 (fragments). Counts in a file are claims and are
never allocated for.
"""

import struct
import sys
from array import array
from collections.abc import Sequence

from licklab.engine.audio.mp4_boxes import boxes, find, require
from licklab.engine.audio.mp4_index import FrameIndex

# As many equal frames as an index takes.
_MAX_FIXED = 2_000_001


def add_plain_frames(table: bytes, index: FrameIndex) -> None:
    """Add the frames of a file that is not fragmented.

    Parameters
    ----------
    table : bytes
        Content of `stbl`.
    index : FrameIndex
        To be filled.

    Raises
    ------
    DamagedAudioError
        If the table makes no sense.
    """
    sizes = _read_sizes(table)
    if not len(sizes):
        return
    offsets = _read_chunk_offsets(table)
    runs = require(table, b"stsc")
    n_runs = min(struct.unpack_from(">I", runs, 4)[0], (len(runs) - 8) // 12)
    done = 0
    for i in range(n_runs):
        first, per_chunk, _ = struct.unpack_from(">III", runs, 8 + 12 * i)
        last = len(offsets) + 1
        if i + 1 < n_runs:
            last = min(last, struct.unpack_from(">I", runs, 8 + 12 * (i + 1))[0])
        for chunk in range(max(1, first), last):
            offset = offsets[chunk - 1]
            stop = min(done + per_chunk, len(sizes))
            if done == stop:
                return
            for place in range(done, stop):
                if not index.add(offset, sizes[place]):
                    return
                offset += sizes[place]
            done = stop


def _read_sizes(table: bytes) -> Sequence[int]:
    stsz = require(table, b"stsz")
    fixed, count = struct.unpack_from(">II", stsz, 4)
    if fixed:
        # Not in use for AAC, whose frames differ; a claimed count must not be allocated.
        return [fixed] * min(count, _MAX_FIXED)
    count = min(count, (len(stsz) - 12) // 4)
    return _big_endian("I", stsz[12 : 12 + 4 * count])


def _read_chunk_offsets(table: bytes) -> Sequence[int]:
    wide = find(table, b"co64")
    box, letter, width = (wide, "Q", 8) if wide is not None else (require(table, b"stco"), "I", 4)
    count = min(struct.unpack_from(">I", box, 4)[0], (len(box) - 8) // width)
    return _big_endian(letter, box[8 : 8 + width * count])


def _big_endian(letter: str, data: bytes) -> Sequence[int]:
    numbers = array(letter, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def read_track_id(tkhd: bytes) -> int:
    """Read the number of a track.

    Parameters
    ----------
    tkhd : bytes
        Content of its header.

    Returns
    -------
    int
        By which fragments name it.
    """
    track_id: int = struct.unpack_from(">I", tkhd, 20 if tkhd[0] == 1 else 12)[0]
    return track_id


def read_default_size(moov: bytes, track_id: int) -> int:
    """Read how long a track's frames are where a fragment does not say.

    Parameters
    ----------
    moov : bytes
        The index.
    track_id : int
        Of the track.

    Returns
    -------
    int
        Bytes; 0 when the index does not say either.
    """
    for kind, content in boxes(find(moov, b"mvex") or b""):
        if kind == b"trex" and struct.unpack_from(">I", content, 4)[0] == track_id:
            size: int = struct.unpack_from(">I", content, 16)[0]
            return size
    return 0


def add_fragment_frames(
    start: int, moof: bytes, track_id: int, default: int, index: FrameIndex
) -> None:
    """Add the frames of one fragment.

    Parameters
    ----------
    start : int
        Offset of the fragment in the file.
    moof : bytes
        Content of its index.
    track_id : int
        Of the wanted track.
    default : int
        Length of frames of which the fragment tells none.
    index : FrameIndex
        To be filled.

    Raises
    ------
    DamagedAudioError
        If the fragment makes no sense.
    """
    for kind, traf in boxes(moof):
        if kind != b"traf":
            continue
        header = require(traf, b"tfhd")
        flags, found = struct.unpack_from(">II", header)
        if found != track_id:
            continue
        at, base, size = 8, start, default
        if flags & 0x1:
            base, at = struct.unpack_from(">Q", header, at)[0], at + 8
        at += (4 if flags & 0x2 else 0) + (4 if flags & 0x8 else 0)
        if flags & 0x10:
            size = struct.unpack_from(">I", header, at)[0]
        follows = base
        for one, run in boxes(traf):
            if one == b"trun":
                follows = _add_run(run, base, follows, size, index)


def _add_run(run: bytes, base: int, follows: int, size: int, index: FrameIndex) -> int:
    """Add the frames of a run and return where they end."""
    flags, count = struct.unpack_from(">II", run)
    flags &= 0xFFFFFF
    # A run that does not say where it begins follows the one before.
    at, offset = 8, follows
    if flags & 0x1:
        offset, at = base + struct.unpack_from(">i", run, at)[0], at + 4
    at += 4 if flags & 0x4 else 0
    # Each entry: duration, size, flags, time offset, as far as the flags say they are there.
    width = 4 * (flags >> 8 & 0xF).bit_count()
    if width:
        count = min(count, (len(run) - at) // width)
    for i in range(count):
        n_bytes = size
        if flags & 0x200:
            place = at + i * width + (4 if flags & 0x100 else 0)
            n_bytes = struct.unpack_from(">I", run, place)[0]
        if not index.add(offset, n_bytes):
            break
        offset += n_bytes
    return offset
