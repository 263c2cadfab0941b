from itertools import pairwise

import numpy as np
import pytest

from licklab.engine.piano.layout import HOP_LENGTH, SAMPLE_RATE, SEGMENT_SAMPLES
from licklab.engine.piano.segments import cut_segments


@pytest.mark.parametrize("seconds", [0.01, 5, 15, 16, 40.5])
@pytest.mark.parametrize("block", [3000, 88_200, 10**7])
def test_segments_cover_a_recording_once_for_each_decision(seconds: float, block: int) -> None:
    sound = np.random.default_rng(0).normal(size=int(seconds * SAMPLE_RATE)).astype(np.float32)
    blocks = [sound[i : i + block] for i in range(0, len(sound), block)]
    segments = list(cut_segments(blocks))
    assert [one.is_last for one in segments] == [False] * (len(segments) - 1) + [True]
    for one in segments:
        start = one.first_frame * HOP_LENGTH
        expected = np.zeros(SEGMENT_SAMPLES, np.float32)
        inside = sound[max(0, start) : start + SEGMENT_SAMPLES]
        expected[max(0, -start) :][: len(inside)] = inside
        np.testing.assert_array_equal(one.samples, expected)
    assert segments[0].first_frame < 0
    assert (segments[-1].first_frame * HOP_LENGTH + SEGMENT_SAMPLES) >= len(sound)
    for one, after in pairwise(segments):
        # Where the one hands over to the next, both have seen a second and more around it.
        end = one.first_frame + SEGMENT_SAMPLES // HOP_LENGTH
        assert after.first_frame + 43 < one.handover_frame < end - 43


def test_nothing_has_no_segments() -> None:
    assert list(cut_segments([])) == []
    assert list(cut_segments([np.zeros(0, np.float32)])) == []
