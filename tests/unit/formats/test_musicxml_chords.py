import pytest
from hypothesis import given

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.errors import ChordError
from licklab.formats.musicxml_chords import XmlDegree, read_kind, write_kind
from tests.unit.domain.symbols import SYMBOLS


@pytest.mark.parametrize(
    ("kind", "symbol"),
    [
        ("major", "C"), ("minor", "Cm"), ("augmented", "C+"), ("diminished", "Cdim"),
        ("dominant", "C7"), ("major-seventh", "Cmaj7"), ("minor-seventh", "Cm7"),
        ("diminished-seventh", "Cdim7"), ("augmented-seventh", "C7#5"),
        ("half-diminished", "Cm7b5"), ("major-minor", "Cm(maj7)"), ("major-sixth", "C6"),
        ("minor-sixth", "Cm6"), ("dominant-ninth", "C9"), ("major-ninth", "Cmaj9"),
        ("minor-ninth", "Cm9"), ("dominant-11th", "C11"), ("minor-11th", "Cm11"),
        ("dominant-13th", "C13"), ("minor-13th", "Cm13"), ("suspended-fourth", "Csus4"),
        ("suspended-second", "Csus2"), ("power", "C5"), ("none", "N.C."),
    ],
)  # fmt: skip
def test_a_kind_is_a_symbol_and_the_symbol_that_kind(kind: str, symbol: str) -> None:
    read = read_kind("C", kind)
    assert write_symbol(read) == symbol
    assert write_kind(parse_symbol(symbol)) == (kind, ())


@pytest.mark.parametrize(
    ("kind", "degrees", "symbol"),
    [
        ("dominant", [XmlDegree(9, -1, "add")], "C7b9"),
        ("dominant", [XmlDegree(5, -1, "alter")], "C7b5"),
        ("half-diminished", [XmlDegree(5, 1, "alter")], "Cm7"),
        ("suspended-fourth", [XmlDegree(7, 0, "add")], "C7sus4"),
        ("minor", [XmlDegree(7, 1, "add")], "Cm(maj7)"),
        ("dominant", [XmlDegree(3, 0, "subtract")], "C7(no3)"),
        ("dominant-ninth", [XmlDegree(9, 1, "alter"), XmlDegree(11, 1, "add")], "C7(#9,#11)"),
    ],
)
def test_degrees_change_the_kind(kind: str, degrees: list[XmlDegree], symbol: str) -> None:
    assert write_symbol(read_kind("C", kind, degrees)) == symbol


@given(SYMBOLS)
def test_kind_and_degrees_say_all_of_a_symbol(symbol: ChordSymbol) -> None:
    assert read_kind(symbol.root, *write_kind(symbol), symbol.bass) == symbol


def test_no_chord_is_the_kind_none() -> None:
    assert write_kind(NO_CHORD_SYMBOL) == ("none", ())
    assert read_kind("", "none") == NO_CHORD_SYMBOL


@pytest.mark.parametrize(
    ("kind", "degree", "message"),
    [
        ("Tristan", XmlDegree(9, 0, "add"), "want a kind of chord such as .*, got 'Tristan'"),
        ("major", XmlDegree(14, 0, "add"), "want a degree from 1 to 13"),
        ("major", XmlDegree(9, 10**9, "add"), "want a degree from 1 to 13"),
        ("major", XmlDegree(9, 0, "put"), "want add, alter or subtract, got 'put'"),
    ],
)
def test_what_is_no_kind_is_refused(kind: str, degree: XmlDegree, message: str) -> None:
    with pytest.raises(ChordError, match=message):
        read_kind("C", kind, [degree])
