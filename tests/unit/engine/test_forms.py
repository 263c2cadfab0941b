import numpy as np
import pytest

from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.chord import Chord
from licklab.engine.forms import find_form

BLUES = ["F7", "Bb7", "F7", "F7", "Bb7", "Bb7", "F7", "D7", "Gm", "C7", "F7", "C7"]
A1 = ["Bb", "Cm", "Dm", "Cm", "Fm", "Eb", "Dm", "Cm"]
A2 = ["Bb", "Cm", "Dm", "Cm", "Fm", "Eb", "Cm", "Bb"]
BRIDGE = ["D7", "D7", "G7", "G7", "C7", "C7", "F7", "F7"]
AABA = [*A1, *A2, *BRIDGE, *A2]
ALL = [f"{root}{kind}" for root in "CDEFGAB" for kind in ("", "m", "7")]


def _label(name: str) -> str:
    if name.endswith("m"):
        return f"{name[:-1]}:min7"
    return f"{name[:-1]}:7" if name.endswith("7") else f"{name}:maj7"


def _play(bars: list[str], first_bar: int = 1) -> tuple[list[Chord], BeatGrid]:
    chords = [Chord(2.0 * i, 2.0 * i + 2, _label(one), one) for i, one in enumerate(bars)]
    beats = [Beat(0.5 * i, first_bar + i // 4, i % 4 + 1) for i in range(4 * len(bars))]
    return chords, BeatGrid(tuple(beats))


def test_a_blues_is_known_by_its_twelve_bars() -> None:
    form = find_form(*_play(BLUES * 4))
    assert form is not None
    assert (form.name, form.n_bars) == ("12-bar blues", 12)
    assert [one.first_bar for one in form.choruses] == [1, 13, 25, 37]
    assert [one.number for one in form.choruses] == [1, 2, 3, 4]
    assert form.choruses[1].onset_sec == 24.0
    assert [(one.label, one.first_bar, one.n_bars) for one in form.sections] == [("A", 1, 12)]


def test_sections_are_lettered_whatever_their_turnarounds() -> None:
    form = find_form(*_play(AABA * 3))
    assert form is not None
    assert (form.name, form.n_bars) == ("AABA", 32)
    assert "".join(one.label for one in form.sections) == "AABA"
    assert [one.first_bar for one in form.sections] == [1, 9, 17, 25]


def test_a_recording_may_begin_within_a_chorus() -> None:
    form = find_form(*_play((AABA * 4)[20:]))
    assert form is not None
    assert form.n_bars == 32
    assert form.choruses[0].first_bar == 1 - 20
    assert form.choruses[0].onset_sec == 0.0
    assert [one.onset_sec for one in form.choruses[1:]] == [24.0, 88.0, 152.0]


@pytest.mark.parametrize("seed", range(5))
def test_chords_that_are_misheard_now_and_then_do_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    bars = [str(rng.choice(ALL)) if rng.random() < 0.12 else one for one in AABA * 4]
    form = find_form(*_play(bars))
    assert form is not None
    assert form.name == "AABA"
    assert form.choruses[0].first_bar == 1


def test_bars_are_numbered_as_the_beats_count_them() -> None:
    form = find_form(*_play(BLUES * 4, first_bar=5))
    assert form is not None
    assert [one.first_bar for one in form.choruses] == [5, 17, 29, 41]


@pytest.mark.parametrize("seed", range(5))
def test_changes_that_never_repeat_have_no_form(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert find_form(*_play([str(rng.choice(ALL)) for _ in range(96)])) is None


def test_one_time_through_a_tune_is_not_enough() -> None:
    assert find_form(*_play(A1 + BRIDGE)) is None
    assert find_form(*_play(BLUES)) is None


def test_without_bars_or_chords_there_is_no_form() -> None:
    chords, grid = _play(BLUES * 4)
    assert find_form(chords, BeatGrid()) is None
    assert find_form((), grid) is None
