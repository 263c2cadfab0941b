from dataclasses import replace

import pytest

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.ranking import judge_span
from tests.unit.theory.lines import analysis_of, line_of

_BLUES_END = "F7: A4 C5 Eb5 F5 D7: F#5 Eb5 C5 A4 | Gm7: Bb4 D5 F5 A5 C7: G5 E5 Db5 C5 | F7: A4*8"


def _texts(line: SoloLine, span: NoteSpan | None = None) -> list[str]:
    chosen = span or NoteSpan(0, len(line))
    return [one.text for one in judge_span(line, analysis_of(line), (), chosen).reasons]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("G7: B4 D5 F5 D5 B4 A4 G4 F4 | Cmaj7: E4*8", "Resolves to the 3rd of Cmaj7 on beat 1."),
        ("G7: B4 D5 F5 D5 B4 A4 G4 F4 | C6: A4*8", "Ends on the 6th of C6 on beat 1."),
        ("D7: F#4 A4 C5 A4 F#4 E4 D4 E4 | Gm7: F4*8", "Ends on the 7th of Gm7 on beat 1."),
        ("E7: G#4 B4 D5 B4 G#4 D5 E5 D5 | Am7b5: Eb5*8", "Resolves to the b5 of Am7b5 on beat 1."),
        # By step, and no dominant that resolves.
        ("Dm7: D4 F4 A4 C5 A4 F4 E4 F4 | Em7: E4*8", "Ends on the root of Em7 on beat 1."),
    ],
)  # fmt: skip
def test_a_line_resolves_where_a_dominant_goes_to_root_third_or_fifth(
    written: str, reason: str
) -> None:
    assert reason in _texts(line_of(written))


def test_a_resolution_that_begins_before_the_span_is_none_of_it() -> None:
    line = line_of("G7: B4 D5 F5 D5 B4 A4 G4 F4 | Cmaj7: E4 G4 B4 E4")
    assert "Resolves to the 3rd of Cmaj7 on beat 1." in _texts(line, NoteSpan(4, 9))
    assert "Ends on the 3rd of Cmaj7." in _texts(line, NoteSpan(8, 12))


def test_the_end_of_a_turnaround_is_a_ii_v_i_and_all_of_it_a_turnaround() -> None:
    line = line_of(_BLUES_END, key="F:blues")
    assert "Spans the turnaround in F (bars 1-3)." in _texts(line)
    assert "Spans the ii-V-I in F (bars 2-3)." in _texts(line, NoteSpan(8, 17))
    assert "Plays over the ii-V-I in F (bars 2-3)." in _texts(line, NoteSpan(12, 17))


def test_of_guessed_changes_reasons_say_perhaps() -> None:
    line = line_of(_BLUES_END, key="F:blues")
    chords = tuple(replace(one, confidence=0.17) for one in line.chords)
    texts = _texts(replace(line, chords=chords))
    assert "Perhaps spans the turnaround in F (bars 1-3)." in texts
    assert "Perhaps ends on the 3rd of F7 on beat 1." in texts
