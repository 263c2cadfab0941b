"""A passage with what the theory engine says of it: what exercises are made of and checked by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import ApproachKind, LineAnalysis, NoteRole
from licklab.domain.passage import Passage, PassageNote
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.notation.passage_playing import passage_line
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony
from licklab.theory.note_words import degree_word
from licklab.theory.span_view import SpanView


@dataclass(frozen=True, slots=True, eq=False)
class AnalyzedPassage:
    """A passage, analyzed.

    Attributes
    ----------
    passage : Passage
        The music.
    line : SoloLine
        The same; its notes are those of the passage.
    analysis : LineAnalysis
        Of it.
    """

    passage: Passage
    line: SoloLine
    analysis: LineAnalysis

    def __len__(self) -> int:
        return len(self.passage.notes)

    @property
    def notes(self) -> tuple[PassageNote, ...]:
        """Of the passage."""
        return self.passage.notes

    def is_tone(self, note: int) -> bool:
        """Tell whether a note is a tone of its chord.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            True for guide tones and other chord tones.
        """
        return self.analysis.notes[note].role.is_of_chord

    def is_on_beat(self, note: int) -> bool:
        """Tell whether a note stands on a beat.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            Of the signature's beats.
        """
        return self.analysis.notes[note].weight > 0

    def is_fit(self, note: int) -> bool:
        """Tell whether a note is in place over its chord.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        bool
            For a chord tone, a tension, and a note that leads to another. A note that only plays
            the next chord early leads nowhere.
        """
        one = self.analysis.notes[note]
        leads = one.approach is not None and one.approach is not ApproachKind.ANTICIPATION
        return one.role.is_of_chord or one.role is NoteRole.TENSION or leads

    def symbol_at(self, note: int) -> ChordSymbol | None:
        """Give the chord under a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        ChordSymbol or None
            None where none is known or played.
        """
        return self.line.symbol_at(note)

    def tone(self, note: int) -> str:
        """Tell what a note is.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            Such as ``E (3rd of Cmaj7)``; only its name without a chord.
        """
        name = SpanView(self.line, self.analysis, NoteSpan(0, len(self))).degree_name(note)
        symbol = self.symbol_at(note)
        if symbol is None:
            return name
        word = degree_word(symbol, self.analysis.notes[note].degree)
        return f"{name} ({word} of {write_symbol(symbol)})"

    def ids(self, notes: Sequence[int]) -> tuple[str, ...]:
        """List the ids of notes.

        Parameters
        ----------
        notes : sequence of int
            Their indices.

        Returns
        -------
        tuple of str
            Of those that have one.
        """
        return tuple(self.notes[note].id for note in notes if self.notes[note].id)


def analyze_passage(passage: Passage) -> AnalyzedPassage:
    """Analyze a passage.

    Parameters
    ----------
    passage : Passage
        Of one note at least.

    Returns
    -------
    AnalyzedPassage
        By `licklab.theory`, over its own chords.
    """
    # Theory goes by written places, which swing does not move.
    line = passage_line(replace(passage, swing_ratio=None))
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    return AnalyzedPassage(passage, line, analyze_line(line, harmony))
