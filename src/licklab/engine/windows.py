"""Windows for networks that see far: long stretches of rows that overlap."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of rows, and which of them are wanted.

    Attributes
    ----------
    rows : shape=(n_rows, n_features)
        What the network sees.
    first, last : int
        The rows of it that no other window gives: from ``first``, before ``last``.
    """

    rows: Rows
    first: int
    last: int


class WindowQueue:
    """Rows that arrive in chunks, given out in windows.

    Parameters
    ----------
    n_rows : int
        In a window.
    margin : int
        Rows at each end of it that are taken from its neighbours.
    n_features : int
        Numbers in a row.
    """

    def __init__(self, n_rows: int, margin: int, n_features: int) -> None:
        self._n_rows, self._margin = n_rows, margin
        self._pending: Rows = np.zeros((0, n_features), np.float16)
        self._given = 0  # rows at the beginning of what is pending that have been given

    def add(self, rows: Rows) -> Iterator[Window]:
        """Take the next rows, and give the windows that are full.

        Parameters
        ----------
        rows : shape=(n_rows, n_features)
            In order.

        Yields
        ------
        Window
            In order.
        """
        self._pending = np.concatenate([self._pending, rows])
        while len(self._pending) >= self._n_rows:
            end = self._n_rows - self._margin
            yield Window(self._pending[: self._n_rows], self._given, end)
            self._pending = self._pending[end - self._margin :]
            self._given = self._margin

    def finish(self) -> Iterator[Window]:
        """Give what is left."""
        if len(self._pending) > self._given:
            yield Window(self._pending, self._given, len(self._pending))
        self._pending = self._pending[:0]
        self._given = 0
