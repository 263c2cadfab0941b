import pytest

from licklab.domain.instrument import INSTRUMENTS, Instrument, Texture, find_instrument
from licklab.errors import UnknownInstrumentError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sax", "tenor_sax"),
        ("tenor", "tenor_sax"),
        ("vocals", "voice"),
        ("ts", "tenor_sax"),
        ("Tenor Saxophone", "tenor_sax"),
        ("ALTO-SAX", "alto_sax"),
        ("bass_clarinet", "bass_clarinet"),
        ("  guitar ", "guitar"),
        ("vibes", "vibraphone"),
    ],
)
def test_friendly_names_find_their_instrument(name: str, expected: str) -> None:
    assert find_instrument(name).id == expected


@pytest.mark.parametrize("name", ["kazoo", "", "tenor sax; drop table"])
def test_an_unknown_name_is_refused_with_the_list(name: str) -> None:
    with pytest.raises(UnknownInstrumentError) as caught:
        find_instrument(name)
    for known in INSTRUMENTS:
        assert known in str(caught.value)


def test_no_two_instruments_share_a_name() -> None:
    names = [
        name.lower()
        for one in INSTRUMENTS.values()
        for name in {one.id.replace("_", " "), *one.aliases}
    ]
    assert len(names) == len(set(names))


def test_the_named_list_is_complete() -> None:
    wanted = (
        "alto_sax tenor_sax soprano_sax baritone_sax trumpet cornet flugelhorn trombone clarinet "
        "bass_clarinet flute vibraphone guitar piano bass voice violin other"
    )
    assert set(INSTRUMENTS) == set(wanted.split())


@pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=INSTRUMENTS.keys())
def test_ranges_are_playable_pitches(one: Instrument) -> None:

    assert 21 <= one.lowest_midi < one.highest_midi <= 108


def test_chordal_instruments_are_polyphonic() -> None:
    polyphonic = {one.id for one in INSTRUMENTS.values() if one.texture is Texture.POLYPHONIC}
    assert polyphonic == {"guitar", "piano", "vibraphone"}
