"""Tones are on their keys' rows at their moments."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from licklab.engine.audio.probe import AudioInfo, probe_audio
from licklab.engine.audio.spectrogram import Picture, count_tiles, draw_tile, write_webp
from tests.unit.engine.audio.recordings import Samples, encode

SAMPLE_RATE = 11_025


def _row(pitch_midi: float) -> int:
    """Give the middle row of a key: the top row is a third of a semitone above 108."""
    return round(3 * (108 + 1 / 3 - pitch_midi))


def _tone(pitch_midi: float, seconds: float, amplitude: float = 0.1) -> Samples:
    time_sec = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    frequency_hz = 440 * 2 ** ((pitch_midi - 69) / 12)
    return (amplitude * np.sin(2 * np.pi * frequency_hz * time_sec)).astype(np.float32)


def _write(folder: Path, samples: Samples) -> tuple[Path, AudioInfo]:
    path = folder / "recording"
    path.write_bytes(encode(samples, "WAV/FLOAT", SAMPLE_RATE))
    return path, probe_audio(path)


def _draw(folder: Path, samples: Samples, tile: int = 0) -> Picture:
    return draw_tile(*_write(folder, samples), tile)


def test_every_key_of_the_piano_is_brightest_on_its_row(tmp_path: Path) -> None:
    keys = range(21, 109)
    rows: list[int] = []
    scale = np.concatenate([_tone(one, 1.0) for one in keys])
    path, info = _write(tmp_path, scale)
    picture = np.concatenate([draw_tile(path, info, one) for one in range(5)], axis=1)
    rows = [int(picture[:, 50 * i + 25].argmax()) for i in range(len(keys))]
    assert rows == [_row(one) for one in keys]


@pytest.mark.parametrize(("pitch_midi", "semitones"), [(28, 5), (40, 3), (60, 2), (84, 2)])
def test_a_note_does_not_smear_over_others(
    tmp_path: Path, pitch_midi: int, semitones: float
) -> None:
    column = _draw(tmp_path, _tone(pitch_midi, 20.0, 0.3))[:, 500]
    bright = np.flatnonzero(column > column.max() / 2)
    assert len(bright) <= 3 * semitones


def test_notes_begin_and_end_where_they_do(tmp_path: Path) -> None:
    samples = np.zeros(20 * SAMPLE_RATE, np.float32)
    samples[5 * SAMPLE_RATE : 6 * SAMPLE_RATE] = _tone(69, 1.0, 0.3)
    bright = _draw(tmp_path, samples)[_row(69)] > 100
    first, last = np.flatnonzero(bright)[[0, -1]]
    assert first == pytest.approx(250, abs=2)
    assert last == pytest.approx(299, abs=2)


def test_tiles_fit_together(tmp_path: Path) -> None:
    path, info = _write(tmp_path, _tone(45, 41.0))
    first, second = (draw_tile(path, info, one).astype(int) for one in (0, 1))
    assert np.abs(first[:, -1] - second[:, 0]).max() <= 3


def test_there_is_black_behind_the_end_and_where_nothing_can_be_read(tmp_path: Path) -> None:
    samples = _tone(69, 45.0)
    path, info = _write(tmp_path, samples)
    assert count_tiles(info.duration_sec) == 3
    last = draw_tile(path, info, 2)
    assert last[_row(69), :240].min() > 100
    assert not last[:, 270:].any()
    path.write_bytes(path.read_bytes()[: 44 + 4 * 10 * SAMPLE_RATE])
    assert draw_tile(path, info, 0)[_row(69), :490].min() > 100
    assert not draw_tile(path, info, 1).any()


@pytest.mark.parametrize(("duration_sec", "n_tiles"), [(0.01, 1), (20.0, 1), (20.01, 2)])
def test_tiles_cover_the_recording(duration_sec: float, n_tiles: int) -> None:
    assert count_tiles(duration_sec) == n_tiles


def test_a_browser_sees_what_was_drawn(tmp_path: Path) -> None:
    picture = _draw(tmp_path, _tone(69, 20.0))
    with Image.open(io.BytesIO(write_webp(picture))) as shown:
        assert shown.format == "WEBP"
        seen = np.asarray(shown.convert("L"), np.int16)
    assert seen.shape == picture.shape == (264, 1000)
    assert np.abs(seen - picture).mean() < 4
