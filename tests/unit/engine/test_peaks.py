import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.engine.grid import FRAME_RATE, SAMPLE_RATE, count_frames
from licklab.engine.peaks import N_PEAKS, PeakPicker, Peaks
from tests.unit.engine.tones import SCALE, Samples, Tone, render_tones

_RECORDING = render_tones(SCALE * 3, 8.0)


def _peaks(*blocks: Samples) -> Peaks:
    picker = PeakPicker()
    for block in blocks:
        picker.add(block)
    return picker.finish()


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, len(_RECORDING)), max_size=12))
def test_the_peaks_do_not_depend_on_how_the_recording_is_cut(cuts: list[int]) -> None:
    cut, whole = _peaks(*np.split(_RECORDING, sorted(cuts))), _peaks(_RECORDING)
    np.testing.assert_array_equal(cut.codes, whole.codes)
    np.testing.assert_array_equal(cut.amplitudes, whole.amplitudes)


@pytest.mark.parametrize("n_samples", [0, 1, 256, 257, 200_000])
def test_silence_has_a_row_for_every_hop_and_no_peaks(n_samples: int) -> None:
    peaks = _peaks(np.zeros(n_samples, np.float32))
    assert len(peaks) == count_frames(n_samples)
    assert not peaks.amplitudes.any()


@pytest.mark.parametrize("frequency_hz", [70.0, 110.0, 261.63, 443.0, 1000.0, 5000.0])
def test_a_sine_is_found_within_three_cents(frequency_hz: float) -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    peaks = _peaks((0.3 * np.sin(2 * np.pi * frequency_hz * time)).astype(np.float32))
    strongest = peaks.amplitudes[40].argmax()
    off = peaks.cents(40, 41)[0, strongest] - 1200 * np.log2(frequency_hz / 440)
    assert abs(off) < 3
    assert peaks.amplitudes[40, strongest] == pytest.approx(0.3, rel=0.05)


def test_an_hour_takes_twenty_megabytes() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 5 * SAMPLE_RATE).astype(np.float32)
    peaks = _peaks(noise)
    assert peaks.codes.shape == peaks.amplitudes.shape == (len(peaks), N_PEAKS)
    bytes_a_frame = (peaks.codes.nbytes + peaks.amplitudes.nbytes) / len(peaks)
    assert bytes_a_frame * FRAME_RATE * 3600 <= 20e6


def test_samples_scaled_to_integers_do_not_overflow() -> None:
    loud = render_tones([Tone(0.2, 0.5, 60, amplitude=1.0)], 1.0) * np.float32(1e6)
    assert np.isfinite(_peaks(loud).amplitudes).all()
