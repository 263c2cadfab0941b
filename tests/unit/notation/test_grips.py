import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.tab import TUNINGS, find_tuning
from licklab.notation.grips import REACH_FRETS, GripPrices, Grips, list_grips

STANDARD = TUNINGS["standard"]
PRICES = GripPrices()


def _frets(pitches: list[int], grips: Grips) -> list[list[int]]:
    return [
        [pitch - STANDARD.open_midi[string - 1] for pitch, string in zip(pitches, row, strict=True)]
        for row in grips.strings.tolist()
    ]


@given(st.lists(st.integers(36, 90), min_size=1, max_size=7))
def test_every_grip_is_within_the_reach_of_one_hand(pitches: list[int]) -> None:
    grips = list_grips(pitches, STANDARD, PRICES)
    if grips is None:
        return
    rows = zip(_frets(pitches, grips), grips.strings.tolist(), grips.hand.tolist(), strict=True)
    for frets, strings, hand in rows:
        assert len(set(strings)) == len(strings)
        assert all(0 <= fret <= STANDARD.n_frets for fret in frets)
        assert all(hand <= fret < hand + REACH_FRETS for fret in frets if fret)
    assert (grips.cost[:-1] <= grips.cost[1:]).all()


@given(st.integers(40, 86))
def test_one_note_is_listed_on_every_string_that_has_it(pitch: int) -> None:
    grips = list_grips([pitch], STANDARD, PRICES)
    assert grips is not None
    opened = enumerate(STANDARD.open_midi, 1)
    assert set(grips.strings[:, 0].tolist()) == {
        string for string, open_midi in opened if 0 <= pitch - open_midi <= STANDARD.n_frets
    }


@pytest.mark.parametrize("pitches", [[39], [87], [40, 41], [40, 44, 47, 50, 53, 56, 59]])
def test_what_cannot_be_held_has_no_grip(pitches: list[int]) -> None:
    assert list_grips(pitches, STANDARD, PRICES) is None


def test_a_barre_lets_one_finger_hold_six_strings() -> None:
    f_major = [41, 48, 53, 57, 60, 65]
    grips = list_grips(f_major, STANDARD, PRICES)
    assert grips is not None
    assert [1, 3, 3, 2, 1, 1] in _frets(f_major, grips)


def test_an_open_string_between_breaks_the_barre() -> None:
    # Five fretted strings on one fret around an open one: no finger can lie across it.
    pitches = [42, 47, 50, 57, 61, 66]
    grips = list_grips(pitches, STANDARD, PRICES)
    assert grips is None or [2, 2, 0, 2, 2, 2] not in _frets(pitches, grips)


def test_many_like_strings_do_not_grow_the_search() -> None:
    unisons = find_tuning(" ".join(["E4"] * 12))
    grips = list_grips([64, 65, 66, 67], unisons, PRICES)
    assert grips is not None
    assert len(grips.cost) <= 64
