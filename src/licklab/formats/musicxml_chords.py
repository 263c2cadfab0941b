"""Chords as MusicXML 4.0 writes them: a kind, and degrees that are added, altered or left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.domain.note_name import degree_semitones
from licklab.errors import ChordError

# Degrees of the kinds of the type kind-value. The sixth chords of classical harmony are left to
# ``other``: no lead sheet has them.
KINDS = {
    "major": "1 3 5", "minor": "1 b3 5", "augmented": "1 3 #5", "diminished": "1 b3 b5",
    "dominant": "1 3 5 b7", "major-seventh": "1 3 5 7", "minor-seventh": "1 b3 5 b7",
    "diminished-seventh": "1 b3 b5 bb7", "augmented-seventh": "1 3 #5 b7",
    "half-diminished": "1 b3 b5 b7", "major-minor": "1 b3 5 7", "major-sixth": "1 3 5 6",
    "minor-sixth": "1 b3 5 6", "dominant-ninth": "1 3 5 b7 9", "major-ninth": "1 3 5 7 9",
    "minor-ninth": "1 b3 5 b7 9", "dominant-11th": "1 3 5 b7 9 11", "major-11th": "1 3 5 7 9 11",
    "minor-11th": "1 b3 5 b7 9 11", "dominant-13th": "1 3 5 b7 9 13", "major-13th": "1 3 5 7 9 13",
    "minor-13th": "1 b3 5 b7 9 13", "suspended-second": "1 2 5", "suspended-fourth": "1 4 5",
    "power": "1 5",
}  # fmt: skip
"""Harte degrees of each kind; thirteenths have no eleventh, as players read them."""

NO_CHORD_KIND = "none"
"""Kind of a stretch without a chord."""

# Degrees that an alteration counts from: those of a dominant, as the specification of
# degree-alter says.
_DOMINANT_ALTER = {7: -1}


@dataclass(frozen=True, slots=True)
class XmlDegree:
    """A ``degree`` of a ``harmony``.

    Attributes
    ----------
    value : int, 1 to 13
        Of ``degree-value``.
    alter : int, semitones
        Of ``degree-alter``.
    type : str
        ``add``, ``alter`` or ``subtract``.
    """

    value: int
    alter: int
    type: str


def read_kind(
    root: str, kind: str, degrees: Sequence[XmlDegree] = (), bass: str | None = None
) -> ChordSymbol:
    """Read a chord of MusicXML.

    Parameters
    ----------
    root : str
        Name of the root.
    kind : str
        Content of ``kind``.
    degrees : sequence of XmlDegree
        That change the kind.
    bass : str, optional
        Name of the bass.

    Returns
    -------
    ChordSymbol
        That they mean.

    Raises
    ------
    ChordError
        If the kind or a degree is none.
    """
    if kind == NO_CHORD_KIND:
        return NO_CHORD_SYMBOL
    if kind not in KINDS:
        raise ChordError(f"want a kind of chord such as dominant or minor-seventh, got {kind!r}")
    tones = KINDS[kind].split()
    for degree in degrees:
        number = int(degree.value)
        if not 1 <= number <= 13 or abs(degree.alter) > 2:
            raise ChordError(f"want a degree from 1 to 13 with two signs at most, got {degree}")
        if degree.type == "add":
            tones.append(_name(number, degree.alter + _DOMINANT_ALTER.get(number, 0)))
            continue
        before = [tone for tone in tones if int(tone.lstrip("b#")) == number]
        tones = [tone for tone in tones if tone not in before]
        if degree.type == "alter":
            shift = degree_semitones(before[0]) - degree_semitones(str(number)) if before else 0
            tones.append(_name(number, degree.alter + shift))
        elif degree.type != "subtract":
            raise ChordError(f"want add, alter or subtract, got {degree.type!r}")
    return ChordSymbol(root, tuple(tones), bass)


def write_kind(symbol: ChordSymbol) -> tuple[str, tuple[XmlDegree, ...]]:
    """Write a chord for MusicXML.

    Parameters
    ----------
    symbol : ChordSymbol
        To write; its root and its bass are not part of the kind.

    Returns
    -------
    str and tuple of XmlDegree
        The nearest kind, and what has to be added to it and left out of it.
    """
    if symbol.is_none:
        return NO_CHORD_KIND, ()
    wanted = set(symbol.degrees)
    kind = min(KINDS, key=lambda name: len(wanted.symmetric_difference(KINDS[name].split())))
    tones = KINDS[kind].split()
    left_out = [XmlDegree(*_split(tone), "subtract") for tone in tones if tone not in wanted]
    added = []
    for tone in symbol.degrees:
        if tone not in tones:
            number, alter = _split(tone)
            added.append(XmlDegree(number, alter - _DOMINANT_ALTER.get(number, 0), "add"))
    return kind, (*left_out, *added)


def _name(number: int, alter: int) -> str:
    return ("b" * -alter if alter < 0 else "#" * alter) + str(number)


def _split(tone: str) -> tuple[int, int]:
    number = int(tone.lstrip("b#"))
    return number, degree_semitones(tone) - degree_semitones(str(number))
