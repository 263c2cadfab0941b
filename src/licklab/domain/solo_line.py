"""A solo as one line of notes on its beats and changes: what licks, theory and search go by.

The same for what was heard, for what a person mended or imported, and for a solo of a corpus.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.key import Key
from licklab.errors import ShapeError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SURE_OF_CHORDS = 0.5
"""Chords of which the listener is less sure are as likely others: what follows from them is said to
be a guess."""


@dataclass(frozen=True, slots=True)
class LineChord:
    """A chord under a line.

    Attributes
    ----------
    symbol : ChordSymbol
        `licklab.domain.chord_symbol.NO_CHORD_SYMBOL` where none is played.
    onset_sec, offset_sec : float, seconds of the original file
        From when until when.
    bar, beat : int
        Where it begins, the beat from 1; both 0 where there are no beats.
    n_beats : int
        Beats until the next chord; 0 where there are no beats.
    confidence : float, 0 to 1
        How sure the listener is; 1 for what a person wrote.
    """

    symbol: ChordSymbol
    onset_sec: float
    offset_sec: float
    bar: int = 0
    beat: int = 0
    n_beats: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class SoloLine:
    """A solo as one line: notes ordered by onset, none beginning with another.

    Attributes
    ----------
    onset_sec, offset_sec : shape=(n_notes,), seconds of the original file
        Of the notes.
    pitch_midi : shape=(n_notes,), int
        Sounding pitch, 60 is middle C.
    bar, beat : shape=(n_notes,), int
        Metrical place: bar as the beats count it, beat in it from 1. All 0 without beats.
    division, tatum : shape=(n_notes,), int
        Into how many tatums the beat is divided, and on which one the note is, from 1; in the
        manner of the Weimar Jazz Database. All 1 without beats.
    beat_sec : shape=(n_notes,), seconds
        Length of the beat in which the note begins; half a second without beats.
    chord : shape=(n_notes,), int
        Index into `chords` of what is in force at the note; -1 where nothing is known.
    confidence : shape=(n_notes,), 0 to 1
        How sure the listener is of the note.
    chords : tuple of LineChord
        In order.
    note_ids : tuple of str
        Of the notes, as files and the API name them.
    beats_per_bar : int
        Of most bars; 0 where there are no beats.
    key : Key or None
        Of the whole.

    Raises
    ------
    ShapeError
        If the arrays differ in length, or onsets fall.
    """

    onset_sec: Floats
    offset_sec: Floats
    pitch_midi: Ints
    bar: Ints
    beat: Ints
    division: Ints
    tatum: Ints
    beat_sec: Floats
    chord: Ints
    confidence: Floats
    chords: tuple[LineChord, ...]
    note_ids: tuple[str, ...]
    beats_per_bar: int = 4
    key: Key | None = None

    def __post_init__(self) -> None:
        lengths = {
            len(one)
            for one in (
                self.onset_sec, self.offset_sec, self.pitch_midi, self.bar, self.beat,
                self.division, self.tatum, self.beat_sec, self.chord, self.confidence,
                self.note_ids,
            )
        }  # fmt: skip
        if len(lengths) != 1:
            raise ShapeError(f"want as many of each kind as notes, got {sorted(lengths)}")
        if np.any(np.diff(self.onset_sec) < 0):
            raise ShapeError("want onsets in order, got some that fall")

    def __len__(self) -> int:
        return len(self.pitch_midi)

    @property
    def has_beats(self) -> bool:
        """Whether metrical places are known."""
        return self.beats_per_bar > 0

    @property
    def is_on_beat(self) -> npt.NDArray[np.bool_]:
        """Whether each note stands on a beat; nowhere without beats."""
        is_first: npt.NDArray[np.bool_] = self.tatum == 1
        return is_first & self.has_beats

    def cut(self, span: "NoteSpan") -> "SoloLine":
        """Cut out some notes, with all chords.

        Parameters
        ----------
        span : NoteSpan
            Which notes.

        Returns
        -------
        SoloLine
            Of these notes alone; their chords keep their indices.
        """
        kept = slice(span.start, span.stop)
        return replace(
            self,
            onset_sec=self.onset_sec[kept],
            offset_sec=self.offset_sec[kept],
            pitch_midi=self.pitch_midi[kept],
            bar=self.bar[kept],
            beat=self.beat[kept],
            division=self.division[kept],
            tatum=self.tatum[kept],
            beat_sec=self.beat_sec[kept],
            chord=self.chord[kept],
            confidence=self.confidence[kept],
            note_ids=self.note_ids[kept],
        )

    def symbol_at(self, index: int) -> ChordSymbol | None:
        """Give the chord under a note.

        Parameters
        ----------
        index : int
            Of the note.

        Returns
        -------
        ChordSymbol or None
            None where nothing is known or no chord is played.
        """
        at = int(self.chord[index])
        if at < 0 or self.chords[at].symbol.is_none:
            return None
        return self.chords[at].symbol

    def chord_confidence(self, span: "NoteSpan") -> float:
        """Tell how sure the listener is of the chords under some notes.

        Parameters
        ----------
        span : NoteSpan
            Which notes.

        Returns
        -------
        float, 0 to 1
            Mean over the notes that have a chord; 1 where none has.
        """
        sure = [
            self.chords[int(self.chord[i])].confidence
            for i in range(span.start, span.stop)
            if self.symbol_at(i) is not None
        ]
        return float(np.mean(sure)) if sure else 1.0


@dataclass(frozen=True, slots=True, order=True)
class NoteSpan:
    """Some notes of a line, one after another.

    Attributes
    ----------
    start, stop : int
        Indices; `stop` is the first note after them.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ShapeError(f"want 0 <= start < stop, got {self.start} and {self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def overlap(self, other: "NoteSpan") -> float:
        """Tell how much two spans have in common.

        Parameters
        ----------
        other : NoteSpan
            Of the same line.

        Returns
        -------
        float, 0 to 1
            Notes in both, as a share of the notes in either.

        Examples
        --------
        >>> NoteSpan(0, 8).overlap(NoteSpan(4, 12))
        0.3333333333333333
        """
        common = min(self.stop, other.stop) - max(self.start, other.start)
        return max(common, 0) / (len(self) + len(other) - max(common, 0))
