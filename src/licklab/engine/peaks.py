"""Samples to the strongest spectral peaks of every frame, from which notes' pitches are followed.

Blocks of samples at 22,050 Hz go in; for each frame of `licklab.engine.grid` the pitches and
amplitudes of up to 16 sinusoids come out. Four bytes a peak make 20 MB an hour, where the spectra
themselves would take a gigabyte.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import HOP_LENGTH, SAMPLE_RATE, count_frames

Samples = npt.NDArray[np.float32]

N_PEAKS = 16
"""Peaks kept of a frame."""

WINDOW_LENGTH = 2048
"""Samples of a Hann window: 93 ms, so that neighbouring harmonics down to 43 Hz are told apart."""

_LOWEST_HZ, _HIGHEST_HZ = 55.0, 6_000.0
# 16 bits reach over 6.8 octaves in steps that nobody hears.
_STEPS_PER_CENT = 8
_REFERENCE_CENTS = 1200 * np.log2(_LOWEST_HZ * 0.98 / 440.0)
# Amplitude of a sine below which it is dither, and its share of the loudest in its frame.
_LEAST_AMPLITUDE = 1e-5
_LEAST_SHARE = 1e-3
_LARGEST = np.float32(np.finfo(np.float16).max)
_ROUND_FRAMES = 256  # transformed together: 2 MB of spectra

_WINDOW = np.hanning(WINDOW_LENGTH).astype(np.float32)
# A sine of amplitude 1 shows as 1 in its bin.
_WINDOW *= np.float32(2.0) / _WINDOW.sum()
_FIRST_BIN = int(np.ceil(_LOWEST_HZ * WINDOW_LENGTH / SAMPLE_RATE))
_LAST_BIN = int(_HIGHEST_HZ * WINDOW_LENGTH / SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Peaks:
    """The sinusoids of a recording.

    Attributes
    ----------
    codes : uint16, shape=(n_frames, 16)
        Their pitches in eighths of a cent; `cents` makes them readable.
    amplitudes : float16, shape=(n_frames, 16)
        In no order; 0 where a frame has fewer peaks.
    """

    codes: npt.NDArray[np.uint16]
    amplitudes: npt.NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.codes)

    def cents(self, first: int, end: int) -> npt.NDArray[np.float32]:
        """Give the pitches in some frames.

        Parameters
        ----------
        first, end : int
            The first frame and the one after the last.

        Returns
        -------
        array, shape=(end - first, 16), cents
            Above 440 Hz.
        """
        steps: npt.NDArray[np.float32] = self.codes[first:end].astype(np.float32)
        return steps / np.float32(_STEPS_PER_CENT) + np.float32(_REFERENCE_CENTS)


class PeakPicker:
    """Picks the peaks of a recording that arrives in blocks."""

    def __init__(self) -> None:
        # Frame 0 is centred on sample 0.
        self._pending: Samples = np.zeros(WINDOW_LENGTH // 2, np.float32)
        self._rounds: list[Peaks] = []
        self._n_samples = 0
        self._n_frames = 0

    def add(self, block: Samples) -> None:
        """Take the next samples.

        Parameters
        ----------
        block : array, shape=(n_samples,)
            Mono, at 22,050 Hz, of any length.
        """
        self._n_samples += block.size
        self._pending = np.concatenate([self._pending, block])
        # Always whole rounds from the same frames, so that blocks of any length give the same.
        while self._pending.size >= WINDOW_LENGTH + (_ROUND_FRAMES - 1) * HOP_LENGTH:
            self._pick(_ROUND_FRAMES)

    def finish(self) -> Peaks:
        """Give the peaks of everything that was taken, and let go of it.

        Returns
        -------
        Peaks
            Of ``ceil(n_samples / 256)`` frames.
        """
        missing = count_frames(self._n_samples) - self._n_frames
        if missing > 0:
            end = np.zeros(WINDOW_LENGTH + missing * HOP_LENGTH, np.float32)
            self._pending = np.concatenate([self._pending, end])
            self._pick(missing)
        codes = np.zeros((self._n_frames, N_PEAKS), np.uint16)
        amplitudes = np.zeros((self._n_frames, N_PEAKS), np.float16)
        start = 0
        self._rounds.reverse()
        # Each round goes as it is copied, so that an hour is not held twice.
        while self._rounds:
            picked = self._rounds.pop()
            codes[start : start + len(picked)] = picked.codes
            amplitudes[start : start + len(picked)] = picked.amplitudes
            start += len(picked)
        return Peaks(codes, amplitudes)

    def _pick(self, n_frames: int) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(self._pending, WINDOW_LENGTH)
        spectra = np.fft.rfft(windows[::HOP_LENGTH][:n_frames] * _WINDOW, axis=1)
        self._rounds.append(_pick_peaks(np.abs(spectra[:, _FIRST_BIN - 1 : _LAST_BIN + 1])))
        self._n_frames += n_frames
        self._pending = self._pending[n_frames * HOP_LENGTH :].copy()


def _pick_peaks(magnitudes: npt.NDArray[np.float32]) -> Peaks:
    """Pick from spectra that have one bin more at both ends than may hold a peak."""
    middle = magnitudes[:, 1:-1]
    least = np.maximum(_LEAST_AMPLITUDE, _LEAST_SHARE * middle.max(axis=1, keepdims=True))
    is_peak = (middle >= least) & (middle > magnitudes[:, :-2]) & (middle >= magnitudes[:, 2:])
    rows, columns = np.nonzero(is_peak)
    # Moved together at the left of their rows: choosing among all the bins takes ten times as long.
    counts = np.bincount(rows, minlength=len(middle))
    places = np.arange(rows.size) - np.repeat(np.cumsum(counts) - counts, counts)
    width = max(N_PEAKS, int(counts.max(initial=0)))
    strength = np.zeros((len(middle), width), np.float32)
    strength[rows, places] = middle[rows, columns]
    bin_of = np.zeros((len(middle), width), np.int64)
    bin_of[rows, places] = columns
    chosen = np.argpartition(strength, -N_PEAKS, axis=1)[:, -N_PEAKS:]
    top = np.take_along_axis(strength, chosen, axis=1)
    bins = np.take_along_axis(bin_of, chosen, axis=1)
    found = top > 0
    # A parabola through the logarithms finds the middle of a Hann window's peak.
    below, above = (
        np.log(np.maximum(np.take_along_axis(magnitudes, bins + side, axis=1), 1e-12))
        for side in (0, 2)
    )
    summit = np.log(np.where(found, top, 1))
    curvature = np.where(found, np.minimum(below - 2 * summit + above, -1e-6), -1)
    shift = np.where(found, 0.5 * (below - above) / curvature, 0)
    height = np.exp(summit - 0.25 * (below - above) * shift)
    frequency_hz = (_FIRST_BIN + bins + shift) * (SAMPLE_RATE / WINDOW_LENGTH)
    steps = (1200 * np.log2(frequency_hz / 440.0) - _REFERENCE_CENTS) * _STEPS_PER_CENT
    codes = np.where(found, np.clip(np.rint(steps), 0, 65_535), 0)
    amplitudes = np.where(found, np.minimum(height, _LARGEST), 0)
    return Peaks(codes.astype(np.uint16), amplitudes.astype(np.float16))
