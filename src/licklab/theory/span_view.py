"""A span of an analyzed line, as the sentences about it see it.

In: a line, its analysis and a span. Out: names, degrees and bars of its notes, and statements that
carry the ids of the notes they speak of.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import Device, LineAnalysis, Statement
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.theory.note_words import degree_word, name_by_degree, name_in_line


@dataclass(frozen=True, slots=True)
class SpanView:
    """A span of an analyzed line.

    Attributes
    ----------
    line : SoloLine
        The line.
    analysis : LineAnalysis
        Of it.
    span : NoteSpan
        Of it.
    """

    line: SoloLine
    analysis: LineAnalysis
    span: NoteSpan

    @property
    def notes(self) -> range:
        """Indices of the notes."""
        return range(self.span.start, self.span.stop)

    def name(self, note: int) -> str:
        """Name a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            In concert pitch, without octave.
        """
        return name_in_line(self.line, note, self.analysis.notes[note].target)

    def names(self, notes: Sequence[int]) -> list[str]:
        """Name notes.

        Parameters
        ----------
        notes : sequence of int
            Their indices.

        Returns
        -------
        list of str
            In concert pitch, without octave.
        """
        return [self.name(note) for note in notes]

    def chord(self, note: int) -> str:
        """Name the chord under a note.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            As a player writes it; empty without one.
        """
        symbol = self.line.symbol_at(note)
        return "" if symbol is None else write_symbol(symbol)

    def tone(self, note: int) -> str:
        """Tell what a note is.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            Such as ``E, the 3rd of Cmaj7``; only the name without a chord.
        """
        symbol = self.line.symbol_at(note)
        if symbol is None:
            return self.name(note)
        word = degree_word(symbol, self.analysis.notes[note].degree)
        return f"{self.degree_name(note)}, the {word} of {write_symbol(symbol)}"

    def degree_name(self, note: int) -> str:
        """Name a note beside its degree: by that, not by where it leads.

        Parameters
        ----------
        note : int
            Its index.

        Returns
        -------
        str
            In concert pitch, without octave.
        """
        symbol = self.line.symbol_at(note)
        if symbol is None:
            return self.name(note)
        pitch = int(self.line.pitch_midi[note])
        return name_by_degree(pitch, symbol, self.analysis.notes[note].degree)

    def bars(self, notes: Sequence[int]) -> tuple[int, ...]:
        """List the bars of notes.

        Parameters
        ----------
        notes : sequence of int
            Their indices.

        Returns
        -------
        tuple of int
            Rising, each once; none without beats.
        """
        if not self.line.has_beats:
            return ()
        return tuple(sorted({int(self.line.bar[note]) for note in notes}))

    def where(self, notes: Sequence[int]) -> str:
        """Tell the bars of notes.

        Parameters
        ----------
        notes : sequence of int
            Their indices.

        Returns
        -------
        str
            Such as `` (bars 3-4)``, to be put after words; empty without beats.
        """
        bars = self.bars(notes)
        if not bars:
            return ""
        return f" (bar {bars[0]})" if len(bars) == 1 else f" (bars {bars[0]}-{bars[-1]})"

    def holds(self, device: Device) -> bool:
        """Tell whether a figure, with its target, is in the span.

        Parameters
        ----------
        device : Device
            Of the line.

        Returns
        -------
        bool
            False where a note of it is outside.
        """
        is_inside = self.span.start <= device.span.start and device.span.stop <= self.span.stop
        return is_inside and (device.target is None or device.target in self.notes)

    def say(self, kind: str, text: str, notes: Sequence[int]) -> Statement:
        """Make a statement.

        Parameters
        ----------
        kind : str
            What it is about.
        text : str
            The sentence.
        notes : sequence of int
            Indices of the notes that bear it out.

        Returns
        -------
        Statement
            With their ids and bars.
        """
        ordered = sorted(set(notes))
        ids = tuple(self.line.note_ids[note] for note in ordered)
        return Statement(str(kind), text, ids, self.bars(ordered))
