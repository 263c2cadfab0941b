import mir_eval.chord
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord import NO_CHORD
from licklab.domain.chord_degrees import ALTERED
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol, pitch_classes
from licklab.domain.harte import from_harte, label_to_symbol, to_harte
from licklab.errors import ChordError
from tests.unit.domain.symbols import NOTES, SYMBOLS

# What mir_eval 0.8 can score.
_SHORTHANDS = st.sampled_from(
    ["maj", "min", "aug", "dim", "sus4", "sus2", "7", "maj7", "min7", "minmaj7", "maj6", "min6",
     "dim7", "hdim7", "maj9", "min9", "9", "min11", "11", "maj13", "min13", "13", "1", "5"]
)  # fmt: skip
_DEGREES = st.builds(
    str.__add__, st.sampled_from(["", "b", "#", "bb", "##"]), st.integers(1, 13).map(str)
)


def _scored_pitch_classes(label: str) -> frozenset[int]:
    root, tones, _ = mir_eval.chord.encode(label, reduce_extended_chords=True)
    return frozenset(int(root + tone) % 12 for tone in np.flatnonzero(tones))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("G7(b9,#11)", "G:7(b9,#11)"), ("Dø", "D:hdim7"), ("C^7/E", "C:maj7/3"),
        ("C7sus4", "C:sus4(b7)"), ("NC", "N"), ("C69", "C:maj6(9)"), ("C7#5", "C:aug(b7)"),
        ("C7alt", "C:7(b9,#9,b13)"), ("C7b5", "C:7(*5,b5)"), ("Cdim7/A", "C:dim7/bb7"),
        ("F#7/E", "F#:7/b7"), ("C13", "C:9(13)"),
        ("Ebm7b5/A", "Eb:hdim7/b5"), ("F#+/D", "F#:aug/#5"), ("C9/D", "C:9/2"), ("C5", "C:5"),
    ],
)  # fmt: skip
def test_a_symbol_has_its_label_and_back(text: str, label: str) -> None:
    assert to_harte(parse_symbol(text)) == label
    assert from_harte(label) == parse_symbol(text)


@given(SYMBOLS)
def test_a_label_says_all_of_the_symbol(symbol: ChordSymbol) -> None:
    assert from_harte(to_harte(symbol)) == symbol


@given(SYMBOLS)
def test_mir_eval_hears_the_same_tones_in_a_label(symbol: ChordSymbol) -> None:
    scored = _scored_pitch_classes(to_harte(symbol))
    if symbol.degrees == ALTERED:  # its short label keeps the fifth and leaves the eleventh out
        assert len(scored & pitch_classes(symbol)) >= 6
    else:
        assert scored == pitch_classes(symbol)


@given(NOTES, _SHORTHANDS, st.lists(_DEGREES, max_size=3), st.none() | _DEGREES)
def test_every_label_that_mir_eval_scores_is_read_with_the_same_tones(
    root: str, shorthand: str, degrees: list[str], bass: str | None
) -> None:
    label = f"{root}:{shorthand}" + (f"({','.join(degrees)})" if degrees else "")
    label += f"/{bass}" if bass else ""
    symbol = from_harte(label)
    if symbol.degrees != ALTERED:
        assert pitch_classes(symbol) == _scored_pitch_classes(label)


def test_omissions_bare_roots_and_lists_without_shorthand_are_read() -> None:
    assert from_harte("A:min7(*5)").degrees == ("1", "b3", "b7")
    assert from_harte("Bb") == parse_symbol("Bb")
    assert from_harte("C/5") == parse_symbol("C/G")
    assert from_harte("A:(b3,5)") == parse_symbol("Am")
    assert from_harte("C:aug7") == parse_symbol("C+7")
    assert from_harte("X") == from_harte(NO_CHORD) == NO_CHORD_SYMBOL


@pytest.mark.parametrize(
    "label", ["", "H:7", "C:", "C:foo", "C:7(", "C:7(b)", "C:7/", "C:7(b9))", "C:7/b", "C7", "n"]
)
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(ChordError, match=r"want a chord label such as .*, got"):
        from_harte(label)


def test_a_label_is_written_as_a_player_does() -> None:
    assert label_to_symbol("G:7(b9,#9,b13)") == "G7alt"
    assert label_to_symbol("Eb:maj7/5") == "Ebmaj7/Bb"
    assert label_to_symbol("N") == "N.C."
