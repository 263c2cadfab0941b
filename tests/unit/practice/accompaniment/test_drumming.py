from fractions import Fraction

import pytest

from licklab.domain.beat import TimeSignature
from licklab.domain.passage import Passage
from licklab.practice.accompaniment.drumming import (
    PEDAL_HAT,
    RIDE,
    SIDE_STICK,
    count_in,
    ride_along,
)

F = Fraction


def _onsets(signature: str, key: int, n_bars: int = 1) -> list[Fraction]:
    passage = Passage((), (), n_bars, TimeSignature.parse(signature))
    return [one.onset_quarter for one in ride_along(passage) if one.pitch_midi == key]


def test_the_ride_goes_ding_ding_a_ding() -> None:
    assert _onsets("4/4", RIDE) == [0, 1, F(3, 2), 2, 3, F(7, 2)]


def test_the_hi_hat_closes_on_two_and_four() -> None:
    assert _onsets("4/4", PEDAL_HAT, 2) == [1, 3, 5, 7]


@pytest.mark.parametrize(
    ("signature", "ride", "hat"),
    [("3/4", [0, 1, F(3, 2), 2], [1]),
     ("5/4", [0, 1, F(3, 2), 2, 3, 4, F(9, 2)], [1, 4]),
     # Beats that divide in three: the offbeat is the last third.
     ("12/8", [0, F(3, 2), F(5, 2), 3, F(9, 2), F(11, 2)], [F(3, 2), F(9, 2)]),
     ("6/8", [0, F(3, 2), F(5, 2)], [F(3, 2)])],
)  # fmt: skip
def test_other_meters_have_their_pattern(
    signature: str, ride: list[Fraction], hat: list[Fraction]
) -> None:
    assert _onsets(signature, RIDE) == ride
    assert _onsets(signature, PEDAL_HAT) == hat


@pytest.mark.parametrize(("signature", "beat"), [("4/4", 1), ("3/4", 1), ("6/8", F(3, 2))])
def test_a_bar_is_counted_with_its_first_beat_loudest(signature: str, beat: Fraction) -> None:
    clicks = count_in(TimeSignature.parse(signature))
    assert [one.onset_quarter for one in clicks] == [
        i * beat for i in range(TimeSignature.parse(signature).beats_per_bar)
    ]
    assert {one.pitch_midi for one in clicks} == {SIDE_STICK}
    assert clicks[0].velocity > max(one.velocity for one in clicks[1:])
