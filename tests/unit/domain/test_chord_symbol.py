import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord import QUALITIES, QUALITY_TONES, TENSIONS
from licklab.domain.chord_degrees import ORDER, normalize_degrees
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import (
    NO_CHORD_SYMBOL,
    ChordSymbol,
    pitch_classes,
    quality_of,
    tensions_of,
    transpose,
)
from licklab.domain.chord_writing import write_symbol
from licklab.domain.key import Key
from licklab.domain.note_name import note_pitch_class
from licklab.errors import ChordError
from tests.unit.domain.symbols import SYMBOLS

# Semitones above C, and the house spelling, of what a reader of lead sheets meets.
SPELLINGS = [
    ("C", "0 4 7", "C"), ("CM", "0 4 7", "C"), ("Cma", "0 4 7", "C"),
    ("C^7", "0 4 7 11", "Cmaj7"), ("C△7", "0 4 7 11", "Cmaj7"), ("CΔ", "0 4 7 11", "Cmaj7"),
    ("CM7", "0 4 7 11", "Cmaj7"), ("CMA7", "0 4 7 11", "Cmaj7"), ("Cj7", "0 4 7 11", "Cmaj7"),
    ("C^9#11", "0 4 7 11 2 6", "Cmaj9#11"), ("C+j7", "0 4 8 11", "Cmaj7#5"),
    ("C-7", "0 3 7 10", "Cm7"), ("Cmin7", "0 3 7 10", "Cm7"), ("CMI7", "0 3 7 10", "Cm7"),
    ("C-9", "0 3 7 10 2", "Cm9"), ("Cm11", "0 3 7 10 2 5", "Cm11"),
    ("Cø", "0 3 6 10", "Cm7b5"), ("C-7(b5)", "0 3 6 10", "Cm7b5"), ("Ch7", "0 3 6 10", "Cm7b5"),
    ("Cm7-5", "0 3 6 10", "Cm7b5"), ("Co", "0 3 6", "Cdim"), ("C°7", "0 3 6 9", "Cdim7"),
    ("C+", "0 4 8", "C+"), ("Caug7", "0 4 8 10", "C7#5"), ("C+7", "0 4 8 10", "C7#5"),
    ("Calt", "0 4 10 1 3 6 8", "C7alt"), ("C7alt.", "0 4 10 1 3 6 8", "C7alt"),
    ("Cm(maj7)", "0 3 7 11", "Cm(maj7)"), ("C-^7", "0 3 7 11", "Cm(maj7)"),
    ("CmMaj7", "0 3 7 11", "Cm(maj7)"), ("Cm(#7)", "0 3 7 11", "Cm(maj7)"),
    ("Csus", "0 5 7", "Csus4"), ("Csus2", "0 2 7", "Csus2"), ("C9sus", "0 5 7 10 2", "C9sus4"),
    ("Csus4(b9)", "0 5 7 10 1", "C7sus4(b9)"), ("C13sus", "0 5 7 10 2 9", "C13sus4"),
    ("C6/9", "0 4 7 9 2", "C69"), ("Cm69", "0 3 7 9 2", "Cm69"), ("C-6", "0 3 7 9", "Cm6"),
    ("C7b9b13", "0 4 7 10 1 8", "C7(b9,b13)"), ("C7(b9/#11)", "0 4 7 10 1 6", "C7(b9,#11)"),
    ("C7♭9", "0 4 7 10 1", "C7b9"), ("C7-9", "0 4 7 10 1", "C7b9"), ("C7+9", "0 4 7 10 3", "C7#9"),
    ("C13", "0 4 7 10 2 9", "C13"), ("C7(13)", "0 4 7 10 9", "C7(add13)"),
    ("C13b9", "0 4 7 10 1 9", "C13b9"), ("C7b5", "0 4 6 10", "C7b5"),
    ("Cadd9", "0 4 7 2", "Cadd9"), ("C2", "0 4 7 2", "Cadd9"), ("Cmadd9", "0 3 7 2", "Cm(add9)"),
    ("C5", "0 7", "C5"), ("C7omit3", "0 7 10", "C7(no3)"), ("C(b5)", "0 4 6", "C(b5)"),
    ("C/E", "0 4 7", "C/E"), ("C7/Bb", "0 4 7 10", "C7/Bb"), ("C-7/F", "0 3 7 10 5", "Cm7/F"),
    ("C6/9/G", "0 4 7 9 2", "C69/G"), ("C/C", "0 4 7", "C"),
    ("N.C.", "", "N.C."), ("NC", "", "N.C."), ("no chord", "", "N.C."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "semitones", "house"), SPELLINGS)
def test_a_spelling_of_a_player_has_its_tones_and_the_house_spelling(
    text: str, semitones: str, house: str
) -> None:
    symbol = parse_symbol(text)
    assert pitch_classes(symbol) == {int(tone) for tone in semitones.split()}
    assert write_symbol(symbol) == house


@pytest.mark.parametrize(
    ("text", "root"),
    [("Bb7", "Bb"), ("B♭7", "Bb"), ("Bbb7", "A"), ("Bbb5", "Bb"), ("F##7", "G"), ("Abb9", "Ab")],
)
def test_accidentals_belong_to_the_root_unless_they_alter_a_degree(text: str, root: str) -> None:
    assert parse_symbol(text).root == root


@pytest.mark.parametrize(
    "text",
    ["", "H7", "Cfoo", "C7(b9", "C)7(", "C-5", "C7-", "Cmalt", "C/H", "C" + "9" * 500, "cm7", "C4"],
)
def test_what_is_no_symbol_is_refused_with_what_one_looks_like(text: str) -> None:
    with pytest.raises(ChordError, match=r"want a chord symbol such as .*, got"):
        parse_symbol(text)


@given(st.text("ABCDEFGbm#7913+-^()/osuj ", max_size=30))
def test_any_text_is_a_symbol_or_a_chord_error(text: str) -> None:
    try:
        symbol = parse_symbol(text)
    except ChordError:
        return
    assert parse_symbol(write_symbol(symbol)) == symbol


@given(SYMBOLS)
def test_what_is_written_is_read_as_the_same(symbol: ChordSymbol) -> None:
    assert parse_symbol(write_symbol(symbol)) == symbol


@given(st.lists(st.sampled_from(ORDER)))
def test_the_normal_form_of_degrees_has_every_sound_once_and_stays(degrees: list[str]) -> None:
    normal = normalize_degrees(degrees)
    assert normalize_degrees(normal) == normal
    assert len(pitch_classes(ChordSymbol("C", normal))) == len(normal)


@given(SYMBOLS, st.integers(-30, 30))
def test_transposing_moves_every_tone(symbol: ChordSymbol, semitones: int) -> None:
    moved = transpose(symbol, semitones)
    assert pitch_classes(moved) == {(one + semitones) % 12 for one in pitch_classes(symbol)}
    assert moved.degrees == symbol.degrees


@given(SYMBOLS, st.integers(-30, 30))
def test_transposing_there_and_back_gives_the_usual_spelling_of_the_chord(
    symbol: ChordSymbol, semitones: int
) -> None:
    usual = transpose(transpose(symbol, 1), -1)
    back = transpose(transpose(usual, semitones), -semitones)
    assert (back.root, back.degrees) == (usual.root, usual.degrees)
    assert note_pitch_class(back.bass or back.root) == note_pitch_class(usual.bass or usual.root)


def test_a_transposed_chord_is_spelled_in_the_new_key() -> None:
    assert write_symbol(transpose(parse_symbol("D7/C"), 4, Key.parse("B"))) == "F#7/E"
    assert write_symbol(transpose(parse_symbol("D7/C"), 4, Key.parse("Db"))) == "Gb7/Fb"
    assert transpose(NO_CHORD_SYMBOL, 5) == NO_CHORD_SYMBOL


@pytest.mark.parametrize("quality", range(len(QUALITIES)))
def test_the_tones_of_a_quality_are_of_that_quality(quality: int) -> None:
    degrees = {0: "1", 3: "b3", 4: "3", 5: "4", 6: "b5", 7: "5", 8: "#5", 9: "6", 10: "b7", 11: "7"}
    symbol = ChordSymbol("D", tuple(degrees[tone] for tone in QUALITY_TONES[quality]))
    assert quality_of(symbol) == quality


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("C13#11", "7"), ("C7alt", "7"), ("C+7", "7"), ("Cmaj7#5", "maj7"), ("C2", "maj"),
        ("C5", "maj"), ("C69", "maj6"), ("Cm11", "min7"), ("Csus", "sus4(b7)"), ("Co", "dim7"),
        ("Cm9b5", "hdim7"), ("Cdim(maj7)", "dim7"),
    ],
)  # fmt: skip
def test_a_richer_chord_is_of_the_nearest_quality(text: str, quality: str) -> None:
    found = quality_of(parse_symbol(text))
    assert found is not None
    assert QUALITIES[found] == quality


@given(SYMBOLS)
def test_every_chord_has_a_quality_and_no_chord_has_none(symbol: ChordSymbol) -> None:
    assert quality_of(symbol) is not None
    assert quality_of(NO_CHORD_SYMBOL) is None


@pytest.mark.parametrize(
    ("text", "tensions"),
    [
        ("C7", []), ("C7b9", ["b9"]), ("C7#9#5", ["#9", "b13"]), ("C7b5", ["#11"]),
        ("C7alt", ["b9", "#9", "#11", "b13"]), ("Cm7b5", []), ("C+", []),
    ],
)  # fmt: skip
def test_altered_tensions_are_found_by_sound(text: str, tensions: list[str]) -> None:
    assert [TENSIONS[one] for one in tensions_of(parse_symbol(text))] == tensions


def test_a_bass_without_a_root_is_refused() -> None:
    with pytest.raises(ChordError, match="want a root above the bass E, got none"):
        ChordSymbol("", (), "E")
