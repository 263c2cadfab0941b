import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.instrument import INSTRUMENTS, Clef
from licklab.errors import PartError
from licklab.notation.parts import choose_octave, find_part


@pytest.mark.parametrize(
    ("name", "semitones", "clef"),
    [
        ("trumpet", 2, Clef.TREBLE), ("tenor sax", 14, Clef.TREBLE), ("alto", 9, Clef.TREBLE),
        ("baritone_sax", 21, Clef.TREBLE), ("trombone", 0, Clef.BASS), ("bass", 12, Clef.BASS),
        ("guitar", 0, Clef.TREBLE_OCTAVE_DOWN), ("piano", 0, Clef.GRAND_STAFF),
        ("concert", 0, Clef.TREBLE),
    ],
)  # fmt: skip
def test_parts_are_written_as_players_read_them(name: str, semitones: int, clef: Clef) -> None:
    part = find_part(name, "tenor_sax", [72])
    assert (part.transposition_semitones, part.clef) == (semitones, clef)


def test_the_instrument_that_was_heard_is_the_part_unless_another_is_wanted() -> None:
    assert find_part(None, "trumpet", [72]).name == "Trumpet (B\u266d)"
    assert find_part(None, "other", [72]).instrument == "concert"


def test_a_low_concert_part_is_in_the_bass_clef() -> None:
    assert find_part("concert", "bass", [36, 40, 43]).clef is Clef.BASS


def test_a_part_that_nobody_plays_is_refused() -> None:
    with pytest.raises(PartError, match=r"want a part, concert or one of .*; got 'kazoo'"):
        find_part("kazoo", "trumpet", [72])


@given(
    st.lists(st.integers(30, 90), min_size=1, max_size=30),
    st.sampled_from(sorted(set(INSTRUMENTS) - {"other"})),
)
def test_a_passage_that_fits_in_some_octave_is_in_range(pitches: list[int], name: str) -> None:
    one = INSTRUMENTS[name]
    octave = choose_octave(pitches, find_part(name, name, pitches))
    assert octave % 12 == 0

    def outside(shift: int) -> int:
        return sum(not one.lowest_midi <= p + shift <= one.highest_midi for p in pitches)

    assert outside(octave) == min(outside(12 * k) for k in range(-4, 5))


def test_what_was_played_in_range_stays_where_it_was() -> None:
    assert choose_octave([50, 60, 80], find_part("tenor_sax", "tenor_sax", [])) == 0
