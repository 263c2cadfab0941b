"""Peaks lie where the sound is, whatever the rate of the file."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.waveform import PEAKS_PER_SEC, Peaks, read_peaks
from tests.unit.engine.audio.recordings import Samples, encode


def _peaks(folder: Path, samples: Samples, sample_rate: int, kind: str = "WAV/FLOAT") -> Peaks:
    path = folder / "recording"
    path.write_bytes(encode(samples, kind, sample_rate))
    return read_peaks(path, probe_audio(path))


@pytest.mark.parametrize("sample_rate", [8_000, 11_025, 22_050, 44_100, 44_101])
def test_a_click_is_in_its_hundredth_of_a_second(tmp_path: Path, sample_rate: int) -> None:
    # Read in several blocks, whose ends lie inside of pairs; each click is at an edge of its pair.
    samples = np.zeros(round(5.005 * sample_rate), np.float32)
    firsts = -(-np.arange(502) * sample_rate // PEAKS_PER_SEC)
    clicks = {0: 0.5, 123: -0.5, 266: 1.0, 499: -1.0, 500: 0.25}
    for pair, height in clicks.items():
        samples[firsts[pair] if pair in (0, 123, 500) else firsts[pair + 1] - 1] = height
    peaks = _peaks(tmp_path, samples, sample_rate)
    assert peaks.shape == (501, 2)
    assert set(np.flatnonzero(peaks.any(axis=1))) == set(clicks)
    assert [tuple(peaks[one]) for one in clicks] == [
        (0, 64), (-64, 0), (0, 127), (-127, 0), (0, 32),
    ]  # fmt: skip


def test_channels_are_mixed_and_quiet_sound_is_no_silence(tmp_path: Path) -> None:
    samples = np.zeros((8_000, 2), np.float32)
    samples[:4_000] = (0.5, -0.5)  # in opposition: nothing is left
    samples[4_000:] = (0.004, 0.0)
    peaks = _peaks(tmp_path, samples, 8_000)
    assert not peaks[:50].any()
    assert (peaks[50:] == (0, 1)).all()


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_bytes(encode(np.zeros(8_000 * 600, np.float32), "FLAC", 8_000))
    info = probe_audio(path)
    tracemalloc.start()
    try:
        assert len(read_peaks(path, info)) == 60_000
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert highest < 3_000_000  # the samples alone are 19 MB
