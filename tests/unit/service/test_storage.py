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


@pytest.mark.parametrize("name", ["../x", "a/b", "", "/etc/passwd", "a\0b"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="want a plain file name"):
        LocalStorage(tmp_path).path(uuid.uuid4(), name)


def test_the_local_names_are_always_trusted() -> None:
    # The service asks itself under them when it starts.
    hosts = Settings(allowed_hosts=("music.example",)).trusted_hosts
    assert {"music.example", "127.0.0.1", "localhost"} <= set(hosts)
