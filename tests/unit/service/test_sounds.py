"""The sound of a job where the disk is full."""

import resource
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from licklab.domain.region import Region
from licklab.engine.audio.clip import ClipWishes
from licklab.errors import StorageError
from licklab.service.jobs import Jobs
from licklab.service.sounds import Sounds
from licklab.service.storage import LocalStorage
from licklab.service.tables import Job

LENGTH_SEC = 60


class OneJob(Jobs):
    """Jobs without a database: there is one."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def get(self, job_id: uuid.UUID) -> Job:
        assert job_id == self._job.id
        return self._job


@contextmanager
def _full_disk(free_bytes: int) -> Iterator[None]:
    """Let no file of this process grow longer: the system says so as it does of a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def job() -> Job:
    return Job(id=uuid.uuid4(), audio_suffix=".wav", duration_sec=float(LENGTH_SEC))


@pytest.fixture
def storage(tmp_path: Path, job: Job) -> LocalStorage:
    storage = LocalStorage(tmp_path)
    path = storage.path(job.id, "audio.wav")
    path.parent.mkdir()
    noise = np.random.default_rng(7).uniform(-0.5, 0.5, LENGTH_SEC * 8000)
    sf.write(path, noise, 8000)
    return storage


# What libsndfile asks of a file object cannot raise: it is told that less was written.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("give", "what"),
    [
        (lambda sounds, job_id: sounds.peaks(job_id), "the outline of the recording"),
        (lambda sounds, job_id: sounds.playback(job_id), "the recording as browsers play it"),
        (
            lambda sounds, job_id: sounds.clip(job_id, Region(0.0, 20.0), ClipWishes(), "wav"),
            "the clip",
        ),
    ],
)
def test_a_full_disk_is_told_and_nothing_half_is_kept(
    storage: LocalStorage, job: Job, give: Callable[[Sounds, uuid.UUID], object], what: str
) -> None:
    sounds = Sounds(OneJob(job), storage)
    with _full_disk(4096), pytest.raises(StorageError, match=f"want room for {what} on"):
        give(sounds, job.id)
    assert [one.name for one in storage.root.rglob("*") if one.is_file()] == ["audio.wav"]
