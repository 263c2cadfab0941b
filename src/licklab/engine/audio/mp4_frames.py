"""Where the frames of an MP4 track lie: by its sample table, or by the runs of its fragments.

ISO/IEC 14496-12, sections 8.7 (tables) and 8.8 (fragments). Counts in a file are claims and are
never allocated for.
"""

import struct
from collections.abc import Iterator

from licklab.engine.audio.mp4_boxes import boxes, find, require

# More frames than this are a day of sound.
_MAX_FRAMES = 8_000_000


def plain_frames(table: bytes) -> list[tuple[int, int]]:
    """Read the frames of a file that is not fragmented.

    Parameters
    ----------
    table : bytes
        Content of `stbl`.

    Returns
    -------
    list of (int, int)
        Offset in the file and length of each frame, in order.
    """
    sizes = _read_sizes(table)
    if not sizes:
        return []
    offsets = _read_chunk_offsets(table)
    runs = require(table, b"stsc")
    n_runs = min(struct.unpack_from(">I", runs, 4)[0], (len(runs) - 8) // 12)
    frames: list[tuple[int, int]] = []
    for i in range(n_runs):
        first, per_chunk, _ = struct.unpack_from(">III", runs, 8 + 12 * i)
        last = len(offsets) + 1
        if i + 1 < n_runs:
            last = min(last, struct.unpack_from(">I", runs, 8 + 12 * (i + 1))[0])
        for chunk in range(max(1, first), last):
            offset = offsets[chunk - 1]
            chosen = sizes[len(frames) : len(frames) + per_chunk]
            if not chosen:
                return frames
            for n_bytes in chosen:
                frames.append((offset, n_bytes))
                offset += n_bytes
    return frames


def _read_sizes(table: bytes) -> list[int]:
    stsz = require(table, b"stsz")
    fixed, count = struct.unpack_from(">II", stsz, 4)
    if fixed:
        # Every frame of one size is unheard of in AAC; a claimed count is no allocation.
        return [fixed] * min(count, _MAX_FRAMES)
    count = min(count, (len(stsz) - 12) // 4)
    return list(struct.unpack_from(f">{count}I", stsz, 12))


def _read_chunk_offsets(table: bytes) -> list[int]:
    wide = find(table, b"co64")
    box, letter, width = (wide, "Q", 8) if wide is not None else (require(table, b"stco"), "I", 4)
    count = min(struct.unpack_from(">I", box, 4)[0], (len(box) - 8) // width)
    return list(struct.unpack_from(f">{count}{letter}", box, 8))


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


def fragment_frames(
    start: int, moof: bytes, track_id: int, default: int
) -> Iterator[tuple[int, int]]:
    """Walk the frames of one fragment.

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

    Yields
    ------
    offset, n_bytes : int
        Of each frame.
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
        for one, run in boxes(traf):
            if one == b"trun":
                yield from _run_frames(run, base, size)


def _run_frames(run: bytes, base: int, size: int) -> Iterator[tuple[int, int]]:
    flags, count = struct.unpack_from(">II", run)
    flags &= 0xFFFFFF
    at, offset = 8, base
    if flags & 0x1:
        offset, at = base + struct.unpack_from(">i", run, at)[0], at + 4
    at += 4 if flags & 0x4 else 0
    # Each entry: duration, size, flags, time offset, as far as the flags say they are there.
    width = 4 * (flags >> 8 & 0xF).bit_count()
    count = min(count, (len(run) - at) // width if width else _MAX_FRAMES)
    for i in range(count):
        n_bytes = size
        if flags & 0x200:
            place = at + i * width + (4 if flags & 0x100 else 0)
            n_bytes = struct.unpack_from(">I", run, place)[0]
        yield offset, n_bytes
        offset += n_bytes
