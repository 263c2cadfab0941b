import numpy as np
import pytest

from licklab.engine.notes.confidence import (
    LINE_CONFIDENCE,
    POLYPHONIC_CONFIDENCE,
    ConfidenceConfig,
    describe_notes,
    estimate_confidences,
)
from licklab.engine.notes.evidence import DecodedNote
from tests.unit.engine.notes.believed import believe_odds, pack


@pytest.mark.parametrize("config", [LINE_CONFIDENCE, POLYPHONIC_CONFIDENCE])
def test_a_clear_note_is_surer_than_a_faint_one(config: ConfidenceConfig) -> None:
    clear, faint = DecodedNote(10, 30, 60), DecodedNote(40, 60, 60)
    sounds, starts, ends = believe_odds([clear, faint], 80)
    sounds[35:65] = np.minimum(sounds[35:65], 0.0)
    starts[35:65] = np.minimum(starts[35:65], -1.5)
    sure, unsure = estimate_confidences([clear, faint], pack(sounds, starts, ends), config)
    assert 0 <= unsure < 0.75 < sure <= 1


def test_a_rival_is_seen() -> None:
    note = DecodedNote(10, 30, 60)
    sounds, starts, _ = believe_odds([note], 80)
    (alone,) = describe_notes([note], pack(sounds, starts))
    sounds[10:30, 10] = 3.0
    (beside,) = describe_notes([note], pack(sounds, starts))
    assert beside[4] == pytest.approx(3.0)
    assert alone[4] < 0


def test_no_notes_have_no_confidences() -> None:
    sounds, starts, _ = believe_odds([], 10)
    assert estimate_confidences([], pack(sounds, starts), LINE_CONFIDENCE) == []


def test_a_note_at_the_very_end_is_described() -> None:
    note = DecodedNote(9, 10, 108)
    sounds, starts, _ = believe_odds([note], 10)
    assert np.isfinite(describe_notes([note], pack(sounds, starts))).all()
