from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.grid_change import change_grid
from licklab.domain.grid_edit import DoubleTempo, HalveTempo, SetTimeSignature
from licklab.domain.regrid import recount_form, snap_chords, snap_keys
from tests.unit.domain.grids import blues_analysis, even_grid, grids, recall


@given(grids(), st.lists(st.floats(0.01, 3.0), min_size=1, max_size=40), st.floats(0, 5))
def test_no_chord_is_lost_whatever_the_beats_are(
    grid: BeatGrid, lengths_sec: list[float], start_sec: float
) -> None:
    chords, at = [], start_sec
    for i, length_sec in enumerate(lengths_sec):
        chords.append(Chord(at, at + length_sec, f"C:{i}", str(i)))
        at += length_sec
    moved = snap_chords(chords, grid)
    assert [one.symbol for one in moved] == [one.symbol for one in chords]
    assert all(one.onset_sec < one.offset_sec for one in moved)
    assert all(a.offset_sec == b.onset_sec for a, b in pairwise(moved))


def test_boundaries_go_to_the_nearest_beat_and_those_outside_stay() -> None:
    chords = [Chord(0.1, 1.1, "N", "N.C."), Chord(1.1, 2.9, "C:maj", "C"), Chord(2.9, 9, "N", "")]
    moved = snap_chords(chords, even_grid(9))
    assert [(c.onset_sec, c.offset_sec) for c in moved] == [(0.1, 1.0), (1.0, 3.0), (3.0, 9)]


def test_a_chord_of_one_beat_stays_when_there_are_half_as_many_beats() -> None:
    grid = even_grid(17)
    chords = [Chord(1 + 0.5 * i, 1.5 + 0.5 * i, str(i), str(i)) for i in range(16)]
    halved = change_grid(grid, HalveTempo(), recall())
    assert [(c.onset_sec, c.symbol) for c in snap_chords(chords, halved)] == [
        (c.onset_sec, c.symbol) for c in chords
    ]


@pytest.mark.parametrize(
    ("edit", "n_bars", "name", "first_bars"),
    [(DoubleTempo(), 24, "24-bar blues", [1, 25]), (HalveTempo(), 6, "6-bar blues", [1, 7]),
     (SetTimeSignature(TimeSignature(3, 4)), 16, "16-bar blues", [1, 17])],
)  # fmt: skip
def test_a_form_is_counted_in_the_new_bars(
    edit: DoubleTempo | HalveTempo | SetTimeSignature,
    n_bars: int,
    name: str,
    first_bars: list[int],
) -> None:
    heard = blues_analysis()
    assert heard.form is not None
    form = recount_form(heard.form, heard.grid, change_grid(heard.grid, edit, recall(99.0)))
    assert form is not None
    assert (form.n_bars, form.name, form.sections[0].n_bars) == (n_bars, name, n_bars)
    assert [one.first_bar for one in form.choruses] == first_bars
    assert [one.onset_sec for one in form.choruses] == [1.0, 25.0]


def test_a_form_without_whole_bars_is_given_up() -> None:
    heard = blues_analysis()
    assert heard.form is not None
    five = change_grid(heard.grid, SetTimeSignature(TimeSignature(5, 4)), recall(99.0))
    assert recount_form(heard.form, heard.grid, five) is None
    assert recount_form(heard.form, heard.grid, even_grid(3)) is None


def test_a_chorus_begun_before_the_recording_is_counted_from_its_end() -> None:
    heard = blues_analysis()
    assert heard.form is not None
    early = replace(heard.form.choruses[0], first_bar=-7, offset_sec=9.0)
    form = replace(heard.form, choruses=(early, *heard.form.choruses[1:]))
    doubled = change_grid(heard.grid, DoubleTempo(), recall(99.0))
    recounted = recount_form(form, heard.grid, doubled)
    assert recounted is not None
    assert recounted.choruses[0].first_bar == 9 - 24


def test_local_keys_change_on_downbeats() -> None:
    heard = blues_analysis()
    keys = tuple(replace(one, offset_sec=20.9) for one in heard.local_keys)
    assert [(k.onset_sec, k.offset_sec) for k in snap_keys(keys, heard.grid)] == [(1.0, 21.0)]
