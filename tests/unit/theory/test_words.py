import random
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import ShapeError
from licklab.theory.words import describe_span
from tests.unit.theory.claims import check_claim
from tests.unit.theory.lines import analysis_of, line_of
from tests.unit.theory.strategies import lines
from tests.unit.theory.weimar import FOLDER, read_solos


def _sentences(text: str, *, key: str | None = None, has_beats: bool = True) -> list[str]:
    line = line_of(text, key=key, has_beats=has_beats)
    return [one.text for one in describe_span(line, analysis_of(line), NoteSpan(0, len(line)))]


@given(lines(), st.data())
def test_every_sentence_is_true_of_the_notes_that_it_names(
    line: SoloLine, data: st.DataObject
) -> None:
    assume(len(line))
    start = data.draw(st.integers(0, len(line) - 1))
    span = NoteSpan(start, data.draw(st.integers(start + 1, len(line))))
    statements = describe_span(line, analysis_of(line), span)
    assert 1 <= len(statements) <= 12
    for one in statements:
        check_claim(line, span, one)


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared data is not here")
def test_every_sentence_about_real_solos_is_true() -> None:
    chance = random.Random(6)  # noqa: S311 - spans, not secrets
    count = 0
    for line, phrases in read_solos(30):
        analysis = analysis_of(line)
        drawn = [chance.randrange(len(line) - 5) for _ in range(5)]
        spans = [NoteSpan(at, min(at + chance.randint(5, 24), len(line))) for at in drawn]
        for span in [*chance.sample(phrases, min(len(phrases), 10)), *spans]:
            for one in describe_span(line, analysis, span):
                check_claim(line, span, one)
                count += 1
    assert count > 1000


def test_a_cadence_comes_first_with_chords_and_numerals() -> None:
    first = _sentences("Dm7: D4 F4 A4 C5 E5 D5 C5 A4 | G7: B4 A4 G4 F4 D4 F4 E4 D4 | Cmaj7: E4*8")[
        0
    ]
    assert first == "Spans a ii-V-I in C major: Dm7 (ii7), G7 (V7) and Cmaj7 (Imaj7) (bars 1-3)."


def test_it_says_where_a_dominant_resolves() -> None:
    said = _sentences("Dm7: D5 C5 A4 F4 G7: B4 A4 G4 F4 | Cmaj7: E4*8")
    assert "F, the 7th of G7, resolves by half step to E, the 3rd of Cmaj7 (bar 2)." in said


def test_an_enclosure_names_its_notes_and_its_target() -> None:
    said = _sentences("G7: D5 B4 G4 A4 B4 A4 F4 D#4 | Cmaj7: E4*8")
    assert "F and D# enclose E, the 3rd of Cmaj7 (bar 2)." in said


def test_a_guide_tone_line_names_its_degrees() -> None:
    said = _sentences("Dm7: C5*8 | G7: B4*8 | Cmaj7: B4*8")
    assert (
        "Guide-tone line C-B-B: the 7th of Dm7, then the 3rd of G7, then the 7th of Cmaj7 "
        "(bars 1-3)." in said
    )


def test_a_bebop_scale_says_what_falls_on_the_beats() -> None:
    said = _sentences("C7: C5 B4 Bb4 A4 G4 F4 E4 D4 | C4*8")
    assert (
        "Runs down the dominant bebop scale of C7 from C to C; C, Bb, G, E and C fall on the beats "
        "(bars 1-2)." in said
    )


def test_altered_is_not_claimed_against_half_whole() -> None:
    said = _sentences("G7: G4 Ab4 Bb4 B4 Db5 B4 Bb4 Ab4 | Cmaj7: G4*8")
    assert (
        "Over G7 consistent with G altered; half-whole diminished is not ruled out (bar 1)." in said
    )


def test_a_decided_scale_has_no_rivals() -> None:
    said = _sentences("G7: G4 Ab4 Bb4 B4 Db5 Eb5 F5 Eb5 | Cmaj7: D5*8")
    assert "Over G7 consistent with G altered (bar 1)." in said


def test_a_scale_without_a_note_that_is_played_is_ruled_out() -> None:
    said = _sentences("C7: E5 G5 Bb5 Db6 C6 Bb5 G#5*2 | F7: A5*8", key="F:blues")
    scales = [one for one in said if one.startswith("Over C7")]
    assert scales == ["Over C7 consistent with C phrygian dominant (bar 1)."]


def test_the_last_sentence_is_the_shape() -> None:
    last = _sentences("Dm7: D4 F4 A4 C5 E5 D5 C5 A4")[-1]
    assert last == "8 notes, mostly eighth notes, over a major 9th from D to E (bar 1)."


@pytest.mark.parametrize(
    ("division", "tatums", "value"),
    [
        (3, (1, 2, 3), "triplets"),
        (4, (2, 3, 4), None),  # three sixteenths behind a rest are no triplet
        (3, (1, 3), "eighth notes"),
        (2, (1, 2), "eighth notes"),
        (3, (1, 2), None),
        (3, (2, 3), None),
        (6, (3, 4), None),
        (4, (1, 4), None),
        (4, (1, 2, 3, 4), "sixteenth notes"),
        (6, (1, 2, 3, 5), None),
        (2, (1,), "quarter notes"),
        (2, (2,), None),
    ],
)
def test_values_are_those_of_the_places_in_the_beat(
    division: int, tatums: tuple[int, ...], value: str | None
) -> None:
    n_beats = 4
    n_notes = n_beats * len(tatums)
    line = line_of(" ".join(["C4", "D4", "E4", "F4"][k % 4] for k in range(n_notes)))
    beats = np.repeat(np.arange(1, n_beats + 1), len(tatums))
    played = replace(
        line,
        bar=np.ones_like(beats),
        beat=beats,
        division=np.full(n_notes, division),
        tatum=np.tile(tatums, n_beats),
    )
    (said,) = [one.text for one in describe_span(played, analysis_of(played), NoteSpan(0, n_notes))]
    found = re.search("mostly ([a-z ]+)", said)
    assert (None if found is None else found[1]) == value


def test_without_beats_no_bar_and_no_beat_is_named() -> None:
    text = "Dm7: D5 C5 A4 F4 G7: B4 A4 F4 D#4 | Cmaj7: E4*8"
    for one in _sentences(text, has_beats=False):
        assert "bar" not in one
        assert "beat" not in one
        assert "eighth" not in one


def test_without_chords_only_the_shape_is_told() -> None:
    assert _sentences("C4 D4 E4 F4 G4 A4") == [
        "6 notes, mostly eighth notes, over a major 6th from C to A (bar 1)."
    ]


def _guessed(line: SoloLine, confidence: float) -> SoloLine:
    return replace(line, chords=tuple(replace(one, confidence=confidence) for one in line.chords))


@given(lines(), st.floats(0, 0.499))
def test_guessed_changes_are_said_to_be_a_guess_and_how_sure(
    line: SoloLine, confidence: float
) -> None:
    assume(any(line.symbol_at(i) is not None for i in range(len(line))))
    guessed, span = _guessed(line, confidence), NoteSpan(0, len(line))
    first, *rest = describe_span(guessed, analysis_of(guessed), span)
    assert first.kind == "guess"
    for one in (first, *rest):
        check_claim(guessed, span, one)
    sure = describe_span(line, analysis_of(line), span)
    assert not any(one.kind == "guess" for one in sure)
    assert len(rest) < 12


def test_changes_that_are_more_likely_than_not_are_no_guess() -> None:
    line = _guessed(line_of("Dm7: D5 C5 A4 F4 G7: B4 A4 G4 F4 | Cmaj7: E4*8"), 0.5)
    said = describe_span(line, analysis_of(line), NoteSpan(0, len(line)))
    assert not any(one.kind == "guess" for one in said)


def test_a_note_is_named_by_the_degree_that_is_told_of_it() -> None:
    said = _sentences("C7: E5 G5 Bb5 C6 Bb5 G5 E5 G#5 | F7: A5*8", key="F:blues")
    resolution = next(one for one in said if one.startswith("Resolves by half step from below"))
    assert resolution == "Resolves by half step from below to A, the 3rd of F7 (bar 2)."
    line = line_of("C7: E5 G5 Bb5 C6 Bb5 G5 E5 G#5 | F7: A5*8", key="F:blues")
    ending = [one.text for one in describe_span(line, analysis_of(line), NoteSpan(0, 8))]
    assert "Ends on Ab, the b13 of C7, after beat 4 of bar 1." in ending


@pytest.mark.parametrize(
    ("goal", "word"), [("F4", None), ("E4", "3rd"), ("D4", None), ("C4", "root")]
)
def test_a_dominant_resolves_to_root_third_and_fifth_alone(goal: str, word: str | None) -> None:
    leaving = {"F4": "G4", "E4": "F4", "D4": "Db4", "C4": "B3"}[goal]
    said = _sentences(f"G7: B4 D5 B4 G4 B4 D5 B4 {leaving} | C6: {goal}*8")
    resolutions = [one for one in said if "esolves" in one]
    assert (f"{goal[0]}, the {word} of C6" in " ".join(resolutions)) if word else not resolutions


def test_the_analysis_of_another_line_is_refused() -> None:
    line, other = line_of("C7: C4 D4 E4"), line_of("C7: C4 D4")
    with pytest.raises(ShapeError, match="want an analysis of 3 notes, got one of 2"):
        describe_span(line, analysis_of(other), NoteSpan(0, 2))


def test_a_span_beyond_the_line_is_refused() -> None:
    line = line_of("C7: C4 D4 E4")
    with pytest.raises(ShapeError, match="want a span in a line of 3 notes, got up to 4"):
        describe_span(line, analysis_of(line), NoteSpan(1, 4))
