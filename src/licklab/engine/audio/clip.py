"""A stretch of a recording to practise with: slower or faster, and in another key."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr
from python_stretch.Signalsmith import Stretch as Stretcher

from licklab.domain.region import Region
from licklab.engine.audio.probe import AudioInfo
from licklab.engine.audio.reader import AudioReader, Samples, narrow
from licklab.engine.audio.sndfile import written_whole
from licklab.errors import ClipError, DamagedAudioError

LONGEST_SEC = 120
"""Of the recording, in one clip."""
LONGEST_WRITTEN_SEC = 1200
"""Of a clip with all its repeats: 230 MB as WAV."""
SPEEDS_PERCENT = (40, 120)
SEMITONES = (-12, 12)
REPEATS = (1, 16)
MEDIA_TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg", "flac": "audio/flac"}
"""What a clip can be written as."""

# Enough to be no click, too short to be heard as a fade.
_FADE_SEC = 0.005
# Sound around the clip, so that the stretcher's blocks (0.12 s) are full from the first on.
_CONTEXT_SEC = 0.25
# MP3 has these and no others (ISO/IEC 13818-3), and nobody hears more.
_SAMPLE_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
# Higher than this, timbre is left where it is: Signalsmith's advice for a natural sound.
_TONALITY_LIMIT_HZ = 8000
_SEED = 1  # the same clip has the same bytes


@dataclass(frozen=True, slots=True)
class ClipWishes:
    """How a stretch should sound.

    Attributes
    ----------
    speed_percent : float, 40 to 120
        Of the recording's.
    semitones : int, -12 to 12
        Up or down.
    n_repeats : int, 1 to 16
        How often it is played, one after the other.

    Raises
    ------
    ClipError
        If one of them is out of bounds.
    """

    speed_percent: float = 100.0
    semitones: int = 0
    n_repeats: int = 1

    def __post_init__(self) -> None:
        for name, value, (least, most) in (
            ("a speed in percent", self.speed_percent, SPEEDS_PERCENT),
            ("a shift in semitones", self.semitones, SEMITONES),
            ("a number of repeats", self.n_repeats, REPEATS),
        ):
            if not least <= value <= most:  # also true for NaN
                raise ClipError(f"want {name} from {least} to {most}, got {value:g}")


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound that is ready to be written.

    Attributes
    ----------
    samples : array, shape=(n_samples, n_channels)
        One or two channels.
    sample_rate : int, Hz
        One that MP3 has.
    """

    samples: Samples
    sample_rate: int


def cut_clip(path: Path, info: AudioInfo, stretch: Region, wishes: ClipWishes) -> Clip:
    """Cut a stretch out of a recording and make it sound as wished, once.

    Parameters
    ----------
    path : Path
        The file; only the part that is needed is decoded.
    info : AudioInfo
        What `probe_audio` found in it.
    stretch : Region
        In seconds of the recording.
    wishes : ClipWishes
        Speed and key; repeats only count for the limit.

    Returns
    -------
    Clip
        Its first sample is the first of the stretch; faded in and out. Stereo stays stereo, more
        channels become one.

    Raises
    ------
    RegionError
        If the stretch is not in the recording.
    ClipError
        If it is too long.
    DamagedAudioError
        If there is nothing in it that can be read.
    """
    closed = stretch.within(info.duration_sec)
    assert closed.start_sec is not None
    assert closed.end_sec is not None
    _require_length(closed.end_sec - closed.start_sec, wishes)
    rate = info.sample_rate
    start, end = round(closed.start_sec * rate), round(closed.end_sec * rate)
    first = max(0, start - round(_CONTEXT_SEC * rate))
    reader = AudioReader(path, info, first, end + round(_CONTEXT_SEC * rate))
    samples = np.concatenate([narrow(block) for block in reader.channel_blocks()])
    if len(samples) <= start - first:
        raise DamagedAudioError(
            f"want sound from {closed.start_sec:.2f} s on, got a damaged file that can be read "
            f"to {reader.read_to_sec:.2f} s"
        )
    written_rate = next((one for one in _SAMPLE_RATES if one >= rate), _SAMPLE_RATES[-1])
    if written_rate != rate:
        samples = soxr.resample(samples, rate, written_rate)
    slowed = _slow(samples, written_rate, wishes)
    # Seconds of what was read become samples of what is written.
    scale = written_rate / rate * 100 / wishes.speed_percent
    cut = slowed[round((start - first) * scale) : round((end - first) * scale)]
    return Clip(_fade(cut, written_rate), written_rate)


def write_clip(clip: Clip, file: IO[bytes], kind: str, n_repeats: int) -> None:
    """Write a clip.

    Parameters
    ----------
    clip : Clip
        The sound.
    file : binary file
        Seekable; left at its end.
    kind : str
        One of `MEDIA_TYPES`.
    n_repeats : int
        How often it is written, one after the other, without a gap.

    Raises
    ------
    OSError
        If it cannot be written to its end.
    """
    n_channels = clip.samples.shape[1]
    subtype = "MPEG_LAYER_III" if kind == "mp3" else "PCM_16"
    # What a shift or a narrow fade lifts above full scale is turned down, not cut off.
    samples = clip.samples / max(1.0, float(np.abs(clip.samples).max(initial=0.0)))
    with (
        written_whole(),
        sf.SoundFile(
            file, "w", clip.sample_rate, n_channels, subtype, format=kind.upper()
        ) as sound,
    ):
        for _ in range(n_repeats):
            sound.write(samples)


def _require_length(length_sec: float, wishes: ClipWishes) -> None:
    if length_sec > LONGEST_SEC:
        raise ClipError(
            f"want at most {LONGEST_SEC} s of a recording in a clip, got {length_sec:.1f} s"
        )
    written_sec = length_sec * 100 / wishes.speed_percent * wishes.n_repeats
    if written_sec > LONGEST_WRITTEN_SEC:
        raise ClipError(
            f"want a clip of at most {LONGEST_WRITTEN_SEC} s with all its repeats, "
            f"got one of {written_sec:.0f} s"
        )


def _slow(samples: Samples, sample_rate: int, wishes: ClipWishes) -> Samples:
    """Stretch and shift; the first sample stays the first.

    The library looks ahead by its own latency and gives all that it owes at the end, so nothing is
    late (a test measures it).
    """
    if wishes.speed_percent == 100 and wishes.semitones == 0:
        return samples
    stretcher = Stretcher(_SEED)
    stretcher.preset(samples.shape[1], sample_rate)
    stretcher.setTimeFactor(wishes.speed_percent / 100)
    stretcher.setTransposeSemitones(wishes.semitones, _TONALITY_LIMIT_HZ / sample_rate)
    stretched: npt.NDArray[np.float32] = np.asarray(
        stretcher.process(np.ascontiguousarray(samples.T))
    )
    return stretched.T


def _fade(samples: Samples, sample_rate: int) -> Samples:
    n_faded = min(math.ceil(_FADE_SEC * sample_rate), len(samples) // 2)
    ramp = (np.arange(n_faded, dtype=np.float32)[:, None] + 0.5) / max(1, n_faded)
    faded = samples.copy()
    faded[:n_faded] *= ramp
    faded[len(faded) - n_faded :] *= ramp[::-1]
    return faded
