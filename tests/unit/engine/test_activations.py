import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licklab.engine.activations import NoteNetwork, Posteriors
from licklab.engine.grid import FRAME_RATE, LOWEST_MIDI, SAMPLE_RATE, count_frames
from licklab.errors import ShapeError
from tests.unit.engine.tones import SCALE, Samples, Tone, render_tones

# Nine seconds: one whole batch of windows and a rest.
_RECORDING = render_tones([Tone(0.5 * i, 0.4, 55 + i) for i in range(18)], 9.0)


def _listen(network: NoteNetwork, blocks: list[Samples]) -> Posteriors:
    chunks = list(network.listen(blocks))
    return Posteriors(
        np.concatenate([one.notes for one in chunks]),
        np.concatenate([one.onsets for one in chunks]),
        np.concatenate([one.contours for one in chunks]),
        np.concatenate([one.spectrum for one in chunks]),
    )


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cuts=st.lists(st.integers(0, len(_RECORDING)), max_size=12))
def test_the_result_does_not_depend_on_how_the_recording_is_cut(
    network: NoteNetwork, cuts: list[int]
) -> None:
    whole = _listen(network, [_RECORDING])
    cut = _listen(network, np.split(_RECORDING, sorted(cuts)))
    np.testing.assert_array_equal(whole.notes, cut.notes)
    np.testing.assert_array_equal(whole.onsets, cut.onsets)
    np.testing.assert_array_equal(whole.contours, cut.contours)
    np.testing.assert_array_equal(whole.spectrum, cut.spectrum)


def test_windows_join_without_a_seam(network: NoteNetwork) -> None:
    # The same tone sounds the same wherever the windows' borders (every 142 frames) fall in it.
    tone = [Tone(1.0, 6.0, 60)]
    heard = _listen(network, [render_tones(tone, 8.0)]).notes[:, 60 - LOWEST_MIDI]
    middle = heard[round(1.5 * FRAME_RATE) : round(6.5 * FRAME_RATE)]
    assert middle.min() > 0.6
    assert np.abs(np.diff(middle)).max() < 0.1


@pytest.mark.parametrize("n_samples", [0, 1, 255, 256, 257, 36_352, 36_353, 145_408, 149_249])
def test_there_is_a_frame_for_every_hop(network: NoteNetwork, n_samples: int) -> None:
    chunks = list(network.listen([np.zeros(n_samples, np.float32)]))
    assert sum(len(one.notes) for one in chunks) == count_frames(n_samples)
    assert all(one.contours.shape[1] == 264 for one in chunks)


def test_onsets_peak_where_tones_begin(network: NoteNetwork) -> None:
    onsets = _listen(network, [render_tones(SCALE, 2.0)]).onsets
    for tone in SCALE:
        expected = round(tone.onset_sec * FRAME_RATE)
        column = onsets[expected - 5 : expected + 6, int(tone.pitch_midi) - LOWEST_MIDI]
        assert abs(int(column.argmax()) - 5) <= 1
        assert column.max() > 0.5


def test_a_stereo_block_is_refused(network: NoteNetwork) -> None:
    with pytest.raises(ShapeError, match=r"want mono blocks.*got shape=\(22050, 2\)"):
        list(network.listen([np.zeros((SAMPLE_RATE, 2), np.float32)]))
