"""What is in a file: its format, told by looking inside, and how much sound."""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile as sf

from licklab.engine.audio.aac_frames import (
    FRAME_SAMPLES,
    UNTOLD_PRIMING_SAMPLES,
    is_adts,
    read_adts_config,
    read_adts_frames,
)
from licklab.engine.audio.formats import WANTED, AudioFormat
from licklab.engine.audio.mp3 import UNTAGGED_PRIMING_SAMPLES, has_delay_tag, skip_id3
from licklab.engine.audio.mp4 import is_mp4, read_mp4
from licklab.errors import (
    DamagedAudioError,
    EmptyAudioError,
    NotAudioError,
    UnsupportedAudioError,
)

_FORMATS = {
    "WAV": AudioFormat.WAV,
    "WAVEX": AudioFormat.WAV,
    "RF64": AudioFormat.WAV,
    "FLAC": AudioFormat.FLAC,
    "AIFF": AudioFormat.AIFF,
    "MP3": AudioFormat.MP3,
}
_IN_OGG = {"VORBIS": AudioFormat.OGG, "OPUS": AudioFormat.OPUS}
# Beyond these a header is damaged or made up.
_RATES_HZ = range(1_000, 768_001)
_CHANNELS = range(1, 65)
# What libsndfile says when a stream does not tell its length.
_UNKNOWN_LENGTH = 1 << 48
_SCAN_FRAMES = 1 << 16


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """What a recording is.

    Attributes
    ----------
    format : AudioFormat
        By what is inside.
    sample_rate : int, Hz
        Of the file.
    channels : int
        Of the file.
    n_samples : int
        Per channel, without the encoder's padding, as far as the header is to be believed.
    priming_samples : int
        Padding in front that a decoder leaves in, to be dropped.
    is_cut_off : bool
        Whether the file is shorter than it says.
    """

    format: AudioFormat
    sample_rate: int
    channels: int
    n_samples: int
    priming_samples: int = 0
    is_cut_off: bool = False

    @property
    def duration_sec(self) -> float:
        """Length of the recording."""
        return self.n_samples / self.sample_rate

    @property
    def priming_sec(self) -> float:
        """Length of the padding that a decoder leaves in."""
        return self.priming_samples / self.sample_rate


def probe_audio(path: Path) -> AudioInfo:
    """Look into a file.

    Parameters
    ----------
    path : Path
        Any file; its name does not matter.

    Returns
    -------
    AudioInfo
        What was found.

    Raises
    ------
    NotAudioError
        If there is no audio inside.
    UnsupportedAudioError
        If there is audio of a kind that is not read.
    EmptyAudioError
        If there are no samples.
    DamagedAudioError
        If samples are not numbers, or the header makes no sense.
    """
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            raise EmptyAudioError(f"{WANTED}, got an empty file")
        file.seek(0)
        if is_mp4(file.read(12)):
            return _checked(_probe_mp4(file))
        file.seek(skip_id3(file))
        if is_adts(file.read(16)):
            return _checked(_probe_adts(file))
    return _checked(_probe_with_libsndfile(path))


def _checked(info: AudioInfo) -> AudioInfo:
    if info.sample_rate not in _RATES_HZ:
        raise DamagedAudioError(
            f"want a sample rate of {_RATES_HZ[0]} to {_RATES_HZ[-1]} Hz, got {info.sample_rate} Hz"
        )
    if info.channels not in _CHANNELS:
        raise DamagedAudioError(
            f"want {_CHANNELS[0]} to {_CHANNELS[-1]} channels, got {info.channels}"
        )
    if info.n_samples <= 0:
        raise EmptyAudioError("want a recording with sound in it, got a file with no samples")
    return info


def _probe_mp4(file: BinaryIO) -> AudioInfo:
    audio = read_mp4(file)
    size = file.seek(0, os.SEEK_END)
    whole = sum(1 for offset, n_bytes in audio.frames if offset + n_bytes <= size)
    n_samples = whole * FRAME_SAMPLES - audio.priming_samples
    if audio.n_samples is not None:
        n_samples = min(n_samples, audio.n_samples)
    return AudioInfo(
        AudioFormat.M4A,
        audio.config.sample_rate,
        audio.config.channels,
        n_samples,
        audio.priming_samples,
        is_cut_off=whole < len(audio.frames),
    )


def _probe_adts(file: BinaryIO) -> AudioInfo:
    start = skip_id3(file)
    file.seek(start)
    config = read_adts_config(file.read(16))
    file.seek(start)
    n_frames = sum(1 for _ in read_adts_frames(file))
    return AudioInfo(
        AudioFormat.AAC,
        config.sample_rate,
        config.channels,
        max(0, n_frames * FRAME_SAMPLES - UNTOLD_PRIMING_SAMPLES),
        UNTOLD_PRIMING_SAMPLES,
    )


def _probe_with_libsndfile(path: Path) -> AudioInfo:
    try:
        info = sf.info(str(path))
    except sf.LibsndfileError as error:
        raise NotAudioError(f"{WANTED}, got a file with none of these inside") from error
    known = _IN_OGG.get(info.subtype) if info.format == "OGG" else _FORMATS.get(info.format)
    if known is None:
        name = f"{info.subtype} in Ogg" if info.format == "OGG" else info.format
        raise UnsupportedAudioError(f"{WANTED}, got {name}")
    n_samples = info.frames
    if n_samples >= _UNKNOWN_LENGTH:
        n_samples = _count_samples(path)
    priming = 0
    with path.open("rb") as file:
        if known is AudioFormat.MP3 and not has_delay_tag(file):
            priming = UNTAGGED_PRIMING_SAMPLES
        cut_off = _CUT_OFF[known](file) if known in _CUT_OFF else False
    if info.subtype in ("FLOAT", "DOUBLE"):
        _require_numbers(path)
    return AudioInfo(
        known, info.samplerate, info.channels, n_samples - priming, priming, is_cut_off=cut_off
    )


def _count_samples(path: Path) -> int:
    """Count what can be read of a stream that does not tell its length."""
    count = 0
    with sf.SoundFile(str(path)) as sound:
        buffer = np.empty((4096, sound.channels), np.float32)
        try:
            while n_read := len(sound.read(out=buffer)):
                count += n_read
        except sf.LibsndfileError:
            pass  # the end of such a stream, or of what is whole of it
    return count


def _require_numbers(path: Path) -> None:
    with sf.SoundFile(str(path)) as sound:
        start = 0
        while len(block := sound.read(_SCAN_FRAMES, dtype="float32", always_2d=True)):
            bad = ~np.isfinite(block).all(axis=1)
            if bad.any():
                where = (start + int(bad.argmax())) / sound.samplerate
                raise DamagedAudioError(
                    "want samples that are numbers, got NaN or infinity (the first at "
                    f"{where:.2f} s): export the recording again"
                )
            start += len(block)


def _is_riff_cut_off(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(8)
    claimed: int = struct.unpack("<I" if head[:2] == b"RI" else ">I", head[4:8])[0]
    # Programs that write to a pipe leave 0 or the largest number there.
    return head[:4] in (b"RIFF", b"FORM") and size < claimed + 8 < (1 << 32) - (1 << 20)


def _is_ogg_cut_off(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    # A page has at most 65,307 bytes (RFC 3533), so the last one starts in here.
    file.seek(max(0, size - 65_536))
    tail = file.read()
    last = tail.rfind(b"OggS")
    ends_stream = last >= 0 and last + 5 < len(tail) and tail[last + 5] & 0x04
    return not ends_stream


_CUT_OFF: dict[AudioFormat, Callable[[BinaryIO], bool]] = {
    AudioFormat.WAV: _is_riff_cut_off,
    AudioFormat.AIFF: _is_riff_cut_off,
    AudioFormat.OGG: _is_ogg_cut_off,
    AudioFormat.OPUS: _is_ogg_cut_off,
}
