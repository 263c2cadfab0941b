"""What is in a file: its format, told by looking inside, and how much sound."""

import os
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile as sf

from licklab.engine.audio.aac import choose_aac_decoder
from licklab.engine.audio.aac_frames import (
    FRAME_SAMPLES,
    UNTOLD_PRIMING_SAMPLES,
    AacConfig,
    is_adts,
    read_adts_config,
    read_adts_frames,
)
from licklab.engine.audio.formats import WANTED, AudioFormat
from licklab.engine.audio.locate import locate_sound
from licklab.engine.audio.mp3 import skip_id3
from licklab.engine.audio.mp4 import is_mp4, read_mp4
from licklab.engine.audio.sndfile import Sound, read_into
from licklab.errors import (
    AudioError,
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
_SCAN_FRAMES = 1 << 14
_COUNT_FRAMES = 4096
# Beyond any scale of samples in use (32-bit integers kept as floats), and far below what overflows
# when channels are added up.
_LOUDEST = 1e10


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
    remark : str
        A sentence about sound in the file that is not used; empty without such.
    """

    format: AudioFormat
    sample_rate: int
    channels: int
    n_samples: int
    priming_samples: int = 0
    is_cut_off: bool = False
    remark: str = ""

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
        return _checked(_probe_with_libsndfile(file))


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
    choose_aac_decoder(audio.config.channels)
    n_samples = len(audio.frames) * FRAME_SAMPLES - audio.priming_samples
    if audio.n_samples is not None:
        n_samples = min(n_samples, audio.n_samples)
    return AudioInfo(
        AudioFormat.M4A,
        audio.config.sample_rate,
        audio.config.channels,
        n_samples,
        audio.priming_samples,
        is_cut_off=audio.frames.is_cut_off,
    )


def _probe_adts(file: BinaryIO) -> AudioInfo:
    start = skip_id3(file)
    file.seek(start)
    config = read_adts_config(file.read(16))
    choose_aac_decoder(config.channels)
    file.seek(start)
    n_frames = sum(1 for _ in read_adts_frames(file))
    after_sec = n_frames * FRAME_SAMPLES / config.sample_rate
    # What follows the last frame is half of another, one of another kind, or no sound at all.
    rest = file.read(16)
    is_same = is_adts(rest) and _is_same_kind(rest, config)
    return AudioInfo(
        AudioFormat.AAC,
        config.sample_rate,
        config.channels,
        max(0, n_frames * FRAME_SAMPLES - UNTOLD_PRIMING_SAMPLES),
        UNTOLD_PRIMING_SAMPLES,
        is_cut_off=is_same,
        remark=f"The file changes its sample rate or channels after {after_sec:.1f} s; "
        "what follows was not used."
        if is_adts(rest) and not is_same
        else "",
    )


def _is_same_kind(header: bytes, config: AacConfig) -> bool:
    try:
        return read_adts_config(header) == config
    except AudioError:
        return False


def _probe_with_libsndfile(file: BinaryIO) -> AudioInfo:
    stretch = locate_sound(file)
    try:
        # Given no path, libsndfile cannot go by the name's suffix.
        sound = Sound(stretch.open(file))
    except sf.LibsndfileError as error:
        raise NotAudioError(f"{WANTED}, got a file with none of these inside") from error
    with sound:
        in_ogg = sound.format == "OGG"
        known = _IN_OGG.get(sound.subtype) if in_ogg else _FORMATS.get(sound.format)
        if known is None:
            name = f"{sound.subtype} in Ogg" if in_ogg else sound.format
            raise UnsupportedAudioError(f"{WANTED}, got {name}")
        info = _checked(
            AudioInfo(
                known,
                sound.samplerate,
                sound.channels,
                sound.frames - stretch.leftover_samples,
                stretch.priming_samples,
                is_cut_off=stretch.is_cut_off,
                remark=stretch.remark,
            )
        )
        if info.n_samples >= _UNKNOWN_LENGTH:
            info = replace(info, n_samples=_count_samples(sound))
        if sound.subtype in ("FLOAT", "DOUBLE"):
            _require_numbers(sound)
    if known in (AudioFormat.WAV, AudioFormat.AIFF):
        return replace(info, is_cut_off=_is_riff_cut_off(file))
    return info


def _count_samples(sound: Sound) -> int:
    """Count what can be read of a stream that does not tell its length."""
    count = 0
    buffer = np.empty((_COUNT_FRAMES, sound.channels), np.float32)
    has_failed = False
    while not has_failed:
        n_read, has_failed = read_into(sound, buffer)
        if n_read == 0:
            break
        count += n_read
    return count


def _require_numbers(sound: Sound) -> None:
    start = 0
    while len(block := sound.read(_SCAN_FRAMES, dtype="float32", always_2d=True)):
        # Also false for NaN.
        bad = ~(np.abs(block) <= _LOUDEST).all(axis=1)
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
