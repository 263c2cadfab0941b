"""Passages, and people who play them, made up for tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.passage import Passage, PassageChord, PassageNote
from licklab.notation.passage_playing import PassageClock

CRY = (65, 67, 68, 70, 72, 75, 74, 70, 68, 67, 65, 62, 63)
"""Eighths over F minor and Bb7, to Eb."""


def passage(
    pitches: Sequence[int] = CRY,
    lengths: Sequence[Fraction] | None = None,
    *,
    tempo_bpm: float = 140.0,
    swing_ratio: float | None = 1.6,
    signature: TimeSignature | None = None,
) -> Passage:
    """Give a passage in Eb, of eighths unless told otherwise, with ids a0, a1, ..."""
    meter = signature or TimeSignature()
    lengths = lengths or [Fraction(1, 2)] * len(pitches)
    at, notes = Fraction(0), []
    for number, (pitch, length) in enumerate(zip(pitches, lengths, strict=True)):
        notes.append(PassageNote(at, length, pitch, f"a{number}"))
        at += length
    bar = Fraction(4 * meter.numerator, meter.denominator)
    n_bars = -(-at // bar)
    chords = [
        PassageChord(k * bar, parse_symbol(symbol))
        for k, symbol in enumerate(("Fm7", "Bb7", "Ebmaj7", "Ebmaj7")[:n_bars])
    ]
    return Passage(
        tuple(notes), tuple(chords), n_bars, meter, tempo_bpm, swing_ratio, Key("Eb"), first_bar=9
    )


def play(
    asked: Passage,
    *,
    semitones: int = 0,
    speed: float = 1.0,
    start_sec: float = 0.5,
    bend: Callable[[float], float] = lambda sec: sec,
) -> list[Note]:
    """Play a passage as it is written, at another tempo, which `bend` may change on the way."""
    clock = PassageClock(asked)
    return [
        Note(
            start_sec + bend(clock.sec_at(one.onset_quarter) / speed),
            start_sec + bend(clock.sec_at(one.offset_quarter) / speed) - 0.01,
            one.pitch_midi + semitones,
            80,
            0.99,
        )
        for one in asked.notes
    ]


def moved(note: Note, late_sec: float) -> Note:
    """Play a note later, or earlier below 0."""
    end = max(note.offset_sec, note.onset_sec + late_sec + 0.05)
    return replace(note, onset_sec=note.onset_sec + late_sec, offset_sec=end)


@dataclass(frozen=True, slots=True)
class Take:
    """A passage and how somebody plays it without a fault."""

    asked: Passage
    semitones: int
    speed: float
    heard: list[Note]


_LENGTHS = (Fraction(1, 2), Fraction(1, 2), Fraction(1), Fraction(1, 3), Fraction(3, 2))


@st.composite
def takes(draw: st.DrawFn) -> Take:
    """Draw takes of random lines in any key, 40 % slower to 40 % faster, by an even player."""
    pitches = draw(st.lists(st.integers(55, 80), min_size=6, max_size=20))
    # A line that is one note again and again says nothing about its key or place.
    pitches = [one + (k % 2 if one == pitches[k - 1] else 0) for k, one in enumerate(pitches)]
    lengths = [draw(st.sampled_from(_LENGTHS)) for _ in pitches]
    asked = passage(
        pitches, lengths, tempo_bpm=draw(st.floats(80, 200)),
        swing_ratio=draw(st.sampled_from([None, 1.3, 2.0])),
    )  # fmt: skip
    semitones, speed = draw(st.integers(-12, 12)), draw(st.floats(0.6, 1.4))
    start_sec = draw(st.floats(0, 5))
    heard = play(asked, semitones=semitones, speed=speed, start_sec=start_sec)
    uneven = [moved(one, draw(st.floats(0, 0.01))) for one in heard]
    return Take(asked, semitones, speed, uneven)
