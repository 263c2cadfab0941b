import pytest

from licklab.domain.note import Note
from licklab.evaluation.notes import NoteScores, score_notes

_REFERENCE = [Note(0.5 * i, 0.5 * i + 0.4, 60 + i, 80, 1.0) for i in range(4)]


def _moved(sec: float = 0, pitch: float = 0, longer_sec: float = 0) -> list[Note]:
    return [
        Note(
            one.onset_sec + sec,
            one.offset_sec + sec + longer_sec,
            one.pitch_midi + pitch,
            one.velocity,
            one.confidence,
        )
        for one in _REFERENCE
    ]


def test_a_perfect_estimate_scores_one() -> None:
    assert score_notes(_REFERENCE, _REFERENCE) == NoteScores(1.0, 1.0, 1.0, 1.0)


def test_order_does_not_matter() -> None:
    assert score_notes(_REFERENCE, _REFERENCE[::-1]).f1 == 1.0


def test_nothing_found_of_nothing_is_perfect_and_of_something_is_zero() -> None:
    assert score_notes([], []) == NoteScores(1.0, 1.0, 1.0, 1.0)
    assert score_notes(_REFERENCE, []) == NoteScores(0.0, 0.0, 0.0, 0.0)
    assert score_notes([], _REFERENCE) == NoteScores(0.0, 0.0, 0.0, 0.0)


def test_half_of_the_notes_is_half_the_recall() -> None:
    scores = score_notes(_REFERENCE, _REFERENCE[:2])
    assert (scores.precision, scores.recall) == (1.0, 0.5)
    assert scores.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(("sec", "expected"), [(0.045, 1.0), (0.055, 0.0)])
def test_an_onset_may_be_fifty_milliseconds_off(sec: float, expected: float) -> None:
    assert score_notes(_REFERENCE, _moved(sec=sec)).f1 == expected


@pytest.mark.parametrize(("pitch", "expected"), [(0.45, 1.0), (0.55, 0.0)])
def test_a_pitch_may_be_half_a_semitone_off(pitch: float, expected: float) -> None:
    assert score_notes(_REFERENCE, _moved(pitch=pitch)).f1 == expected


def test_a_wrong_offset_counts_in_one_score_only() -> None:
    scores = score_notes(_REFERENCE, _moved(longer_sec=0.3))
    assert (scores.f1, scores.f1_with_offset) == (1.0, 0.0)
