from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from licklab.engine.audio.playback import write_playback
from licklab.engine.audio.probe import probe_audio

TESTS = Path(__file__).parents[3]


def clicks(sample_rate: int, n_channels: int) -> np.ndarray:
    samples = np.zeros((2 * sample_rate, n_channels))
    samples[[sample_rate // 2, sample_rate]] = 0.8
    return samples


@pytest.mark.parametrize(
    ("sample_rate", "n_channels", "written_rate", "written_channels"),
    [(44_100, 2, 44_100, 2), (96_000, 1, 48_000, 1), (48_000, 6, 48_000, 1)],
)
def test_clicks_stay_where_they_are(
    tmp_path: Path, sample_rate: int, n_channels: int, written_rate: int, written_channels: int
) -> None:
    source, target = tmp_path / "clicks.wav", tmp_path / "clicks.flac"
    sf.write(source, clicks(sample_rate, n_channels), sample_rate)
    write_playback(source, probe_audio(source), target)
    samples, rate = sf.read(target, always_2d=True)
    assert (rate, samples.shape[1]) == (written_rate, written_channels)
    assert len(samples) == 2 * rate
    loudest = np.abs(samples[:, 0])
    for half in (loudest[: 3 * rate // 4], loudest[3 * rate // 4 :]):
        assert half.max() > 0.3
    assert abs(loudest[: 3 * rate // 4].argmax() - rate / 2) <= 2
    assert abs(loudest[3 * rate // 4 :].argmax() + 3 * rate // 4 - rate) <= 2


def test_padding_of_an_encoder_is_not_played(tmp_path: Path) -> None:
    source, target = TESTS / "data" / "clicks.m4a", tmp_path / "clicks.flac"
    info = probe_audio(source)
    assert info.priming_samples > 0
    write_playback(source, info, target)
    assert abs(sf.info(str(target)).frames - info.n_samples) <= 1
