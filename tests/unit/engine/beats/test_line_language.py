import numpy as np
import pytest

from licklab.domain.note import Note
from licklab.engine.beats.line_language import (
    N_PHASES,
    compute_marks,
    load_habits,
    read_line,
    score_segments,
)


def test_the_intervals_and_rests_that_follow_an_onset_sum_up_to_one() -> None:
    habits = load_habits()
    total = np.exp(habits.interval).sum(axis=-1) / N_PHASES + np.exp(habits.rest)
    assert total == pytest.approx(np.ones_like(total), abs=0.02)


def test_a_segment_scores_only_the_onsets_inside_it() -> None:
    line = read_line([Note(1.0, 1.1, 60.0, 80, 1.0), Note(1.2, 1.3, 62.0, 80, 1.0)])
    scores = score_segments(line, np.array([40, 50]), 200, 100.0, 0.0, load_habits())
    assert np.flatnonzero(scores[:, 0]).min() > 60
    assert np.flatnonzero(scores[:, 0]).max() <= 120
    assert np.flatnonzero(scores[:, 1]).min() > 50


def test_a_long_note_before_a_short_one_is_likelier_on_the_beat_than_behind_it() -> None:
    period = 60 / 165
    onsets = np.cumsum([1.0] + [0.62 * period, 0.38 * period] * 8)
    line = read_line([Note(one, one + 0.1, 60.0, 80, 1.0) for one in onsets])
    length = round(period * 100)
    scores = score_segments(line, np.array([length]), 600, 100.0, 0.0, load_habits())[:, 0]
    beats = np.round(100 + np.arange(6) * period * 100).astype(int)
    behind = np.round(beats + 0.62 * length).astype(int)
    assert scores[beats - 1].sum() > scores[behind - 1].sum() + 5


def test_peaks_and_valleys_are_marked_apart_from_loudness() -> None:
    marks = compute_marks(np.array([60.0, 64.0, 62.0, 65.0]), np.array([1.0, 1.0, 3.0, 1.0]))
    assert marks.tolist() == [0, 3, 7, 0]


def test_notes_may_come_in_any_order() -> None:
    notes = [Note(2.0, 2.1, 60.0, 80, 1.0), Note(1.0, 1.1, 62.0, 80, 1.0)]
    assert read_line(notes).onset_sec.tolist() == [1.0, 2.0]
