"""What all tests share: the engine, what it hears in the example, the compiled search."""

import fcntl
import gc
import os
from functools import cache
from pathlib import Path
from typing import Protocol

import hypothesis
import pytest

from licklab.corpus.warming import warm_up
from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.transcription import Transcription
from licklab.engine.pipeline import Listener
from licklab.formats.transcription_json import read_transcription, write_transcription
from licklab.service.loading import LOOKS

EXAMPLE = Path(__file__).parents[1] / "examples" / "third-shelf-blues.mp3"


class HearExample(Protocol):
    def __call__(self, instrument: str, texture: Texture | None = None) -> Transcription: ...


# Nothing that is collected is garbage: looking through it again and again doubles the time.
gc.disable()

# An example takes longer while another process works; laws are no measurements of time. The rest
# is as hypothesis has it: in CI the same examples every time.
hypothesis.settings.register_profile("licklab", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("licklab")


def pytest_collection_finish() -> None:
    """Leave what was collected out of later looks for garbage, and look as seldom as servers do."""
    gc.freeze()
    gc.set_threshold(*LOOKS)
    gc.enable()


@pytest.fixture(scope="session")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="session")
def hear_example(listener: Listener, shared_folder: Path) -> HearExample:
    """Give what is heard in the example of an instrument; once for each, by one process."""

    @cache
    def hear(instrument: str, texture: Texture | None = None) -> Transcription:
        with (shared_folder / f"{instrument}-{texture}.json").open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            if content := file.read():
                return read_transcription(content)
            heard = listener.transcribe(EXAMPLE, INSTRUMENTS[instrument], texture=texture)
            file.write(write_transcription(heard))
            return heard

    return hear


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of all processes that run tests side by side; of one alone, its own."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def compiled_search(shared_folder: Path) -> None:
    """Compile the search once for all processes, without the limit of time of a request.

    Of tests that run side by side one compiles, and the others take from its cache.
    """
    with (shared_folder / "compiling").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        warm_up()
