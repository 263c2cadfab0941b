"""What the chord network looks at: what the note network believes, 21.5 times a second.

Chords change slowly and voices of one chord start at different times, so four frames of the note
network make one here: the mean of what sounds, the maximum of what starts, and the mean level of
each semitone of the constant-Q spectrum, which keeps the overtones that the note network drops.
"""

import numpy as np
import numpy.typing as npt

from licklab.engine.activations import N_SPECTRUM_BINS, Posteriors
from licklab.engine.grid import FRAME_RATE, N_PITCHES

Rows = npt.NDArray[np.float16]

POOLED_FRAMES = 4
"""Frames of the note network in one row."""

ROW_RATE = FRAME_RATE / POOLED_FRAMES
"""Rows in a second."""

N_SEMITONES = N_SPECTRUM_BINS // 3
"""Semitones of the constant-Q spectrum."""

N_FEATURES = 2 * N_PITCHES + N_SEMITONES
"""Numbers in a row: notes, onsets, spectrum, each from the lowest piano key up."""

_FLOOR = 1e-5


class ChordFeatures:
    """Rows of features, of a recording that arrives in chunks."""

    def __init__(self) -> None:
        self._pending = np.zeros((0, N_FEATURES), np.float32)
        self._rows: list[Rows] = []

    def add(self, posteriors: Posteriors) -> None:
        """Take the next frames.

        Parameters
        ----------
        posteriors : Posteriors
            Of consecutive frames.
        """
        spectrum = posteriors.spectrum.reshape(-1, N_SEMITONES, 3).mean(axis=2)
        level = np.log10(np.maximum(spectrum, _FLOOR) / _FLOOR)
        frames = np.concatenate([posteriors.notes, posteriors.onsets, level], axis=1)
        self._pending = np.concatenate([self._pending, frames.astype(np.float32)])
        n_ready = len(self._pending) // POOLED_FRAMES
        self._pool(n_ready)

    def take(self) -> Rows:
        """Give the rows that are ready, once.

        Returns
        -------
        array, shape=(n_rows, `N_FEATURES`)
            Probabilities, and levels in units of 20 dB above a fixed floor. The middle of row ``k``
            lies at frame ``4 k + 1.5``.
        """
        rows = self._rows
        self._rows = []
        return np.concatenate(rows) if rows else np.zeros((0, N_FEATURES), np.float16)

    def finish(self) -> Rows:
        """Give the rows that have not been taken; the last is filled up with its last frame.

        Returns
        -------
        array, shape=(n_rows, `N_FEATURES`)
            As from `take`.
        """
        if len(self._pending):
            missing = POOLED_FRAMES - len(self._pending)
            last = np.repeat(self._pending[-1:], missing, axis=0)
            self._pending = np.concatenate([self._pending, last])
            self._pool(1)
        return self.take()

    def _pool(self, n_rows: int) -> None:
        if n_rows == 0:
            return
        frames = self._pending[: n_rows * POOLED_FRAMES].reshape(n_rows, POOLED_FRAMES, -1)
        pooled = frames.mean(axis=1)
        starts = slice(N_PITCHES, 2 * N_PITCHES)
        pooled[:, starts] = frames[:, :, starts].max(axis=1)
        self._rows.append(pooled.astype(np.float16))
        self._pending = self._pending[n_rows * POOLED_FRAMES :]
