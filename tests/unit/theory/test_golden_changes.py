"""Changes with a known analysis; each case names the book or tune that it is known from."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol, transpose
from licklab.domain.harmony_function import CadenceKind, ChangesKind, HarmonyAnalysis
from licklab.domain.key import Key, KeyMode
from licklab.domain.solo_line import LineChord
from licklab.theory.harmony import analyze_harmony
from tests.unit.domain.symbols import SYMBOLS
from tests.unit.theory.changes import lay_out

LEVINE = "Levine, The Jazz Theory Book, 1995"
NETTLES = "Nettles and Graf, The Chord Scale Theory and Jazz Harmony, 1997"


@dataclass(frozen=True)
class Case:
    """A progression, and what it is.

    `roman` has a numeral for each chord; `cadences` are kind, first chord, last chord and key, all
    of them.
    """

    name: str
    source: str
    changes: str
    roman: str
    cadences: tuple[tuple[str, int, int, str], ...]
    key: str | None = None


CASES = [
    Case("ii-V-I with tensions", LEVINE, "Dm9 | G13 | C6", "ii7 V7 I6",
         (("ii-V-I major", 0, 2, "C:major"),)),
    Case("ii-V-i", LEVINE, "Dm7b5 | G7alt | Cm6", "iiø7 V7 i6",
         (("ii-V-i minor", 0, 2, "C:minor"),)),
    Case("half-diminished ii into major", LEVINE, "Dm7b5 | G7b9 | Cmaj7", "iiø7 V7 Imaj7",
         (("ii-V-I major", 0, 2, "C:major"),)),
    Case("ii-V that goes nowhere", LEVINE, "Dm7 | G7 | Bbm7 | Eb7", "ii7 V7 bvii7 bIII7",
         (("ii-V", 0, 1, "C:major"), ("ii-V", 2, 3, "Ab:major")), "C"),
    Case("V-I without ii", NETTLES, "C6 | F6 | G7 | C6", "I6 IV6 V7 I6",
         (("V-I", 2, 3, "C:major"),)),
    Case("deceptive cadence to vi", NETTLES, "Cmaj7 | Dm7 | G7 | Am7", "Imaj7 ii7 V7 vi7",
         (("ii-V", 1, 2, "C:major"),)),
    Case("deceptive cadence without ii", NETTLES, "Cmaj7 | Fmaj7 | G7 | Am7",
         "Imaj7 IVmaj7 V7 vi7", ()),
    Case("a diminished chord is no ii", LEVINE, "Ddim7 | G7 | C", "ii°7 V7 I",
         (("V-I", 1, 2, "C:major"),), "C"),
    Case("diminished chord passing up", NETTLES, "Cmaj7 | C#dim7 | Dm7 | G7 | Cmaj7",
         "Imaj7 #i°7 ii7 V7 Imaj7", (("ii-V-I major", 2, 4, "C:major"),)),
    Case("diminished chord passing down", NETTLES, "Em7 | Ebdim7 | Dm7 | G7 | C6",
         "iii7 biii°7 ii7 V7 I6", (("ii-V-I major", 2, 4, "C:major"),)),
    Case("secondary dominant of each degree", NETTLES,
         "C6 | A7 | Dm7 | B7 | Em7 | C7 | Fmaj7 | D7 | G7 | E7 | Am7",
         "I6 V7/ii ii7 V7/iii iii7 V7/IV IVmaj7 V7/V V7 V7/vi vi7", (), "C"),
    Case("related ii of a secondary dominant", NETTLES, "Cmaj7 | Gm7 C7 | Fmaj7 | G7 | C6",
         "Imaj7 ii7/IV V7/IV IVmaj7 V7 I6",
         (("ii-V-I major", 1, 3, "F:major"), ("V-I", 4, 5, "C:major"))),
    Case("iii-VI-ii-V", LEVINE, "Cmaj7 | Em7 A7 | Dm7 G7 | C6", "Imaj7 iii7 V7/ii ii7 V7 I6",
         (("turnaround", 1, 5, "C:major"), ("ii-V-i minor", 1, 3, "D:minor"),
          ("ii-V-I major", 3, 5, "C:major"))),
    Case("tritone substitution", LEVINE, "Dm7 | Db7 | Cmaj7", "ii7 subV7 Imaj7",
         (("tritone substitution", 0, 2, "C:major"),)),
    Case("V and then its substitute", LEVINE, "Dm7 | G7 Db7 | Cmaj7", "ii7 V7 subV7 Imaj7",
         (("ii-V-I major", 0, 3, "C:major"),)),
    Case("substitutes of secondary dominants", NETTLES, "Em7 | Eb7 | Dm7 | Db7 | C6",
         "iii7 subV7/ii ii7 subV7 I6",
         (("tritone substitution", 0, 2, "D:minor"), ("tritone substitution", 2, 4, "C:major"))),
    Case("backdoor", LEVINE, "Fm7 | Bb7 | Cmaj7", "iv7 bVII7 Imaj7",
         (("backdoor", 0, 2, "C:major"),)),
    Case("backdoor without iv", LEVINE, "Cmaj7 | F6 | Bb9 | Cmaj7", "Imaj7 IV6 bVII7 Imaj7",
         (("backdoor", 2, 3, "C:major"),)),
    Case("minor subdominant", NETTLES, "Cmaj7 | Fmaj7 | Fm6 | Cmaj7", "Imaj7 IVmaj7 iv6 Imaj7",
         ()),
    Case("turnaround", LEVINE, "Cmaj7 Am7 | Dm7 G7 | Cmaj7", "Imaj7 vi7 ii7 V7 Imaj7",
         (("turnaround", 0, 4, "C:major"), ("ii-V-I major", 2, 4, "C:major"))),
    Case("turnaround with a passing diminished chord", LEVINE,
         "Cmaj7 C#dim7 | Dm7 G7 | Cmaj7", "Imaj7 #i°7 ii7 V7 Imaj7",
         (("turnaround", 0, 4, "C:major"), ("ii-V-I major", 2, 4, "C:major"))),
    Case("turnaround of substitutes", LEVINE, "Em7 Eb7 | Dm7 Db7 | C6",
         "iii7 subV7/ii ii7 subV7 I6",
         (("turnaround", 0, 4, "C:major"), ("tritone substitution", 0, 2, "D:minor"),
          ("tritone substitution", 2, 4, "C:major"))),
    Case("a bar each, they are cadences", LEVINE, "Cmaj7 | Am7 | Dm7 | G7 | Cmaj7",
         "Imaj7 vi7 ii7 V7 Imaj7", (("ii-V-I major", 2, 4, "C:major"),)),
    Case("turnaround of dominants", LEVINE, "Cmaj7 A7 | D7 G7 | Cmaj7",
         "Imaj7 V7/ii V7/V V7 Imaj7",
         (("turnaround", 0, 4, "C:major"), ("V-I", 3, 4, "C:major"))),
    Case("turnaround in minor", LEVINE, "Cm6 Am7b5 | Dm7b5 G7b9 | Cm6", "i6 viø7 iiø7 V7 i6",
         (("turnaround", 0, 4, "C:minor"), ("ii-V-i minor", 2, 4, "C:minor"))),
    Case("Tadd Dameron's turnaround", LEVINE, "Cmaj7 Ebmaj7 | Abmaj7 Dbmaj7 | Cmaj7",
         "Imaj7 bIIImaj7 bVImaj7 bIImaj7 Imaj7", (("turnaround", 0, 4, "C:major"),)),
    Case("the same with dominants, as Lady Bird ends", LEVINE, "Cmaj7 Eb7 | Abmaj7 Db7 | Cmaj7",
         "Imaj7 V7/bVI bVImaj7 subV7 Imaj7",
         (("turnaround", 0, 4, "C:major"), ("tritone substitution", 3, 4, "C:major"))),
    Case("Coltrane changes in place of a ii-V-I, as in Countdown", LEVINE,
         "Em7 F7 | Bbmaj7 Db7 | Gbmaj7 A7 | Dmaj7",
         "ii7 V7/bVI bVImaj7 V7/III IIImaj7 V7 Imaj7",
         (("Coltrane changes", 2, 6, "D:major"), ("V-I", 5, 6, "D:major")), "D"),
    Case("suspended dominants over a bass", LEVINE, "Dm7/G | G7 | Cmaj7", "V7sus4 V7 Imaj7",
         (("V-I", 0, 2, "C:major"),)),
    Case("a line in the ii", LEVINE, "Cm | Cm(maj7) | Cm7 | F7 | Bbmaj7",
         "ii ii(maj7) ii7 V7 Imaj7", (("ii-V-I major", 0, 4, "Bb:major"),)),
    Case("inversions", NETTLES, "C/E | Fmaj7 | C/G | G7 | C", "I/3 IVmaj7 I/5 V7 I",
         (("V-I", 3, 4, "C:major"),)),
    Case("chords of one key on its degrees", NETTLES,
         "Ebmaj7 | Fm7 | Gm7 | Abmaj7 | Bb7 | Cm7 | Dm7b5",
         "Imaj7 ii7 iii7 IVmaj7 V7 vi7 viiø7", (), "Eb"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_changes_are_what_the_book_says(case: Case) -> None:
    key = Key.parse(case.key) if case.key else None
    analysis = analyze_harmony(lay_out(case.changes), key, 4)
    assert [one.roman for one in analysis.functions] == case.roman.split()
    found = {(one.kind, one.first_chord, one.last_chord, str(one.key)) for one in analysis.cadences}
    assert found == set(case.cadences)


@pytest.mark.parametrize("tonic", ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_changes_are_the_same_in_every_key(case: Case, tonic: str) -> None:
    key = Key.parse(case.key) if case.key else None
    chords = lay_out(case.changes)
    there = Key(tonic).pitch_class
    moved = tuple(replace(one, symbol=transpose(one.symbol, there)) for one in chords)
    key_there = key and Key.of_pitch_class(key.pitch_class + there, key.mode)
    analysis = analyze_harmony(chords, key, 4)
    analysis_there = analyze_harmony(moved, key_there, 4)
    assert [one.roman for one in analysis_there.functions] == [
        one.roman for one in analysis.functions
    ]
    assert [(one.kind, one.first_chord, one.last_chord) for one in analysis_there.cadences] == [
        (one.kind, one.first_chord, one.last_chord) for one in analysis.cadences
    ]
    assert all(
        (one.key.pitch_class + there) % 12 == other.key.pitch_class
        for one, other in zip(analysis.cadences, analysis_there.cadences, strict=True)
    )


_GIANT_STEPS = (
    "Bmaj7 D7 | Gmaj7 Bb7 | Ebmaj7 | Am7 D7 | Gmaj7 Bb7 | Ebmaj7 F#7 | Bmaj7 | Fm7 Bb7 | "
    "Ebmaj7 | Am7 D7 | Gmaj7 | C#m7 F#7 | Bmaj7 | Fm7 Bb7 | Ebmaj7 | C#m7 F#7"
)
_BLUES = "F7 | F7 | F7 | F7 | Bb7 | Bb7 | F7 | F7 | C7 | Bb7 | F7 | C7"
_QUICK_CHANGE = "F7 | Bb7 | F7 | Cm7 F7 | Bb7 | Bdim7 | F7 | Am7 D7 | Gm7 | C7 | F7 D7 | Gm7 C7"
_MANY_CHORDS = (
    "F7 | Bb7 | F7 | Cm7 F7 | Bb7 | Bdim7 | F7 | Am7b5 D7alt | Gm7 | C7 | F7 D7alt | Gm7 C7"
)
_BLUES_FOR_ALICE = (
    "Fmaj7 | Em7b5 A7 | Dm7 G7 | Cm7 F7 | Bb7 | Bbm7 Eb7 | Am7 D7 | Abm7 Db7 | "
    "Gm7 | C7 | F6 D7 | Gm7 C7"
)
_MR_PC = "Cm7 | Cm7 | Cm7 | Cm7 | Fm7 | Fm7 | Cm7 | Cm7 | Ab7 | G7 | Cm7 | Cm7"
_A = "Bb6 G7 | Cm7 F7 | Dm7 G7 | Cm7 F7 | Fm7 Bb7 | Eb6 Edim7 | "
_RHYTHM_CHANGES = (
    f"{_A} Bb6 G7 | Cm7 F7 | {_A} Cm7 F7 | Bb6 | "
    f"D7 | D7 | G7 | G7 | C7 | C7 | F7 | F7 | {_A} Cm7 F7 | Bb6"
)


def test_giant_steps_goes_round_three_tonics() -> None:
    analysis = analyze_harmony(lay_out(_GIANT_STEPS), None, 4)
    (cycle,) = [one for one in analysis.cadences if one.kind is CadenceKind.COLTRANE]
    # From the first chord to the last Eb: the ii-V after it turns back.
    assert (cycle.first_bar, cycle.last_bar) == (1, 15)
    tonics = {str(one.key) for one in analysis.cadences if one.kind is CadenceKind.II_V_I_MAJOR}
    assert tonics == {"B:major", "G:major", "Eb:major"}


@pytest.mark.parametrize(
    ("changes", "kind", "key"),
    [
        (_BLUES, ChangesKind.BLUES, "F:blues"),
        (_QUICK_CHANGE, ChangesKind.BLUES, "F:blues"),
        (_BLUES_FOR_ALICE, ChangesKind.BLUES, "F:blues"),
        (_MR_PC, ChangesKind.MINOR_BLUES, "C:minor"),
        (_RHYTHM_CHANGES, ChangesKind.RHYTHM_CHANGES, "Bb:major"),
    ],
    ids=["blues", "quick change", "bebop blues", "minor blues", "rhythm changes"],
)
def test_a_form_is_found_in_every_chorus(changes: str, kind: ChangesKind, key: str) -> None:
    n_bars = changes.count("|") + 1
    analysis = analyze_harmony(lay_out(f"{changes} | {changes} | {changes}"), None, 4)
    assert [(one.kind, str(one.key)) for one in analysis.forms] == [(kind, key)] * 3
    assert [one.first_bar for one in analysis.forms] == [1, 1 + n_bars, 1 + 2 * n_bars]


@pytest.mark.parametrize("changes", [_GIANT_STEPS, "Dm7 | G7 | Cmaj7 | Cmaj7 | " * 8 + "C6"])
def test_other_tunes_are_none_of_these_forms(changes: str) -> None:
    assert analyze_harmony(lay_out(changes), None, 4).forms == ()


def test_a_ii_v_in_a_blues_arrives_on_its_seventh_chord() -> None:
    chords = lay_out(f"{_QUICK_CHANGE} | F7")
    kinds = [(one.kind, one.first_bar) for one in analyze_harmony(chords, None, 4).cadences]
    assert (CadenceKind.II_V_I_BLUES, 9) in kinds
    assert (CadenceKind.II_V_I_BLUES, 12) in kinds


def test_bars_9_to_11_of_a_blues_are_no_turnaround_and_its_last_two_are_one() -> None:
    chords = lay_out(f"{_QUICK_CHANGE} | F7")
    found = [
        one for one in analyze_harmony(chords, None, 4).cadences
        if one.kind is CadenceKind.TURNAROUND
    ]  # fmt: skip
    assert [(one.first_bar, one.last_bar) for one in found] == [(11, 13)]


def test_in_three_four_a_turnaround_changes_twice_a_bar() -> None:
    parts = [("C6", 1, 1, 2), ("A7", 1, 3, 1), ("Dm7", 2, 1, 2), ("G7", 2, 3, 1), ("C6", 3, 1, 3)]
    chords = tuple(
        LineChord(parse_symbol(symbol), i * 1.0, i + 1.0, bar, beat, n_beats)
        for i, (symbol, bar, beat, n_beats) in enumerate(parts)
    )
    kinds = {one.kind for one in analyze_harmony(chords, None, 3).cadences}
    assert CadenceKind.TURNAROUND in kinds


def test_the_chords_of_the_blues_are_at_home() -> None:
    analysis = analyze_harmony(lay_out(_BLUES), None, 4)
    assert [one.roman for one in analysis.functions] == (
        ["I7", "I7", "I7", "I7", "IV7", "IV7", "I7", "I7", "V7", "IV7", "I7", "V7"]
    )


@pytest.mark.parametrize("changes", [_BLUES, _QUICK_CHANGE, _MANY_CHORDS])
@pytest.mark.parametrize("end", ["F7", "F6"])
def test_a_signature_in_major_lets_a_blues_be_one(changes: str, end: str) -> None:
    intro = "F7 D7alt | Gm7 C7 | F7 D7alt | Gm7 C7"
    chords = lay_out(f"{intro} | {changes} | {changes} | {changes} | {end}")
    written, heard = (analyze_harmony(chords, Key.parse(one), 4) for one in ("F", "F:blues"))
    assert written.functions[0].roman == "I7"
    assert str(written.functions[0].key) == "F:blues"
    assert written == heard


def test_a_signature_in_major_makes_no_blues_of_a_tune_in_major() -> None:
    chords = lay_out(f"{_RHYTHM_CHANGES} | {_RHYTHM_CHANGES}")
    keys = {one.key.mode for one in analyze_harmony(chords, Key("Bb"), 4).functions}
    assert KeyMode.BLUES not in keys


def test_a_bridge_in_another_key_is_heard_in_it() -> None:
    home = "Bbmaj7 | Cm7 F7 | Bbmaj7 | Cm7 F7 | "
    bridge = "C#m7 | F#7 | Bmaj7 | Bmaj7 | C#m7 | F#7 | Bmaj7 | Bmaj7 | "
    analysis = analyze_harmony(lay_out(f"{home}{home}{bridge}{home}Bb6"), None, 4)
    keys = {str(one.key) for one in analysis.functions if 12 <= one.chord < 20}
    assert keys == {"B:major"}
    assert str(analysis.functions[0].key) == str(analysis.functions[-1].key) == "Bb:major"


def test_no_chord_parts_what_stands_beside_it() -> None:
    analysis = analyze_harmony(lay_out("Dm7 | G7 | N.C. | Cmaj7"), None, 4)
    assert [one.kind for one in analysis.cadences] == [CadenceKind.II_V]
    assert [one.chord for one in analysis.functions] == [0, 1, 3]


def test_no_chords_are_no_harmony() -> None:
    assert analyze_harmony((), Key("C"), 4) == HarmonyAnalysis()
    assert analyze_harmony(lay_out("N.C. | N.C."), None, 4) == HarmonyAnalysis()


def test_without_beats_there_are_cadences_and_no_forms() -> None:
    chords = tuple(replace(one, bar=0, beat=0, n_beats=0) for one in lay_out(_QUICK_CHANGE))
    analysis = analyze_harmony(chords, None, 0)
    assert analysis.forms == ()
    assert any(one.kind is CadenceKind.II_V_I_BLUES for one in analysis.cadences)


@given(st.lists(SYMBOLS | st.just(NO_CHORD_SYMBOL), max_size=40), st.integers(1, 11))
def test_any_chords_have_a_function_each_and_move_with_the_key(
    symbols: list[ChordSymbol], semitones: int
) -> None:
    chords = tuple(
        LineChord(one, i * 1.0, i + 1.0, 1 + i // 2, 1 + 2 * (i % 2), 2)
        for i, one in enumerate(symbols)
    )
    analysis = analyze_harmony(chords, None, 4)
    assert [one.chord for one in analysis.functions] == [
        i for i, one in enumerate(symbols) if not one.is_none
    ]
    assert all(one.first_chord <= one.last_chord < len(chords) for one in analysis.cadences)
    moved = tuple(replace(one, symbol=transpose(one.symbol, semitones)) for one in chords)
    there = analyze_harmony(moved, None, 4)
    assert _keyless(there) == _keyless(analysis)


def _keyless(analysis: HarmonyAnalysis) -> list[tuple[CadenceKind, int, int]]:
    """Cadences that hold in any key: where two keys fit equally well, either may be chosen."""
    return [
        (one.kind, one.first_chord, one.last_chord)
        for one in analysis.cadences
        if one.kind
        in {
            CadenceKind.II_V_I_MAJOR,
            CadenceKind.II_V_I_MINOR,
            CadenceKind.TURNAROUND,
            CadenceKind.COLTRANE,
        }
    ]
