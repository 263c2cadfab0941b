import pytest

from licklab.domain.chord_reading import parse_symbol
from licklab.practice.accompaniment.tones import bass_of, plain_tones, shell_tones


@pytest.mark.parametrize(
    ("name", "shell"),
    [("C7", (4, 10)), ("Cmaj7", (4, 11)), ("Cm7b5", (3, 10)), ("Cdim7", (3, 9)), ("C6", (4, 9)),
     ("C", (4, 7)), ("Cm", (3, 7)), ("C7sus4", (5, 10)), ("Csus4", (0, 5)), ("C5", (0, 7)),
     ("C7alt", (4, 10)), ("C13", (4, 10))],
)  # fmt: skip
def test_shells_are_third_and_seventh_or_what_stands_for_them(
    name: str, shell: tuple[int, int]
) -> None:
    assert shell_tones(parse_symbol(name)) == shell


def test_the_bass_is_under_the_slash() -> None:
    assert bass_of(parse_symbol("C/E")) == 4
    assert bass_of(parse_symbol("Bb7")) == 10


def test_plain_tones_have_no_tensions() -> None:
    assert plain_tones(parse_symbol("G7b9")) == (7, 11, 2, 5)
