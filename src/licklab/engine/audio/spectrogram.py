"""Pictures of sound for a piano roll to lie on: time by pitch, in tiles.

A row is a third of a semitone. Each is looked at through two windows at once, a long one that tells
pitches apart and a short one that tells moments apart, and the smaller magnitude counts: what only
one of them sees is the blur of the other.
"""

import io
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr
from PIL import Image

from licklab.engine.audio.probe import AudioInfo
from licklab.engine.audio.reader import AudioReader, Samples
from licklab.errors import DamagedAudioError

TILE_SEC = 20
COLUMNS_PER_SEC = 50
ROWS_PER_SEMITONE = 3
LOWEST_MIDI, HIGHEST_MIDI = 21, 108
"""The keys of a piano; a key's middle row is its pitch at A = 440 Hz."""

_N_COLUMNS = TILE_SEC * COLUMNS_PER_SEC
# More than half of the longest window, so that a tile's edges look as its neighbour's do.
_CONTEXT_SEC = 0.3
# A multiple of COLUMNS_PER_SEC, as are those of the bands.
_SAMPLE_RATE = 12_800
# The window of f Hz lasts 1 / (f / 44 + 2 Hz): one semitone and a third wide (at -6 dB, Hann) where
# it can be, and never longer than 0.4 s, which a bass note is in time.
_QUALITY = 44
_LEAST_WIDTH_HZ = 2.0
_SHORTENING = 3  # of the second window
# White is a sine of -10 dB full scale at 440 Hz, black is this far below. Tuned by eye on a band, a
# guitar, a saxophone and vibes; sound falls by some 3 dB an octave, which is made good.
_WHITE_DB = -10.0
_RANGE_DB = 80.0
_TILT_DB = 3.0
_TILT_MIDI = 69

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Band:
    """Keys from `low_midi` up to, but without, `high_midi`, seen at a rate of their own."""

    low_midi: int
    high_midi: int
    sample_rate: int


# Low keys need long windows and few samples a second.
_BANDS = (_Band(21, 57, 1600), _Band(57, 81, 3200), _Band(81, 109, _SAMPLE_RATE))


def count_tiles(duration_sec: float) -> int:
    """Count the tiles that a recording has.

    Parameters
    ----------
    duration_sec : float
        Of the recording.

    Returns
    -------
    int
        The last one may be black at its end.
    """
    return int(-(-duration_sec // TILE_SEC))


def draw_tile(path: Path, info: AudioInfo, tile: int) -> Picture:
    """Draw `TILE_SEC` of a recording.

    Parameters
    ----------
    path : Path
        The file.
    info : AudioInfo
        What `probe_audio` found in it.
    tile : int
        Which, from 0; only its part of the file is decoded.

    Returns
    -------
    array, shape=(264, 1000)
        The highest row first. Brightness is the square of the share that is reached of 80 dB, so
        that notes stand out. Column c shows the moment (c + 0.5) / 50 s after the tile's beginning.
        Black where there is no sound, or none that can be read.
    """
    samples = _read(path, info, tile * TILE_SEC)
    bands = []
    for band in _BANDS:
        own = samples
        if band.sample_rate != _SAMPLE_RATE:
            own = soxr.resample(samples, _SAMPLE_RATE, band.sample_rate)
        long, short = (_magnitude(own, band, factor) for factor in (1, _SHORTENING))
        bands.append(np.minimum(long, short))
    level_db = 20 * np.log10(np.maximum(np.concatenate(bands, axis=1), 1e-6))
    level_db += _TILT_DB / 12 * (_pitches(LOWEST_MIDI, HIGHEST_MIDI + 1) - _TILT_MIDI)
    share = np.clip((level_db - _WHITE_DB) / _RANGE_DB + 1, 0, 1)
    picture: Picture = np.rint(255 * share**2).astype(np.uint8)
    return np.ascontiguousarray(picture.T[::-1])


def write_webp(picture: Picture) -> bytes:
    """Write a picture for browsers.

    Parameters
    ----------
    picture : array, shape=(n_rows, n_columns)
        Grey.

    Returns
    -------
    bytes
        WebP, lossy: a fifth of the size, and no eye sees it.
    """
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "WEBP", quality=75, method=2)
    return file.getvalue()


def _read(path: Path, info: AudioInfo, start_sec: float) -> Samples:
    """Read a tile with some sound around it; silence stands for what is not there."""
    n_wanted = round((TILE_SEC + 2 * _CONTEXT_SEC) * _SAMPLE_RATE)
    from_sec = start_sec - _CONTEXT_SEC
    first = max(0, math.ceil(from_sec * info.sample_rate))
    end = round((start_sec + TILE_SEC + _CONTEXT_SEC) * info.sample_rate)
    samples = np.zeros(n_wanted, np.float32)
    at = round((first / info.sample_rate - from_sec) * _SAMPLE_RATE)
    try:
        for block in AudioReader(path, info, first, end).blocks(_SAMPLE_RATE):
            kept = block[: n_wanted - at]
            samples[at : at + len(kept)] = kept
            at += len(kept)
    except DamagedAudioError:
        # The file promises sound that is not there: the rest of its pictures is as good as ever.
        pass
    return samples


def _magnitude(samples: Samples, band: _Band, shortening: int) -> npt.NDArray[np.float32]:
    """Measure the sines of a band: 1 is one of full scale; shape=(n_columns, n_rows)."""
    kernels = _kernels(band, shortening)
    hop = band.sample_rate // COLUMNS_PER_SEC
    first = round(_CONTEXT_SEC * band.sample_rate) + hop // 2 - len(kernels) // 2
    frames = np.lib.stride_tricks.sliding_window_view(samples, len(kernels))[first::hop]
    parts = np.ascontiguousarray(frames[:_N_COLUMNS]) @ kernels
    n_rows = parts.shape[1] // 2
    magnitude: npt.NDArray[np.float32] = np.hypot(parts[:, :n_rows], parts[:, n_rows:])
    return magnitude


@cache
def _kernels(band: _Band, shortening: int) -> npt.NDArray[np.float32]:
    """Make windowed cosines, then sines, one a column; shape=(n_samples, 2 * n_rows)."""
    frequency_hz = 440 * 2 ** ((_pitches(band.low_midi, band.high_midi) - 69) / 12)
    length_sec = 1 / (shortening * (frequency_hz / _QUALITY + _LEAST_WIDTH_HZ))
    n_half = int(np.ceil(length_sec.max() * band.sample_rate / 2))
    time_sec = np.arange(-n_half, n_half)[:, None] / band.sample_rate
    window = np.cos(np.pi * time_sec / length_sec) ** 2  # Hann
    window[np.abs(time_sec) > length_sec / 2] = 0
    window *= 2 / window.sum(axis=0)
    phase = 2 * np.pi * frequency_hz * time_sec
    waves = np.concatenate([window * np.cos(phase), window * np.sin(phase)], axis=1)
    return waves.astype(np.float32)


def _pitches(low_midi: int, high_midi: int) -> npt.NDArray[np.float64]:
    """Give the pitches of the rows from one key up to, but without, another."""
    rows = np.arange(low_midi * ROWS_PER_SEMITONE, high_midi * ROWS_PER_SEMITONE)
    return (rows - ROWS_PER_SEMITONE // 2) / ROWS_PER_SEMITONE
