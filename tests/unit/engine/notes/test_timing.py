import numpy as np
import pytest

from licklab.engine.grid import FRAME_RATE, LOWEST_MIDI
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.notes.maps import OddsMap
from licklab.engine.notes.timing import refine_times

_COLUMN = 60 - LOWEST_MIDI


def _starts(*values: float) -> OddsMap:
    probabilities = np.full((20, 88), 0.001, np.float32)
    probabilities[4 : 4 + len(values), _COLUMN] = values
    return OddsMap.of(np.log(probabilities / (1 - probabilities)))


@pytest.mark.parametrize(
    ("before", "after", "shift"), [(0.4, 0.4, 0.0), (0.6, 0.2, -0.2), (0.2, 0.6, 0.2)]
)
def test_an_onset_lies_between_frames_where_its_parabola_peaks(
    before: float, after: float, shift: float
) -> None:
    (times,) = refine_times([DecodedNote(5, 12, 60)], _starts(before, 0.9, after))
    assert times.onset_sec * FRAME_RATE == pytest.approx(5 + shift, abs=0.01)


def test_an_onset_that_was_not_seen_stays_on_its_frame() -> None:
    (times,) = refine_times([DecodedNote(5, 12, 60)], _starts())
    assert times.onset_sec * FRAME_RATE == pytest.approx(5, abs=0.01)
    assert times.offset_sec == pytest.approx(12 / FRAME_RATE + 0.02)


def test_a_note_ends_where_the_next_begins() -> None:
    first, second = refine_times(
        [DecodedNote(1, 5, 59), DecodedNote(5, 12, 60)], _starts(0.6, 0.9, 0.2)
    )
    assert first.offset_sec == second.onset_sec < 5 / FRAME_RATE


def test_a_note_in_the_first_frame_begins_at_zero() -> None:
    (times,) = refine_times([DecodedNote(0, 5, 60)], OddsMap.of(np.ones((20, 88), np.float32)))
    assert times.onset_sec == 0
