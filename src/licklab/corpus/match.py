"""What a search may be limited to, and what it finds."""

from dataclasses import dataclass, field
from enum import StrEnum

from licklab.corpus.solo import SoloFilter, SoloInfo
from licklab.domain.solo_line import NoteSpan


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which places are wanted.

    Attributes
    ----------
    solo : SoloFilter
        In which solos.
    chords : str or None
        Chord symbols, such as ``Dm7 G7``, that stand under the match one after another, moved with
        it; under a pattern of mere intervals in any key. The pattern's own, where it has some, if
        None.
    within_phrase : bool
        Whether the match must lie in one annotated phrase; solos without phrases do not pass.
    exclude_ids : tuple of str
        Solos that are not wanted, such as the pattern's own.
    """

    solo: SoloFilter = field(default_factory=SoloFilter)
    chords: str | None = None
    within_phrase: bool = False
    exclude_ids: tuple[str, ...] = ()


class AlignmentKind(StrEnum):
    """What became of a note of the pattern or of the solo."""

    SAME = "same"
    SUBSTITUTED = "substituted"
    OCTAVE = "octave"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class AlignedNote:
    """A note of the pattern and what answers it.

    Attributes
    ----------
    query, solo : int or None
        Indices of the notes in the pattern and in the solo; None where one of them has none.
    kind : AlignmentKind
        Inserted is what only the solo has, deleted what only the pattern has.
    """

    query: int | None
    solo: int | None
    kind: AlignmentKind


@dataclass(frozen=True, slots=True)
class Match:
    """A place of the corpus that is like the pattern.

    Attributes
    ----------
    number : int
        Of the solo in the corpus.
    info : SoloInfo
        Who plays it.
    span : NoteSpan
        Its notes.
    bar, beat : int
        Where it begins; both 0 where there are no beats.
    onset_sec, offset_sec : float, seconds of the recording
        From when until when.
    chords : tuple of str
        Symbols in force under it, in order.
    transposition : int, semitones
        Above the pattern.
    cost : float
        In wrong notes, a note of the pattern; `licklab.corpus.alignment` tells how. 0 is the same
        in pitch and rhythm; two notes with nothing in common cost 1.
    alignment : tuple of AlignedNote
        In order.
    """

    number: int
    info: SoloInfo
    span: NoteSpan
    bar: int
    beat: int
    onset_sec: float
    offset_sec: float
    chords: tuple[str, ...]
    transposition: int
    cost: float
    alignment: tuple[AlignedNote, ...]
