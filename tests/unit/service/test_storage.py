import os
import uuid
from pathlib import Path

import pytest

from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage


def _age(path: Path) -> None:
    os.utime(path, (0, 0))


def test_a_sweep_takes_old_uploads_and_never_a_jobs_folder(tmp_path: Path) -> None:
    # The folder may belong to a job of another database that shares the directory.
    storage = LocalStorage(tmp_path)
    old, new = storage.new_upload(), storage.new_upload()
    recording = storage.path(uuid.uuid4(), "audio.mp3")
    recording.parent.mkdir()
    for path in (old, new, recording):
        path.write_bytes(b"x")
    for path in (old, recording, recording.parent):
        _age(path)
    storage.sweep_uploads(3600.0)
    assert not old.exists()
    assert new.exists()
    assert recording.exists()


def test_a_sweep_takes_the_folders_of_deleted_jobs(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    left_over = storage.new_upload()
    left_over.mkdir()
    (left_over / "audio.mp3").write_bytes(b"x")
    _age(left_over)
    storage.sweep_uploads(3600.0)
    assert not left_over.exists()


def _recording(storage: LocalStorage) -> tuple[uuid.UUID, Path]:
    job_id = uuid.uuid4()
    recording = storage.path(job_id, "audio.mp3")
    recording.parent.mkdir()
    recording.write_bytes(b"x")
    _age(recording.parent)
    return job_id, recording


def test_a_removal_leaves_nothing(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    job_id, _ = _recording(storage)
    with storage.removal(job_id) as move:
        move()
    with storage.removal(job_id) as move:
        move()  # nothing there is no error
    assert list(tmp_path.rglob("*")) == [tmp_path / ".uploads"]


def test_a_removal_that_fails_brings_an_old_recording_back(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    job_id, recording = _recording(storage)

    def fail() -> None:
        with storage.removal(job_id) as move:
            move()
            assert not recording.exists()
            # The folder is old; a sweep at this moment must leave it all the same.
            storage.sweep_uploads(3600.0)
            raise RuntimeError("the commit failed")

    with pytest.raises(RuntimeError, match="the commit failed"):
        fail()
    assert recording.read_bytes() == b"x"


@pytest.mark.parametrize("name", ["../x", "a/b", "", "/etc/passwd", "a\0b"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="want a plain file name"):
        LocalStorage(tmp_path).path(uuid.uuid4(), name)


def test_the_local_names_are_always_trusted() -> None:
    # The service asks itself under them when it starts.
    hosts = Settings(allowed_hosts=("music.example",)).trusted_hosts
    assert {"music.example", "127.0.0.1", "localhost"} <= set(hosts)


def test_a_file_that_can_be_made_again_is_kept_whole(tmp_path: Path) -> None:
    storage, job_id = LocalStorage(tmp_path), uuid.uuid4()
    path = storage.path(job_id, ".peaks-1.bin")
    path.parent.mkdir()
    for content in (b"first", b"second"):
        storage.keep(job_id, path.name, content)
        assert path.read_bytes() == content
    assert list((tmp_path / ".uploads").iterdir()) == []


def test_nothing_is_kept_for_a_job_that_was_deleted_in_the_meantime(tmp_path: Path) -> None:
    storage, job_id = LocalStorage(tmp_path), uuid.uuid4()
    storage.keep(job_id, ".peaks-1.bin", b"late")
    assert [one for one in tmp_path.rglob("*") if one.name != ".uploads"] == []
