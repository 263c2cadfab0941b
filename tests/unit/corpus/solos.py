"""Solos for tests of the corpus."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from licklab.corpus.solo import CorpusSolo, SoloInfo, solo_id
from licklab.domain.key import Key
from licklab.domain.solo_line import LineChord, NoteSpan, SoloLine
from tests.unit.domain.symbols import SYMBOLS

_SECONDS = st.integers(-10_000_000, 10_000_000_000).map(lambda one: one / 1e6)
_SMALL = st.integers(-2, 300)
_CHORDS = st.builds(LineChord, SYMBOLS, _SECONDS, _SECONDS, _SMALL, _SMALL, _SMALL)
_KEYS = st.none() | st.builds(Key.parse, st.sampled_from(["C:major", "F#:minor", "Bb:blues"]))


def line_of(pitches: list[int], start_sec: float = 1.0) -> SoloLine:
    """Make a line of eighths at 120 bpm over no chords."""
    n = len(pitches)
    onsets = start_sec + 0.25 * np.arange(n, dtype=np.float64)
    return SoloLine(
        onset_sec=onsets,
        offset_sec=onsets + 0.25,
        pitch_midi=np.array(pitches, dtype=np.int64),
        bar=np.arange(n) // 8 + 1,
        beat=np.arange(n) % 8 // 2 + 1,
        division=np.full(n, 2),
        tatum=np.arange(n) % 2 + 1,
        beat_sec=np.full(n, 0.5),
        chord=np.full(n, -1),
        confidence=np.ones(n),
        chords=(),
        note_ids=tuple(f"n{i}" for i in range(1, n + 1)),
    )


def solo_of(
    pitches: list[int], performer: str = "Anna", title: str = "Blues", **info: Any
) -> CorpusSolo:
    """Make a solo of such a line."""
    own = SoloInfo(solo_id("tests", f"{performer}/{title}"), performer, title, "trumpet")
    return CorpusSolo(replace(own, **info), line_of(pitches))


@st.composite
def any_solos(draw: st.DrawFn) -> CorpusSolo:
    """Draw a solo of any notes, times on the microsecond."""
    n = draw(st.integers(0, 30))
    seconds = arrays(np.float64, n, elements=_SECONDS)
    small = arrays(np.int64, n, elements=_SMALL)
    chords = tuple(draw(st.lists(_CHORDS, max_size=4)))
    line = SoloLine(
        onset_sec=np.sort(draw(seconds)),
        offset_sec=draw(seconds),
        pitch_midi=draw(arrays(np.int64, n, elements=st.integers(0, 127))),
        bar=draw(small),
        beat=draw(small),
        division=draw(small),
        tatum=draw(small),
        beat_sec=draw(seconds),
        chord=draw(arrays(np.int64, n, elements=st.integers(-1, len(chords) - 1))),
        confidence=draw(arrays(np.int64, n, elements=st.integers(0, 10_000))) / 1e4,
        chords=chords,
        note_ids=tuple(draw(st.lists(st.text(max_size=5), min_size=n, max_size=n))),
        beats_per_bar=draw(st.integers(0, 12)),
        key=draw(_KEYS),
    )
    spans = st.tuples(st.integers(0, 99), st.integers(1, 9)).map(
        lambda one: NoteSpan(one[0], sum(one))
    )
    info = SoloInfo(solo_id("tests", "any"), "Anna", "Blues", "trumpet")
    return CorpusSolo(info, line, tuple(draw(st.lists(spans, max_size=4))))


def assert_same(one: CorpusSolo, other: CorpusSolo) -> None:
    """Assert that two solos are the same in everything."""
    assert one.info == other.info
    assert one.phrases == other.phrases
    for name in SoloLine.__slots__:
        np.testing.assert_array_equal(getattr(one.line, name), getattr(other.line, name), name)
