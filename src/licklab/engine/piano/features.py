"""Samples of a segment to the power spectra that the piano network sees.

Each frame is seen through six windows: Hann's over its whole length and five Gaussian ones at
places and of widths that were learned. The network sums the powers into bands itself: numpy's
matrix products start threads of their own, which cost more than they gain on a busy machine.
"""

import math

import numpy as np
import numpy.typing as npt

from licklab.engine.piano.checkpoint import Weights
from licklab.engine.piano.layout import HOP_LENGTH, SEGMENT_FRAMES, SEGMENT_SAMPLES, WINDOW_LENGTH
from licklab.errors import ShapeError

Samples = npt.NDArray[np.float32]
Powers = npt.NDArray[np.float32]

PREFIX = "framewiseFeatureExtractor."
"""Of the names of its weights."""

_LEAST_DEVIATION = 1e-8
# Frames whose spectra are held at once: 6 MB.
_CHUNK_FRAMES = 64


def count_bins(weights: Weights) -> int:
    """Count the bins of a spectrum that any band looks at.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network.

    Returns
    -------
    int
        From the lowest frequency on; those above 8 kHz are in no band.
    """
    return int(np.flatnonzero(weights[PREFIX + "freq2mels"].any(axis=1))[-1]) + 1


class PowerSpectra:
    """Computes the spectra of segments.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network; the windows are among them.
    """

    def __init__(self, weights: Weights) -> None:
        self._n_bins = count_bins(weights)
        spectrum = PREFIX + "spectrogramExtractor."
        gaussians = _make_gaussians(
            weights[spectrum + "winGen.center"], weights[spectrum + "winGen.sigma"]
        )
        self._windows = np.concatenate([weights[spectrum + "win"][np.newaxis], gaussians])

    def compute(self, samples: Samples) -> Powers:
        """Compute the spectra of a segment.

        Parameters
        ----------
        samples : array, shape=(705600,)
            Mono, at 44,100 Hz; how loud they are does not matter.

        Returns
        -------
        array, shape=(6, 691, n_bins)
            Window, frame, bin.

        Raises
        ------
        ShapeError
            If it is not a whole segment.
        """
        if samples.shape != (SEGMENT_SAMPLES,):
            raise ShapeError(f"want samples of shape=({SEGMENT_SAMPLES},), got {samples.shape}")
        behind = (SEGMENT_FRAMES - 1) * HOP_LENGTH + WINDOW_LENGTH // 2 - SEGMENT_SAMPLES
        padded = np.pad(samples, (WINDOW_LENGTH // 2, behind))
        frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_LENGTH)[::HOP_LENGTH]
        mean, deviation = _measure(frames)
        powers = np.empty((len(self._windows), SEGMENT_FRAMES, self._n_bins), np.float32)
        for first in range(0, SEGMENT_FRAMES, _CHUNK_FRAMES):
            chunk = slice(first, first + _CHUNK_FRAMES)
            scaled = (frames[chunk] - mean) / deviation
            for window, out in zip(self._windows, powers, strict=True):
                spectrum = np.fft.rfft(scaled * window, norm="ortho")[:, : self._n_bins]
                out[chunk] = np.square(spectrum.real) + np.square(spectrum.imag)
        return powers


def _measure(frames: Samples) -> tuple[np.float32, np.float32]:
    """Give mean and deviation over all frames, in which most samples are seen four times."""
    n = frames.size
    # einsum makes no copy of the overlapping frames.
    mean = float(np.einsum("fs->f", frames).sum(dtype=np.float64)) / n
    squares = float(np.einsum("fs,fs->f", frames, frames).sum(dtype=np.float64))
    deviation = math.sqrt(max(0.0, squares - n * mean**2) / (n - 1))
    return np.float32(mean), np.float32(deviation + _LEAST_DEVIATION)


def _make_gaussians(
    center: npt.NDArray[np.float32], width: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Make one window for each centre and width, which are log odds of shares of the window."""
    middle = WINDOW_LENGTH / (1 + np.exp(-center[:, np.newaxis]))
    deviation = WINDOW_LENGTH / 2 / (1 + np.exp(-width[:, np.newaxis]))
    away = (np.arange(WINDOW_LENGTH) - middle) / deviation
    return np.exp(-0.5 * away**2).astype(np.float32)
