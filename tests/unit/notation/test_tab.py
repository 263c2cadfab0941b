import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licklab.domain.tab import TUNINGS, StringFret
from licklab.errors import ShapeError
from licklab.notation.grips import GripPrices, list_grips
from licklab.notation.left_hand import move_sec
from licklab.notation.tab import finger

STANDARD = TUNINGS["standard"]


def _line(pitches: list[float], step_sec: float = 0.25) -> tuple[StringFret | None, ...]:
    onsets = [step_sec * i for i in range(len(pitches))]
    return finger(onsets, [one + step_sec for one in onsets], pitches, STANDARD)


def _chord(pitches: list[float], duration_sec: float = 1.0) -> tuple[StringFret | None, ...]:
    return finger([0.0] * len(pitches), [duration_sec] * len(pitches), pitches, STANDARD)


def _sounding(place: StringFret | None) -> int:
    assert place is not None
    return STANDARD.open_midi[place.string - 1] + place.fret


def _strings_under(held: int, other: int) -> set[int]:
    grips = list_grips([held, other], STANDARD, GripPrices())
    return set() if grips is None else set(grips.strings[:, 0].tolist())


def _width(places: list[StringFret | None]) -> int:
    frets = [one.fret for one in places if one is not None and one.fret]
    return max(frets) - min(frets) if frets else 0


notes = st.lists(st.tuples(st.floats(0, 0.5), st.floats(0.01, 2), st.integers(30, 95)), max_size=24)


@given(notes)
def test_every_note_on_the_fingerboard_sounds_as_it_should(
    rows: list[tuple[float, float, int]],
) -> None:
    onsets, now = [], 0.0
    for step, _, _ in rows:
        now += step + 0.031  # a line: nothing is struck together
        onsets.append(now)
    ends = [onset + row[1] for onset, row in zip(onsets, rows, strict=True)]
    found = finger(onsets, ends, [row[2] for row in rows], STANDARD)
    for place, (_, _, pitch) in zip(found, rows, strict=True):
        if not 40 <= pitch <= 64 + STANDARD.n_frets:
            assert place is None
        else:
            assert _sounding(place) == pitch
            assert place is not None
            assert 0 <= place.fret <= STANDARD.n_frets


@given(st.sets(st.integers(40, 86), min_size=1, max_size=8))
def test_a_chord_is_one_grip_and_keeps_its_highest_note(pitches: set[int]) -> None:
    ordered = sorted(pitches)
    found = _chord([float(one) for one in ordered])
    placed = [one for one in found if one is not None]
    assert len({one.string for one in placed}) == len(placed)
    assert _width(list(found)) <= 4
    assert _sounding(found[-1]) == ordered[-1]


def test_open_chord_of_six_strings_is_played_as_beginners_learn_it() -> None:
    found = _chord([40, 47, 52, 56, 59, 64])
    assert [(one.string, one.fret) for one in found if one] == [
        (6, 0), (5, 2), (4, 2), (3, 1), (2, 0), (1, 0),
    ]  # fmt: skip


def test_notes_of_a_chord_that_no_hand_can_hold_have_no_place() -> None:
    found = _chord([40, 41, 42, 86])
    assert _sounding(found[3]) == 86
    assert None in found
    assert sum(one is None for one in _chord([float(p) for p in range(50, 58)])) >= 2


def test_pitches_off_the_fingerboard_leave_the_others_where_they_were() -> None:
    assert _line([30, 60, 62, 120])[1:3] == _line([60, 60, 62, 62])[1:3]
    assert _line([30, 60, 62, 120])[0] is None
    assert _line([30, 60, 62, 120])[3] is None


def test_pitches_are_rounded() -> None:
    assert _line([60.3, 61.8, 64.4]) == _line([60, 62, 64])


def test_a_scale_of_two_octaves_stays_in_one_place() -> None:
    steps = (0, 2, 4, 5, 7, 9, 11)
    scale: list[float] = [45 + 12 * octave + step for octave in (0, 1) for step in steps]
    assert _width(list(_line(scale, 0.15))) <= 4


@given(st.integers(45, 60), st.tuples(st.integers(-5, 9), st.integers(-5, 9)))
def test_no_note_is_struck_on_the_string_of_one_that_sounds_on(
    held: int, others: tuple[int, int]
) -> None:
    pitches = [held, held + others[0], held + others[1]]
    assume(held not in pitches[1:])
    # There is a string for it on which both others let it sound.
    assume(_strings_under(held, pitches[1]) & _strings_under(held, pitches[2]))
    found = finger([0.0, 0.5, 1.0], [2.0, 0.9, 1.5], pitches, STANDARD)
    strings = [one.string for one in found if one is not None]
    assert strings[0] not in strings[1:]


def test_a_note_that_sounds_on_under_a_line_is_given_an_open_string() -> None:
    line = [67, 65, 67, 65, 67, 65]
    onsets = [0.0, *(0.5 + 0.25 * i for i in range(len(line)))]
    ends = [3.0, *(onset + 0.2 for onset in onsets[1:])]
    assert finger(onsets, ends, [55, *line], STANDARD)[0] == StringFret(3, 0)


def test_a_note_that_has_ended_leaves_its_string() -> None:
    found = finger([0.0, 0.5], [0.5, 1.0], [60, 62], STANDARD)
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].string == found[1].string


def test_a_hand_has_no_time_to_leap_in_a_fast_line() -> None:
    found = _line([64, 76, 64, 76, 64, 76], 0.1)
    assert _width(list(found)) <= 4


def test_a_pitch_that_is_struck_twice_at_once_is_struck_again_not_held_twice() -> None:
    found = finger([0.0, 0.01], [0.5, 0.5], [60, 60], STANDARD)
    assert found[0] == found[1]


def test_moves_take_longer_the_further_they_go() -> None:
    assert move_sec(0) == 0
    assert move_sec(1) == pytest.approx(0.1)
    assert move_sec(4) < move_sec(7) < move_sec(12) < 0.4


def test_nothing_has_no_places() -> None:
    assert finger([], [], [], STANDARD) == ()


def test_unequal_rows_are_refused() -> None:
    with pytest.raises(ShapeError, match="want as many onsets, ends and pitches, got 2, 1 and 2"):
        finger([0.0, 1.0], [1.0], [60, 62], STANDARD)


@pytest.mark.parametrize("name", list(TUNINGS))
def test_every_tuning_plays_its_open_strings(name: str) -> None:
    tuning = TUNINGS[name]
    for pitch in tuning.open_midi:
        place = finger([0.0], [1.0], [pitch], tuning)[0]
        assert place is not None
        assert tuning.open_midi[place.string - 1] + place.fret == pitch


def test_two_thousand_notes_take_a_fraction_of_a_second() -> None:
    pitches = [float(52 + (7 * i) % 29) for i in range(2000)]
    began = time.process_time()
    found = _line(pitches, 0.15)
    assert time.process_time() - began < 1.0  # .07 s where nobody else works
    assert all(found)
