"""A passage as marking compares it: when and what, in arrays."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.passage import Passage
from licklab.notation.passage_playing import PassageClock, name_notes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What was to be played.

    Attributes
    ----------
    beats : shape=(n_notes,), beats
        When, in beats after the first note, with its swing.
    pitches : shape=(n_notes,), int
        What, as MIDI notes of the passage's key.
    written_beats : shape=(n_notes,), beats
        How long each is written.
    beat_sec : float
        Of the passage's tempo.
    swing_ratio : float
        Of the eighths; 1 for straight ones.
    note_ids : tuple of str
        Of the notes.
    """

    beats: Floats
    pitches: Ints
    written_beats: Floats
    beat_sec: float
    swing_ratio: float
    note_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pitches)


def read_reference(passage: Passage, swing_ratio: float | None = None) -> Reference:
    """Read a passage.

    Parameters
    ----------
    passage : Passage
        With at least one note.
    swing_ratio : float, optional
        In place of the passage's own.

    Returns
    -------
    Reference
        The same in arrays.
    """
    swung = passage if swing_ratio is None else replace(passage, swing_ratio=swing_ratio)
    clock = PassageClock(swung)
    onset_sec = np.array([clock.sec_at(one.onset_quarter) for one in passage.notes])
    beat_quarter = float(passage.beat_quarter)
    return Reference(
        (onset_sec - onset_sec[0]) / clock.beat_sec,
        np.array(passage.pitches_midi, dtype=np.int64),
        np.array([float(one.length_quarter) / beat_quarter for one in passage.notes]),
        clock.beat_sec,
        swung.swing_ratio or 1.0,
        name_notes(passage),
    )


def can_swing(passage: Passage) -> bool:
    """Tell whether the swing of a passage can be heard.

    Parameters
    ----------
    passage : Passage
        Of any kind.

    Returns
    -------
    bool
        Whether some notes stand between beats where swing moves them.
    """
    if passage.signature.is_compound:
        return False
    places = [one.onset_quarter / passage.beat_quarter % 1 for one in passage.notes]
    return sum(one != 0 and one.denominator % 3 != 0 for one in places) >= _FEWEST_SWUNG


# With fewer notes between the beats, one that is late looks like another swing.
_FEWEST_SWUNG = 4
