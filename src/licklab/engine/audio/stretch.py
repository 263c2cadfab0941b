"""The part of a file that a decoder should see."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from licklab.engine.audio.window import FileWindow

_BUFFER_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where the sound lies in a file, and what a decoder leaves to be done.

    Attributes
    ----------
    start, end : int
        Offsets in the file.
    prefix : bytes
        What the decoder needs in front; empty when the file has it all.
    priming_samples : int
        Padding that players leave in.
    leftover_samples : int
        How much of it a decoder leaves in that is given `prefix` and the stretch.
    is_cut_off : bool
        Whether the sound stops before its end.
    remark : str
        A sentence about sound outside the stretch; empty without such.
    """

    start: int
    end: int
    prefix: bytes = b""
    priming_samples: int = 0
    leftover_samples: int = 0
    is_cut_off: bool = False
    remark: str = ""

    def open(self, file: BinaryIO) -> io.BufferedReader:
        """Show only the stretch.

        Parameters
        ----------
        file : binary file
            That it was found in.

        Returns
        -------
        buffered reader
            What a decoder should read.
        """
        # libsndfile reads a few hundred bytes at a time.
        return io.BufferedReader(
            FileWindow(file, self.start, self.end, self.prefix), buffer_size=_BUFFER_BYTES
        )
