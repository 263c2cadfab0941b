"""A part of a recording has the samples that it has in the whole."""

import tracemalloc
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile as sf

from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.engine.audio.sndfile import Sound
from licklab.errors import DamagedAudioError
from tests.unit.engine.audio.recordings import DATA, SAMPLE_RATE, encode, make_clicks

Samples = npt.NDArray[np.float32]
FIXTURES = ["clicks.m4a", "clicks-faststart.m4a", "clicks-fragmented.m4a", "clicks.aac",
            "clicks-untagged.mp3"]  # fmt: skip
KINDS = ["MP3", "WAV", "FLAC", "OGG", "OGG/OPUS", "AIFF", *FIXTURES]


def _write(folder: Path, kind: str) -> Path:
    if "." in kind:
        return DATA / kind
    path = folder / "recording"
    noise = np.random.default_rng(3).uniform(-0.2, 0.2, 8 * SAMPLE_RATE).astype(np.float32)
    rate = 24_000 if kind == "OGG/OPUS" else SAMPLE_RATE
    path.write_bytes(encode(np.tile(make_clicks(), 4) + noise, kind, rate))
    return path


def _read(path: Path, start: int = 0, end: int | None = None) -> tuple[Samples, AudioReader]:
    info = probe_audio(path)
    reader = AudioReader(path, info, start, end)
    return np.concatenate(list(reader.blocks(info.sample_rate))), reader


@pytest.mark.parametrize("start", [1, 4_999, 30_001])
@pytest.mark.parametrize("kind", KINDS)
def test_a_part_is_the_same_as_in_the_whole(tmp_path: Path, kind: str, start: int) -> None:
    path = _write(tmp_path, kind)
    whole, _ = _read(path)
    part, reader = _read(path, start, start + 9_000)
    assert np.abs(part - whole[start : start + 9_000]).max() < 1e-4
    assert len(part) == reader.n_samples_read == 9_000
    assert reader.duration_sec == pytest.approx(probe_audio(path).duration_sec)
    assert reader.share_read == 1.0
    assert reader.warnings == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_end_is_that_of_the_recording(tmp_path: Path, kind: str) -> None:
    path = _write(tmp_path, kind)
    whole, all_of_it = _read(path)
    part, reader = _read(path, 20_000)
    assert len(part) == len(whole) - 20_000
    assert reader.duration_sec == all_of_it.duration_sec


@pytest.mark.parametrize("kind", ["MP3", "FLAC", "OGG", "WAV"])
def test_where_seeking_fails_the_beginning_is_thrown_away(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(tmp_path, kind)
    whole, _ = _read(path)

    def refuse(sound: Sound, frames: int) -> int:
        sound.read(1000)  # it stands anywhere afterwards
        raise sf.LibsndfileError(1, f"cannot go to {frames}")

    monkeypatch.setattr(Sound, "seek", refuse)
    part, _ = _read(path, 30_001, 50_000)
    assert np.array_equal(part, whole[30_001:50_000])


@pytest.mark.parametrize("kind", ["WAV", "AIFF", "FLAC", "OGG", "MP3", "clicks-faststart.m4a"])
def test_a_part_behind_the_cut_of_a_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "cut"
    content = _write(tmp_path, kind).read_bytes()
    path.write_bytes(content[: int(len(content) * 0.6)])
    readable, _ = _read(path)
    with pytest.raises(DamagedAudioError, match=r"decoded from .* s on, got a damaged"):
        _read(path, len(readable) + 5_000)


@pytest.mark.parametrize("kind", ["WAV", "AIFF", "FLAC", "OGG", "MP3", "clicks-faststart.m4a"])
def test_a_part_before_the_cut_of_a_file_is_whole(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "cut"
    content = _write(tmp_path, kind).read_bytes()
    path.write_bytes(content[: int(len(content) * 0.6)])
    readable, _ = _read(path)
    part, reader = _read(path, 3_000, 9_000)
    assert np.abs(part - readable[3_000:9_000]).max() < 1e-4
    # The cut is behind it and does not concern it.
    assert reader.warnings == ()


def test_a_part_of_a_long_recording_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    minute = np.random.default_rng(2).uniform(-0.1, 0.1, (60 * 44_100, 2)).astype(np.float32)
    with sf.SoundFile(path, "w", 44_100, 2, format="FLAC") as file:
        for _ in range(4):
            file.write(minute)
    del minute
    reader = AudioReader(path, probe_audio(path), 200 * 44_100, 210 * 44_100)
    tracemalloc.start()
    for _ in reader.blocks(SAMPLE_RATE):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reader.read_sec == 10.0
    assert peak < 5e6
