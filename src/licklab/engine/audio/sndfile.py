"""Reads from libsndfile that keep what came before an error."""

import numpy as np
import numpy.typing as npt
import soundfile as sf


def read_into(sound: sf.SoundFile, buffer: npt.NDArray[np.float32]) -> tuple[int, bool]:
    """Read as many samples as are good.

    Parameters
    ----------
    sound : SoundFile
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
