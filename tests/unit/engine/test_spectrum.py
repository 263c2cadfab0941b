import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.engine.grid import SAMPLE_RATE, count_frames
from licklab.engine.spectrum import BAND_CENTERS_HZ, Bands, BandSpectrogram
from tests.unit.engine.tones import SCALE, Samples, Tone, render_tones

_RECORDING = render_tones(SCALE * 3, 8.0)


def _bands(*blocks: Samples) -> Bands:
    spectrogram = BandSpectrogram()
    for block in blocks:
        spectrogram.add(block)
    return spectrogram.finish()


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, len(_RECORDING)), max_size=12))
def test_the_spectrogram_does_not_depend_on_how_the_recording_is_cut(cuts: list[int]) -> None:
    cut = _bands(*np.split(_RECORDING, sorted(cuts)))
    np.testing.assert_array_equal(cut, _bands(_RECORDING))


def test_there_is_a_row_for_every_hop() -> None:
    for n_samples in (0, 1, 256, 257, 200_000):
        assert len(_bands(np.zeros(n_samples, np.float32))) == count_frames(n_samples)


def test_a_tone_is_strongest_in_the_band_of_its_frequency() -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    bands = _bands(np.sin(2 * np.pi * 1000 * time).astype(np.float32))
    nearest = np.abs(BAND_CENTERS_HZ - 1000).argmin()
    assert bands[40].argmax() == nearest


def test_samples_scaled_to_integers_do_not_overflow() -> None:
    loud = render_tones([Tone(0.2, 0.5, 60, amplitude=1.0)], 1.0) * np.float32(1e6)
    assert np.isfinite(_bands(loud)).all()
