from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord_symbol import transpose
from licklab.domain.harmony_function import HarmonyAnalysis
from licklab.domain.line_analysis import Device, DeviceKind, LineAnalysis, NoteRole
from licklab.domain.solo_line import SoloLine
from licklab.theory.analysis import analyze_line
from tests.unit.theory.lines import analysis_of, line_of, notes_of
from tests.unit.theory.strategies import lines

_NO_HARMONY = HarmonyAnalysis()


def _moved(line: SoloLine, semitones: int) -> SoloLine:
    chords = [replace(one, symbol=transpose(one.symbol, semitones)) for one in line.chords]
    return replace(line, pitch_midi=line.pitch_midi + semitones, chords=tuple(chords))


def _figures(analysis: LineAnalysis) -> list[Device]:
    # Details name notes and chords.
    return [replace(one, detail="") for one in analysis.devices]


@given(lines(), st.integers(-11, 11))
def test_a_transposed_line_has_the_same_analysis(line: SoloLine, semitones: int) -> None:
    one = analyze_line(line, _NO_HARMONY)
    other = analyze_line(_moved(line, semitones), _NO_HARMONY)
    # Names are of the pitches; all else is what the notes are to one another.
    assert [replace(note, name="") for note in one.notes] == [
        replace(note, name="") for note in other.notes
    ]
    assert _figures(one) == _figures(other)
    assert one.guide_lines == other.guide_lines
    assert one.targets == other.targets
    assert [replace(scale, tonic="") for scale in one.scales] == [
        replace(scale, tonic="") for scale in other.scales
    ]


@given(lines())
def test_every_note_is_analyzed_and_everything_refers_to_notes_of_the_line(line: SoloLine) -> None:
    analysis = analyze_line(line, _NO_HARMONY)
    assert [one.note for one in analysis.notes] == list(range(len(line)))
    for one in analysis.notes:
        assert (one.role is NoteRole.NONE) == (one.degree == "")
        assert one.target is None or one.note < one.target < len(line)
        assert one.approach is not None or one.target is None
    for device in analysis.devices:
        assert device.span.stop <= len(line)
        assert device.target is None or device.span.start <= device.target < len(line)
    for scale in analysis.scales:
        assert 0 <= scale.margin <= scale.coverage <= 1
        assert not (scale.is_decided and scale.rivals)
    assert list(analysis.devices) == sorted(
        analysis.devices, key=lambda one: (one.span.start, -len(one.span), one.kind)
    )


@given(lines(has_beats=False))
def test_without_beats_nothing_has_weight_and_nothing_is_early_or_late(line: SoloLine) -> None:
    analysis = analyze_line(line, _NO_HARMONY)
    assert all(one.weight == 0 for one in analysis.notes)
    assert analysis.guide_tone_coverage is None
    assert analysis.targets == ()
    kinds = {one.kind for one in analysis.devices}
    assert not kinds & {DeviceKind.ANTICIPATION, DeviceKind.DELAYED_RESOLUTION}


def test_without_beats_a_longer_note_is_still_enclosed_and_approached() -> None:
    line = line_of("G7: D5 B4 G4 A4 B4 A4 F4 D#4 | Cmaj7: E4*8", has_beats=False)
    found = [one for one in analysis_of(line).devices if one.kind is DeviceKind.ENCLOSURE]
    assert [one.target for one in found] == [8]


def test_a_line_without_chords_has_no_degrees_and_no_figures_of_harmony() -> None:
    analysis = analysis_of(line_of("C4 E4 G4 B4 A4 G4 F4 E4"))
    assert {one.role for one in analysis.notes} == {NoteRole.NONE}
    assert {one.degree for one in analysis.notes} == {""}
    assert analysis.scales == ()
    assert analysis.guide_lines == ()
    assert not [one for one in analysis.devices if one.kind is not DeviceKind.CHROMATIC_RUN]


def test_an_empty_line_is_an_empty_analysis() -> None:
    assert analyze_line(line_of(""), _NO_HARMONY) == LineAnalysis(())


@pytest.mark.parametrize(
    ("beats_per_bar", "weights"),
    [
        (2, [3, 0, 1, 0]),
        (3, [3, 0, 1, 0, 1, 0]),
        (4, [3, 0, 1, 0, 2, 0, 1, 0]),
        (5, [3, 0, 1, 0, 1, 0, 2, 0, 1, 0]),
        (6, [3, 0, 1, 0, 1, 0, 2, 0, 1, 0, 1, 0]),
    ],
)
def test_the_downbeat_is_strongest_and_the_middle_of_the_bar_next(
    beats_per_bar: int, weights: list[int]
) -> None:
    """Lerdahl and Jackendoff (1983); five beats are three and two."""
    line = line_of("C7: " + "C4 " * len(weights), beats_per_bar=beats_per_bar)
    assert [one.weight for one in analyze_line(line, _NO_HARMONY).notes] == weights


def test_a_target_is_a_chord_tone_on_a_beat_that_is_reached_by_step() -> None:
    line = line_of("Cmaj7: D4 F4 E4 A4 | G4*2 C5 B4 C5*4")
    assert analyze_line(line, _NO_HARMONY).targets == (2, 4, 7)


def test_a_rest_parts_notes_that_would_lead() -> None:
    assert notes_of("Cmaj7: C4 F#4 G4*2")[1].target == 2
    assert notes_of("Cmaj7: C4*2 r F#4 r*2 G4*2")[1].target is None


def test_no_chord_is_as_no_harmony() -> None:
    roles = [one.role for one in notes_of("N.C.: C4 E4 C7: E4 G4")]
    assert roles == [NoteRole.NONE, NoteRole.NONE, NoteRole.GUIDE_TONE, NoteRole.CHORD_TONE]
