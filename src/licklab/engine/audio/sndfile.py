"""Reads from libsndfile that keep what came before an error, and writes that tell theirs."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import soundfile as sf


class Sound(sf.SoundFile):  # type: ignore[misc] # soundfile has no types
    """A file that is read on and on.

    After every read of a file that says it can be sought, soundfile goes to where it stands. A
    decoder of MP3 starts anew then, and at low bit rates the next samples are wrong, since bits of
    theirs lie in frames before. So this one says that it cannot; `seek` works all the same.
    """

    def seekable(self) -> bool:
        """Say that it cannot be sought."""
        return False


def read_into(sound: Sound, buffer: npt.NDArray[np.float32]) -> tuple[int, bool]:
    """Read as many samples as are good.

    Parameters
    ----------
    sound : Sound
        Read from where it stands.
    buffer : array, shape=(n_samples, n_channels)
        Filled from its beginning.

    Returns
    -------
    int
        Samples per channel that were read; 0 at the end.
    bool
        Whether an error ended the reading.
    """
    # libsndfile does not say how much it had written when it fails: what is no number is unwritten.
    buffer.fill(np.nan)
    try:
        return len(sound.read(out=buffer)), False
    except sf.LibsndfileError:
        unwritten = np.isnan(buffer).any(axis=1)
        return int(unwritten.argmax()) if unwritten.any() else len(buffer), True


@contextmanager
def written_whole() -> Iterator[None]:
    """Raise OSError where not all could be written, which soundfile tells in other ways.

    Yields
    ------
    None
        While a file is open and written.

    Raises
    ------
    OSError
        If it could not be opened, or written to its end.
    """
    try:
        yield
    except (sf.LibsndfileError, AssertionError) as error:  # it asserts that all was written
        raise OSError(errno.EIO, "not all of it could be written") from error
