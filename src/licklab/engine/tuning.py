"""The tuning of a recording: how far its notes lie from A = 440 Hz.

The network's contours have three bins a semitone. Where a pitch sounds, the centre of mass of the
bins around it says by how much it is sharp or flat; the median over the recording is its tuning.
"""

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import CONTOUR_BINS_PER_SEMITONE, N_PITCHES

_CONCERT_HZ = 440.0
_CENTS_PER_BIN = 100 / CONTOUR_BINS_PER_SEMITONE
# Where the contour is weaker, the neighbours' leakage decides where its centre lies.
_SURE = 0.4
# Bins on each side that belong to one pitch: within half a semitone and a little.
_REACH = 2
_HISTOGRAM_CENTS = np.linspace(-60, 60, 241)
# Fewer frames than a second's worth say nothing about a tuning.
_LEAST_FRAMES = 86


class TuningEstimator:
    """Gathers deviations while contours arrive; its memory does not grow."""

    def __init__(self) -> None:
        self._counts = np.zeros(_HISTOGRAM_CENTS.size - 1, np.int64)

    def add(self, contours: npt.NDArray[np.float32]) -> None:
        """Take the next frames.

        Parameters
        ----------
        contours : shape=(n_frames, 264), probability
            From the note network.
        """
        middle = contours[:, 1::CONTOUR_BINS_PER_SEMITONE]
        padded = np.pad(contours, ((0, 0), (_REACH, _REACH)))
        offsets = np.arange(-_REACH, _REACH + 1)
        # Bins around the middle bin of each pitch: shape=(n_frames, 88) for each offset.
        near = [
            padded[:, 1 + _REACH + k :: CONTOUR_BINS_PER_SEMITONE][:, :N_PITCHES] for k in offsets
        ]
        strongest = np.max(near[_REACH - 1 : _REACH + 2], axis=0)
        heard = (strongest >= _SURE) & (strongest >= np.max(near, axis=0)) & (middle > 0)
        if not heard.any():
            return
        weights = np.array([one[heard] for one in near])
        cents = (weights * offsets[:, np.newaxis]).sum(axis=0) / weights.sum(axis=0)
        self._counts += np.histogram(cents * _CENTS_PER_BIN, _HISTOGRAM_CENTS)[0]

    def tuning_hz(self) -> float:
        """Give the tuning of what was taken so far.

        Returns
        -------
        float, Hz
            Frequency of the A above middle C; 440 when too little sounds.
        """
        total = int(self._counts.sum())
        if total < _LEAST_FRAMES:
            return _CONCERT_HZ
        share = np.cumsum(self._counts) / total
        cents = float(np.interp(0.5, share, _HISTOGRAM_CENTS[1:]))
        return _CONCERT_HZ * float(2 ** (cents / 1200))
