from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from licklab.engine.piano.layout import HOP_LENGTH, SAMPLE_RATE
from licklab.engine.piano.network import SegmentNote
from licklab.engine.piano.segments import Segment
from licklab.engine.piano.stitching import NoteCollector, PianoNote

_C = 60
_FIRST = Segment(np.zeros(0, np.float32), 0, 600, is_last=False)
_SECOND = Segment(np.zeros(0, np.float32), 500, 1191, is_last=True)


def _note(
    begin: int, end: int, *, has_begin: bool = True, has_end: bool = True, velocity: int = 64
) -> SegmentNote:
    return SegmentNote(_C, begin, end, begin, end, velocity, has_begin, has_end, 0.9)


def _frames(notes: list[PianoNote]) -> list[tuple[int, int]]:
    scale = SAMPLE_RATE / HOP_LENGTH
    return [(round(one.onset_sec * scale), round(one.offset_sec * scale)) for one in notes]


def _collect(first: list[SegmentNote], second: list[SegmentNote]) -> list[PianoNote]:
    collector = NoteCollector()
    collector.add(_FIRST, first)
    collector.starts(_SECOND)
    collector.add(_SECOND, second)
    return collector.finish()


def test_each_segment_decides_its_own_part() -> None:
    collector = NoteCollector()
    assert collector.starts(_FIRST)[_C - 21] == 0
    collector.add(_FIRST, [_note(100, 120), _note(590, 610), _note(620, 630)])
    # From the end of the last whole note on; other keys from a little before the handover.
    assert collector.starts(_SECOND)[_C - 21] == 110
    assert collector.starts(_SECOND)[_C - 20] == 98
    collector.add(_SECOND, [_note(121, 131)])
    assert _frames(collector.finish()) == [(100, 120), (590, 610), (621, 631)]


def test_a_note_that_the_next_segment_sees_end_goes_on() -> None:
    found = _collect(
        [_note(400, 690, has_end=False, velocity=80)],
        [_note(0, 300, has_begin=False, velocity=3), _note(400, 420)],
    )
    assert _frames(found) == [(400, 800), (900, 920)]
    assert found[0].velocity == 80


def test_a_note_goes_on_through_several_segments() -> None:
    collector = NoteCollector()
    collector.add(_FIRST, [_note(400, 690, has_end=False)])
    for first_frame in (500, 1000):
        segment = Segment(np.zeros(0, np.float32), first_frame, first_frame + 600, is_last=False)
        assert collector.starts(segment)[_C - 21] == 0
        collector.add(segment, [_note(0, 690, has_begin=False, has_end=False)])
    assert _frames(collector.finish()) == [(400, 1690)]


def test_a_note_whose_beginning_is_seen_again_is_one_note() -> None:
    found = _collect([_note(560, 690, has_end=False, velocity=10)], [_note(61, 250, velocity=70)])
    assert _frames(found) == [(561, 750)]
    assert found[0].velocity == 70


def test_a_repetition_ends_what_still_sounded() -> None:
    found = _collect([_note(560, 690, has_end=False)], [_note(150, 200)])
    assert _frames(found) == [(560, 650), (650, 700)]


def test_what_nobody_sees_end_ends_with_its_segment() -> None:
    assert _frames(_collect([_note(560, 690, has_end=False)], [])) == [(560, 690)]
    assert _frames(_collect([], [_note(600, 690, has_end=False)])) == [(1100, 1190)]


def test_what_began_before_the_recording_is_left_out() -> None:
    assert _collect([_note(0, 50, has_begin=False)], []) == []


@pytest.mark.parametrize("begin", [-3.0, 0.0])
def test_times_are_not_before_the_recording(begin: float) -> None:
    collector = NoteCollector()
    collector.add(_FIRST, [replace(_note(0, 10), begin=begin)])
    (note,) = collector.finish()
    assert 0 <= note.onset_sec < note.offset_sec


def test_a_key_struck_in_the_frame_in_which_it_ends_sounds_once_at_a_time() -> None:
    first, second = replace(_note(10, 20), end=20.4), replace(_note(20, 30), begin=19.7)
    before, after = _collect([first, second], [])
    assert before.offset_sec == after.onset_sec == pytest.approx(19.7 * HOP_LENGTH / SAMPLE_RATE)


@pytest.mark.parametrize("seed", range(50))
def test_whatever_the_segments_say_a_key_sounds_once_at_a_time(seed: int) -> None:
    rng = np.random.default_rng(seed)
    collector = NoteCollector()
    n_notes = 0
    for first_frame in (0, 500, 1000):
        is_last = first_frame == 1000
        segment = Segment(np.zeros(0, np.float32), first_frame, first_frame + 600, is_last)
        frame = collector.starts(segment)[_C - 21]
        notes = []
        while (begin := frame + int(rng.choice([0, 0, 1, 60]))) < 690:
            frame = min(690, begin + int(rng.choice([0, 1, 5, 60, 300])))
            note = _note(begin, frame, has_begin=begin > 0, has_end=frame < 689)
            first, last = rng.uniform(-0.5, 0.5, 2)
            notes.append(replace(note, begin=begin + first, end=frame + last))
            frame += begin == frame  # at most one of a single frame in each
        collector.add(segment, notes)
        n_notes += len(notes)
    found = collector.finish()
    assert 0 < len(found) <= n_notes
    assert all(one.onset_sec < one.offset_sec for one in found)
    assert all(one.offset_sec <= after.onset_sec for one, after in pairwise(found))
