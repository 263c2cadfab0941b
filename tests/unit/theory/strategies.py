"""Lines for property tests."""

from hypothesis import strategies as st

from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import SoloLine
from tests.unit.domain.symbols import SYMBOLS
from tests.unit.theory.lines import line_of

_PLAIN = ("Dm7", "G7", "Cmaj7", "C6", "Bm7b5", "E7", "Am6", "Db7", "F7", "Bb7", "G7alt", "N.C.")
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@st.composite
def lines(draw: st.DrawFn, *, has_beats: bool | None = None) -> SoloLine:
    """Draw a line that mostly goes by step, over any chords."""
    words: list[str] = []
    pitch = draw(st.integers(55, 75))
    for _ in range(draw(st.integers(0, 5))):
        plain = st.sampled_from(_PLAIN)
        chord = draw(plain | SYMBOLS.map(write_symbol)) if draw(st.booleans()) else draw(plain)
        if draw(st.integers(0, 9)):
            words.append(f"{chord}:")
        for _ in range(draw(st.sampled_from((1, 2, 4, 8)))):
            step = st.sampled_from((-2, -1, 1, 2, -1, 1, 3, -3, 4, -4, 0, 5, -7))
            pitch = min(max(pitch + draw(step), 40), 90)
            length = draw(st.sampled_from((1, 1, 1, 1, 2, 3)))
            name = f"{_NAMES[pitch % 12]}{pitch // 12 - 1}"
            words.append(f"{name}*{length}" if draw(st.integers(0, 12)) else f"r*{length}")
    beats = draw(st.sampled_from((2, 3, 4, 5)))
    with_beats = draw(st.booleans()) if has_beats is None else has_beats
    return line_of(" ".join(words), beats_per_bar=beats, has_beats=with_beats)
