"""Lines and what is known about them, made up for tests of licks."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.harmony_function import Cadence, CadenceKind, HarmonyAnalysis
from licklab.domain.key import Key
from licklab.domain.line_analysis import LineAnalysis, NoteAnalysis, NoteRole
from licklab.domain.solo_line import LineChord, SoloLine

EIGHTH_SEC = 0.15
# Of tempi and of beginnings that are no round numbers.
FACTORS = st.floats(0.4, 2.5)


def make_line(
    pitches: Sequence[int],
    steps_sec: Sequence[float],
    held: float = 0.9,
    chords: Sequence[tuple[int, str]] = (),
) -> SoloLine:
    """Make a line: after each note its step until the next one, of which `held` sounds.

    A rest is a step of more than two eighths, of which two sound. Chords are (first note, symbol);
    with chords there are beats, two eighths each and four in a bar.
    """
    n = len(pitches)
    steps = np.asarray(steps_sec, np.float64)
    onset = np.concatenate([[0.0], np.cumsum(steps)])[:n]
    offset = onset + held * np.minimum(steps[:n], 2 * EIGHTH_SEC)
    starts = [first for first, _ in chords]
    eighth = np.round(onset / EIGHTH_SEC).astype(np.int64)
    zeros, ones = np.zeros(n, np.int64), np.ones(n, np.int64)
    return SoloLine(
        onset, offset, np.asarray(pitches, np.int64),
        eighth // 8 + 1 if chords else zeros, eighth % 8 // 2 + 1 if chords else zeros,
        2 * ones if chords else ones, eighth % 2 + 1 if chords else ones, np.full(n, 0.3),
        np.searchsorted(starts, np.arange(n), side="right") - 1, np.ones(n),
        tuple(_chord(first, symbol, eighth, onset) for first, symbol in chords),
        tuple(f"n{i + 1}" for i in range(n)), 4 if chords else 0,
    )  # fmt: skip


def _chord(first: int, symbol: str, eighth: np.ndarray, onset: np.ndarray) -> LineChord:
    at = int(eighth[first])
    return LineChord(
        parse_symbol(symbol), float(onset[first]), float(onset[first]) + 1, at // 8 + 1,
        at % 8 // 2 + 1, 4,
    )  # fmt: skip


def analyze(
    line: SoloLine, degrees: dict[int, str] | None = None, cadences: Sequence[Cadence] = ()
) -> LineAnalysis:
    """Tell of a few notes which chord tones they are, and of no other anything."""
    told = degrees or {}
    notes = tuple(
        NoteAnalysis(i, told.get(i, ""), NoteRole.CHORD_TONE if i in told else NoteRole.NONE, 0)
        for i in range(len(line))
    )
    return LineAnalysis(notes, harmony=HarmonyAnalysis(cadences=tuple(cadences)))


def two_five_one(first: int) -> Cadence:
    """Give a ii-V-I in B flat over three chords."""
    return Cadence(CadenceKind.II_V_I_MAJOR, first, first + 2, Key("Bb"), 0.0, 9.0, 1, 3)


@st.composite
def played_lines(draw: st.DrawFn) -> SoloLine:
    """Draw lines of eighths with some rests, as they stand on a page."""
    n = draw(st.integers(0, 60))
    pitches = draw(st.lists(st.integers(50, 80), min_size=n, max_size=n))
    lengths = st.sampled_from([1, 1, 1, 1, 1, 2, 4, 6])
    steps = draw(st.lists(lengths, min_size=n, max_size=n))
    return make_line(pitches, [EIGHTH_SEC * one for one in steps])


def change(
    line: SoloLine, *, semitones: int = 0, slower: float = 1.0, later: float = 0.0
) -> SoloLine:
    """Give the same line on another pitch, at another tempo, from another second on."""
    return SoloLine(
        later + slower * line.onset_sec, later + slower * line.offset_sec,
        line.pitch_midi + semitones, line.bar, line.beat, line.division, line.tatum,
        slower * line.beat_sec, line.chord, line.confidence, line.chords, line.note_ids,
        line.beats_per_bar, line.key,
    )  # fmt: skip
