"""AAC in MP4 files: what a decoder has to know, and where the frames lie.

ISO/IEC 14496-12. Sizes in a file are claims: every read is bounded by the box around it and by the
file, so that a hostile file costs no more than its own length.
"""

import os
import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

from licklab.engine.audio.aac_frames import (
    UNTOLD_PRIMING_SAMPLES,
    AacConfig,
    read_audio_specific_config,
)
from licklab.engine.audio.formats import WANTED
from licklab.engine.audio.mp4_boxes import boxes, boxes_of_file, find, require
from licklab.engine.audio.mp4_frames import (
    add_fragment_frames,
    add_plain_frames,
    read_default_size,
    read_track_id,
)
from licklab.engine.audio.mp4_index import FrameIndex
from licklab.errors import DamagedAudioError, UnsupportedAudioError

# The tables of a recording of several hours; a larger index is an attack.
_MAX_INDEX_BYTES = 32_000_000
_AAC_OBJECT = 0x40
# iTunes tells padding in front, padding behind and length in a tag, as hexadecimal numbers; older
# files have no edit list beside it.
_ITUNES_PADDING = re.compile(
    rb"iTunSMPB.{0,32}? [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{8}) ([0-9A-F]{16})", re.DOTALL
)


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
    frames : FrameIndex
        Offset in the file and length of each frame, in order.
    """

    config: AacConfig
    priming_samples: int
    n_samples: int | None
    frames: FrameIndex


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
    moov: bytes | None = None
    fragments: list[tuple[int, bytes]] = []
    indexed = 0
    for kind, start, content, end in boxes_of_file(file):
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
        return _read_index(moov, fragments, FrameIndex(file.seek(0, os.SEEK_END)))
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
    file.seek(offset)
    data = file.read(n_bytes)
    return data if len(data) == n_bytes else None


def _read_index(moov: bytes, fragments: list[tuple[int, bytes]], frames: FrameIndex) -> Mp4Audio:
    track = next(
        (
            content
            for kind, content in boxes(moov)
            if kind == b"trak" and (find(content, b"mdia", b"hdlr") or b"")[8:12] == b"soun"
        ),
        None,
    )
    if track is None:
        raise UnsupportedAudioError(f"{WANTED}, got MP4 without a sound track")
    table = require(track, b"mdia", b"minf", b"stbl")
    config = _read_config(require(table, b"stsd"))
    add_plain_frames(table, frames)
    if fragments:
        track_id = read_track_id(require(track, b"tkhd"))
        default = read_default_size(moov, track_id)
        for start, moof in fragments:
            add_fragment_frames(start, moof, track_id, default, frames)
    priming, length = _read_padding(moov, track, config.sample_rate)
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
    esds = find(boxes, b"esds") or find(boxes, b"wave", b"esds")
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


def _read_padding(moov: bytes, track: bytes, sample_rate: int) -> tuple[int, int | None]:
    """Read padding and length in samples: by the edit list, else by iTunes' remark, else usual."""
    media_scale = _time_scale(require(track, b"mdia", b"mdhd"))
    edit = _read_edit(moov, track)
    if edit is not None and edit[0] > 0:
        length = round(edit[1] * sample_rate) if edit[1] else None
        return round(edit[0] * sample_rate / media_scale), length
    remark = _ITUNES_PADDING.search(moov)
    if remark is not None:
        priming, _, length = (int(one, 16) * sample_rate // media_scale for one in remark.groups())
        return priming, length or None
    if edit is not None:
        return 0, round(edit[1] * sample_rate) if edit[1] else None
    return UNTOLD_PRIMING_SAMPLES, None


def _read_edit(moov: bytes, track: bytes) -> tuple[int, float] | None:
    """Read where the first edit that plays something begins, in the track's time, and its length.

    The length is in seconds and 0 when untold; later edits are not honoured.
    """
    edits = find(track, b"edts", b"elst")
    if edits is None:
        return None
    movie_scale = _time_scale(require(moov, b"mvhd"))
    entry = struct.Struct(">QqI" if edits[0] == 1 else ">IiI")
    count = min(struct.unpack_from(">I", edits, 4)[0], (len(edits) - 8) // entry.size)
    for i in range(count):
        duration, media_time, _ = entry.unpack_from(edits, 8 + i * entry.size)
        if media_time >= 0:
            return media_time, duration / movie_scale
    return 0, 0.0


def _time_scale(header: bytes) -> int:
    scale: int = struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)[0]
    if scale == 0:
        raise DamagedAudioError("want an M4A file with a time scale, got 0")
    return scale
