import shutil
import tracemalloc
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile as sf
import soxr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licklab.engine.audio import aac
from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.errors import DamagedAudioError, UnsupportedAudioError
from tests.unit.engine.audio.recordings import (
    BURSTS_SEC,
    DATA,
    SAMPLE_RATE,
    encode,
    make_clicks,
)

Samples = npt.NDArray[np.float32]
FIXTURES = ["clicks.m4a", "clicks-faststart.m4a", "clicks-fragmented.m4a", "clicks.aac",
            "clicks-untagged.mp3"]  # fmt: skip


def _read(path: Path, sample_rate: int = SAMPLE_RATE) -> tuple[Samples, AudioReader]:
    reader = AudioReader(path, probe_audio(path))
    return np.concatenate(list(reader.blocks(sample_rate))), reader


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "recording"
    path.write_bytes(content)
    return path


def _whisper(seconds: float) -> Samples:
    """Make noise that tells one part of a recording from another."""
    noise = np.random.default_rng(11).uniform(-0.05, 0.05, int(seconds * SAMPLE_RATE))
    return noise.astype(np.float32)


def _lag(samples: Samples, truth: Samples) -> int:
    """Find by how many samples a recording is late: where the two agree best."""
    length = 1 << 19
    spectrum = np.fft.rfft(samples, length) * np.conj(np.fft.rfft(truth, length))
    return int(np.fft.irfft(spectrum).argmax())


def _onsets_sec(samples: Samples, sample_rate: int) -> list[float]:
    """Find where bursts begin: the first sample above a tenth of the loudest nearby."""
    level = np.abs(samples)
    found = []
    for burst_sec in BURSTS_SEC:
        around = slice(int((burst_sec - 0.1) * sample_rate), int((burst_sec + 0.1) * sample_rate))
        loud = level[around] > 0.25 * level[around].max()
        found.append((around.start + int(loud.argmax())) / sample_rate)
    return found


@pytest.mark.parametrize("kind", ["MP3", "WAV", "FLAC", "OGG", "AIFF", *FIXTURES])
def test_sample_zero_is_the_first_of_the_music_in_every_format(tmp_path: Path, kind: str) -> None:
    path = DATA / kind
    if "." not in kind:
        path = _file(tmp_path, encode(make_clicks(), kind))
    samples, _ = _read(path)
    truth = make_clicks()
    assert _lag(samples, truth) == 0
    assert len(samples) == pytest.approx(len(truth), abs=0.06 * SAMPLE_RATE)


def test_priming_is_told_for_what_players_do_not_skip() -> None:
    assert probe_audio(DATA / "clicks-untagged.mp3").priming_sec == pytest.approx(0.0501, abs=1e-4)
    assert probe_audio(DATA / "clicks.aac").priming_samples == 1024


@pytest.mark.parametrize("sample_rate", [8_000, 44_100, 48_000, 192_000])
def test_resampling_in_blocks_keeps_every_sample_in_place(tmp_path: Path, sample_rate: int) -> None:
    noise = np.random.default_rng(5).uniform(-0.5, 0.5, 5 * sample_rate).astype(np.float32)
    samples, reader = _read(_file(tmp_path, encode(noise, "WAV/FLOAT", sample_rate)))
    whole = soxr.resample(noise, sample_rate, SAMPLE_RATE)
    assert len(samples) == len(whole)
    assert np.abs(samples - whole).max() < 1e-3
    assert reader.duration_sec == 5.0


def test_channels_are_averaged(tmp_path: Path) -> None:
    one = make_clicks()
    eight = np.zeros((len(one), 8), np.float32)
    eight[:, 3] = one
    samples, _ = _read(_file(tmp_path, encode(eight, "WAV/FLOAT")))
    assert np.allclose(samples, one / 8, atol=1e-6)


@pytest.mark.parametrize("kind", ["WAV", "AIFF", "FLAC", "OGG", "MP3", "clicks-faststart.m4a"])
def test_a_truncated_file_gives_what_is_readable_with_a_warning(tmp_path: Path, kind: str) -> None:
    # Long enough for several pages of Ogg, whose start differs from file to file.
    whole = make_clicks() if "." in kind else np.tile(make_clicks(), 4) + _whisper(8.0)
    content = (DATA / kind).read_bytes() if "." in kind else encode(whole, kind)
    samples, reader = _read(_file(tmp_path, content[: int(len(content) * 0.7)]))
    assert 0.2 * len(whole) < len(samples) < 0.95 * len(whole)
    assert len(reader.warnings) == 1
    assert "used" in reader.warnings[0]
    assert _lag(samples, whole) == 0


@pytest.mark.parametrize("kind", ["WAV", "AIFF", "FLAC", "OGG", "MP3", *FIXTURES])
def test_a_whole_file_gives_no_warning(tmp_path: Path, kind: str) -> None:
    path = DATA / kind if "." in kind else _file(tmp_path, encode(make_clicks(), kind))
    assert _read(path)[1].warnings == ()


def test_reading_in_pieces_gives_what_reading_at_once_does(tmp_path: Path) -> None:
    # Noise at a low bit rate: a frame's bits lie in many frames before it.
    path = _file(tmp_path, encode(4 * _whisper(5.0), "MP3"))
    at_once, _ = sf.read(path, dtype="float32")
    assert np.abs(_read(path)[0] - at_once).max() < 1e-5


def test_one_sample_is_a_recording(tmp_path: Path) -> None:
    samples, reader = _read(_file(tmp_path, encode(np.array([0.5], np.float32), "WAV")))
    assert len(samples) == reader.n_samples_read == 1


def test_a_damaged_aac_frame_keeps_the_time_of_what_follows(tmp_path: Path) -> None:
    content = bytearray((DATA / "clicks.aac").read_bytes())
    # Everything behind a frame's header becomes nonsense that no decoder accepts.
    start = content.index(b"\xff\xf1", 700)
    content[start + 7 : start + 60] = b"\xff" * 53
    samples, _ = _read(_file(tmp_path, bytes(content)))
    assert len(samples) == pytest.approx(2 * SAMPLE_RATE, abs=1200)


def test_without_a_decoder_aac_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aac, "aac_decoder", lambda: None)
    with pytest.raises(UnsupportedAudioError, match="install ffmpeg"):
        _read(DATA / "clicks.m4a")


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not on PATH")
@pytest.mark.parametrize("name", ["clicks.m4a", "clicks.aac", "clicks-fragmented.m4a"])
def test_both_aac_decoders_agree(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    ours, _ = _read(DATA / name)
    monkeypatch.setattr(aac, "aac_decoder", lambda: "ffmpeg")
    theirs, _ = _read(DATA / name)
    length = min(len(ours), len(theirs))
    assert abs(len(ours) - len(theirs)) <= 1024
    # Decoders differ in rounding and in made-up noise, not in time.
    for one, other in zip(
        _onsets_sec(ours[:length], SAMPLE_RATE),
        _onsets_sec(theirs[:length], SAMPLE_RATE),
        strict=True,
    ):
        assert one == pytest.approx(other, abs=0.001)


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    minute = np.random.default_rng(2).uniform(-0.1, 0.1, (60 * 44_100, 2)).astype(np.float32)
    with sf.SoundFile(path, "w", 44_100, 2, format="FLAC") as file:
        for _ in range(4):
            file.write(minute)
    del minute
    reader = AudioReader(path, probe_audio(path))
    tracemalloc.start()
    for _ in reader.blocks(SAMPLE_RATE):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reader.duration_sec == 240.0
    assert peak < 5e6


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
@pytest.mark.parametrize("name", ["clicks.aac", "clicks-faststart.m4a", "clicks-untagged.mp3"])
def test_damage_in_the_middle_never_raises_anything_foreign(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    content = bytearray((DATA / name).read_bytes())
    for _ in range(20):
        content[data.draw(st.integers(2500, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = _file(tmp_path, bytes(content))
    try:
        samples, _ = _read(path)
    except DamagedAudioError:
        return
    assert np.isfinite(samples).all()
