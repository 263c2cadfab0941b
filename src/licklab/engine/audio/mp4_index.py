"""The frames of an MP4 track, as its index lists them."""

from array import array
from collections.abc import Iterator

from licklab.errors import DamagedAudioError

# ADTS gives a frame's length 13 bits, of which 7 bytes are the header's.
_MAX_FRAME_BYTES = 8192 - 8
# Thirteen hours at 44.1 kHz; an index may claim as many as it likes.
_MAX_FRAMES = 2_000_000


class FrameIndex:
    """Where frames lie in a file, compactly: an hour takes 1.5 MB.

    Parameters
    ----------
    file_bytes : int
        Length of the file, against which the index is checked.
    """

    def __init__(self, file_bytes: int) -> None:
        self._file_bytes = file_bytes
        self._total_bytes = 0
        self._offsets = array("Q")
        self._sizes = array("H")
        self.is_cut_off = False

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._offsets, self._sizes, strict=True)

    def add(self, offset: int, n_bytes: int) -> bool:
        """Add a frame behind the others.

        Parameters
        ----------
        offset, n_bytes : int
            Of the frame.

        Returns
        -------
        bool
            False when the file ends before it, and no further frame is of use.

        Raises
        ------
        DamagedAudioError
            If no such frame can be, or frames lie over one another.
        """
        if self.is_cut_off:
            return False
        if not 0 < n_bytes <= _MAX_FRAME_BYTES or offset < 0:
            raise DamagedAudioError(
                f"want AAC frames of 1 to {_MAX_FRAME_BYTES} bytes, got one of {n_bytes} bytes "
                f"at {offset}"
            )
        if offset + n_bytes > self._file_bytes:
            self.is_cut_off = True
            return False
        self._total_bytes += n_bytes
        if self._total_bytes > self._file_bytes or len(self) == _MAX_FRAMES:
            raise DamagedAudioError("want an M4A file with a reasonable index, got a huge one")
        self._offsets.append(offset)
        self._sizes.append(n_bytes)
        return True
