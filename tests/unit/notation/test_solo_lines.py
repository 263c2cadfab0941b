from dataclasses import replace

import pytest

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.solo_line import NoteSpan
from licklab.formats.imports import read_import
from licklab.notation.solo_lines import draw_line
from tests.lines import line, transcription

Place = tuple[int, int, int]


def read(meter: str, unit: str, music: str) -> list[Place]:
    """Give bar, beat and chord of each note of a tune."""
    content = f"X:1\nM:{meter}\nL:{unit}\nK:C\n{music}\n".encode()
    solo = draw_line(read_import(content, "tune.abc"))
    return list(zip(solo.bar.tolist(), solo.beat.tolist(), solo.chord.tolist(), strict=True))


@pytest.mark.parametrize(
    ("meter", "unit", "n_beats"),
    [("3/4", "1/4", 3), ("5/4", "1/4", 5), ("7/4", "1/4", 7), ("8/8", "1/8", 8),
     ("9/4", "1/4", 9), ("11/8", "1/8", 11), ("12/4", "1/4", 12)],
)  # fmt: skip
def test_beats_are_counted_to_the_end_of_every_bar(meter: str, unit: str, n_beats: int) -> None:
    half = n_beats // 2
    bar = '"Dm7"' + "D" * half + '"G7"' + "G" * (n_beats - half)
    wanted = [
        (1 + k, 1 + beat, 2 * k + (beat >= half)) for k in range(3) for beat in range(n_beats)
    ]
    assert read(meter, unit, "|".join([bar] * 3)) == wanted


@pytest.mark.parametrize(
    ("meter", "unit", "pickup", "wanted"),
    [
        ("4/4", "1/4", "GA", [(0, 3, 0), (0, 4, 0), (1, 1, 1)]),
        ("6/8", "1/8", "G3", [(0, 2, 0), (1, 1, 1)]),
        ("12/4", "1/4", "G4A4", [(0, 5, 0), (0, 9, 0), (1, 1, 1)]),
    ],
)
def test_a_pickup_counts_to_the_bar_line(
    meter: str, unit: str, pickup: str, wanted: list[Place]
) -> None:
    rest = {"4/4": "c4", "6/8": "c6", "12/4": "c12"}[meter]
    assert read(meter, unit, f'"G7"{pickup}|"C"{rest}|{rest}')[: len(wanted)] == wanted


def test_where_the_pulse_was_lost_notes_have_the_chord_of_their_time() -> None:
    # The pulse is lost for three beats, and the listener counts on as if it were not.
    times = [0.0, 0.5, 1.0, 1.5, 2.0, 4.0, 4.5, 5.0, 5.5, 6.0]
    grid = BeatGrid(tuple(Beat(time, 1 + k // 4, 1 + k % 4) for k, time in enumerate(times)))
    notes = line(*((0.5 * k, 0.5 * k + 0.4, 60) for k in range(12)))
    solo = draw_line(transcription(notes, grid, labels=[(0, "D:min7"), (4.5, "G:7")]))
    assert solo.chord.tolist() == [0] * 9 + [1] * 3


def test_of_notes_struck_together_the_highest_is_drawn() -> None:
    notes = line((0.0, 1.0, 55), (0.0, 1.0, 64), (0.01, 1.0, 60), (0.5, 1.0, 62))
    assert draw_line(transcription(notes)).pitch_midi.tolist() == [64, 62]


@pytest.mark.parametrize(
    "grid",
    [BeatGrid(), BeatGrid(tuple(Beat(k / 2, 1 + k // 4, 1 + k % 4) for k in range(9)))],
    ids=["without beats", "with beats"],
)
def test_chords_keep_how_sure_the_listener_is(grid: BeatGrid) -> None:
    made = transcription(line((0.0, 1.0, 60), (1.0, 2.0, 62), (2.0, 4.0, 64)), grid)
    chords = (Chord(0.0, 2.0, "G:7", "G7", 0.17), Chord(2.0, 4.0, "C:maj7", "Cmaj7"))
    analysis = replace(made.analysis or Analysis(), chords=chords)
    solo = draw_line(replace(made, analysis=analysis))
    assert [one.confidence for one in solo.chords] == [0.17, 1.0]
    assert solo.chord_confidence(NoteSpan(0, 2)) == pytest.approx(0.17)
    assert solo.chord_confidence(NoteSpan(0, 3)) == pytest.approx((0.17 + 0.17 + 1) / 3)


def test_without_chords_nothing_is_a_guess() -> None:
    solo = draw_line(transcription(line((0.0, 1.0, 60), (1.0, 2.0, 62))))
    assert solo.chord_confidence(NoteSpan(0, 2)) == 1.0
