"""Short passages in a compact notation, and made-up ones for laws."""

import re
from fractions import Fraction

from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.key import Key
from licklab.domain.note_name import note_pitch_class
from licklab.domain.passage import Passage, PassageChord, PassageNote

_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_NOTE = re.compile(r"([A-G])([b#]*)(\d)")


def passage_of(
    text: str,
    *,
    key: str | None = None,
    signature: str = "4/4",
    tempo_bpm: float = 120.0,
    swing_ratio: float | None = None,
) -> Passage:
    """Write a passage: ``Dm7: D4 F4 A4 C5 | G7: B4:2 r E4``.

    Notes are eighths from the first bar on; ``:n`` makes them n eighths long, which may be a
    fraction. ``r`` is a rest, a chord stands before the note that it begins with, and bar lines
    are only to be read.
    """
    now = Fraction(0)
    notes: list[PassageNote] = []
    chords: list[PassageChord] = []
    for token in text.replace("|", " ").split():
        if token.endswith(":"):
            chords.append(PassageChord(now, parse_symbol(token[:-1])))
            continue
        what, _, eighths = token.partition(":")
        length = Fraction(eighths or 1) / 2
        if what != "r":
            notes.append(PassageNote(now, length, pitch_of(what), f"n{len(notes) + 1}"))
        now += length
    meter = TimeSignature.parse(signature)
    bar = Fraction(4 * meter.numerator, meter.denominator)
    return Passage(
        tuple(notes),
        tuple(chords),
        max(int(-(-now // bar)), 1),
        meter,
        tempo_bpm,
        swing_ratio,
        None if key is None else Key.parse(key),
    )


def pitch_of(name: str) -> int:
    """Read a note such as ``Eb4``."""
    match = _NOTE.fullmatch(name)
    assert match is not None, name
    shift = match[2].count("#") - match[2].count("b")
    return 12 * (int(match[3]) + 1) + note_pitch_class(match[1]) + shift


def write_passage(passage: Passage) -> str:
    """Write a passage in the notation that `passage_of` reads, for eyes."""
    words: list[tuple[Fraction, int, str]] = [
        (one.onset_quarter, 0, f"{write_symbol(one.symbol)}:") for one in passage.chords
    ]
    words += [(k * passage.bar_quarter, -1, "|") for k in range(1, passage.n_bars)]
    now = Fraction(0)
    for one in passage.notes:
        if one.onset_quarter > now:
            words.append((now, 2, _word("r", one.onset_quarter - now)))
        name = f"{_NAMES[one.pitch_midi % 12]}{one.pitch_midi // 12 - 1}"
        words.append((one.onset_quarter, 1, _word(name, one.length_quarter)))
        now = one.offset_quarter
    return " ".join(word for _, _, word in sorted(words))


def _word(what: str, length: Fraction) -> str:
    return what if length == Fraction(1, 2) else f"{what}:{2 * length}"


BEBOP = passage_of(
    "Dm7: r F4 A4 C5 E5 D5 C5 B4 | G7: A4 B4 D5 F5 Ab5 G5 F5 D5 | Cmaj7: E5:2 r:2 G4 E4:3",
    key="C",
    tempo_bpm=200.0,
    swing_ratio=1.6,
)
"""Over a ii-V-I in C."""

_CHANGES = (
    ("Dm7", "G7", "Cmaj7"), ("Dm7", "G7b9", "C6"), ("Bm7b5", "E7", "Am6"), ("F7", "Bb7"),
    ("Fm7", "Bb7", "Ebmaj7"), ("C7",), ("Gm7", "C7alt", "Fmaj7", "D7"), ("Em7", "A7", "Dm7", "G7"),
    ("N.C.", "G7", "Cmaj7"), ("Cdim7", "Dm7"), ("Gsus4", "Cmaj7"), (),
)  # fmt: skip
_RHYTHMS = (
    ("1/2",), ("1/2", "1/2"), ("1",), ("1/3", "1/3", "1/3"), ("3/4", "1/4"), ("1/4",) * 4, ("3/2",),
    ("2",),
)  # fmt: skip


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Draw a lick: mostly by step, over changes that players know or over none."""
    signature = draw(st.sampled_from(("4/4", "4/4", "4/4", "3/4", "5/4", "6/8", "2/2")))
    meter = TimeSignature.parse(signature)
    bar = Fraction(4 * meter.numerator, meter.denominator)
    now = draw(st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3))))
    pitch = draw(st.integers(52, 76))
    notes: list[PassageNote] = []
    for _ in range(draw(st.integers(1, 10))):
        for length in draw(st.sampled_from(_RHYTHMS)):
            move = st.sampled_from((-2, -1, 1, 2, -1, 1, 3, -3, 4, -4, 0, 5, -7, 9))
            pitch = min(max(pitch + draw(move), 46), 84)
            has_id = draw(st.integers(0, 9)) > 0
            identity = f"n{len(notes) + 1}" if has_id else ""
            notes.append(PassageNote(now, Fraction(length), pitch, identity))
            now += Fraction(length)
        now += draw(st.sampled_from((Fraction(0),) * 5 + (Fraction(1, 2), Fraction(1))))
    n_bars = int(-(-now // bar)) + draw(st.integers(0, 1))
    symbols = draw(st.sampled_from(_CHANGES))
    each = draw(st.sampled_from((bar / 2, bar, bar, bar))) if signature != "6/8" else bar
    chords = [
        PassageChord(k * each, parse_symbol(symbol))
        for k, symbol in enumerate(symbols)
        if k * each < n_bars * bar
    ]
    key = draw(st.sampled_from((None, "C", "A minor", "Eb", "F blues")))
    passage = Passage(
        tuple(notes),
        tuple(chords),
        n_bars,
        meter,
        draw(st.sampled_from((60.0, 120.0, 177.3, 280.0))),
        draw(st.sampled_from((None, 1.5, 2.0))),
        None if key is None else Key.parse(key),
    )
    return passage.moved(draw(st.integers(-5, 6)))
