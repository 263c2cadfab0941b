"""Bar, beat and tatum of every note as it was played."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

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
    before = _count_before(frame)
    onsets = np.maximum.accumulate([frame.beat_at(note.onset_sec) for note in notes])
    return tuple(
        _tell(one, frame, before, float(lengths[min(one.beat, len(lengths) - 1)]))
        for one in place_played(onsets, lengths)
    )


def _count_before(frame: Frame) -> list[int]:
    """Count the beats of each bar before those that the frame has of it.

    A page cuts long bars, and a pickup counts to the bar line.
    """
    first = frame.bars[0]
    of_first = takewhile(lambda bar: bar.number == first.number, frame.bars)
    n_first = sum(bar.n_beats for bar in of_first)
    before = [max(first.signature.beats_per_bar - n_first, 0)]
    for last, bar in pairwise(frame.bars):
        before.append(before[-1] + last.n_beats if bar.number == last.number else 0)
    return before


def _tell(
    place: MetricalPlace, frame: Frame, before: Sequence[int], beat_sec: float
) -> PlayedPlace:
    at = frame.bar_of(place.beat)
    bar = frame.bars[at]
    beat = before[at] + place.beat - bar.first_beat + 1
    return PlayedPlace(bar.number, beat, place.division, place.tatum, beat_sec)
