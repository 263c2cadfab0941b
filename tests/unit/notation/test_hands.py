from hypothesis import given
from hypothesis import strategies as st

from licklab.notation.hands import SPAN_SEMITONES, split_hands


def _together(chords: list[list[int]], step_sec: float = 0.5) -> list[list[bool]]:
    """Split chords that follow one another."""
    onsets = [step_sec * i for i, chord in enumerate(chords) for _ in chord]
    pitches = [pitch for chord in chords for pitch in chord]
    found = iter(split_hands(onsets, [one + step_sec for one in onsets], pitches))
    return [[next(found) for _ in chord] for chord in chords]


def _spans(chord: list[int], is_right: list[bool]) -> list[int]:
    hands = [
        [pitch for pitch, right in zip(chord, is_right, strict=True) if right is hand]
        for hand in (False, True)
    ]
    return [max(hand) - min(hand) for hand in hands if hand]


def _can_be_played(chord: list[int]) -> bool:
    ordered = sorted(chord)
    return any(
        all(part[-1] - part[0] <= SPAN_SEMITONES for part in (ordered[:k], ordered[k:]) if part)
        for k in range(len(ordered) + 1)
    )


chords = st.lists(st.sets(st.integers(24, 100), min_size=1, max_size=8).map(sorted), max_size=8)


@given(chords)
def test_no_hand_spans_too_much_where_two_hands_can_play_it(rows: list[list[int]]) -> None:
    for chord, is_right in zip(rows, _together(rows), strict=True):
        if _can_be_played(chord):
            assert all(span <= SPAN_SEMITONES for span in _spans(chord, is_right))


@given(chords)
def test_in_a_chord_the_left_hand_is_below_the_right(rows: list[list[int]]) -> None:
    for chord, is_right in zip(rows, _together(rows), strict=True):
        assert is_right == sorted(is_right), chord


@given(st.integers(53, 65), st.lists(st.integers(-3, 3), max_size=12))
def test_a_line_in_the_middle_stays_in_one_hand(first: int, steps: list[int]) -> None:
    line = [first]
    for step in steps:
        line.append(min(65, max(53, line[-1] + step)))
    found = _together([[one] for one in line], 0.2)
    assert len({hand for (hand,) in found}) == 1


def test_a_line_high_up_is_the_right_hands_and_a_bass_line_the_left_hands() -> None:
    assert all(hand for (hand,) in _together([[one] for one in (72, 74, 76, 77, 79)]))
    assert not any(hand for (hand,) in _together([[one] for one in (36, 38, 40, 41, 43)]))


def test_a_line_over_chords_has_a_hand_of_its_own() -> None:
    rows = [[48, 52, 58], [72], [71], [70], [47, 53, 57], [69], [67], [65]]
    found = _together(rows, 0.25)
    for chord, is_right in zip(rows, found, strict=True):
        assert is_right == [len(chord) == 1] * len(chord)


def test_the_border_moves_with_the_hands() -> None:
    # Both hands high, then both low: the same notes about middle C change hands.
    high = _together([[62, 65, 79, 84], [62, 66, 78, 83], [60, 64, 77, 81]])
    low = _together([[36, 43, 55, 62], [35, 42, 54, 62], [36, 40, 60, 64]])
    assert high[-1][:2] == [False, False]
    assert low[-1][2:] == [True, True]


def test_a_hand_that_holds_a_key_leaves_what_is_out_of_its_reach_to_the_other() -> None:
    assert split_hands([0.0, 0.5], [0.5, 0.9], [72, 55]) == (True, True)
    assert split_hands([0.0, 0.5], [2.0, 0.9], [72, 55]) == (True, False)


def test_no_notes_need_no_hands() -> None:
    assert split_hands([], [], []) == ()
