"""What all tests share: the engine, what it hears in the example, the compiled search."""

import fcntl
import gc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from licklab.corpus.warming import warm_up
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.transcription import Transcription
from licklab.engine.pipeline import Listener

EXAMPLE = Path(__file__).parents[1] / "examples" / "third-shelf-blues.mp3"
HearExample = Callable[[str], Transcription]

# Nothing that is collected is garbage: looking through it again and again doubles the time.
gc.disable()

# An example takes longer while another process works; laws are no measurements of time. The rest
# is as hypothesis has it: in CI the same examples every time.
hypothesis.settings.register_profile("licklab", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("licklab")


def pytest_collection_finish() -> None:
    """Leave what was collected out of later looks for garbage."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="session")
def hear_example(listener: Listener) -> HearExample:
    """Give what is heard in the example when an instrument is named; once for each."""

    @cache
    def hear(instrument: str) -> Transcription:
        return listener.transcribe(EXAMPLE, INSTRUMENTS[instrument])

    return hear


@pytest.fixture(scope="session")
def compiled_search(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile the search once for all processes, without the limit of time of a request.

    Of tests that run side by side one compiles, and the others take from its cache.
    """
    with (tmp_path_factory.getbasetemp().parent / "compiling").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        warm_up()
