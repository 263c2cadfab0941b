"""What chords do in a key: Roman numerals, cadences, and forms of changes."""

from dataclasses import dataclass
from enum import StrEnum

from licklab.domain.key import Key


class CadenceKind(StrEnum):
    """A progression that a player knows by name."""

    II_V_I_MAJOR = "ii-V-I major"
    II_V_I_MINOR = "ii-V-i minor"
    II_V_I_BLUES = "ii-V-I blues"
    II_V = "ii-V"
    V_I = "V-I"
    TRITONE = "tritone substitution"
    BACKDOOR = "backdoor"
    TURNAROUND = "turnaround"
    COLTRANE = "Coltrane changes"


class ChangesKind(StrEnum):
    """A whole form that a player knows by name."""

    BLUES = "blues"
    MINOR_BLUES = "minor blues"
    RHYTHM_CHANGES = "rhythm changes"


@dataclass(frozen=True, slots=True)
class ChordFunction:
    """What a chord does.

    Attributes
    ----------
    chord : int
        Index into the chords of the line.
    key : Key
        In which it is heard.
    roman : str
        Such as ``ii7``, ``V7``, ``Imaj7``, ``bII7`` or ``V7/ii``.
    """

    chord: int
    key: Key
    roman: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """A progression of some chords.

    Attributes
    ----------
    kind : CadenceKind
        What it is.
    first_chord, last_chord : int
        Indices into the chords of the line, both included; the last is the arrival where there is
        one.
    key : Key
        Where it leads, or would lead.
    onset_sec, offset_sec : float, seconds of the original file
        From the first chord to the end of the last.
    first_bar, last_bar : int
        Bars in which the first and the last chord begin.
    """

    kind: CadenceKind
    first_chord: int
    last_chord: int
    key: Key
    onset_sec: float
    offset_sec: float
    first_bar: int
    last_bar: int


@dataclass(frozen=True, slots=True)
class ChangesForm:
    """One chorus of a form that has a name.

    Attributes
    ----------
    kind : ChangesKind
        What it is.
    key : Key
        Of the chorus.
    first_bar, last_bar : int
        Both included.
    """

    kind: ChangesKind
    key: Key
    first_bar: int
    last_bar: int


@dataclass(frozen=True, slots=True)
class HarmonyAnalysis:
    """What the changes of a line do.

    Attributes
    ----------
    functions : tuple of ChordFunction
        Of every chord that is one, in order.
    cadences : tuple of Cadence
        Ordered by their first chord.
    forms : tuple of ChangesForm
        Choruses in order.
    """

    functions: tuple[ChordFunction, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    forms: tuple[ChangesForm, ...] = ()
