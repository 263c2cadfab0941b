import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.key import Key
from licklab.domain.practice_log import KeyOrder
from licklab.practice.key_orders import order_keys
from tests.unit.practice.logs import keys


@given(keys, st.sampled_from(KeyOrder), st.uuids())
def test_every_order_has_each_key_once_and_the_recordings_first(
    home: Key, order: KeyOrder, lick_id: uuid.UUID
) -> None:
    ordered = order_keys(home, order, lick_id)
    assert ordered[0] == home
    assert {key.pitch_class for key in ordered} == set(range(12))
    assert {key.mode for key in ordered} == {home.mode}
    assert ordered == order_keys(home, order, lick_id)


@pytest.mark.parametrize(
    ("order", "tonics"),
    [
        (KeyOrder.FOURTHS, "C F Bb Eb Ab Db Gb B E A D G"),
        (KeyOrder.SEMITONES, "C Db D Eb E F Gb G Ab A Bb B"),
        (KeyOrder.WHOLE_TONES, "C D E Gb Ab Bb Db Eb F G A B"),
    ],
)
def test_orders_go_by_their_steps(order: KeyOrder, tonics: str) -> None:
    ordered = order_keys(Key("C"), order, uuid.UUID(int=1))
    assert [key.tonic for key in ordered] == tonics.split()


def test_random_orders_differ_from_lick_to_lick() -> None:
    orders = {order_keys(Key("C"), KeyOrder.RANDOM, uuid.UUID(int=k)) for k in range(20)}
    assert len(orders) == 20


@given(keys, st.integers(-5, 6))
def test_keys_are_as_far_as_they_are_moved(home: Key, semitones: int) -> None:
    there = Key.of_pitch_class(home.pitch_class + semitones, home.mode)
    assert home.semitones_to(there) == semitones
