import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord import NO_CHORD
from licklab.domain.harte import from_harte
from licklab.domain.key import Key
from licklab.domain.note_name import degree_note, note_pitch_class
from licklab.notation.spelling import spell

ROOTS = ["C", "Db", "C#", "D", "Eb", "E", "F", "F#", "Gb", "G", "Ab", "A", "Bb", "B"]
KINDS = ["maj7", "min7", "7", "7(b9)", "7(#9)", "7(b9,#9,b13)", "hdim7", "dim7", "minmaj7",
         "maj6", "7(#11)", "sus4(b7)", "aug"]  # fmt: skip


def names(pitches: list[int], label: str, key: str | None = None) -> list[str]:
    written = spell(pitches, [label] * len(pitches), None if key is None else Key.parse(key))
    return [one.name for one in written]


@given(
    st.lists(st.integers(21, 108), min_size=1, max_size=30),
    st.sampled_from(ROOTS),
    st.sampled_from(KINDS),
    st.sampled_from([None, "C", "F minor", "B", "Db", "Eb blues"]),
)
def test_what_is_written_sounds_right_and_tones_of_the_chord_have_its_letters(
    pitches: list[int], root: str, kind: str, key: str | None
) -> None:
    label = f"{root}:{kind}"
    written = spell(pitches, [label] * len(pitches), None if key is None else Key.parse(key))
    symbol = from_harte(label)
    tones = {
        note_pitch_class(degree_note(symbol.root, degree)): degree_note(symbol.root, degree)
        for degree in symbol.degrees
        if degree != "#9"
    }
    for pitch, one in zip(pitches, written, strict=True):
        assert one.midi == pitch
        assert abs(one.alter) <= 1
        assert one.name == tones.get(pitch % 12, one.name)


def test_what_rises_is_raised_and_what_falls_is_lowered() -> None:
    assert names([60, 61, 62, 63, 64], "C:maj7", "C") == ["C", "C#", "D", "D#", "E"]
    assert names([64, 63, 62, 61, 60], "C:maj7", "C") == ["E", "Eb", "D", "Db", "C"]


def test_guide_tones_of_a_minor_cadence() -> None:
    pitches, labels = [65, 63, 60, 59, 58, 55], ["F:min7"] * 3 + ["Bb:7(b9)"] * 3
    written = spell(pitches, labels, Key("Eb"))
    assert [one.name for one in written] == ["F", "Eb", "C", "Cb", "Bb", "G"]


def test_an_altered_dominant_has_the_names_players_think() -> None:
    # b9, #9, 3, b13, b7 of G: no double signs.
    assert names([68, 70, 71, 75, 77], "G:7(b9,#9,b13)", "C") == ["Ab", "A#", "B", "Eb", "F"]


def test_a_raised_ninth_is_read_as_it_sounds() -> None:
    assert names([60, 65, 63, 62], "D:7(b9,#9,b13)", "F") == ["C", "F", "Eb", "D"]
    assert names([74, 70, 67], "G:7(#9)", "C") == ["D", "Bb", "G"]


def test_sharps_in_sharp_keys_and_flats_in_flat_ones() -> None:
    assert names([66, 68, 70], NO_CHORD, "E") == ["F#", "G#", "A#"]
    assert names([66, 68, 70], NO_CHORD, "Db") == ["Gb", "Ab", "Bb"]


def test_nothing_is_nothing() -> None:
    assert spell([], [], None) == ()


@pytest.mark.parametrize("key", ["C", "Gb", "B", "F# minor"])
def test_letters_follow_a_transposition(key: str) -> None:
    # Over a chord whose root moves by a fifth, all letters do.
    at_home = names([60, 64, 67, 70], "C:7", key)
    moved = names([67, 71, 74, 77], "G:7", key)
    letters = "CDEFGAB"
    assert [letters[(letters.index(one[0]) + 4) % 7] for one in at_home] == [m[0] for m in moved]
