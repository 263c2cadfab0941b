"""Passages, made up for tests."""

from fractions import Fraction

from hypothesis import strategies as st

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.key import Key
from licklab.domain.passage import Passage, PassageChord, PassageNote

F = Fraction


def two_five() -> Passage:
    pitches = (62, 65, 69, 72, 71, 68, 65, 62, 64)
    return Passage(
        notes=tuple(
            PassageNote(F(k, 2), F(1, 2), pitch, f"n{k + 5}") for k, pitch in enumerate(pitches)
        ),
        chords=(
            PassageChord(F(0), parse_symbol("Dm7")),
            PassageChord(F(2), parse_symbol("G7/F")),
            PassageChord(F(4), parse_symbol("Cmaj7")),
        ),
        n_bars=2,
        tempo_bpm=120.0,
        swing_ratio=2.0,
        key=Key("C"),
        first_bar=9,
    )


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Draw notes and rests on eighths, triplets and sixteenths."""
    n_bars = draw(st.integers(1, 3))
    notes: list[PassageNote] = []
    at = F(0)
    while at < 4 * n_bars:
        length = draw(st.sampled_from((F(1, 2), F(1), F(1, 4), F(1, 3), F(3, 2))))
        unit = F(1, 3) if length == F(1, 3) else length
        pieces = 3 if unit == F(1, 3) else 1
        if unit == F(1, 3) and at.denominator != 1:
            continue
        for _ in range(pieces):
            if at + unit <= 4 * n_bars and draw(st.integers(0, 4)):
                notes.append(PassageNote(at, unit, draw(st.integers(50, 84)), f"n{len(notes)}"))
            at += unit
    names = draw(st.lists(st.sampled_from(("Dm7", "G7b9", "C6/E", "F#o7")), max_size=n_bars))
    chords = tuple(PassageChord(F(4 * k), parse_symbol(one)) for k, one in enumerate(names))
    return Passage(tuple(notes), chords, n_bars, key=Key("Bb"))
