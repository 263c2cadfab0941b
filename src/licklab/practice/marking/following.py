"""Follows an attempt: its tempo and which note was played for which, each by the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from licklab.domain.note import Note
from licklab.practice.marking.alignment import Alignment, align
from licklab.practice.marking.recognition import Recognised
from licklab.practice.marking.reference import Floats, Ints, Models, Reference
from licklab.practice.marking.timing import TimeMap, fit_time

# Mostly the second round changes nothing.
_ROUNDS = 4
# Of what is heard before and after the passage.
_MARGIN_SEC = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class HeardRow:
    """What was heard.

    Attributes
    ----------
    notes : sequence of Note
        Ordered by onset.
    ids : tuple of str
        Of the notes.
    onset_sec : shape=(n_heard,), seconds of the attempt
        Their onsets.
    pitch_midi : shape=(n_heard,), int
        Their pitches.
    """

    notes: Sequence[Note]
    ids: tuple[str, ...]
    onset_sec: Floats
    pitch_midi: Ints

    @classmethod
    def of(cls, notes: Sequence[Note]) -> "HeardRow":
        """Put notes into arrays.

        Parameters
        ----------
        notes : sequence of Note
            Ordered by onset.

        Returns
        -------
        HeardRow
            Of them; those without an id are named by their number, as in a transcription.
        """
        return cls(
            notes,
            tuple(one.id or f"n{number}" for number, one in enumerate(notes, 1)),
            np.array([one.onset_sec for one in notes], dtype=np.float64),
            np.array([round(one.pitch_midi) for one in notes], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """How a passage was played.

    Attributes
    ----------
    reference : Reference
        The way in which it was played.
    clock : TimeMap
        Its tempo.
    alignment : Alignment
        Which note was played for which.
    """

    reference: Reference
    clock: TimeMap
    alignment: Alignment


def follow(models: Models, row: HeardRow, found: Recognised) -> Followed:
    """Follow an attempt from where it was recognised.

    Parameters
    ----------
    models : Models
        The passage.
    row : HeardRow
        What was heard.
    found : Recognised
        Where the passage is in it, roughly.

    Returns
    -------
    Followed
        When neither tempo nor pairs change any more.
    """
    expected_midi = models.written.pitches + found.semitones
    pairs = [(i, j) for i, j in found.pairs if row.pitch_midi[j] == expected_midi[i]]
    for _ in range(_ROUNDS):
        reference, clock = _fit(models, pairs, row.onset_sec)
        alignment = _align(row, clock.sec_at(reference.beats), expected_midi, clock.beat_sec)
        before, pairs = (
            pairs,
            [
                (i, j)
                for i, j in enumerate(alignment.heard)
                if j is not None and row.pitch_midi[j] == expected_midi[i]
            ],
        )
        if pairs == before or len(pairs) < 2:
            break
    return Followed(reference, clock, alignment)


def _fit(
    models: Models, pairs: Sequence[tuple[int, int]], onset_sec: Floats
) -> tuple[Reference, TimeMap]:
    """Fit the tempo to notes of the right pitch, and find the way in which they were played."""
    at = np.array([i for i, _ in pairs])
    played = onset_sec[[j for _, j in pairs]]
    tried = [(one, fit_time(one.beats[at], played, float(one.beats[-1]))) for one in models.all]
    return min(tried, key=lambda one: one[0].cost + one[1].cost)


def _align(row: HeardRow, expected_sec: Floats, expected_midi: Ints, beat_sec: float) -> Alignment:
    ends = (float(expected_sec.min()) - _MARGIN_SEC, float(expected_sec.max()) + _MARGIN_SEC)
    first, stop = np.searchsorted(row.onset_sec, ends).tolist()
    part = align(
        expected_sec, expected_midi, row.onset_sec[first:stop], row.pitch_midi[first:stop], beat_sec
    )
    return Alignment(
        tuple(None if j is None else j + first for j in part.heard),
        tuple(j + first for j in part.extras),
    )
