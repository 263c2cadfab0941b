"""A written score: one part, bar by bar, each note with what was heard.

Two time bases stand side by side and are never mixed: quarters, exact fractions, for what is
written; seconds of the original file for what was heard. Each head names the heard note.
"""

import functools
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.instrument import Clef
from licklab.domain.key import Key
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.tab import StringFret, Tuning


class Accidental(StrEnum):
    """A sign before a head."""

    FLAT = "flat"
    SHARP = "sharp"
    NATURAL = "natural"
    DOUBLE_FLAT = "flat-flat"
    DOUBLE_SHARP = "double-sharp"


class Beam(StrEnum):
    """What one of an event's beams does."""

    BEGIN = "begin"
    CONTINUE = "continue"
    END = "end"
    FORWARD_HOOK = "forward hook"
    BACKWARD_HOOK = "backward hook"


@dataclass(frozen=True, slots=True)
class NoteValue:
    """How a length is drawn.

    Attributes
    ----------
    base_quarter : Fraction
        Of the head without dots, in quarters: 4 a whole note, 1/2 an eighth, 1/8 a thirty-second.
    dots : int
        Each adds half of what stands before it.
    actual, normal : int
        Of a tuplet: so many in the time of so many; 1 and 1 where it is none.
    """

    base_quarter: Fraction
    dots: int = 0
    actual: int = 1
    normal: int = 1

    @property
    def length_quarter(self) -> Fraction:
        """How long it lasts."""
        return _length_of(self)


# There are few values, and exact fractions are slow.
@functools.lru_cache(maxsize=1024)
def _length_of(value: NoteValue) -> Fraction:
    dotted = value.base_quarter * (2 - Fraction(1, 2**value.dots))
    return dotted * value.normal / value.actual


@dataclass(frozen=True, slots=True)
class ScoreHead:
    """One head of a note.

    Attributes
    ----------
    pitch : SpelledPitch
        As written in this part.
    sounding_midi : int
        As heard, moved by the octaves or the key that the part asks for.
    note_id : str
        Of the heard note; heads that are tied have the same.
    onset_sec, offset_sec : float, seconds of the original file
        Of the heard note.
    velocity : int, 1 to 127
        Of the heard note.
    confidence : float, 0 to 1
        Of the heard note.
    is_doubtful : bool
        Whether the page marks it.
    accidental : Accidental or None
        Sign that is drawn.
    is_courtesy : bool
        Whether the sign only reminds.
    tie_from, tie_to : bool
        Whether a tie comes from the head before, goes to the next.
    place : StringFret or None
        On the fingerboard, where the part has one.
    """

    pitch: SpelledPitch
    sounding_midi: int
    note_id: str
    onset_sec: float
    offset_sec: float
    velocity: int = 80
    confidence: float = 1.0
    is_doubtful: bool = False
    accidental: Accidental | None = None
    is_courtesy: bool = False
    tie_from: bool = False
    tie_to: bool = False
    place: StringFret | None = None


@dataclass(frozen=True, slots=True)
class ScoreEvent:
    """A note, a chord of notes, or a rest.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the bar.
    value : NoteValue
        How it is drawn.
    heads : tuple of ScoreHead
        From low to high; a rest has none.
    is_grace : bool
        Whether it takes no time: it stands before the event that follows.
    tuplet_begins, tuplet_ends : bool
        Whether a tuplet's bracket does.
    beams : tuple of Beam
        From the eighths' beam inwards; none where a flag stands.
    """

    onset_quarter: Fraction
    value: NoteValue
    heads: tuple[ScoreHead, ...] = ()
    is_grace: bool = False
    tuplet_begins: bool = False
    tuplet_ends: bool = False
    beams: tuple[Beam, ...] = ()

    @property
    def length_quarter(self) -> Fraction:
        """How long it lasts in the bar; 0 for a grace note."""
        return Fraction(0) if self.is_grace else self.value.length_quarter

    @property
    def is_rest(self) -> bool:
        """Whether nothing sounds."""
        return not self.heads


@dataclass(frozen=True, slots=True)
class ScoreVoice:
    """One voice of a bar.

    Attributes
    ----------
    events : tuple of ScoreEvent
        In order, without gaps, as long as the bar.
    staff : int
        1 is the upper, 2 the lower one of a grand staff.
    voice : int
        1 has its stems up where a staff has two.
    """

    events: tuple[ScoreEvent, ...]
    staff: int = 1
    voice: int = 1


@dataclass(frozen=True, slots=True)
class ScoreChord:
    """A chord symbol over a bar.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the bar.
    label : str
        Harte label in the key of the part.
    symbol : str
        As a player writes it.
    confidence : float, 0 to 1
        How sure the listener is.
    index : int or None
        Which of the recording's chords it is; None for one that stands for itself.
    """

    onset_quarter: Fraction
    label: str
    symbol: str
    confidence: float = 1.0
    index: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """One bar.

    Attributes
    ----------
    number : int
        As the beats count it; 0 is the pickup.
    time_signature : TimeSignature
        In force; it is drawn where it differs from the bar before.
    length_quarter : Fraction
        Shorter than the signature says in a pickup.
    onset_sec, offset_sec : float, seconds of the original file
        When it sounds.
    voices : tuple of ScoreVoice
        At least one for each staff.
    chords : tuple of ScoreChord
        In order; what is in force is not written again.
    section : str
        Mark over it, such as ``A``; empty for none.
    chorus : int or None
        Number of the chorus that begins with it.
    begins_line : bool
        Whether a line of the page does.
    beat_secs : tuple of float, seconds of the original file
        When its beats fall.
    """

    number: int
    time_signature: TimeSignature
    length_quarter: Fraction
    onset_sec: float
    offset_sec: float
    voices: tuple[ScoreVoice, ...]
    chords: tuple[ScoreChord, ...] = ()
    section: str = ""
    chorus: int | None = None
    begins_line: bool = False
    beat_secs: tuple[float, ...] = ()

    @property
    def is_pickup(self) -> bool:
        """Whether it is shorter than its signature says."""
        signature = self.time_signature
        return self.length_quarter < Fraction(4 * signature.numerator, signature.denominator)


@dataclass(frozen=True, slots=True)
class Part:
    """For whom a score is written.

    Attributes
    ----------
    instrument : str
        Its id.
    name : str
        For people, such as ``Tenor saxophone (Bb)``.
    transposition_semitones : int
        Written pitch minus sounding pitch, without the octave of an octave clef.
    clef : Clef
        That the part is written in; guitar and bass sound an octave lower than a plain clef says.
    tuning : Tuning or None
        Of the tablature; None where the part has none.
    """

    instrument: str
    name: str
    transposition_semitones: int
    clef: Clef
    tuning: Tuning | None = None

    @property
    def n_staves(self) -> int:
        """Staves of notes, without tablature."""
        return 2 if self.clef is Clef.GRAND_STAFF else 1


@dataclass(frozen=True, slots=True)
class Score:
    """One part of a solo, written.

    Attributes
    ----------
    title, composer : str
        For the head of the page; empty where nobody said.
    part : Part
        For whom.
    bars : tuple of ScoreBar
        In order.
    key : Key or None
        As written; None for no signature.
    tempo_bpm : float or None
        Beats a minute; None where no pulse was heard.
    swing_ratio : float or None
        Of the eighths: 2 is a triplet's; None for straight ones.
    warnings : tuple of str
        What the reader should know, as sentences.
    moved_semitones : int
        How much higher it sounds than the recording.
    """

    title: str
    composer: str
    part: Part
    bars: tuple[ScoreBar, ...]
    key: Key | None = None
    tempo_bpm: float | None = None
    swing_ratio: float | None = None
    warnings: tuple[str, ...] = field(default=())
    moved_semitones: int = 0

    @property
    def is_swung(self) -> bool:
        """Whether the page says ``Swing``."""
        return self.swing_ratio is not None
