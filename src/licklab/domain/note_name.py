"""Names of notes without octave: roots, basses, and the degrees between them."""

import re

from licklab.domain.key import Key
from licklab.errors import ChordError

LETTERS = "CDEFGAB"
MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
"""Semitones of the degrees 1 to 7 above the tonic."""

# As players write the roots of chords without knowing the key: flats for major chords and
# dominants, the tonics of the minor keys with fewer signs for minor ones.
_MAJOR_ROOTS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_MINOR_ROOTS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
# Degrees of a key that chords are built on: the borrowed and the substitute ones are lowered, the
# one that leads to the fifth is raised.
_KEY_DEGREES = ("1", "b2", "2", "b3", "3", "4", "#4", "5", "b6", "6", "b7", "7")
_NAME = re.compile(r"([A-G])(b*|#*)")
_DEGREE = re.compile(r"(b*|#*)([1-9]|1[0-3])")


def note_pitch_class(name: str) -> int:
    """Read the name of a note.

    Parameters
    ----------
    name : str
        A letter and any number of equal accidentals.

    Returns
    -------
    int, 0 to 11
        Pitch class; 0 is C.

    Raises
    ------
    ChordError
        If it is no note.

    Examples
    --------
    >>> note_pitch_class("Eb"), note_pitch_class("F##")
    (3, 7)
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise ChordError(f"want a note such as C, Bb or F#, got {name!r}")
    return (MAJOR_SCALE[LETTERS.index(match[1])] + _shift(match[2])) % 12


def degree_semitones(degree: str) -> int:
    """Measure a degree.

    Parameters
    ----------
    degree : str
        As Harte writes it: accidentals before a number from 1 to 13.

    Returns
    -------
    int, semitones
        Above the root, beyond an octave too.

    Raises
    ------
    ChordError
        If it is no degree.

    Examples
    --------
    >>> degree_semitones("b7"), degree_semitones("#9")
    (10, 15)
    """
    match = _DEGREE.fullmatch(degree)
    if match is None:
        raise ChordError(f"want a degree such as b7, 9 or #11, got {degree!r}")
    octave, step = divmod(int(match[2]) - 1, 7)
    return 12 * octave + MAJOR_SCALE[step] + _shift(match[1])


def simple_note(name: str) -> str:
    """Spell a note with at most one accidental.

    Parameters
    ----------
    name : str
        A letter and any number of equal accidentals.

    Returns
    -------
    str
        The same where it has one at most, else the usual name of that sound.

    Examples
    --------
    >>> simple_note("Bbb"), simple_note("Cb"), simple_note("E##")
    ('A', 'Cb', 'F#')
    """
    pitch_class = note_pitch_class(name)
    if len(name) <= 2:
        return name
    return (_MINOR_ROOTS if "#" in name else _MAJOR_ROOTS)[pitch_class]


def degree_note(root: str, degree: str) -> str:
    """Name the note on a degree of a root.

    Parameters
    ----------
    root : str
        Name of a note.
    degree : str
        As Harte writes it.

    Returns
    -------
    str
        On the letter that the degree asks for, unless that takes two accidentals.

    Examples
    --------
    >>> degree_note("C", "b7"), degree_note("Gb", "b3")
    ('Bb', 'A')
    """
    pitch_class = (note_pitch_class(root) + degree_semitones(degree)) % 12
    step = int(degree.lstrip("b#")) - 1
    letter = LETTERS[(LETTERS.index(root[0]) + step) % 7]
    return simple_note(_on_letter(letter, pitch_class))


def note_degree(root: str, note: str) -> str:
    """Tell on which degree of a root a note is.

    Parameters
    ----------
    root, note : str
        Names of notes.

    Returns
    -------
    str
        As Harte writes it, from 1 to 7.

    Examples
    --------
    >>> note_degree("C", "Bb"), note_degree("A", "C#")
    ('b7', '3')
    """
    step = (LETTERS.index(note[0]) - LETTERS.index(root[0])) % 7
    semitones = note_pitch_class(note) - note_pitch_class(root)
    shift = (semitones - MAJOR_SCALE[step] + 6) % 12 - 6
    return ("b" * -shift if shift < 0 else "#" * shift) + str(step + 1)


def spell_root(pitch_class: int, key: Key | None = None, *, is_minor: bool = False) -> str:
    """Spell the root of a chord.

    Parameters
    ----------
    pitch_class : int, 0 to 11
        0 is C.
    key : Key, optional
        That it is heard in.
    is_minor : bool
        Whether the chord has a minor third; counts only without a key.

    Returns
    -------
    str
        Such as ``Eb``; never ``E#``, ``B#``, ``Cb`` or ``Fb``.

    Examples
    --------
    >>> spell_root(6, Key.parse("G")), spell_root(6, Key.parse("Db")), spell_root(1, is_minor=True)
    ('F#', 'Gb', 'C#')
    """
    if key is None:
        return (_MINOR_ROOTS if is_minor else _MAJOR_ROOTS)[pitch_class % 12]
    degree = _KEY_DEGREES[(pitch_class - key.pitch_class) % 12]
    name = degree_note(key.tonic, degree)
    return name if name not in {"E#", "B#", "Cb", "Fb"} else _MAJOR_ROOTS[pitch_class % 12]


def _on_letter(letter: str, pitch_class: int) -> str:
    shift = (pitch_class - MAJOR_SCALE[LETTERS.index(letter)] + 6) % 12 - 6
    return letter + ("b" * -shift if shift < 0 else "#" * shift)


def _shift(accidentals: str) -> int:
    return accidentals.count("#") - accidentals.count("b")
