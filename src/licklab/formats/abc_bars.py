"""Bars of a tune in ABC notation, as they are written."""

from dataclasses import dataclass, field
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol
from licklab.errors import ScoreFileError
from licklab.formats.chart_bars import WrittenBar

# Places are exact fractions, which grow without end where every length has another denominator.
_MOST_PARTS = 1_000_000


@dataclass(slots=True)
class AbcNote:
    """A note as it is written.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of its bar.
    length_quarter : Fraction
        Without what is tied to it.
    step : int
        Place on the staff; middle C is 28.
    pitch_midi : int
        As it sounds.
    has_sign : bool
        Whether a sign stands before it.
    is_tied : bool
        Whether a tie leads on.
    graces : list of int
        Pitches of grace notes before it.
    """

    onset_quarter: Fraction
    length_quarter: Fraction
    step: int
    pitch_midi: int
    has_sign: bool
    is_tied: bool = False
    graces: list[int] = field(default_factory=list)


@dataclass(slots=True)
class AbcBar:
    """A bar as it is written.

    Attributes
    ----------
    signature : TimeSignature
        In force.
    length_quarter : Fraction
        Of what is in it, which may be less or more than the signature says.
    notes : list of AbcNote
        In order.
    chords : list of (Fraction, ChordSymbol)
        Where they enter; sounding.
    tempos : list of (Fraction, Fraction)
        Where they enter; quarters a minute.
    marks : WrittenBar
        Its repeats and endings.
    label : str
        Of the part that begins with it.
    begins_section : bool
        Whether a double bar line stands before it.
    """

    signature: TimeSignature
    length_quarter: Fraction = Fraction(0)
    notes: list[AbcNote] = field(default_factory=list)
    chords: list[tuple[Fraction, ChordSymbol]] = field(default_factory=list)
    tempos: list[tuple[Fraction, Fraction]] = field(default_factory=list)
    marks: WrittenBar = field(default_factory=WrittenBar)
    label: str = ""
    begins_section: bool = False


@dataclass(slots=True)
class AbcVoice:
    """A voice.

    Attributes
    ----------
    id, name : str
        In the file, and for people; the name may be empty.
    shift : int, semitones
        From written to sounding.
    bars : list of AbcBar
        As written.
    """

    id: str
    name: str = ""
    shift: int = 0
    bars: list[AbcBar] = field(default_factory=list)


def check_place(quarter: Fraction) -> None:
    """Refuse places that no music has.

    Parameters
    ----------
    quarter : Fraction
        A place.

    Raises
    ------
    ScoreFileError
        If its denominator is too large.
    """
    if quarter.denominator > _MOST_PARTS:
        raise ScoreFileError("want lengths of notes that add up, got ever new fractions of a bar")
