"""AAC frames out of MP4 files: plain ones by their sample table, fragmented ones by their runs.

ISO/IEC 14496-12. Sizes in a file are claims: every read is bounded by the box around it and by the
file, so that a hostile file costs no more than its own length.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from licklab.engine.audio.aac_frames import (
    UNTOLD_PRIMING_SAMPLES,
    AacConfig,
    read_audio_specific_config,
)
from licklab.engine.audio.formats import WANTED
from licklab.errors import DamagedAudioError, UnsupportedAudioError

# The tables of a recording of several hours; a larger index is an attack.
_MAX_INDEX_BYTES = 32_000_000
_MAX_FRAME_BYTES = 8192  # 13 bits in ADTS
_AAC_OBJECT = 0x40


@dataclass(frozen=True, slots=True)
class Mp4Audio:
    """The AAC track of an MP4 file.

    Attributes
    ----------
    config : AacConfig
        For the decoder.
    priming_samples : int
        Encoder padding at the start, from the edit list; the usual one without such a list.
    n_samples : int or None
        Length after the padding, from the edit list; None when it does not say.
    frames : list of (int, int)
        Offset in the file and length of each frame, in order.
    """

    config: AacConfig
    priming_samples: int
    n_samples: int | None
    frames: list[tuple[int, int]]


def is_mp4(head: bytes) -> bool:
    """Say whether a file begins as MP4 files do.

    Parameters
    ----------
    head : bytes
        The first 12 bytes.

    Returns
    -------
    bool
        True when a file type box comes first.
    """
    return head[4:8] == b"ftyp"


def read_mp4(file: BinaryIO) -> Mp4Audio:
    """Read where the AAC frames of an MP4 file are.

    Parameters
    ----------
    file : binary file
        Seekable.

    Returns
    -------
    Mp4Audio
        Of the first sound track.

    Raises
    ------
    AudioError
        If there is no index, no sound, or sound of another kind.
    """
    size = file.seek(0, os.SEEK_END)
    moov: bytes | None = None
    fragments: list[tuple[int, bytes]] = []
    indexed = 0
    for kind, start, content, end in _boxes_of_file(file, size):
        if kind in (b"moov", b"moof"):
            indexed += end - content
            if indexed > _MAX_INDEX_BYTES:
                raise DamagedAudioError("want an M4A file with a reasonable index, got a huge one")
            file.seek(content)
            data = file.read(end - content)
            if kind == b"moov":
                moov = moov or data
            else:
                fragments.append((start, data))
    if moov is None:
        raise DamagedAudioError(
            "want a whole M4A file, got one without its index (it may have been cut off)"
        )
    try:
        return _read_index(moov, fragments)
    except (struct.error, IndexError) as error:
        raise DamagedAudioError("want an M4A file with a whole index, got a damaged one") from error


def read_frame(file: BinaryIO, offset: int, n_bytes: int) -> bytes | None:
    """Read one raw frame.

    Parameters
    ----------
    file : binary file
        The MP4 file.
    offset, n_bytes : int
        From `Mp4Audio.frames`.

    Returns
    -------
    bytes or None
        None when the file ends before it.
    """
    if not 0 < n_bytes <= _MAX_FRAME_BYTES:
        return None
    file.seek(offset)
    data = file.read(n_bytes)
    return data if len(data) == n_bytes else None


def _boxes_of_file(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield kind, start, start of content and end of each box of the file."""
    start = 0
    while start + 8 <= size:
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


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each box in a box."""
    start = 0
    while start + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        if length < 8:
            return
        yield kind, data[start + 8 : start + length]
        start += length


def _find(data: bytes, *path: bytes) -> bytes | None:
    for kind in path:
        found = next((content for one, content in _boxes(data) if one == kind), None)
        if found is None:
            return None
        data = found
    return data


def _require(data: bytes, *path: bytes) -> bytes:
    found = _find(data, *path)
    if found is None:
        names = b"/".join(path).decode("ascii", "replace")
        raise DamagedAudioError(f"want an M4A file with a whole index, got one without {names}")
    return found


def _read_index(moov: bytes, fragments: list[tuple[int, bytes]]) -> Mp4Audio:
    track = next(
        (
            content
            for kind, content in _boxes(moov)
            if kind == b"trak" and (_find(content, b"mdia", b"hdlr") or b"")[8:12] == b"soun"
        ),
        None,
    )
    if track is None:
        raise UnsupportedAudioError(f"{WANTED}, got MP4 without a sound track")
    table = _require(track, b"mdia", b"minf", b"stbl")
    config = _read_config(_require(table, b"stsd"))
    frames = _plain_frames(table)
    if fragments:
        track_id = _track_id(_require(track, b"tkhd"))
        default = _default_size(moov, track_id)
        for start, moof in fragments:
            frames += _fragment_frames(start, moof, track_id, default)
    priming, length = _read_edits(moov, track, config.sample_rate)
    return Mp4Audio(config, priming, length, frames)


def _read_config(stsd: bytes) -> AacConfig:
    length, kind = struct.unpack_from(">I4s", stsd, 8)
    if kind != b"mp4a":
        name = {b"alac": "Apple Lossless (ALAC)"}.get(kind, kind.decode("ascii", "replace"))
        raise UnsupportedAudioError(
            f"{WANTED}, got {name} in MP4: convert it to FLAC or WAV and try again"
        )
    entry = stsd[16 : 8 + length]
    version = struct.unpack_from(">H", entry, 8)[0]
    # QuickTime's versions 1 and 2 have more fields before the boxes.
    boxes = entry[28 + {0: 0, 1: 16, 2: 36}.get(version, 0) :]
    esds = _find(boxes, b"esds") or _find(boxes, b"wave", b"esds")
    if esds is None:
        raise DamagedAudioError("want AAC with its configuration in the M4A file, got none")
    return _read_esds(esds[4:])


def _read_esds(data: bytes) -> AacConfig:
    """Walk the descriptors: 3 (stream) holds 4 (decoder), which holds 5 (configuration)."""
    at = 0
    while at < len(data):
        tag, at = data[at], at + 1
        for _ in range(4):  # the length has seven bits a byte, in at most four bytes
            at += 1
            if data[at - 1] < 0x80:
                break
        if tag == 3:
            flags = data[at + 2]
            at += 3
            at += 2 if flags & 0x80 else 0
            at += 1 + data[at] if flags & 0x40 else 0
            at += 2 if flags & 0x20 else 0
        elif tag == 4:
            if data[at] != _AAC_OBJECT:
                raise UnsupportedAudioError(
                    f"{WANTED}, got MP4 with sound of object type {data[at]:#x}"
                )
            at += 13
        elif tag == 5:
            return read_audio_specific_config(data[at : at + 2])
        else:
            break
    raise DamagedAudioError("want AAC with its configuration in the M4A file, got none")


def _plain_frames(table: bytes) -> list[tuple[int, int]]:
    sizes = _read_sizes(table)
    if not sizes:
        return []
    offsets = _read_chunk_offsets(table)
    runs = _require(table, b"stsc")
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
    stsz = _require(table, b"stsz")
    fixed, count = struct.unpack_from(">II", stsz, 4)
    if fixed:
        # Every frame of one size is unheard of in AAC; a claimed count is no allocation.
        return [fixed] * min(count, _MAX_INDEX_BYTES // 4)
    count = min(count, (len(stsz) - 12) // 4)
    return list(struct.unpack_from(f">{count}I", stsz, 12))


def _read_chunk_offsets(table: bytes) -> list[int]:
    wide = _find(table, b"co64")
    box, letter, width = (wide, "Q", 8) if wide is not None else (_require(table, b"stco"), "I", 4)
    count = min(struct.unpack_from(">I", box, 4)[0], (len(box) - 8) // width)
    return list(struct.unpack_from(f">{count}{letter}", box, 8))


def _track_id(tkhd: bytes) -> int:
    track_id: int = struct.unpack_from(">I", tkhd, 20 if tkhd[0] == 1 else 12)[0]
    return track_id


def _default_size(moov: bytes, track_id: int) -> int:
    for kind, content in _boxes(_find(moov, b"mvex") or b""):
        if kind == b"trex" and struct.unpack_from(">I", content, 4)[0] == track_id:
            size: int = struct.unpack_from(">I", content, 16)[0]
            return size
    return 0


def _fragment_frames(
    start: int, moof: bytes, track_id: int, default: int
) -> Iterator[tuple[int, int]]:
    for kind, traf in _boxes(moof):
        if kind != b"traf":
            continue
        header = _require(traf, b"tfhd")
        flags, found = struct.unpack_from(">II", header)
        if found != track_id:
            continue
        at, base, size = 8, start, default
        if flags & 0x1:
            base, at = struct.unpack_from(">Q", header, at)[0], at + 8
        at += (4 if flags & 0x2 else 0) + (4 if flags & 0x8 else 0)
        if flags & 0x10:
            size = struct.unpack_from(">I", header, at)[0]
        for one, run in _boxes(traf):
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
    count = min(count, (len(run) - at) // width if width else _MAX_INDEX_BYTES // 4)
    for i in range(count):
        n_bytes = size
        if flags & 0x200:
            place = at + i * width + (4 if flags & 0x100 else 0)
            n_bytes = struct.unpack_from(">I", run, place)[0]
        yield offset, n_bytes
        offset += n_bytes


def _read_edits(moov: bytes, track: bytes, sample_rate: int) -> tuple[int, int | None]:
    """Read padding and length, in samples, from the first edit that plays something."""
    edits = _find(track, b"edts", b"elst")
    if edits is None:
        return UNTOLD_PRIMING_SAMPLES, None
    movie_scale = _time_scale(_require(moov, b"mvhd"))
    media_scale = _time_scale(_require(track, b"mdia", b"mdhd"))
    wide = edits[0] == 1
    entry = struct.Struct(">QqI" if wide else ">IiI")
    count = min(struct.unpack_from(">I", edits, 4)[0], (len(edits) - 8) // entry.size)
    for i in range(count):
        duration, media_time, _ = entry.unpack_from(edits, 8 + i * entry.size)
        if media_time >= 0:
            length = round(duration * sample_rate / movie_scale) if duration else None
            return round(media_time * sample_rate / media_scale), length
    return 0, None


def _time_scale(header: bytes) -> int:
    scale: int = struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0]
    if scale == 0:
        raise DamagedAudioError("want an M4A file with a time scale, got 0")
    return scale
