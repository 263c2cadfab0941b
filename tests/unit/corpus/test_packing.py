import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.corpus.packing import pack_notes, pack_rest, unpack_notes, unpack_solo
from licklab.corpus.solo import CorpusSolo
from licklab.errors import CorpusError
from tests.unit.corpus.solos import any_solos, assert_same, line_of, solo_of


@settings(deadline=None)
@given(any_solos())
def test_a_packed_solo_is_unpacked_as_it_was(solo: CorpusSolo) -> None:
    assert_same(unpack_solo(solo.info, pack_notes(solo.line), pack_rest(solo)), solo)


def test_notes_are_unpacked_without_the_rest() -> None:
    line = line_of([60, 62, 64])
    pitches, onsets, offsets = unpack_notes(pack_notes(line))
    np.testing.assert_array_equal(pitches, line.pitch_midi)
    np.testing.assert_array_equal(onsets, line.onset_sec)
    np.testing.assert_array_equal(offsets, line.offset_sec)


def test_times_are_kept_to_the_microsecond() -> None:
    line = line_of([60, 62], start_sec=1.23456789)
    onsets = unpack_notes(pack_notes(line))[1]
    assert np.abs(onsets - line.onset_sec).max() <= 0.5e-6


def test_a_note_takes_few_bytes() -> None:
    solo = solo_of([60, 67] * 200)
    assert len(pack_notes(solo.line)) < 10 * 400
    assert len(pack_rest(solo)) < 8 * 400


@settings(deadline=None)
@given(st.data())
def test_a_flipped_or_missing_byte_is_told(data: st.DataObject) -> None:
    solo = solo_of([60, 62, 64, 65, 67])
    blobs = [pack_notes(solo.line), pack_rest(solo)]
    which = data.draw(st.integers(0, 1))
    damaged = bytearray(blobs[which])
    at = data.draw(st.integers(0, len(damaged) - 1))
    if data.draw(st.booleans()):
        damaged[at] ^= data.draw(st.integers(1, 255))
    else:
        del damaged[at:]
    blobs[which] = bytes(damaged)
    with pytest.raises(CorpusError, match="import it again"):
        unpack_solo(solo.info, *blobs)
