"""Bar, beat and tatum of every note as it was played."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from licklab.domain.beat import BeatGrid
from licklab.domain.note import Note
from licklab.notation.frame import Frame, frame_bars
from licklab.notation.metrical import MetricalPlace, place_played


@dataclass(frozen=True, slots=True)
class PlayedPlace:
    """Where a note was played, in the manner of the Weimar Jazz Database.

    Attributes
    ----------
    bar : int
        As the beats count it.
    beat : int
        In the bar, from 1.
    division : int
        Tatums of the beat.
    tatum : int
        In the beat, from 1.
    beat_sec : float
        Length of the beat.
    """

    bar: int
    beat: int
    division: int
    tatum: int
    beat_sec: float


def tell_places(notes: Sequence[Note], grid: BeatGrid) -> tuple[PlayedPlace, ...] | None:
    """Tell the metrical places of notes.

    Parameters
    ----------
    notes : sequence of Note
        Ordered by onset.
    grid : BeatGrid
        The beats.

    Returns
    -------
    tuple of PlayedPlace, or None
        One for each note; None where there are no notes, or no pulse.
    """
    if len(grid.beats) < 2 or not notes:
        return None
    frame = frame_bars(grid, notes[0].onset_sec, notes[-1].onset_sec)
    lengths = np.diff(frame.beat_secs)
    onsets = np.maximum.accumulate([frame.beat_at(note.onset_sec) for note in notes])
    return tuple(
        _tell(one, frame, float(lengths[min(one.beat, len(lengths) - 1)]))
        for one in place_played(onsets, lengths)
    )


def _tell(place: MetricalPlace, frame: Frame, beat_sec: float) -> PlayedPlace:
    bar = frame.bars[frame.bar_of(place.beat)]
    beat = place.beat - bar.first_beat + 1
    if bar.n_beats < bar.signature.beats_per_bar:
        beat += bar.signature.beats_per_bar - bar.n_beats  # a pickup counts to the bar line
    return PlayedPlace(bar.number, beat, place.division, place.tatum, beat_sec)
