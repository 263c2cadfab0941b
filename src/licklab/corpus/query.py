"""A pattern to search for: pitches, and onsets where its rhythm is known."""

from dataclasses import dataclass

import numpy as np

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.solo_line import Floats, Ints, NoteSpan, SoloLine
from licklab.errors import QueryError

MIN_NOTES = 4
"""Notes of the shortest pattern: three intervals, the shortest that says anything."""

MAX_NOTES = 200
"""Notes of the longest: four choruses of phrases; longer ones are searched in parts."""


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A pattern of single notes.

    Attributes
    ----------
    pitch_midi : shape=(n_notes,), int, or None
        Sounding pitches.
    onset_sec : shape=(n_notes,), seconds, or None
        When they begin; None searches in any rhythm.
    offset_sec : shape=(n_notes,), seconds, or None
        When they end, where that is known: short notes cost less when they are missing.
    is_relative : bool
        Whether only the intervals are meant, so that chords around a match may be in any key.
    chords : tuple of ChordSymbol
        That a match is to stand over one after another, moved with it, where the search names no
        others; any if empty.

    Raises
    ------
    QueryError
        If there is nothing to search for, too little or too much, or no such notes can be.
    """

    pitch_midi: Ints | None
    onset_sec: Floats | None = None
    offset_sec: Floats | None = None
    is_relative: bool = False
    chords: tuple[ChordSymbol, ...] = ()

    def __post_init__(self) -> None:
        given = [one for one in (self.pitch_midi, self.onset_sec) if one is not None]
        if not given or not len(given[0]):
            raise QueryError(f"want a pattern of {MIN_NOTES} notes or more, got none")
        n_notes = len(given[0])
        if n_notes < MIN_NOTES:
            raise QueryError(
                f"want a pattern of {MIN_NOTES} notes or more, got {n_notes}: shorter ones are in "
                "every solo"
            )
        if n_notes > MAX_NOTES:
            raise QueryError(
                f"want a pattern of at most {MAX_NOTES} notes, got {n_notes}; search for its parts"
            )
        times = [one for one in (self.onset_sec, self.offset_sec) if one is not None]
        if any(len(one) != n_notes for one in (*given, *times)):
            raise QueryError("want a time for every note of the pattern, got more or fewer")
        if self.pitch_midi is not None and not np.all(
            (self.pitch_midi >= 0) & (self.pitch_midi <= 127)
        ):
            raise QueryError("want pitches from 0 to 127, got others")
        if not all(np.all(np.isfinite(one)) for one in times):
            raise QueryError("want times in seconds, got some that are no numbers")
        if self.onset_sec is not None and np.any(np.diff(self.onset_sec) < 0):
            raise QueryError("want notes one after another, got onsets that fall")

    def __len__(self) -> int:
        notes = self.onset_sec if self.pitch_midi is None else self.pitch_midi
        return 0 if notes is None else len(notes)

    @classmethod
    def of_span(cls, line: SoloLine, span: NoteSpan) -> "Query":
        """Take a pattern out of a solo.

        Parameters
        ----------
        line : SoloLine
            The solo.
        span : NoteSpan
            Which of its notes.

        Returns
        -------
        Query
            With their rhythm.

        Raises
        ------
        QueryError
            If they are too few or too many.
        """
        own = slice(span.start, span.stop)
        return cls(line.pitch_midi[own], line.onset_sec[own], line.offset_sec[own])

    @property
    def has_rhythm(self) -> bool:
        """Whether it says when notes begin, and not all at once."""
        return self.onset_sec is not None and bool(self.onset_sec[-1] > self.onset_sec[0])
