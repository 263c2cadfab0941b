from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.cli.line_text import WIDTH, draw_contour, draw_line_text, name_notes
from licklab.domain.beat import BeatGrid
from licklab.domain.note import Note
from licklab.domain.solo_line import NoteSpan
from licklab.notation.solo_lines import draw_line
from tests.lines import even_grid, line, played_lines, transcription

SYMBOLS = ("D:min7", "G:7(b9,#9,b13)", "C:maj7(#11)/3", "N", "Eb:hdim7")


def test_notes_stand_under_their_chords_and_over_their_places() -> None:
    pitches = [74, 76, 77, 81, 84, 83, 81, 80]
    notes = line(
        *[(0.25 * k, 0.25 * k + 0.25, pitch) for k, pitch in enumerate(pitches)],
        (2.0, 2.25, 76), (3.0, 3.5, 79),
    )  # fmt: skip
    drawn = draw_line(
        transcription(notes, even_grid(2), labels=[(0.0, "D:min7"), (1.0, "G:7"), (2.0, "C:maj7")])
    )
    assert draw_line_text(drawn, NoteSpan(0, 10)) == [
        "       1  Dm7             G7               Cmaj7",
        "         |D5  E   F   A   C6  B5  A   Ab  |E   -   G",
        "          1   +   2   +   3   +   4   +    1       3",
    ]


def test_marks_have_a_row_of_their_own() -> None:
    notes = line(*[(0.25 * k, 0.25 * k + 0.25, 60 + k) for k in range(4)])
    drawn = draw_line(transcription(notes, even_grid(1)))
    rows = draw_line_text(drawn, NoteSpan(0, 4), marks={1: "8va", 3: "+"})
    assert rows == [
        "       1",
        "         |C4  Db  D   Eb",
        "          1   +   2   +",
        "              8va     +",
    ]


def test_without_beats_there_are_no_bars_and_no_places() -> None:
    drawn = draw_line(transcription(line((0.0, 0.3, 60), (0.4, 0.5, 72))))
    assert draw_line_text(drawn, NoteSpan(0, 2)) == ["", "         C4  C5", ""]


def test_thirds_and_quarters_of_a_beat_are_told() -> None:
    third, fourth = 0.5 / 3, 0.5 / 4
    notes = line(
        *[(k * third, (k + 1) * third, 60) for k in range(3)],
        *[(0.5 + k * fourth, 0.5 + (k + 1) * fourth, 62) for k in range(4)],
    )
    places = draw_line_text(draw_line(transcription(notes, even_grid(1))), NoteSpan(0, 7))[2]
    assert places.split() == ["1", "⅓", "⅔", "2", "e", "+", "a"]


def test_names_follow_the_chords() -> None:
    notes = line((0.0, 0.4, 58), (0.5, 0.9, 58))
    drawn = draw_line(transcription(notes, even_grid(1), labels=[(0.0, "Gb:7"), (0.5, "F#:7")]))
    assert name_notes(drawn, NoteSpan(0, 2)) == ["Bb3", "A#3"]


@given(played_lines(), st.sampled_from([even_grid(24), None]), st.integers(60, 120))
@settings(max_examples=60, deadline=None)
def test_no_row_is_wider_than_the_terminal_and_no_note_is_lost(
    notes: tuple[Note, ...], grid: BeatGrid | None, width: int
) -> None:
    labels = [(0.4 * k, SYMBOLS[k % len(SYMBOLS)]) for k in range(40)]
    drawn = draw_line(transcription((*notes, Note(40, 41, 60, 80, 0.9)), grid, labels=labels))
    span = NoteSpan(0, len(drawn))
    rows = draw_line_text(drawn, span, width=width)
    assert all(len(row) <= width for row in rows)
    names = " ".join(rows[1::3]).replace("|", " ").split()
    assert len([one for one in names if one != "-"]) == len(drawn)
    assert len(rows) % 3 == 0


@given(st.lists(st.integers(0, 127), min_size=1, max_size=40))
def test_a_contour_goes_up_where_the_line_does(pitches: list[int]) -> None:
    contour = draw_contour(pitches)
    assert len(contour) == len(pitches)
    for (a, b), (low, high) in zip(pairwise(pitches), pairwise(contour), strict=True):
        assert np.sign(b - a) * (ord(high) - ord(low)) >= 0
    assert WIDTH == 80
