"""Grids and harmony to test with."""

from hypothesis import strategies as st

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.chord import Chord
from licklab.domain.form import Chorus, Form, Section
from licklab.domain.key import Key, KeyEstimate, KeyMode, LocalKey
from licklab.domain.recall import Recall
from licklab.domain.swing import Swing


def even_grid(
    n_beats: int = 33,
    period_sec: float = 0.5,
    start_sec: float = 1.0,
    signature: str = "4/4",
    first_position: int = 1,
) -> BeatGrid:
    times = [start_sec + i * period_sec for i in range(n_beats)]
    signed = TimeSignature.parse(signature)
    return count_beats(times, [0.8] * n_beats, signed, {0: first_position}, {})


def recall(end_sec: float = 20.0) -> Recall:
    return Recall(0.0, end_sec)


def blues_analysis(n_choruses: int = 2, period_sec: float = 0.5) -> Analysis:
    """Make choruses of a blues in B flat: a chord a bar, a form, a key."""
    grid = even_grid(48 * n_choruses + 1, period_sec)
    bars = [one.time_sec for one in grid.downbeats]
    roots = ("Bb", "Eb", "Bb", "Bb", "Eb", "Eb", "Bb", "G", "C", "F", "Bb", "F") * n_choruses
    chords = tuple(
        Chord(begin, end, f"{root}:7", f"{root}7", 0.7)
        for begin, end, root in zip(bars[:-1], bars[1:], roots, strict=True)
    )
    chorus_sec = 48 * period_sec
    key = Key("Bb", KeyMode.BLUES)
    return Analysis(
        grid=grid,
        swing=Swing(1.0, bars[-1], 1.6, 0.1),
        chords=chords,
        key=KeyEstimate(key, 0.8, key.relative),
        local_keys=(LocalKey(bars[0], bars[-1], key, 0.8),),
        form=Form(
            "12-bar blues",
            12,
            (Section("A", 1, 12),),
            tuple(
                Chorus(i + 1, 12 * i + 1, 12, 1 + i * chorus_sec, 1 + (i + 1) * chorus_sec)
                for i in range(n_choruses)
            ),
            0.9,
        ),
    )


@st.composite
def grids(draw: st.DrawFn) -> BeatGrid:
    """Draw a grid whose tempo drifts, with a pickup and any signature."""
    steps = draw(st.lists(st.floats(0.35, 0.65), min_size=8, max_size=80))
    times = [draw(st.floats(0, 5))]
    for step in steps:
        times.append(times[-1] + step)
    signature = TimeSignature.parse(draw(st.sampled_from(["4/4", "3/4", "5/4", "6/8", "12/8"])))
    first = draw(st.integers(1, signature.beats_per_bar))
    sure = draw(st.lists(st.floats(0, 1), min_size=len(times), max_size=len(times)))
    return count_beats(times, sure, signature, {0: first}, {})
