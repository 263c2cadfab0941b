"""Chord features to what is believed of the harmony, by our own network.

It was trained by `training/rhythm`, whose model card tells on what.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence
from licklab.engine.chords.features import N_FEATURES, POOLED_FRAMES, ROW_RATE, Rows
from licklab.engine.grid import FRAME_RATE
from licklab.engine.models import InstalledModel
from licklab.engine.sessions import open_session
from licklab.engine.windows import Window, WindowQueue

# 48 seconds, of which three at each end are taken from the neighbours, as far as it sees.
_WINDOW_ROWS, _MARGIN_ROWS = 1040, 65
# Kept as bytes: log probabilities to 1/32 down to -8, where an error costs nothing more.
_STEPS, _LEAST = 31.0, -8.2
_SHAPES = {
    "chords": (1 + 12 * len(QUALITIES),),
    "bass": (13,),
    "tensions": (12, len(TENSIONS)),
}


@dataclass(frozen=True, slots=True)
class _Packed:
    chords: npt.NDArray[np.uint8]
    bass: npt.NDArray[np.uint8]
    tensions: npt.NDArray[np.uint8]


class ChordNetwork:
    """The loaded network.

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

    def run(self, rows: Rows) -> tuple[npt.NDArray[np.float32], ...]:
        """Run it over one window.

        Parameters
        ----------
        rows : shape=(n_rows, 279)
            Chord features.

        Returns
        -------
        chords, bass : shape=(n_rows, 145) and (n_rows, 13), log probability
            As in `licklab.domain.evidence.ChordEvidence`.
        tensions : shape=(n_rows, 12, 4), probability
            As there.
        """
        inputs = {"rows": rows[np.newaxis].astype(np.float32)}
        chords, bass, odds = self._session.run(list(_SHAPES), inputs)
        return chords[0], bass[0], 1 / (1 + np.exp(-odds[0]))


class ChordListener:
    """What is believed of one recording, whose features arrive in chunks.

    Parameters
    ----------
    network : ChordNetwork
        What believes.
    """

    def __init__(self, network: ChordNetwork) -> None:
        self._network = network
        self._queue = WindowQueue(_WINDOW_ROWS, _MARGIN_ROWS, N_FEATURES)
        self._found: list[_Packed] = []

    def add(self, rows: Rows) -> None:
        """Take the next rows.

        Parameters
        ----------
        rows : shape=(n_rows, n_features)
            In order.
        """
        self._run(self._queue.add(rows))

    def finish(self, speed: float = 1.0) -> ChordEvidence:
        """Give what the network says of the whole.

        Parameters
        ----------
        speed : float
            How much slower the recording was played to it.

        Returns
        -------
        ChordEvidence
            In seconds of what was read.
        """
        self._run(self._queue.finish())
        chords, bass, tensions = (
            np.concatenate([getattr(one, name) for one in self._found])
            if self._found
            else np.zeros((0, *shape), np.uint8)
            for name, shape in _SHAPES.items()
        )
        middle_sec = (POOLED_FRAMES - 1) / 2 / FRAME_RATE / speed
        return ChordEvidence(
            middle_sec, ROW_RATE * speed, _unpack(chords), _unpack(bass),
            tensions.astype(np.float32) / np.float32(255),
        )  # fmt: skip

    def _run(self, windows: Iterable[Window]) -> None:
        for one in windows:
            chords, bass, tensions = self._network.run(one.rows.astype(np.float16))
            kept = slice(one.first, one.last)
            self._found.append(
                _Packed(_pack(chords[kept]), _pack(bass[kept]),
                        np.rint(tensions[kept] * 255).astype(np.uint8))
            )  # fmt: skip


def _pack(logs: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    return np.rint(-np.maximum(logs, _LEAST) * _STEPS).astype(np.uint8)


def _unpack(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    return packed.astype(np.float32) / np.float32(-_STEPS)
