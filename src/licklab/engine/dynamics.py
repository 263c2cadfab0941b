"""How loud decoded notes were played."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import FRAME_RATE
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.spectrum import BAND_CENTERS_HZ, Bands

# A note is as loud as the loudest moment of its beginning.
_ATTACK_FRAMES = round(0.08 * FRAME_RATE)
_HARMONICS = np.arange(1, 5)
# The loud notes of a recording get this velocity, and 0.6 dB is one step: a synthesizer that
# follows the usual square law then plays them back as loud as they were.
_LOUD_VELOCITY = 104
_LOUD_PERCENTILE = 90
_DB_PER_STEP = 0.6
_FLOOR = 1e-6


def estimate_velocities(notes: Sequence[DecodedNote], bands: Bands) -> list[int]:
    """Estimate how loud each note was played, against the loud ones of the recording.

    Parameters
    ----------
    notes : sequence of DecodedNote
        On the grid of `bands`.
    bands : shape=(n_frames, n_bands), amplitude
        The coarse spectrogram.

    Returns
    -------
    list of int, 1 to 127
        One for each note; louder notes get no lower ones.
    """
    if not notes:
        return []
    level_db = np.array([_level_db(note, bands) for note in notes])
    loud_db = np.percentile(level_db, _LOUD_PERCENTILE)
    steps = _LOUD_VELOCITY + (level_db - loud_db) / _DB_PER_STEP
    return [int(one) for one in np.clip(np.rint(steps), 1, 127)]


def _level_db(note: DecodedNote, bands: Bands) -> float:
    frequency_hz = 440.0 * 2 ** ((note.pitch_midi - 69) / 12)
    columns = np.unique(
        np.abs(np.log(BAND_CENTERS_HZ[:, np.newaxis] / (frequency_hz * _HARMONICS))).argmin(axis=0)
    )
    end = min(note.end_frame, note.start_frame + _ATTACK_FRAMES)
    attack: npt.NDArray[np.float64] = bands[note.start_frame : end][:, columns].astype(np.float64)
    power = (attack**2).sum(axis=1).max()
    return float(10 * np.log10(power + _FLOOR**2))
