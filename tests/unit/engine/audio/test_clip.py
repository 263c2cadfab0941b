"""Clips begin where they should, and last and sound as wished."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from licklab.domain.region import Region
from licklab.engine.audio.clip import MEDIA_TYPES, ClipWishes, cut_clip, write_clip
from licklab.engine.audio.probe import probe_audio
from licklab.errors import ClipError, DamagedAudioError, RegionError
from tests.unit.engine.audio.recordings import (
    BURSTS_SEC,
    DATA,
    SAMPLE_RATE,
    Samples,
    encode,
    make_clicks,
)


def _cut(
    folder: Path,
    samples: Samples,
    stretch: tuple[float, float],
    sample_rate: int = SAMPLE_RATE,
    **wishes: Any,
) -> tuple[Samples, int]:
    path = folder / "recording"
    path.write_bytes(encode(samples, "WAV/FLOAT", sample_rate))
    clip = cut_clip(path, probe_audio(path), Region(*stretch), ClipWishes(**wishes))
    return clip.samples, clip.sample_rate


def _onset_sec(samples: Samples, near_sec: float, sample_rate: int = SAMPLE_RATE) -> float:
    """Tell when a tenth of the energy around a moment has sounded."""
    first = max(0, round((near_sec - 0.1) * sample_rate))
    energy = np.cumsum(samples[first : first + round(0.2 * sample_rate), 0] ** 2)
    return float(first + np.searchsorted(energy, 0.1 * energy[-1])) / sample_rate


@pytest.mark.parametrize("speed_percent", [50.0, 75.0, 100.0, 120.0])
@pytest.mark.parametrize("semitones", [0, 3])
def test_clicks_are_where_the_speed_puts_them(
    tmp_path: Path, speed_percent: float, semitones: int
) -> None:
    samples, rate = _cut(tmp_path, make_clicks(), (0.2, 1.9), speed_percent=speed_percent,
                         semitones=semitones)  # fmt: skip
    assert len(samples) / rate == pytest.approx(1.7 * 100 / speed_percent, abs=0.001)
    for onset_sec in BURSTS_SEC:
        wanted_sec = (onset_sec - 0.2) * 100 / speed_percent
        assert _onset_sec(samples, wanted_sec) == pytest.approx(wanted_sec, abs=0.01)


def test_padding_of_encoders_moves_nothing() -> None:
    path = DATA / "clicks.m4a"
    clip = cut_clip(path, probe_audio(path), Region(0.5, 1.5), ClipWishes(50.0))
    for onset_sec in BURSTS_SEC[1:3]:
        wanted_sec = 2 * (onset_sec - 0.5)
        found_sec = _onset_sec(clip.samples, wanted_sec, clip.sample_rate)
        assert found_sec == pytest.approx(wanted_sec, abs=0.01)


@pytest.mark.parametrize("semitones", [-12, 3, 12])
def test_a_tone_is_shifted_by_semitones(tmp_path: Path, semitones: int) -> None:
    time_sec = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.3 * np.sin(2 * np.pi * 440 * time_sec)).astype(np.float32)
    samples, _ = _cut(tmp_path, tone, (1.0, 3.0), semitones=semitones)
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples))))
    found_hz = spectrum.argmax() * SAMPLE_RATE / len(samples)
    assert found_hz == pytest.approx(440 * 2 ** (semitones / 12), abs=2)
    assert np.abs(samples).max() == pytest.approx(0.3, rel=0.2)


def test_a_plain_clip_is_the_recording_with_soft_ends(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (2 * SAMPLE_RATE, 2)).astype(np.float32)
    samples, rate = _cut(tmp_path, noise, (0.5, 1.0))
    first, faded = SAMPLE_RATE // 2, 111
    assert (samples.shape, rate) == ((SAMPLE_RATE // 2, 2), SAMPLE_RATE)
    assert np.array_equal(samples[faded:-faded], noise[first : 2 * first][faded:-faded])
    assert np.abs(samples[[0, -1]]).max() < 0.01


def test_more_than_two_channels_become_one_and_high_rates_come_down(tmp_path: Path) -> None:
    samples, rate = _cut(tmp_path, np.full((96_000, 4), 0.5, np.float32), (0.25, 0.75), 96_000)
    assert (samples.shape, rate) == ((24_000, 1), 48_000)
    assert samples[1_000:-1_000] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_every_format_decodes_to_what_was_cut(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "recording"
    path.write_bytes(encode(make_clicks() / 2, "WAV/FLOAT"))
    clip = cut_clip(path, probe_audio(path), Region(0.2, 1.4), ClipWishes())
    file = io.BytesIO()
    write_clip(clip, file, kind, 2)
    file.seek(0)
    with sf.SoundFile(file) as sound:
        assert sound.format == kind.upper()
        read = sound.read(dtype="float32", always_2d=True)
    repeated = np.tile(clip.samples, (2, 1))
    assert read.shape == repeated.shape
    error = np.sqrt(np.mean((read - repeated) ** 2) / np.mean(repeated**2))
    assert error < (0.4 if kind == "mp3" else 0.001)  # MP3 is another wave with the same sound


def test_what_is_too_loud_is_turned_down(tmp_path: Path) -> None:
    path = tmp_path / "loud"
    path.write_bytes(encode(np.full(SAMPLE_RATE, 2.0, np.float32), "WAV/FLOAT"))
    clip = cut_clip(path, probe_audio(path), Region(0.0, 1.0), ClipWishes())
    file = io.BytesIO()
    write_clip(clip, file, "wav", 1)
    file.seek(0)
    read, _ = sf.read(file)
    assert read[500:-500] == pytest.approx(1.0, abs=0.001)


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"speed_percent": 39.0}, "speed in percent from 40 to 120, got 39"),
        ({"speed_percent": float("nan")}, "got nan"),
        ({"semitones": -13}, "semitones from -12 to 12, got -13"),
        ({"n_repeats": 0}, "repeats from 1 to 16, got 0"),
    ],
)
def test_wishes_out_of_bounds_are_refused(wishes: dict[str, Any], words: str) -> None:
    with pytest.raises(ClipError, match=words):
        ClipWishes(**wishes)


def test_clips_that_are_too_long_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_bytes(encode(np.zeros(200 * 1_000, np.float32), "WAV", 1_000))
    info = probe_audio(path)
    path.unlink()
    with pytest.raises(ClipError, match=r"at most 120 s of a recording in a clip, got 120\.5 s"):
        cut_clip(path, info, Region(0.0, 120.5), ClipWishes())
    with pytest.raises(ClipError, match=r"at most 1200 s with all its repeats, got one of 4800 s"):
        cut_clip(path, info, Region(0.0, 120.0), ClipWishes(40.0, n_repeats=16))
    with pytest.raises(RegionError, match="inside the recording"):
        cut_clip(path, info, Region(190.0, 210.0), ClipWishes())


def test_a_clip_behind_what_can_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    path.write_bytes(encode(make_clicks(), "WAV"))
    info = probe_audio(path)
    path.write_bytes(path.read_bytes()[: 44 + 2 * SAMPLE_RATE])
    for from_sec in (1.1, 1.6):
        with pytest.raises(DamagedAudioError, match="damaged file"):
            cut_clip(path, info, Region(from_sec, 1.9), ClipWishes())
