"""What each of the twelve notes is to a chord: its degree and its role.

In: a chord symbol. Out: for every pitch class above its root a degree spelled by function, a role,
and whether it is in the scale that the chord asks for first. A note is named by what it does: the
note a semitone above the root of a dominant is a flat ninth, never a sharp root. Available tensions
and notes to avoid are those of Nettles and Graf, "The Chord Scale Theory and Jazz Harmony" (1997):
a note that is a semitone above a chord tone is to be avoided, but for the altered tensions of
dominants.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import NoteRole
from licklab.domain.note_name import degree_semitones, note_pitch_class


class ChordFamily(StrEnum):
    """What a chord asks of the notes over it."""

    MAJOR = "major"
    DOMINANT = "dominant"
    SUSPENDED = "suspended"
    MINOR = "minor"
    TONIC_MINOR = "tonic minor"
    HALF_DIMINISHED = "half-diminished"
    DIMINISHED = "diminished"


_DEGREES = {
    ChordFamily.MAJOR: "1 b9 9 b3 3 11 #11 5 #5 13 b7 7",
    ChordFamily.DOMINANT: "1 b9 9 #9 3 11 #11 5 b13 13 b7 7",
    ChordFamily.SUSPENDED: "1 b9 9 b3 3 4 #11 5 b13 13 b7 7",
    ChordFamily.MINOR: "1 b9 9 b3 3 11 b5 5 b13 13 b7 7",
    ChordFamily.TONIC_MINOR: "1 b9 9 b3 3 11 #11 5 b13 13 b7 7",
    ChordFamily.HALF_DIMINISHED: "1 b9 9 b3 3 11 b5 5 b13 13 b7 7",
    ChordFamily.DIMINISHED: "1 b9 9 b3 3 11 b5 5 b13 bb7 b7 7",
}
# Nettles and Graf (1997): what may be held over a chord, and what is in its scale but may not.
_TENSIONS = {
    ChordFamily.MAJOR: {"9", "#11", "13", "7"},
    ChordFamily.DOMINANT: {"b9", "9", "#9", "#11", "b13", "13"},
    ChordFamily.SUSPENDED: {"b9", "9", "b3", "b13", "13"},
    ChordFamily.MINOR: {"9", "11", "13"},
    ChordFamily.TONIC_MINOR: {"9", "11", "13", "7"},
    ChordFamily.HALF_DIMINISHED: {"9", "11", "b13"},
    ChordFamily.DIMINISHED: {"9", "11", "b13", "bb7", "7"},
}
_AVOIDED = {
    ChordFamily.MAJOR: {"11"},
    ChordFamily.DOMINANT: {"11"},
    ChordFamily.SUSPENDED: {"3"},
    ChordFamily.MINOR: {"b9", "b13"},
    ChordFamily.TONIC_MINOR: {"b9", "b13"},
    ChordFamily.HALF_DIMINISHED: {"b9"},
    ChordFamily.DIMINISHED: set[str](),
}
# A tension that the symbol alters is not there in its plain form too (Levine, "The Jazz Theory
# Book", 1995: the altered dominant has no natural ninth, fifth or thirteenth).
_REPLACED = {"b9": "9", "#9": "9", "b13": "13", "#5": "13", "#11": "11"}


@dataclass(frozen=True, slots=True)
class ChordView:
    """A chord as a soloist sees it.

    Attributes
    ----------
    symbol : ChordSymbol
        The chord.
    text : str
        As a player writes it.
    family : ChordFamily
        What it asks for.
    root : int, 0 to 11
        Pitch class; 0 is C.
    degrees : tuple of str, 12 of them
        Degree of each semitone above the root.
    roles : tuple of NoteRole, 12 of them
        Role of each semitone above the root.
    """

    symbol: ChordSymbol
    text: str
    family: ChordFamily
    root: int
    degrees: tuple[str, ...]
    roles: tuple[NoteRole, ...]

    def semitones(self, pitch_midi: int) -> int:
        """Measure a note above the root, 0 to 11.

        Parameters
        ----------
        pitch_midi : int
            Sounding pitch.

        Returns
        -------
        int, 0 to 11
            Semitones above the nearest root below.
        """
        return (pitch_midi - self.root) % 12

    def is_tone(self, pitch_midi: int) -> bool:
        """Tell whether a note is a tone of the chord, tensions excepted.

        Parameters
        ----------
        pitch_midi : int
            Sounding pitch.

        Returns
        -------
        bool
            True for guide tones and other chord tones.
        """
        return self.roles[(pitch_midi - self.root) % 12].is_of_chord


def family_of(symbol: ChordSymbol) -> ChordFamily:
    """Tell what a chord asks for.

    Parameters
    ----------
    symbol : ChordSymbol
        Any but none.

    Returns
    -------
    ChordFamily
        By third and seventh first. An augmented triad counts as a dominant: it is one most often.
    """
    if symbol.third is None:
        return ChordFamily.SUSPENDED if symbol.suspension else ChordFamily.MAJOR
    if symbol.third == "b3":
        if symbol.fifth == "b5":
            is_half = symbol.seventh == "b7"
            return ChordFamily.HALF_DIMINISHED if is_half else ChordFamily.DIMINISHED
        return ChordFamily.TONIC_MINOR if symbol.seventh in {"6", "7"} else ChordFamily.MINOR
    is_augmented = symbol.fifth == "#5" and symbol.seventh is None
    is_dominant = symbol.seventh == "b7" or is_augmented
    return ChordFamily.DOMINANT if is_dominant else ChordFamily.MAJOR


@lru_cache(maxsize=1024)
def view_chord(symbol: ChordSymbol) -> ChordView | None:
    """See a chord as a soloist does.

    Parameters
    ----------
    symbol : ChordSymbol
        To see.

    Returns
    -------
    ChordView or None
        None where no chord is played.

    Examples
    --------
    >>> view = view_chord(ChordSymbol("G", ("1", "3", "5", "b7")))
    >>> view.degrees[view.semitones(68)], str(view.roles[view.semitones(71)])
    ('b9', 'guide tone')
    """
    if symbol.is_none:
        return None
    family = family_of(symbol)
    degrees = _DEGREES[family].split()
    if symbol.seventh not in {"7", "b7"} and family is not ChordFamily.DIMINISHED:
        degrees[9] = "6"  # without a seventh it stands in its place
    for degree in symbol.degrees:
        degrees[degree_semitones(degree) % 12] = degree
    roles = tuple(_role(symbol, family, degree) for degree in degrees)
    root = note_pitch_class(symbol.root)
    return ChordView(symbol, write_symbol(symbol), family, root, tuple(degrees), roles)


def _role(symbol: ChordSymbol, family: ChordFamily, degree: str) -> NoteRole:
    if degree in symbol.degrees:
        # Third and seventh tell one chord from another, the sixth where it stands for the seventh,
        # the fourth where it stands for the third.
        if degree in {symbol.third, symbol.seventh, symbol.suspension}:
            return NoteRole.GUIDE_TONE
        is_tension = int(degree.lstrip("b#")) > 7
        return NoteRole.TENSION if is_tension else NoteRole.CHORD_TONE
    if degree in {_REPLACED.get(one) for one in symbol.degrees}:
        return NoteRole.CHROMATIC
    if degree == "5" and symbol.fifth in {"b5", "#5"}:
        return NoteRole.CHROMATIC
    if degree == "5":
        return NoteRole.CHROMATIC if symbol.is_altered else NoteRole.CHORD_TONE
    if degree in _TENSIONS[family] or degree == "6":
        return NoteRole.TENSION
    # A plain triad says nothing about its seventh, nor does a minor sixth: both are played over it.
    is_open = symbol.seventh is None and family is not ChordFamily.DIMINISHED
    is_open |= symbol.seventh == "6" and symbol.third == "b3"
    if degree in {"b7", "7"} and is_open:
        return NoteRole.TENSION
    return NoteRole.AVOID if degree in _AVOIDED[family] else NoteRole.CHROMATIC
