import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.engine.bass import HIGHEST_BASS_MIDI, LOWEST_BASS_MIDI, track_bass
from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.errors import ShapeError

RATE = 86.1328125
Map = npt.NDArray[np.float32]


def silence(n_frames: int) -> tuple[Map, Map]:
    sounds, starts = (np.full((n_frames, N_PITCHES), 0.02, np.float32) for _ in range(2))
    return sounds, starts


def play(maps: tuple[Map, Map], first: int, end: int, pitch_midi: int, level: float = 0.8) -> None:
    maps[0][first:end, pitch_midi - LOWEST_MIDI] = level
    maps[1][first : first + 2, pitch_midi - LOWEST_MIDI] = 0.6
    maps[1][first, pitch_midi - LOWEST_MIDI] = 0.9


@given(st.lists(st.integers(LOWEST_BASS_MIDI, HIGHEST_BASS_MIDI - 12), min_size=1, max_size=8))
def test_walking_bass_is_followed_note_by_note(pitches: list[int]) -> None:
    maps = silence(30 * len(pitches) + 20)
    for number, pitch in enumerate(pitches):
        play(maps, 10 + 30 * number, 40 + 30 * number, pitch)
    notes = track_bass(*maps, RATE)
    assert [one.pitch_midi for one in notes] == pitches
    np.testing.assert_allclose(
        [one.onset_sec for one in notes], (10 + 30 * np.arange(len(pitches))) / RATE
    )


def test_overtones_and_chords_above_are_left_alone() -> None:
    maps = silence(100)
    play(maps, 10, 60, 40, 0.6)
    for above in (52, 59):
        play(maps, 10, 60, above, 0.62)
    assert [one.pitch_midi for one in track_bass(*maps, RATE)] == [40]


def test_what_is_not_a_bass_is_not_followed() -> None:
    maps = silence(100)
    play(maps, 10, 60, 72, 0.95)
    assert track_bass(*maps, RATE) == ()


def test_repeated_note_is_struck_again() -> None:
    maps = silence(120)
    play(maps, 10, 50, 40)
    play(maps, 50, 90, 40)
    assert [round(one.onset_sec * RATE) for one in track_bass(*maps, RATE)] == [10, 50]


def test_rest_is_a_rest() -> None:
    maps = silence(200)
    play(maps, 10, 50, 40)
    play(maps, 120, 160, 43)
    first, second = track_bass(*maps, RATE, start_sec=5.0)
    assert first.offset_sec == pytest.approx(5.0 + 50 / RATE, abs=0.05)
    assert second.onset_sec == pytest.approx(5.0 + 120 / RATE)
    assert 0.5 < first.confidence <= 1


def test_nothing_sounds_in_silence() -> None:
    assert track_bass(*silence(300), RATE) == ()
    assert track_bass(*silence(0), RATE) == ()


def test_maps_of_another_shape_are_refused() -> None:
    sounds, starts = silence(10)
    with pytest.raises(ShapeError, match=r"got \(10, 88\) and \(9, 88\)"):
        track_bass(sounds, starts[:9], RATE)
