"""A lick in another key: near, in range, and back."""

from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.key import Key, KeyMode
from licklab.domain.passage import Passage, PassageChord, PassageNote
from licklab.practice.keys import key_of, put_in_key
from tests.passages import F, passages, two_five


@given(passages(), st.integers(0, 11), st.sampled_from(sorted(INSTRUMENTS)))
def test_every_key_is_in_range_and_goes_back(
    passage: Passage, pitch_class: int, instrument: str
) -> None:
    one = INSTRUMENTS[instrument]
    keyed = put_in_key(passage, Key.of_pitch_class(pitch_class, KeyMode.MAJOR), instrument)
    assert keyed.key.pitch_class == pitch_class
    assert all(one.lowest_midi <= p <= one.highest_midi for p in keyed.passage.pitches_midi)
    assert (keyed.semitones - (pitch_class - 10)) % 12 == 0
    if keyed.n_folded == 0:
        back = keyed.passage.moved(-keyed.semitones, passage.key)
        assert back.notes == passage.notes


def test_at_home_nothing_changes() -> None:
    keyed = put_in_key(two_five(), Key("C"), "tenor_sax")
    assert keyed.semitones == 0
    assert keyed.passage == two_five()


def test_a_slash_bass_moves_with_its_chord_and_keys_are_spelled_as_players_do() -> None:
    keyed = put_in_key(two_five(), Key("Db"), "trumpet")
    symbols = [(one.symbol.root, one.symbol.bass) for one in keyed.passage.chords]
    assert symbols == [("Eb", None), ("Ab", "Gb"), ("Db", None)]


def test_a_lick_that_is_wider_than_the_instrument_is_folded_and_told() -> None:
    wide = Passage(tuple(PassageNote(F(k), F(1), p) for k, p in enumerate((30, 60, 70))), key=None)
    keyed = put_in_key(wide, Key("C"), "flugelhorn")
    assert keyed.n_folded > 0


def test_without_a_key_the_last_chord_names_it() -> None:
    notes = (PassageNote(F(0), F(1), 64),)
    symbols = two_five().chords[0].symbol
    assert key_of(Passage(notes, (PassageChord(F(0), symbols),))) == Key("D", KeyMode.MINOR)
    assert key_of(Passage(notes)) == Key("E")
