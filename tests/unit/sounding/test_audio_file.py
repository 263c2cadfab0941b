import io

import numpy as np
import pytest
import soundfile as sf

from licklab.errors import ClipError
from licklab.sounding.audio_file import write_audio

_TIME = np.arange(44_100) / 44_100
SOUND = (0.3 * np.sin(2 * np.pi * np.outer(_TIME, [440.0, 660.0]))).astype(np.float32)


@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_whole_files_have_every_sample(kind: str) -> None:
    samples, rate = sf.read(io.BytesIO(write_audio(SOUND, kind)), dtype="float32")
    assert rate == 44_100
    assert np.abs(samples - SOUND).max() < 1 / 32_000


def test_mp3_sounds_alike() -> None:
    samples, rate = sf.read(io.BytesIO(write_audio(SOUND, "mp3")), dtype="float32")
    assert rate == 44_100
    assert abs(len(samples) - len(SOUND)) < 2400
    peaks = np.abs(np.fft.rfft(samples[2000:40_000], axis=0)).argmax(axis=0) * 44_100 / 38_000
    assert peaks == pytest.approx([440.0, 660.0], abs=2)


def test_another_kind_is_refused() -> None:
    with pytest.raises(ClipError, match="wav, mp3, flac"):
        write_audio(SOUND, "ogg")
