from itertools import pairwise

import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS
from licklab.engine.grid import LOWEST_MIDI
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.line import decode_line
from licklab.engine.notes.maps import OddsMap
from licklab.errors import ShapeError
from tests.unit.engine.notes.believed import believe, believe_odds, pack

_TENOR = INSTRUMENTS["tenor_sax"]
_OTHER = INSTRUMENTS["other"]


def test_notes_come_back_in_order() -> None:
    notes = [DecodedNote(10, 20, 60), DecodedNote(20, 30, 64), DecodedNote(45, 60, 62)]
    assert decode_line(believe(notes, 80), _TENOR) == notes


def test_a_repeated_note_is_cut_at_its_second_onset() -> None:
    heard = decode_line(believe([DecodedNote(10, 20, 60), DecodedNote(20, 30, 60)], 50), _TENOR)
    assert heard == [DecodedNote(10, 20, 60), DecodedNote(20, 30, 60)]


def test_notes_of_forty_milliseconds_are_kept() -> None:
    notes = [DecodedNote(10 + 4 * i, 14 + 4 * i, 60 + i) for i in range(8)]
    assert [one.pitch_midi for one in decode_line(believe(notes, 60), _TENOR)] == list(
        range(60, 68)
    )


def test_the_instrument_decides_between_two_voices() -> None:
    both = believe([DecodedNote(10, 40, 33), DecodedNote(10, 40, 65)], 60)
    assert decode_line(both, _TENOR) == [DecodedNote(10, 40, 65)]
    assert decode_line(both, INSTRUMENTS["bass"])[0].pitch_midi == 33


def test_no_two_notes_sound_at_once() -> None:
    random = np.random.default_rng(3)
    evidence = pack(*(random.normal(-1, 2, (3, 9000, 88)).astype(np.float32)))
    heard = decode_line(evidence, _OTHER)
    assert len(heard) > 500
    assert all(a.end_frame <= b.start_frame for a, b in pairwise(heard))
    assert all(one.end_frame - one.start_frame >= 1 for one in heard)


def test_the_path_does_not_depend_on_where_blocks_of_frames_end() -> None:
    # Blocks have 4,096 frames; the same phrase is put before and across the border.
    phrase = [DecodedNote(10 * i, 10 * i + 10, 60 + i % 5) for i in range(2, 30)]
    for shift in (0, 3900, 3950, 4093):
        moved = [
            DecodedNote(one.start_frame + shift, one.end_frame + shift, one.pitch_midi)
            for one in phrase
        ]
        assert decode_line(believe(moved, shift + 320), _TENOR) == moved


@pytest.mark.parametrize("n_frames", [0, 1, 2, 3, 200])
def test_silence_of_any_length_has_no_notes(n_frames: int) -> None:
    assert decode_line(believe([], n_frames), _OTHER) == []


def test_maps_of_different_lengths_are_refused() -> None:
    four, five = (OddsMap.of(np.zeros((n, 88), np.float32)) for n in (4, 5))
    with pytest.raises(ShapeError, match="want maps of the same number of frames"):
        Evidence(four, five)


def test_an_end_that_is_seen_ends_a_note_whose_sound_rings_on() -> None:
    sounds, starts, ends = believe_odds([DecodedNote(10, 30, 60)], 60)
    sounds[30:40, 60 - LOWEST_MIDI] = 0.2
    (heard,) = decode_line(pack(sounds, starts, ends), _TENOR)
    assert heard == DecodedNote(10, 30, 60)


def test_the_lowest_and_highest_keys_are_heard() -> None:
    notes = [DecodedNote(10, 30, LOWEST_MIDI), DecodedNote(30, 50, LOWEST_MIDI + 87)]
    assert decode_line(believe(notes, 70), _OTHER) == notes
