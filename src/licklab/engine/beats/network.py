"""Levels and chord features to beat activations, by our own network.

It was trained by `training/rhythm`, whose model card tells on what.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence
from licklab.engine.grid import FRAME_RATE
from licklab.engine.models import InstalledModel
from licklab.engine.sessions import open_session
from licklab.engine.windows import Window, WindowQueue

Rows = npt.NDArray[np.float16]

_FRAMES_PER_ROW = 4
# 72 seconds, of which the first and last six are taken from the neighbours: more than four bars.
_WINDOW_ROWS, _MARGIN_ROWS = 1552, 130
_N_OUTPUTS = 3
_FIRST_UPPER_BAND = 72  # 1.8 kHz: above most of what pitched instruments do, below no cymbal


class BeatNetwork:
    """The loaded network, and what it has said of the recording at hand.

    Parameters
    ----------
    model : InstalledModel
        Its file.
    threads : int
        Of the ONNX runtime.

    Raises
    ------
    ModelError
        If the ONNX runtime cannot load the file.
    """

    def __init__(self, model: InstalledModel, threads: int = 1) -> None:
        self._session = open_session(model.path, threads)

    def run(self, levels: Rows, rows: Rows) -> npt.NDArray[np.float32]:
        """Run it over one window.

        Parameters
        ----------
        levels : shape=(4 * n_rows, 105)
            Of short windows.
        rows : shape=(n_rows, 279)
            Chord features.

        Returns
        -------
        array, shape=(4 * n_rows, 3), probability
            Of a beat, a downbeat and a second eighth.
        """
        inputs = {
            "levels": levels[np.newaxis].astype(np.float32),
            "rows": rows[np.newaxis].astype(np.float32),
        }
        (odds,) = self._session.run(["odds"], inputs)
        activations: npt.NDArray[np.float32] = 1 / (1 + np.exp(-odds[0]))
        return activations


class BeatListener:
    """Activations of one recording, whose features arrive in chunks.

    Parameters
    ----------
    network : BeatNetwork
        That is run.
    n_levels, n_features : int
        Numbers in a frame of levels and in a row of chord features.
    """

    def __init__(self, network: BeatNetwork, n_levels: int, n_features: int) -> None:
        self._network, self._n_levels = network, n_levels
        # Both in one row: four frames of levels beside the chord features of the same time.
        width = _FRAMES_PER_ROW * n_levels + n_features
        self._queue = WindowQueue(_WINDOW_ROWS, _MARGIN_ROWS, width)
        self._found: list[npt.NDArray[np.float32]] = []
        self._before: Rows | None = None  # the last frame of upper bands
        self._rises: list[npt.NDArray[np.float32]] = []

    def add(self, levels: Rows, rows: Rows) -> None:
        """Take the next chunk.

        Parameters
        ----------
        levels : shape=(4 * n_rows, n_bands)
            Frames of levels, four a row.
        rows : shape=(n_rows, n_features)
            What is beside them.
        """
        self._rises.append(self._measure_rise(levels[:, _FIRST_UPPER_BAND:]))
        both = np.concatenate([levels.reshape(len(rows), -1), rows], axis=1)
        self._run(self._queue.add(both))

    def finish(self, speed: float = 1.0) -> RhythmEvidence:
        """Give what the network says of the whole.

        Parameters
        ----------
        speed : float
            How much slower the recording was played to it.

        Returns
        -------
        RhythmEvidence
            In seconds of what was read.
        """
        self._run(self._queue.finish())
        found = np.concatenate(self._found) if self._found else np.zeros((0, _N_OUTPUTS))
        rise = np.concatenate(self._rises) if self._rises else np.zeros(0, np.float32)
        beat, downbeat, offbeat = np.ascontiguousarray(found.astype(np.float32).T)
        return RhythmEvidence(0.0, FRAME_RATE * speed, beat, downbeat, offbeat, rise)

    def _measure_rise(self, upper: Rows) -> npt.NDArray[np.float32]:
        if not len(upper):
            return np.zeros(0, np.float32)
        before = upper[:1] if self._before is None else self._before
        self._before = upper[-1:]
        higher = np.diff(upper.astype(np.float32), axis=0, prepend=before.astype(np.float32))
        rise: npt.NDArray[np.float32] = np.minimum(np.maximum(higher, 0).mean(axis=1), 1)
        return rise

    def _run(self, windows: Iterable[Window]) -> None:
        split = _FRAMES_PER_ROW * self._n_levels
        for one in windows:
            both = one.rows.astype(np.float16)
            levels = np.ascontiguousarray(both[:, :split]).reshape(-1, self._n_levels)
            activations = self._network.run(levels, both[:, split:])
            self._found.append(
                activations[_FRAMES_PER_ROW * one.first : _FRAMES_PER_ROW * one.last]
            )
