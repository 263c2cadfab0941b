"""A lick as its coach sees it: who is to learn it, on what, and where in the recording it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSentence, CoachSubject
from licklab.domain.instrument import Instrument
from licklab.domain.lick import LickOccurrence
from licklab.domain.solo_line import SURE_OF_CHORDS, SoloLine
from licklab.theory.span_view import SpanView

# Silence of so many beats parts two notes, as the theory has it.
_REST_BEATS = 0.6


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lick and for whom it is explained.

    Attributes
    ----------
    view : SpanView
        Its notes.
    level : CoachLevel
        Of the player.
    instrument : Instrument
        That it is to be practised on.
    again : tuple of LickOccurrence
        Other places of the same solo.
    matches : tuple of CoachMatch
        Places of other solos, the most alike first.
    """

    view: SpanView
    level: CoachLevel
    instrument: Instrument
    again: tuple[LickOccurrence, ...] = ()
    matches: tuple[CoachMatch, ...] = ()

    @property
    def line(self) -> SoloLine:
        """The solo."""
        return self.view.line

    @property
    def notes(self) -> range:
        """Indices of the notes of the lick."""
        return self.view.notes

    @property
    def is_guess(self) -> bool:
        """Whether the changes under it are a guess."""
        return self.line.chord_confidence(self.view.span) < SURE_OF_CHORDS

    @property
    def tempo_bpm(self) -> int | None:
        """Of the recording here, as the middle beat has it; None without beats."""
        if not self.line.has_beats:
            return None
        beats = self.line.beat_sec[self.view.span.start : self.view.span.stop]
        return round(60.0 / float(np.median(beats)))

    def pitch(self, note: int) -> int:
        """Give the sounding pitch of a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        int
            As MIDI counts.
        """
        return int(self.line.pitch_midi[note])

    def moves(self, first: int, second: int) -> int:
        """Measure how far it is from one note to another.

        Parameters
        ----------
        first, second : int
            Their indices.

        Returns
        -------
        int, semitones
            Below 0 downward.
        """
        return self.pitch(second) - self.pitch(first)

    def is_on_beat(self, note: int) -> bool:
        """Tell whether a note stands on a beat.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False without beats.
        """
        return bool(self.line.is_on_beat[note])

    def is_tone(self, note: int) -> bool:
        """Tell whether a note is a tone of its chord, tensions excepted.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False without a chord.
        """
        return self.view.analysis.notes[note].role.is_of_chord

    def goes_on(self, note: int) -> bool:
        """Tell whether the next note of the lick follows without a rest.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            False for the last one.
        """
        if note + 1 not in self.notes:
            return False
        rest = float(self.line.onset_sec[note + 1] - self.line.offset_sec[note])
        return rest < _REST_BEATS * float(self.line.beat_sec[note])

    def beat_of(self, note: int) -> str:
        """Name the beat that a note begins in.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            Such as ``beat 2 of bar 3``.
        """
        return f"beat {self.line.beat[note]} of bar {self.line.bar[note]}"

    def first_over_roots(self) -> list[int]:
        """Give the first note over each root, as the roots follow one another.

        Returns
        -------
        list of int
            Indices of the notes; chords on the root of the one before are no new ones.
        """
        found: list[int] = []
        root = None
        for note in self.notes:
            symbol = self.line.symbol_at(note)
            if symbol is not None and symbol.root != root:
                root = symbol.root
                found.append(note)
        return found

    def root(self, note: int) -> str:
        """Name the root of the chord under a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            Without octave; empty without a chord.
        """
        symbol = self.line.symbol_at(note)
        return "" if symbol is None else symbol.root

    def say(
        self,
        kind: str,
        text: str,
        notes: Sequence[int],
        *,
        stretch: tuple[float, float] | None = None,
        match: CoachMatch | None = None,
        of_chords: bool = False,
    ) -> CoachSentence:
        """Make a sentence; it gets its id and its subject with its place in the text.

        Parameters
        ----------
        kind : str
            What it is about.
        text : str
            The sentence.
        notes : sequence of int
            Indices of the notes that bear it out.
        stretch : (float, float), seconds, optional
            Of the recording, that it sends to.
        match : CoachMatch, optional
            What it tells of.
        of_chords : bool
            Whether it holds only if the changes do.

        Returns
        -------
        CoachSentence
            With the ids and bars of the notes.
        """
        ordered = sorted(set(notes))
        from_sec, to_sec = (None, None) if stretch is None else stretch
        return CoachSentence(
            "", CoachSubject.HAPPENS, kind, text,
            tuple(self.line.note_ids[note] for note in ordered), self.view.bars(ordered),
            from_sec, to_sec, match, of_chords and self.is_guess,
        )  # fmt: skip


def clock(sec: float) -> str:
    """Write a time of the recording as a player shows it.

    Parameters
    ----------
    sec : float, seconds
        From its beginning.

    Returns
    -------
    str
        Minutes and whole seconds that have passed: who goes there hears what comes.

    Examples
    --------
    >>> clock(75.9), clock(3600.0)
    ('1:15', '60:00')
    """
    minutes, seconds = divmod(int(max(sec, 0.0)), 60)
    return f"{minutes}:{seconds:02}"


def step_words(semitones: int) -> str:
    """Name a step.

    Parameters
    ----------
    semitones : int
        One or two, up or down.

    Returns
    -------
    str
        ``half step`` or ``whole step``.
    """
    return "half step" if abs(semitones) == 1 else "whole step"
