import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from licklab.domain.note import Note

REPOSITORY = Path(__file__).resolve().parents[2]
FindRecording = Callable[[str], Path]


@pytest.fixture(scope="session")
def find_recording() -> FindRecording:
    """Find real recordings, which are not part of the project."""
    told = os.environ.get("LICKLAB_SHARED_DATA")
    folder = Path(told) if told else REPOSITORY.parent / "shared" / "data"

    def find(name: str) -> Path:
        path = folder / "recordings" / name
        if not path.is_file():
            pytest.skip(f"needs {name} in the folder that LICKLAB_SHARED_DATA names")
        return path

    return find


def read_reference(recording: Path) -> list[Note]:
    truth = json.loads(recording.with_suffix(".json").read_text())
    return [
        Note(one["onset"], one["offset"], one["pitch"], velocity=64, confidence=1.0)
        for one in truth["notes"]
    ]
