"""Log odds of a whole recording, kept small: a byte each, and compressed.

Most of what a network says is "no" at full strength, so three hours of a map take some 10 MB
instead of the 330 MB of single precision. What is read is unpacked a stretch at a time.
"""

import zlib
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import N_PITCHES
from licklab.errors import ShapeError

Odds = npt.NDArray[np.float32]

_STEPS = 16.0  # a step of 1/16 changes a probability by 1.6 % at most
_LARGEST = 127
_CHUNK_FRAMES = 2048
# Readers go forward and look a little back.
_KEPT_UNPACKED = 4


class OddsMap:
    """Log odds of every pitch in consecutive frames, which are added at the end.

    Beyond 7.9 either way they are cut; between they are exact to 1/32.
    """

    def __init__(self) -> None:
        self._pending = np.zeros((0, N_PITCHES), np.int8)
        self._chunks: list[bytes] = []
        self._unpacked: OrderedDict[int, npt.NDArray[np.int8]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._chunks) * _CHUNK_FRAMES + len(self._pending)

    @classmethod
    def of(cls, odds: Odds) -> "OddsMap":
        """Keep log odds that are there already.

        Parameters
        ----------
        odds : array, shape=(n_frames, 88)
            Of a whole recording.

        Returns
        -------
        OddsMap
            The same, packed.
        """
        one = cls()
        one.add(odds)
        return one

    def add(self, odds: Odds) -> None:
        """Take the next frames.

        Parameters
        ----------
        odds : array, shape=(n_frames, 88)
            Log odds.

        Raises
        ------
        ShapeError
            If there are not 88 pitches.
        """
        if odds.ndim != 2 or odds.shape[1] != N_PITCHES:
            raise ShapeError(f"want log odds of shape=(n, {N_PITCHES}), got {odds.shape}")
        packed = np.clip(np.rint(odds * _STEPS), -_LARGEST, _LARGEST).astype(np.int8)
        self._pending = np.concatenate([self._pending, packed])
        while len(self._pending) >= _CHUNK_FRAMES:
            self._chunks.append(zlib.compress(self._pending[:_CHUNK_FRAMES].tobytes(), 1))
            self._pending = self._pending[_CHUNK_FRAMES:].copy()

    def rows(self, first: int, last: int) -> Odds:
        """Give consecutive frames.

        Parameters
        ----------
        first, last : int
            As in a slice; what lies outside the recording is left out.

        Returns
        -------
        array, shape=(n_frames, 88)
            Log odds.
        """
        first, last = max(0, first), min(len(self), last)
        if first >= last:
            return np.zeros((0, N_PITCHES), np.float32)
        pieces = []
        for number in range(first // _CHUNK_FRAMES, (last - 1) // _CHUNK_FRAMES + 1):
            begin = number * _CHUNK_FRAMES
            pieces.append(self._chunk(number)[max(0, first - begin) : last - begin])
        packed = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        return packed.astype(np.float32) / np.float32(_STEPS)

    def probabilities(self) -> npt.NDArray[np.float16]:
        """Give the whole as probabilities.

        Returns
        -------
        array, shape=(n_frames, 88)
            Half precision: 55 MB an hour.
        """
        out = np.zeros((len(self), N_PITCHES), np.float16)
        for first in range(0, len(self), _CHUNK_FRAMES):
            odds = self.rows(first, first + _CHUNK_FRAMES)
            out[first : first + len(odds)] = 1 / (1 + np.exp(-odds))
        return out

    def _chunk(self, number: int) -> npt.NDArray[np.int8]:
        if number == len(self._chunks):
            return self._pending
        found = self._unpacked.pop(number, None)
        if found is None:
            data = zlib.decompress(self._chunks[number])
            found = np.frombuffer(data, np.int8).reshape(_CHUNK_FRAMES, N_PITCHES)
        self._unpacked[number] = found
        while len(self._unpacked) > _KEPT_UNPACKED:
            self._unpacked.popitem(last=False)
        return found
