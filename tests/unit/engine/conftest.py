from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile as sf

from licklab.engine.activations import NoteNetwork
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.models import BASIC_PITCH, find_model
from tests.unit.engine.tones import Samples

WriteWav = Callable[[Samples], Path]


@pytest.fixture(scope="session")
def network() -> NoteNetwork:
    return NoteNetwork(find_model(BASIC_PITCH))


@pytest.fixture
def write_wav(tmp_path: Path) -> WriteWav:
    def write(samples: Samples) -> Path:
        path = tmp_path / "recording.wav"
        sf.write(path, samples, SAMPLE_RATE, subtype="FLOAT")
        return path

    return write
