"""Truth to what the network should say: maps on the grid of frames and pitches."""

import numpy as np
import numpy.typing as npt
from synthesis.excerpt import BASS, LEAD

FRAME_RATE = 22_050 / 256
LOWEST_MIDI, N_PITCHES = 21, 88
# An onset is seen by the frames less than so far from it, the nearest most.
_ONSET_REACH = 1.5
_OFFSET_REACH = 2.5
BASS_RANGE = (28, 67)


def make_targets(
    notes: npt.NDArray[np.float32], first_frame: int, n_frames: int, part: int = LEAD
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Make the maps of a crop.

    Parameters
    ----------
    notes : shape=(n, 5)
        Onset and offset in seconds, MIDI pitch, velocity, part.
    first_frame, n_frames : int
        The crop.
    part : int
        The lead.

    Returns
    -------
    maps : shape=(6, n_frames, 88)
        In the order of `training.lead.network`.
    velocity_weight : shape=(n_frames, 88)
        Where the velocity counts.
    """
    maps = np.zeros((6, n_frames, N_PITCHES), np.float32)
    weight = np.zeros((n_frames, N_PITCHES), np.float32)
    for onset, offset, pitch, velocity, of_part in notes:
        begin, end = onset * FRAME_RATE - first_frame, offset * FRAME_RATE - first_frame
        column = int(pitch) - LOWEST_MIDI
        if end < -2 or begin > n_frames + 1 or not 0 <= column < N_PITCHES:
            continue
        start, stop = max(0, round(begin)), min(n_frames, max(round(begin) + 2, round(end)))
        maps[3, start:stop, column] = 1
        _mark(maps[4, :, column], begin, _ONSET_REACH)
        if int(of_part) == part:
            maps[0, start:stop, column] = 1
            _mark(maps[1, :, column], begin, _ONSET_REACH)
            _mark(maps[2, :, column], end, _OFFSET_REACH)
            maps[5, start : start + 3, column] = velocity / 127
            weight[start : start + 3, column] = 1
    return maps, weight


def draw_range(
    lowest: int, highest: int, rng: np.random.Generator, unknown: float = 0.5
) -> npt.NDArray[np.float32]:
    """Draw what is known of the instrument: nothing, or its range, wider than the solo's."""
    known = np.ones(N_PITCHES, np.float32)
    if rng.random() < unknown:
        return known
    known[:] = 0
    low = lowest - LOWEST_MIDI - int(rng.integers(0, 7))
    known[max(0, low) : highest - LOWEST_MIDI + 1 + int(rng.integers(0, 9))] = 1
    return known


def draw_part(notes: npt.NDArray[np.float32], rng: np.random.Generator) -> int:
    """Say which part is followed: now and then the bass, where there is one."""
    has_bass = len(notes) > 0 and bool((notes[:, 4] == BASS).any())
    return BASS if has_bass and rng.random() < 0.06 else LEAD


def _mark(column: npt.NDArray[np.float32], place: float, reach: float) -> None:
    for frame in range(int(np.ceil(place - reach)), int(place + reach) + 1):
        if 0 <= frame < len(column):
            column[frame] = max(column[frame], 1 - abs(frame - place) / reach)
