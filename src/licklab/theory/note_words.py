"""Words for notes, degrees and intervals, as players use them."""

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.key import Key
from licklab.domain.note_name import LETTERS, MAJOR_SCALE, degree_note, note_pitch_class, spell_root
from licklab.domain.solo_line import SoloLine
from licklab.theory.chord_view import view_chord

_PLAIN = {
    "1": "root", "2": "2nd", "4": "4th", "5": "5th", "6": "6th", "9": "9th", "11": "11th",
    "13": "13th",
}  # fmt: skip
_SIZES = (
    "unison", "minor 2nd", "major 2nd", "minor 3rd", "major 3rd", "4th", "tritone", "5th",
    "minor 6th", "major 6th", "minor 7th", "major 7th", "octave",
)  # fmt: skip
_RARE = {"E#", "B#", "Cb", "Fb"}


def degree_word(symbol: ChordSymbol, degree: str) -> str:
    """Name a degree of a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        The chord.
    degree : str
        Of it, spelled by function.

    Returns
    -------
    str
        Its own third and seventh are the third and the seventh; others say what they are.

    Examples
    --------
    >>> degree_word(ChordSymbol("D", ("1", "b3", "5", "b7")), "b3")
    '3rd'
    >>> degree_word(ChordSymbol("C", ("1", "3", "5", "b7")), "7")
    'major 7th'
    """
    if degree in _PLAIN:
        return _PLAIN[degree]
    number = degree.lstrip("b#")
    if number not in {"3", "7"}:
        return degree
    word = "3rd" if number == "3" else "7th"
    if degree in {symbol.third, symbol.seventh}:
        return word
    quality = {"": "major", "b": "minor", "bb": "diminished"}[degree.removesuffix(number)]
    return f"{quality} {word}"


def name_note(
    pitch_midi: int, symbol: ChordSymbol | None, key: Key | None, next_pitch: int | None = None
) -> str:
    """Name a note by its degree, or by where it goes if it leads by a semitone.

    Parameters
    ----------
    pitch_midi : int
        Sounding pitch.
    symbol : ChordSymbol or None
        Chord under it.
    key : Key or None
        Of the whole; it names notes without a chord.
    next_pitch : int, optional
        Of the note that it leads to, if it leads.

    Returns
    -------
    str
        Without octave, such as ``F#``.

    Examples
    --------
    >>> name_note(66, ChordSymbol("C"), None, 67), name_note(66, ChordSymbol("C"), None)
    ('F#', 'F#')
    """
    view = view_chord(symbol) if symbol else None
    if view is None:
        return spell_root(pitch_midi % 12, key)
    semitones = view.semitones(pitch_midi)
    name = degree_note(view.symbol.root, view.degrees[semitones])
    # Cb is what players read as a tone of a chord in flats; the others they read as white keys.
    if not (name == "Cb" and view.is_tone(pitch_midi)):
        name = simple_name(name)
    # A raised ninth that does not rise to the third is written as what it sounds like.
    if view.degrees[semitones] == "#9":
        name = simple_name(degree_note(view.symbol.root, "b3"))
    moves = 0 if next_pitch is None else next_pitch - pitch_midi
    if view.is_tone(pitch_midi) or abs(moves) != 1:
        return name
    assert next_pitch is not None
    # What rises is raised and what falls is lowered: on the letter beside that of its goal.
    goal = degree_note(view.symbol.root, view.degrees[view.semitones(next_pitch)])
    letter = LETTERS[(LETTERS.index(goal[0]) - moves) % 7]
    alter = (pitch_midi - MAJOR_SCALE[LETTERS.index(letter)] + 6) % 12 - 6
    led = letter + ("b" * -alter if alter < 0 else "#" * alter)
    return name if abs(alter) > 1 or led in _RARE else led


def name_by_degree(pitch_midi: int, symbol: ChordSymbol, degree: str) -> str:
    """Name a note as the degree that it is said to be.

    Parameters
    ----------
    pitch_midi : int
        Sounding pitch.
    symbol : ChordSymbol
        Chord under it.
    degree : str
        Of the chord.

    Returns
    -------
    str
        Without octave; as players read it where the degree names a white key by its neighbour.

    Examples
    --------
    >>> name_by_degree(68, ChordSymbol("C", ("1", "3", "5", "b7")), "b13")
    'Ab'
    """
    name = degree_note(symbol.root, degree)
    return name_note(pitch_midi, symbol, None) if name in _RARE else name


def name_in_line(line: SoloLine, index: int, target: int | None) -> str:
    """Name a note of a line.

    Parameters
    ----------
    line : SoloLine
        The line.
    index : int
        Of the note.
    target : int or None
        Index of the note that it leads to, if it leads.

    Returns
    -------
    str
        Without octave, such as ``F#``.
    """
    pitch = int(line.pitch_midi[index])
    leads_to = None if target is None else int(line.pitch_midi[target])
    return name_note(pitch, line.symbol_at(index), line.key, leads_to)


def simple_name(name: str) -> str:
    """Name a white key as one.

    Parameters
    ----------
    name : str
        Of a note.

    Returns
    -------
    str
        The same but for ``E#``, ``B#``, ``Cb`` and ``Fb``.

    Examples
    --------
    >>> simple_name("E#"), simple_name("Eb")
    ('F', 'Eb')
    """
    return spell_root(note_pitch_class(name)) if name in _RARE else name


def interval_words(semitones: int) -> str:
    """Name the size of an interval.

    Parameters
    ----------
    semitones : int, 0 or more
        Its size.

    Returns
    -------
    str
        With its article, such as ``a minor 10th``; from two octaves up, octaves and the rest.

    Examples
    --------
    >>> interval_words(8), interval_words(15), interval_words(24)
    ('a minor 6th', 'a minor 10th', 'two octaves')
    """
    octaves, rest = divmod(semitones, 12)
    if octaves == 0 or semitones == 12:
        name = _SIZES[semitones]
    elif octaves == 1 and rest in {1, 2, 3, 4, 5, 8, 9, 10, 11, 7}:
        quality, _, number = _SIZES[rest].rpartition(" ")
        name = f"{quality} {int(number.rstrip('ndrth')) + 7}th".strip()
    else:
        count = {1: "an octave", 2: "two octaves", 3: "three octaves"}.get(octaves)
        name = count or f"{octaves} octaves"
        return name if rest == 0 else f"{name} and {interval_words(rest)}"
    article = "an" if name[0] in "o8" or name.startswith("11") else "a"
    return f"{article} {name}"


def join_words(words: list[str]) -> str:
    """List words with commas and a last ``and``.

    Parameters
    ----------
    words : list of str
        One at least.

    Returns
    -------
    str
        Such as ``D, Db and B``.
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
