from itertools import pairwise

import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS
from licklab.engine.grid import LOWEST_MIDI
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.notes.polyphonic import decode_polyphonic
from tests.unit.engine.notes.believed import believe, believe_odds, pack

_GUITAR = INSTRUMENTS["guitar"]


def test_a_chord_comes_back_whole_ordered_by_start_then_pitch() -> None:
    chord = [DecodedNote(10, 40, pitch) for pitch in (52, 56, 62, 67)]
    later = [DecodedNote(60, 80, 55)]
    assert decode_polyphonic(believe(chord + later, 110), _GUITAR) == chord + later


def test_a_repeated_note_is_cut_at_its_second_onset() -> None:
    notes = [DecodedNote(10, 25, 60), DecodedNote(25, 40, 60)]
    assert decode_polyphonic(believe(notes, 70), _GUITAR) == notes


def test_notes_outside_the_range_are_left_out() -> None:
    low = believe([DecodedNote(10, 40, 30), DecodedNote(10, 40, 60)], 60)
    assert decode_polyphonic(low, _GUITAR) == [DecodedNote(10, 40, 60)]


def test_what_has_no_onset_is_no_note() -> None:
    sounds, starts, _ = believe_odds([DecodedNote(10, 50, 60)], 120)
    sounds[10:50, 61 - LOWEST_MIDI] = 1.0
    sounds[70:110, 64 - LOWEST_MIDI] = 1.0
    assert decode_polyphonic(pack(sounds, starts), _GUITAR) == [DecodedNote(10, 50, 60)]


def test_a_note_ends_after_a_silence_and_not_at_a_gap() -> None:
    sounds, starts, _ = believe_odds([DecodedNote(10, 60, 60)], 100)
    sounds[30:32, 60 - LOWEST_MIDI] = -2.0
    assert decode_polyphonic(pack(sounds, starts), _GUITAR) == [DecodedNote(10, 60, 60)]


@pytest.mark.parametrize("n_frames", [0, 1, 2, 3, 200])
def test_silence_of_any_length_has_no_notes(n_frames: int) -> None:
    assert decode_polyphonic(believe([], n_frames), _GUITAR) == []


def test_notes_of_one_pitch_do_not_overlap() -> None:
    random = np.random.default_rng(5)
    evidence = pack(*(random.normal(0, 2, (2, 3000, 88)).astype(np.float32)))
    heard = decode_polyphonic(evidence, _GUITAR)
    for pitch in {one.pitch_midi for one in heard}:
        line = [one for one in heard if one.pitch_midi == pitch]
        assert all(a.end_frame <= b.start_frame for a, b in pairwise(line))
