"""The instruments: what each can play and how its part is written.

Sounding ranges follow the usual orchestration tables (Adler, "The Study of Orchestration", 4th
ed., 2016; Sebesky, "The Contemporary Arranger", 1975), widened at the top to what improvisers
reach (altissimo, lead trumpet) and checked against the lowest and highest notes of the Weimar
Jazz Database where it has the instrument.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from licklab.errors import UnknownInstrumentError


class Clef(StrEnum):
    """The clef that a part is usually written in."""

    TREBLE = "treble"
    BASS = "bass"
    GRAND_STAFF = "grand staff"
    TREBLE_OCTAVE_DOWN = "treble 8vb"


class Texture(StrEnum):
    """Whether an instrument plays a single line or several notes at once."""

    LINE = "line"
    POLYPHONIC = "polyphonic"


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument that can be followed in a recording.

    Attributes
    ----------
    id : str
        Stable name in files and on the API.
    name : str
        Name for people.
    lowest_midi, highest_midi : int
        Sounding range, both ends included.
    clef : Clef
        Of the written part.
    transposition_semitones : int
        Written pitch minus sounding pitch: 2 for a trumpet in B flat.
    texture : Texture
        How it is decoded unless the caller says otherwise.
    gm_program : int, 0 to 127
        General MIDI program for playing the notes back.
    aliases : tuple of str
        Other names, lower case.
    """

    id: str
    name: str
    lowest_midi: int
    highest_midi: int
    clef: Clef
    transposition_semitones: int
    texture: Texture
    gm_program: int
    aliases: tuple[str, ...] = ()


_T, _B = Clef.TREBLE, Clef.BASS
_LINE, _POLY = Texture.LINE, Texture.POLYPHONIC

_ALL = (
    Instrument("soprano_sax", "Soprano saxophone", 55, 91, _T, 2, _LINE, 64, ("soprano", "ss")),
    Instrument("alto_sax", "Alto saxophone", 49, 87, _T, 9, _LINE, 65, ("alto", "as")),
    Instrument("tenor_sax", "Tenor saxophone", 44, 86, _T, 14, _LINE, 66, ("tenor", "ts", "sax")),
    Instrument("baritone_sax", "Baritone saxophone", 36, 75, _T, 21, _LINE, 67,
               ("baritone", "bari", "bari sax", "bs")),
    Instrument("trumpet", "Trumpet", 52, 90, _T, 2, _LINE, 56, ("tp", "tpt")),
    Instrument("cornet", "Cornet", 52, 87, _T, 2, _LINE, 56, ("cor",)),
    Instrument("flugelhorn", "Flugelhorn", 52, 84, _T, 2, _LINE, 56, ("flugel", "flh")),
    Instrument("trombone", "Trombone", 34, 80, _B, 0, _LINE, 57, ("tb", "tbn", "bone")),
    Instrument("clarinet", "Clarinet", 50, 94, _T, 2, _LINE, 71, ("cl",)),
    Instrument("bass_clarinet", "Bass clarinet", 34, 82, _T, 14, _LINE, 71, ("bcl",)),
    Instrument("flute", "Flute", 59, 98, _T, 0, _LINE, 73, ("fl",)),
    Instrument("vibraphone", "Vibraphone", 53, 89, _T, 0, _POLY, 11, ("vib", "vibes")),
    Instrument("guitar", "Guitar", 40, 88, Clef.TREBLE_OCTAVE_DOWN, 12, _POLY, 26,
               ("g", "gtr", "electric guitar", "jazz guitar", "acoustic guitar")),
    Instrument("piano", "Piano", 21, 108, Clef.GRAND_STAFF, 0, _POLY, 0, ("p", "pno", "keys")),
    Instrument("bass", "Bass", 28, 67, _B, 12, _LINE, 32,
               ("b", "double bass", "upright bass", "contrabass", "electric bass", "bass guitar")),
    Instrument("voice", "Voice", 40, 86, _T, 0, _LINE, 53,
               ("vocals", "vocal", "voc", "singer", "singing", "scat")),
    Instrument("violin", "Violin", 55, 103, _T, 0, _LINE, 40, ("vln", "fiddle")),
    Instrument("other", "Other", 21, 108, _T, 0, _LINE, 0, ("auto", "unknown")),
)  # fmt: skip

INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType({one.id: one for one in _ALL})
"""Every instrument by its id, in the order in which they are shown."""


UNNAMED = "other"
"""Id of the one that stands for no instrument in particular."""


def _normalise(name: str) -> str:
    words = re.sub(r"[\s_\-.]+", " ", name.strip().lower())
    return re.sub(r"\bsaxophone\b", "sax", words)


_BY_NAME: Mapping[str, Instrument] = MappingProxyType(
    {_normalise(name): one for one in _ALL for name in (one.id, one.name, *one.aliases)}
)


def find_instrument(name: str) -> Instrument:
    """Find an instrument by any of its names.

    Parameters
    ----------
    name : str
        Id, name or alias; case, spaces, ``_``, ``-`` and ``.`` do not matter.

    Returns
    -------
    Instrument
        The one of that name.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that name; the message lists them.

    Examples
    --------
    >>> find_instrument("Tenor Saxophone").id
    'tenor_sax'
    >>> find_instrument("vocals").id
    'voice'
    """
    found = _BY_NAME.get(_normalise(name))
    if found is None:
        raise UnknownInstrumentError(
            f"want an instrument, one of {', '.join(INSTRUMENTS)}; got {name[:80]!r}"
        )
    return found
