import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import (
    degree_note,
    degree_semitones,
    note_degree,
    note_pitch_class,
    spell_root,
)
from licklab.errors import ChordError
from tests.unit.domain.symbols import NOTES

_KEYS = st.builds(Key.of_pitch_class, st.integers(0, 11), st.sampled_from(KeyMode))


@given(NOTES, NOTES)
def test_a_note_is_on_the_degree_that_is_told(root: str, note: str) -> None:
    assert degree_note(root, note_degree(root, note)) == note


@given(st.integers(0, 11), st.none() | _KEYS)
def test_a_spelled_root_sounds_as_asked(pitch_class: int, key: Key | None) -> None:
    name = spell_root(pitch_class, key)
    assert note_pitch_class(name) == pitch_class
    assert name not in {"E#", "B#", "Cb", "Fb"}


@pytest.mark.parametrize(
    ("key", "roots"),
    [
        ("C", "C Db D Eb E F F# G Ab A Bb B"),
        ("E", "C C# D D# E F F# G G# A A# B"),
        ("Gb", "C Db D Eb E F Gb G Ab A Bb B"),
    ],
)
def test_roots_are_spelled_as_the_key_asks(key: str, roots: str) -> None:
    spelled = {spell_root(one, Key.parse(key)) for one in range(12)}
    assert spelled == set(roots.split())


@pytest.mark.parametrize("name", ["", "H", "b", "C#b", "Cm"])
def test_what_is_no_note_is_refused(name: str) -> None:
    with pytest.raises(ChordError, match="want a note such as C, Bb or F#, got"):
        note_pitch_class(name)


@pytest.mark.parametrize("degree", ["", "0", "14", "b", "#b9", "9b"])
def test_what_is_no_degree_is_refused(degree: str) -> None:
    with pytest.raises(ChordError, match="want a degree such as b7, 9 or #11, got"):
        degree_semitones(degree)
