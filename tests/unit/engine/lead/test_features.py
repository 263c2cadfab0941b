import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.engine.activations import Posteriors
from licklab.engine.grid import FRAME_RATE, LOWEST_MIDI, count_frames
from licklab.engine.lead.features import (
    N_FEATURES,
    N_SHORT_BANDS,
    ShortSpectrum,
    make_features,
)
from tests.unit.engine.tones import SCALE, Samples, Tone, render_tones

_RECORDING = render_tones(SCALE * 3, 8.0)


def _take(cuts: list[int]) -> Samples:
    spectrum = ShortSpectrum()
    for block in np.split(_RECORDING, sorted(cuts)):
        spectrum.add(block)
    n_frames = count_frames(len(_RECORDING))
    return np.concatenate([spectrum.take(100), spectrum.take(n_frames - 100)])


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, len(_RECORDING)), max_size=12))
def test_the_short_spectrum_does_not_depend_on_how_the_recording_is_cut(cuts: list[int]) -> None:
    np.testing.assert_allclose(_take(cuts), _take([]), atol=1e-6)


def test_frames_can_be_taken_while_the_recording_arrives() -> None:
    spectrum, taken, n_taken, n_added = ShortSpectrum(), [], 0, 0
    for block in np.array_split(_RECORDING, 23):
        spectrum.add(block)
        n_added += len(block)
        # What a network gives lags behind by a little more than a window.
        n_ready = max(0, (n_added - 2048) // 256)
        taken.append(spectrum.take(n_ready - n_taken))
        n_taken = n_ready
    taken.append(spectrum.take(count_frames(len(_RECORDING)) - n_taken))
    np.testing.assert_allclose(np.concatenate(taken), _take([]), atol=1e-6)


def test_a_tone_is_strongest_in_its_band() -> None:
    spectrum = ShortSpectrum()
    spectrum.add(render_tones([Tone(0.1, 0.8, 81)], 1.0))
    rows = spectrum.take(60)
    assert rows[40].argmax() == 81 - LOWEST_MIDI


def test_the_short_spectrum_sees_an_onset_within_two_frames() -> None:
    spectrum = ShortSpectrum()
    spectrum.add(render_tones([Tone(0.5, 0.4, 76)], 1.0))
    band = spectrum.take(80)[:, 76 - LOWEST_MIDI]
    frame = round(0.5 * FRAME_RATE)
    assert band[frame - 3] < 0.02 * band[frame + 4]


def test_features_are_finite_whatever_the_networks_say() -> None:
    for value in (0.0, 1.0):
        certain = Posteriors(
            np.full((3, 88), value, np.float32),
            np.full((3, 88), value, np.float32),
            np.full((3, 264), value, np.float32),
            np.full((3, 309), value * 1e6, np.float32),
        )
        features = make_features(certain, np.full((3, N_SHORT_BANDS), value * 1e6, np.float32))
        assert features.shape == (3, N_FEATURES)
        assert np.isfinite(features).all()
