"""Short lines whose analysis is known: each is written from a textbook's definition."""

from dataclasses import dataclass

import pytest

from licklab.domain.line_analysis import (
    ApproachKind,
    Device,
    DeviceKind,
    NoteRole,
    ScaleChoice,
)
from licklab.domain.solo_line import NoteSpan
from tests.unit.theory.lines import analysis_of, line_of, notes_of

_BAKER = "Baker, How to Play Bebop, volume 1 (1985)"
_COKER = "Coker, Elements of the Jazz Language for the Developing Improvisor (1991)"
_CROOK = "Crook, How to Improvise (1991)"
_LEVINE = "Levine, The Jazz Theory Book (1995)"
_LIGON = "Ligon, Connecting Chords with Linear Harmony (1996)"
_NETTLES = "Nettles and Graf, The Chord Scale Theory and Jazz Harmony (1997)"
_PATTERNS = "Coker, Casale, Campbell and Greene, Patterns for Jazz (1970)"


@dataclass(frozen=True)
class _Figure:
    """A line with one figure: where it is, counted from 0, and what it is called."""

    name: str
    source: str
    line: str
    kind: DeviceKind
    notes: range
    detail: str
    target: int | None = None


_FIGURES = [
    _Figure(
        "enclosure of two notes, from above first", _BAKER,
        "G7: D5 B4 G4 A4 B4 A4 F4 D#4 | Cmaj7: E4*8",
        DeviceKind.ENCLOSURE, range(6, 9), "3 from 2 notes", 8,
    ),
    _Figure(
        "enclosure of two notes, from below first", _BAKER,
        "Gm7: Bb4 D5 F5 D5 C5 Bb4 E4 G4 | C7: F4 A4 G4 E4",
        DeviceKind.ENCLOSURE, range(8, 11), "5 from 2 notes", 10,
    ),
    _Figure(
        "enclosure of three notes, two of them above", _COKER,
        "C7: C5 Bb4 G4 E4 G4 D5 Db5 B4 | F6: C5*8",
        DeviceKind.ENCLOSURE, range(5, 9), "5 from 3 notes", 8,
    ),
    _Figure(
        "enclosure of three notes, two of them below", _COKER,
        "C7: C5 Bb4 G4 E4 G4 D5 Bb4 B4 | F6: C5*8",
        DeviceKind.ENCLOSURE, range(5, 9), "5 from 3 notes", 8,
    ),
    _Figure(
        "enclosure of four notes, chromatic from both sides", _COKER,
        "C7: E5 C5 Bb4 G4 D5 Db5 Bb4 B4 | F6: C5*8",
        DeviceKind.ENCLOSURE, range(4, 9), "5 from 4 notes", 8,
    ),
    _Figure(
        "dominant bebop scale from the root down", _BAKER,
        "C7: C5 B4 Bb4 A4 G4 F4 E4 D4 | C4*8",
        DeviceKind.BEBOP_SCALE, range(9), "dominant bebop scale of C7",
    ),
    _Figure(
        "dominant bebop scale over a ii-V", _BAKER,
        "Dm7: G5 F#5 F5 E5 G7: D5 C5 B4 A4 | G4*8",
        DeviceKind.BEBOP_SCALE, range(9), "dominant bebop scale of G7",
    ),
    _Figure(
        "major bebop scale down", _BAKER,
        "C6: C5 B4 A4 Ab4 G4 F4 E4 D4 | C4*8",
        DeviceKind.BEBOP_SCALE, range(9), "major bebop scale of C6",
    ),
    _Figure(
        "major bebop scale up", _BAKER,
        "F6: F4 G4 A4 Bb4 C5 C#5 D5 E5 | F5*8",
        DeviceKind.BEBOP_SCALE, range(9), "major bebop scale of F6",
    ),
    _Figure(
        "dorian bebop scale", _LEVINE,
        "Dm7: D5 C5 B4 A4 G4 F#4 F4 E4 | D4*8",
        DeviceKind.BEBOP_SCALE, range(9), "dorian bebop scale of Dm7",
    ),
    _Figure(
        "melodic minor bebop scale", _LEVINE,
        "Cm6: C5 B4 A4 Ab4 G4 F4 Eb4 D4 | C4*8",
        DeviceKind.BEBOP_SCALE, range(9), "melodic minor bebop scale of Cm6",
    ),
    _Figure(
        "arpeggio from the 3rd to the 9th", _COKER,
        "Dm7: F4 A4 C5 E5 D5 C5 A4 F4",
        DeviceKind.ARPEGGIO_FROM_THIRD, range(4), "b3-5-b7-9 of Dm7",
    ),
    _Figure(
        "arpeggio of a major seventh chord", _COKER,
        "Cmaj7: C4 E4 G4 B4 A4 G4 E4 D4",
        DeviceKind.ARPEGGIO, range(4), "1-3-5-7 of Cmaj7",
    ),
    _Figure(
        "arpeggio downward from the 9th", _COKER,
        "G7: A4 F4 D4 B3 G4*4", DeviceKind.ARPEGGIO, range(4), "9-b7-5-3 of G7",
    ),
    _Figure(
        "1-2-3-5 over the first chord of a major third cycle", _PATTERNS,
        "Bmaj7: B4 C#5 D#5 F#5 D7: F#5 E5 D5 C5 | Gmaj7: B4*8",
        DeviceKind.DIGITAL_PATTERN, range(4), "1-2-3-5 of Bmaj7",
    ),
    _Figure(
        "1-3-4-5 in minor", _PATTERNS,
        "Cm7: C4 Eb4 F4 G4 Bb4*4", DeviceKind.DIGITAL_PATTERN, range(4), "1-b3-4-5 of Cm7",
    ),
    _Figure(
        "5-3-2-1", _PATTERNS,
        "F7: C5 A4 G4 F4 Eb4*4", DeviceKind.DIGITAL_PATTERN, range(4), "5-3-2-1 of F7",
    ),
    _Figure(
        "triad on the second degree of a dominant", _LEVINE,
        "C7: D4 F#4 A4 D5 C5*4", DeviceKind.UPPER_STRUCTURE, range(4),
        "D major triad, II of C7",
    ),
    _Figure(
        "triad on the flat third of a dominant", _LEVINE,
        "C7: Eb4 G4 Bb4 G4 E4*4", DeviceKind.UPPER_STRUCTURE, range(4),
        "Eb major triad, bIII of C7",
    ),
    _Figure(
        "triad on the raised fourth of a dominant", _LEVINE,
        "C7: F#4 A#4 C#5 A#4 G4*4", DeviceKind.UPPER_STRUCTURE, range(4),
        "F# major triad, #IV of C7",
    ),
    _Figure(
        "triad on the flat sixth of a dominant", _LEVINE,
        "C7: Ab4 C5 Eb5 C5 Bb4*4", DeviceKind.UPPER_STRUCTURE, range(4),
        "Ab major triad, bVI of C7",
    ),
    _Figure(
        "triad on the sixth of a dominant", _LEVINE,
        "C7: A4 C#5 E5 A5 G5*4", DeviceKind.UPPER_STRUCTURE, range(4),
        "A major triad, VI of C7",
    ),
    _Figure(
        "a cell slips a semitone up and is back", _LEVINE,
        "Dm7: D4 E4 F4 A4 Eb4 F4 Gb4 Bb4 | A4*8",
        DeviceKind.SIDE_SLIP, range(8), "a semitone up", 8,
    ),
    _Figure(
        "a cell slips a semitone down and is back", _LEVINE,
        "Gm7: D5 F5 G5 Db5 E5 Gb5 D5*2",
        DeviceKind.SIDE_SLIP, range(6), "a semitone down", 6,
    ),
    _Figure(
        "the third of the coming chord, half a beat early", _CROOK,
        "G7: G4 A4 B4 D5 F5 D5 B4 E5 Cmaj7: -*4 D5*4",
        DeviceKind.ANTICIPATION, range(7, 8), "Cmaj7",
    ),
    _Figure(
        "the third of the coming chord, struck again", _CROOK,
        "G7: G4 A4 B4 D5 F5 D5 B4 E5 Cmaj7: E5*4 D5*4",
        DeviceKind.ANTICIPATION, range(7, 9), "Cmaj7", 8,
    ),
    _Figure(
        "the coming chord spelled out early", _CROOK,
        "Fm7: F4 Ab4 C5 Eb5 E5 B4 G#4 E4 | Emaj7: F#4*8",
        DeviceKind.ANTICIPATION, range(4, 8), "Emaj7",
    ),
    _Figure(
        "the seventh of the dominant resolves on the second beat", _CROOK,
        "G7: B4 D5 F5 D5 B4 G4 A4 G4 | Cmaj7: F4*2 E4*6",
        DeviceKind.DELAYED_RESOLUTION, range(8, 10), "b7 of G7 to 3 of Cmaj7", 9,
    ),
    _Figure(
        "the seventh of the dominant is tied over and resolves late", _CROOK,
        "G7: B4 D5 G5 E5 D5 B4 G4 F4 Cmaj7: -*2 E4*6",
        DeviceKind.DELAYED_RESOLUTION, range(7, 9), "b7 of G7 to 3 of Cmaj7", 8,
    ),
    _Figure(
        "the seventh of the dominant falls to the third of its goal", _LIGON,
        "Dm7: D5 C5 A4 F4 G7: B4 A4 G4 F4 | Cmaj7: E4*8",
        DeviceKind.RESOLUTION, range(7, 9), "b7 of G7 to 3 of Cmaj7", 8,
    ),
    _Figure(
        "a tritone substitute resolves by half step", _NETTLES,
        "Dm7: D5 C5 A4 F4 Db7: Ab4 F4 Eb4 Db4 | Cmaj7: C4*8",
        DeviceKind.RESOLUTION, range(7, 9), "1 of Db7 to 1 of Cmaj7", 8,
    ),
    _Figure(
        "chromatic run", _COKER,
        "F7: C5 B4 Bb4 A4 G#4 G4*3", DeviceKind.CHROMATIC_RUN, range(6), "down",
    ),
    _Figure(
        "scale run", _COKER,
        "Dm7: D4 E4 F4 G4 A4 B4 C5 A4", DeviceKind.SCALE_RUN, range(7), "up",
    ),
]  # fmt: skip


@pytest.mark.parametrize("golden", _FIGURES, ids=lambda one: one.name)
def test_a_figure_is_found_where_the_textbook_says(golden: _Figure) -> None:
    analysis = analysis_of(line_of(golden.line))
    found = [one for one in analysis.devices if one.kind is golden.kind]
    wanted = Device(
        golden.kind, NoteSpan(golden.notes.start, golden.notes.stop), golden.detail, golden.target
    )
    assert found == [wanted], golden.source


_NO_FIGURES = [
    # Both notes are in the chord already: they surround nothing.
    ("the tones of a chord enclose nothing", "C6: G4 C5 A4 C5 G4 A4*3", DeviceKind.ENCLOSURE),
    ("a target in a weaker place", "C7: r F4 D#4 D4 F4 E4*3", DeviceKind.ENCLOSURE),
    ("a rest before the target", "C7: C5 G4 F4 D#4 r*2 E4*2", DeviceKind.ENCLOSURE),
    ("a bebop scale with chord tones off the beats",
     "C7: r C5 B4 Bb4 A4 G4 F4 E4 | D4 C4*7", DeviceKind.BEBOP_SCALE),
    ("a plain scale is no bebop scale", "C7: C5 Bb4 A4 G4 F4 E4 D4 C4", DeviceKind.BEBOP_SCALE),
    ("the seventh that the chord denies", "Dmaj7: F#4 A4 C5 E5 D5*4",
     DeviceKind.ARPEGGIO_FROM_THIRD),
    ("a triad over a minor chord", "Cm7: Eb4 G4 Bb4 G4", DeviceKind.UPPER_STRUCTURE),
    ("a cell moved inside the scale", "Dm7: E4 B4 E5 F4 C5 F5 A4*2", DeviceKind.SIDE_SLIP),
    ("a dotted figure is no cell", "C7: C4*3 D4 E4*3 G4", DeviceKind.DIGITAL_PATTERN),
    ("a tone of both chords is not early", "G7: B4 D5 F5 D5 B4 D5 B4 D5 Cm9: -*4",
     DeviceKind.ANTICIPATION),
    ("a leap away is no resolution", "G7: B4 D5 F5 D5 | Cmaj7: G4*8", DeviceKind.RESOLUTION),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"), [one[1:] for one in _NO_FIGURES], ids=[one[0] for one in _NO_FIGURES]
)
def test_what_only_looks_like_a_figure_is_none(line: str, kind: DeviceKind) -> None:
    assert not [one for one in analysis_of(line_of(line)).devices if one.kind is kind]


_APPROACHES = [
    # (how, source, line, note, target)
    (ApproachKind.CHROMATIC_PASSING, _BAKER, "F7: C5 B4 Bb4 A4 F4*4", 1, 2),
    (ApproachKind.CHROMATIC_PASSING, _LEVINE, "Dm7: F4 F#4 G4 A4 F4*4", 1, 2),
    (ApproachKind.PASSING, _LIGON, "Cmaj7: C4 D4 E4 F4 G4*4", 1, 2),
    (ApproachKind.NEIGHBOUR, _LIGON, "Cmaj7: E4 F4 E4 G4 C5*4", 1, 2),
    (ApproachKind.APPROACH, _CROOK, "Cmaj7: C4 F#4 G4 E4 C4*4", 1, 2),
    (ApproachKind.APPROACH, _LIGON, "Dm7: D4 A4 C5 G#4 G7: A4*2 B4*2 | Cmaj7: C5 D#5 E5*6", 7, 8),
    (ApproachKind.ENCLOSURE, _BAKER, "G7: D5 B4 G4 A4 B4 A4 F4 D#4 | Cmaj7: E4*8", 6, 8),
    (ApproachKind.ANTICIPATION, _CROOK, "G7: G4 A4 B4 D5 F5 D5 B4 E5 Cmaj7: E5*4", 7, 8),
    (ApproachKind.DELAYED_RESOLUTION, _CROOK, "G7: B4 D5 F5 D5 | F4*8 | Cmaj7: F4*2 E4*6", 5, 6),
    (None, _LIGON, "Cmaj7: C4 E4 G4 B4 C5*4", 3, None),
]


@pytest.mark.parametrize(("kind", "source", "line", "note", "target"), _APPROACHES)
def test_a_note_leads_as_the_textbook_says(
    kind: ApproachKind | None, source: str, line: str, note: int, target: int | None
) -> None:
    found = notes_of(line)[note]
    assert (found.approach, found.target) == (kind, target), source


@pytest.mark.parametrize(
    ("chord", "degrees"),
    [
        ("Cmaj7", "1 b9 9 b3 3 11 #11 5 #5 13 b7 7"),
        ("C6", "1 b9 9 b3 3 11 #11 5 #5 6 b7 7"),
        ("C7", "1 b9 9 #9 3 11 #11 5 b13 13 b7 7"),
        ("C7#5", "1 b9 9 #9 3 11 #11 5 #5 13 b7 7"),
        ("C7sus4", "1 b9 9 b3 3 4 #11 5 b13 13 b7 7"),
        ("Cm7", "1 b9 9 b3 3 11 b5 5 b13 13 b7 7"),
        ("Cm(maj7)", "1 b9 9 b3 3 11 #11 5 b13 13 b7 7"),
        ("Cm7b5", "1 b9 9 b3 3 11 b5 5 b13 13 b7 7"),
        ("Cdim7", "1 b9 9 b3 3 11 b5 5 b13 bb7 b7 7"),
    ],
)
def test_degrees_are_spelled_by_function(chord: str, degrees: str) -> None:
    """Nettles and Graf (1997)."""
    line = line_of(f"{chord}: C4 C#4 D4 D#4 E4 F4 F#4 G4 G#4 A4 A#4 B4")
    assert " ".join(one.degree for one in analysis_of(line).notes) == degrees


_ROLES = {
    NoteRole.GUIDE_TONE: "G", NoteRole.CHORD_TONE: "C", NoteRole.TENSION: "T",
    NoteRole.AVOID: "A", NoteRole.CHROMATIC: "x", NoteRole.NONE: "-",
}  # fmt: skip


@pytest.mark.parametrize(
    ("chord", "roles"),
    [
        ("Cmaj7", "C x T x G A T C x T x G"),
        ("C6", "C x T x G A T C x G x T"),
        ("C7", "C T T T G A T C T T G x"),
        ("C7b9", "C T x T G A T C T T G x"),
        ("C7alt", "C T x T G x T x T x G x"),
        ("C7sus4", "C T T T A G x C T T G x"),
        ("Cm7", "C A T G x T x C A T G x"),
        ("Cm6", "C A T G x T x C A G T T"),
        ("Cm7b5", "C A T G x T C x T x G x"),
        ("Cdim7", "C x T G x T C x T G x T"),
        ("N.C.", "- - - - - - - - - - - -"),
    ],
)
def test_a_note_is_to_a_chord_what_its_quality_makes_of_it(chord: str, roles: str) -> None:
    """Nettles and Graf (1997); the altered dominant as in Levine (1995)."""
    line = line_of(f"{chord}: C4 C#4 D4 D#4 E4 F4 F#4 G4 G#4 A4 A#4 B4")
    assert " ".join(_ROLES[one.role] for one in analysis_of(line).notes) == roles


def test_a_major_seventh_over_a_minor_chord_keeps_its_name() -> None:
    """The line 1, 7, b7, 6 that falls over a minor chord (Coker, 1991)."""
    degrees = [one.degree for one in notes_of("Dm: D5*2 C#5*2 C5*2 B4*2")]
    assert degrees == ["1", "7", "b7", "6"]


_GUIDE_LINES = [
    # Ligon (1996) and Crook (1991): the seventh falls to the third, the third stays as seventh.
    ("Dm7: C5*8 | G7: B4*8 | Cmaj7: B4*8", [("b7", "3", "7")]),
    ("Dm7: F4*8 | G7: F4*8 | Cmaj7: E4*8", [("b3", "b7", "3")]),
    ("Dm7: D4 F4 A4 C5 E5 D5 C5 A4 | G7: B4 A4 G4 F4 D4 E4 F4 D4 | Cmaj7: E4*8",
     [("b7", "3"), ("b7", "3")]),
    ("Bm7b5: A4*8 | E7: G#4*8 | Am6: C5*8", [("b7", "3")]),
    ("Dm7: C5*8 | G7: B5*8", []),
    ("Dm7: C5*8 | Bb7: D5*8", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "degrees"), _GUIDE_LINES)
def test_guide_tones_make_lines(line: str, degrees: list[tuple[str, ...]]) -> None:
    assert [one.degrees for one in analysis_of(line_of(line)).guide_lines] == degrees


def test_guide_tones_between_beats_do_not_tell_a_chord() -> None:
    analysis = analysis_of(line_of("Dm7: D4 F4 A4 C5 E5*4 | G7: B4*8 | Cmaj7: D4 E4 G4*6"))
    assert analysis.guide_tone_coverage == pytest.approx(1 / 3)


def _scale(text: str, chord: int) -> ScaleChoice:
    return next(one for one in analysis_of(line_of(text)).scales if one.chord == chord)


@pytest.mark.parametrize(
    ("source", "line", "chord", "scale"),
    [
        (_LEVINE, "G7: G4 Ab4 Bb4 B4 Db5 Eb5 F5 Eb5 | Cmaj7: D5*8", 0, "altered"),
        (_LEVINE, "G7: G4 Ab4 Bb4 B4 C#5 D5 E5 F5 | Cmaj7: E5*8", 0, "half-whole diminished"),
        (_LEVINE, "G7: G4 B4 A4 C#5 D#5 C#5 D#5 F5 | Cmaj7: E5*8", 0, "whole tone"),
        (_NETTLES, "Dm7: D5*8 | Db7: F4 G4 Ab4 Bb4 Eb5 Cb5 G4 Bb4 | Cmaj7: C4*8", 1,
         "lydian dominant"),
        (_NETTLES, "Bm7b5: A4*8 | E7: G#4 B4 F5 E5 C5 D5 C5 B4 | Am6: C5*8", 1,
         "phrygian dominant"),
        (_NETTLES, "Fmaj7: A4 C5 B4 G4 E5 D5 B4 G4", 0, "lydian"),
        (_NETTLES, "Dm7: D5 B4 F4 A4 B4 C5 A4 E4", 0, "dorian"),
        (_LEVINE, "Cm(maj7): C5 B4 A4 G4 F4 Eb4 A4 B4", 0, "melodic minor"),
        (_LEVINE, "Cdim7: C5 B4 A4 Ab4 F#4 F4 Eb4 D4", 0, "whole-half diminished"),
        (_LEVINE, "G7sus4: G4 Ab4 C5 D5 Eb5 F5 Eb5 Ab4", 0, "phrygian"),
        (_LEVINE, "C7: C5 Eb5 F5 Gb5 F5 Eb5 Gb5 Bb4", 0, "blues"),
    ],
)  # fmt: skip
def test_notes_that_tell_a_scale_from_all_others_decide_it(
    source: str, line: str, chord: int, scale: str
) -> None:
    choice = _scale(line, chord)
    assert (choice.scale, choice.is_decided, choice.coverage) == (scale, True, 1.0), source
    assert choice.rivals == ()
    assert choice.margin > 0


def test_altered_is_not_told_from_half_whole_without_a_fifth_or_a_thirteenth() -> None:
    """Levine (1995): root, b9, #9, 3, #11 and b7 are in both scales."""
    choice = _scale("G7: G4 Ab4 Bb4 B4 Db5 B4 Bb4 Ab4 | Cmaj7: G4*8", 0)
    assert not choice.is_decided
    assert choice.margin == 0
    assert {choice.scale, *choice.rivals} == {"altered", "half-whole diminished"}


def test_the_function_names_the_scale_that_the_notes_leave_open() -> None:
    """Nettles and Graf (1997): a dominant of a minor chord, and one that falls by a semitone."""
    notes = "F4 G#4 B4 D5 E5 D5 B4 G#4"
    assert _scale(f"E7: {notes} | Am6: C5*8", 0).scale == "phrygian dominant"
    notes = "Ab4 F4 Db4 F4 Ab4 Cb5 Eb5 Db5"
    substitute, plain = _scale(f"Db7: {notes} | Cmaj7: C5*8", 0), _scale(f"Db7: {notes}", 0)
    assert (substitute.scale, plain.scale) == ("lydian dominant", "mixolydian")
    assert not substitute.is_decided


def test_a_symbol_rules_scales_out_but_only_notes_decide() -> None:
    """Levine (1995): the altered dominant has no natural ninth, fifth or thirteenth."""
    choice = _scale("G7alt: F4 Ab4 B4 F5 G5 F5 B4 Ab4 | Cm7: G4*8", 0)
    assert (choice.scale, choice.rivals, choice.is_decided) == ("altered", (), False)


def test_one_passing_note_between_beats_decides_nothing() -> None:
    choice = _scale("C7: C5 E5 G5 F#5 E5 D5 C5 Bb4", 0)
    assert not choice.is_decided


def test_three_notes_are_in_any_scale() -> None:
    assert analysis_of(line_of("C7: C5 E5 G5 E5 C5*4")).scales == ()
