import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.solo_line import NoteSpan
from licklab.licks.repeats import Repeat, count_repeats, find_repeats

_LICK = [62, 65, 69, 72, 71, 68, 65, 64, 62, 59]
_OTHER = [50, 74, 51, 77, 49]


def test_notes_are_found_again_on_another_pitch() -> None:
    pitches = np.array([*_LICK, *_OTHER, *(one + 5 for one in _LICK)])
    found = find_repeats(pitches, NoteSpan(0, 10), 0.85)
    assert found == (Repeat(NoteSpan(0, 10), 0, 1.0), Repeat(NoteSpan(15, 25), 5, 1.0))


def test_the_span_comes_first_wherever_it_is() -> None:
    pitches = np.array([*_LICK, *_OTHER, *_LICK])
    assert [one.span for one in find_repeats(pitches, NoteSpan(15, 25), 0.85)] == [
        NoteSpan(15, 25), NoteSpan(0, 10),
    ]  # fmt: skip


def test_a_changed_note_is_one_edit_wherever_it_is() -> None:
    for at in range(10):
        changed = _LICK.copy()
        changed[at] += 1
        pitches = np.array([*_LICK, *_OTHER, *(one - 3 for one in changed)])
        found = find_repeats(pitches, NoteSpan(0, 10), 0.85)
        assert len(found) == 2, at
        assert found[1].similarity == 0.9
        assert found[1].transposition_semitones == -3


def test_an_added_and_a_left_out_note_are_one_edit() -> None:
    added = [*_LICK[:5], 70, *_LICK[5:]]
    left_out = [*_LICK[:5], *_LICK[6:]]
    pitches = np.array([*_LICK, *_OTHER, *added, *_OTHER, *left_out])
    found = find_repeats(pitches, NoteSpan(0, 10), 0.85)
    assert found[1:] == (Repeat(NoteSpan(15, 26), 0, 0.9), Repeat(NoteSpan(31, 40), 0, 0.9))


def test_repeats_do_not_overlap() -> None:
    pitches = np.array([60, 62] * 20)
    found = find_repeats(pitches, NoteSpan(0, 6), 0.85)
    taken = [i for one in found for i in range(one.span.start, one.span.stop)]
    assert len(taken) == len(set(taken))
    assert count_repeats(pitches, np.array([0]), np.array([6])).tolist() == [6]


@given(st.lists(st.integers(60, 64), min_size=6, max_size=40), st.data())
def test_counting_agrees_with_comparing_every_place(
    pitches: list[int], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(pitches) - 3))
    stop = data.draw(st.integers(start + 2, len(pitches)))
    wanted = np.diff(pitches[start:stop]).tolist()
    count, free = 0, 0
    for place in range(len(pitches) - len(wanted)):
        is_same = np.diff(pitches[place : place + len(wanted) + 1]).tolist() == wanted
        if is_same and place >= free:
            count, free = count + 1, place + len(wanted) + 1
    found = count_repeats(np.array(pitches), np.array([start]), np.array([stop]))
    assert found.tolist() == [count]


@given(st.lists(st.integers(40, 90), min_size=2, max_size=30), st.integers(-20, 20))
def test_repeats_are_the_same_on_another_pitch(pitches: list[int], semitones: int) -> None:
    span = NoteSpan(0, max(2, len(pitches) // 3))
    line = np.array(pitches)
    assert find_repeats(line + semitones, span, 0.8) == find_repeats(line, span, 0.8)
