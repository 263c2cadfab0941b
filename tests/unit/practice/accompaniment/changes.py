"""Passages with changes, for tests of the rhythm section."""

from fractions import Fraction

from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL
from licklab.domain.key import Key
from licklab.domain.passage import Passage, PassageChord

_ROOTS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_KINDS = ("", "m", "7", "maj7", "m7", "m7b5", "dim7", "6", "m6", "7sus4", "sus4", "7alt", "aug",
          "m(maj7)", "9", "13")  # fmt: skip


def passage_over(bars: str, signature: str = "4/4", key: str = "C:major") -> Passage:
    """Make a passage: bars between strokes, chords of a bar at equal distances, from its first."""
    meter = TimeSignature.parse(signature)
    texts = bars.split("|")
    bar_quarter = Fraction(4 * meter.numerator, meter.denominator)
    beat_quarter = bar_quarter / meter.beats_per_bar
    chords = []
    for i, text in enumerate(texts):
        names = text.split()
        for k, name in enumerate(names):
            beat = k * meter.beats_per_bar // len(names)
            symbol = NO_CHORD_SYMBOL if name == "N.C." else parse_symbol(name)
            chords.append(PassageChord(i * bar_quarter + beat * beat_quarter, symbol))
    return Passage((), tuple(chords), len(texts), meter, key=Key.parse(key))


@st.composite
def passages(draw: st.DrawFn, most_bars: int = 5) -> Passage:
    """Draw passages with any chords at any eighths, also slashes and N.C., in any key or none."""
    signature = TimeSignature.parse(
        draw(st.sampled_from(("4/4", "3/4", "2/4", "5/4", "6/4", "7/4", "6/8", "12/8", "2/2")))
    )
    n_bars = draw(st.integers(1, most_bars))
    end = n_bars * Fraction(4 * signature.numerator, signature.denominator)
    onsets = draw(st.sets(st.integers(1, int(end * 2) - 1), max_size=2 * n_bars))
    names = st.builds(
        lambda root, kind, bass: root + kind + (f"/{bass}" if bass else ""),
        st.sampled_from(_ROOTS),
        st.sampled_from(_KINDS),
        st.sampled_from(("", "", "", *_ROOTS)),
    )
    chords = [
        PassageChord(
            Fraction(onset, 2),
            NO_CHORD_SYMBOL if draw(st.integers(0, 9)) == 0 else parse_symbol(draw(names)),
        )
        for onset in sorted({0, *onsets})
    ]
    key = draw(st.sampled_from((None, "C:major", "Eb:minor", "F:blues")))
    return Passage(
        (), tuple(chords), n_bars, signature, key=None if key is None else Key.parse(key)
    )
