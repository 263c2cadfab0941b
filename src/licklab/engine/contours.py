"""The pitch of a note from frame to frame, followed through the peaks of its harmonics.

Every peak near one of the first six harmonics says how far the note is from its tempered pitch; a
Viterbi search takes the course on which most of them agree and which does not leap. The weighting
by amplitude and the cost of leaping were chosen on rendered solos of the validation players
(`python -m benchmarks.expression --part validation`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.note import Note
from licklab.engine.grid import FRAME_RATE
from licklab.engine.peaks import Peaks

_N_HARMONICS = 6
# How far a note is followed from its pitch: beyond lies the neighbours' place.
_REACH_CENTS = 240
_STEP_CENTS = 10
_STATES = np.arange(-_REACH_CENTS, _REACH_CENTS + 1, _STEP_CENTS)
# Votes this far apart count as one opinion: a peak's error in a band.
_AGREEMENT_CENTS = 15.0
_SPREAD = np.exp(-0.5 * ((_STATES[:, None] - _STATES) / _AGREEMENT_CENTS) ** 2).astype(np.float32)
# A scoop of 180 cents in 40 ms moves by 52 cents a frame.
_MOST_STEPS = 6
_LEAP_COST = (0.1 * np.abs(np.arange(-_MOST_STEPS, _MOST_STEPS + 1))).astype(np.float32)
_NEAR_CENTS = 30.0
# At its edges a note shares the window with silence or with its neighbours.
_MARGIN_SEC = 0.012


@dataclass(frozen=True, slots=True)
class Contour:
    """The pitch of one note in the frames that show it.

    Attributes
    ----------
    time_sec : shape=(n_frames,)
        Since the onset.
    cents : shape=(n_frames,)
        Off the tempered pitch in the recording's tuning; NaN where no peak was near the course.
    support : shape=(n_frames,)
        Share of the amplitude near the note's harmonics that agrees, 0 to 1.
    """

    time_sec: npt.NDArray[np.float64]
    cents: npt.NDArray[np.float64]
    support: npt.NDArray[np.float64]


def follow_note(note: Note, peaks: Peaks, tuning_hz: float) -> Contour:
    """Follow the pitch of one note.

    Parameters
    ----------
    note : Note
        When it sounds, and its pitch.
    peaks : Peaks
        Of the whole recording.
    tuning_hz : float
        Frequency of the A above middle C in it.

    Returns
    -------
    Contour
        Without frames where the note is too short to have any of its own.
    """
    first = max(0, int(np.ceil((note.onset_sec + _MARGIN_SEC) * FRAME_RATE)))
    end = min(len(peaks), int((note.offset_sec - _MARGIN_SEC) * FRAME_RATE) + 1)
    if end <= first:
        nothing = np.zeros(0)
        return Contour(nothing, nothing, nothing)
    pitch_cents = 100 * (note.pitch_midi - 69) + 1200 * np.log2(tuning_hz / 440)
    above = peaks.cents(first, end) - np.float32(pitch_cents)
    amplitudes = peaks.amplitudes[first:end].astype(np.float32)
    harmonic_cents = (1200 * np.log2(np.arange(1, _N_HARMONICS + 1))).astype(np.float32)
    off = above[:, :, np.newaxis] - harmonic_cents
    is_near = (np.abs(off) <= _REACH_CENTS) & (amplitudes > 0)[:, :, np.newaxis]
    frames, of_peak, of_harmonic = np.nonzero(is_near)
    votes, weights = off[frames, of_peak, of_harmonic], amplitudes[frames, of_peak]
    course = _STATES[_find_course(frames, votes, weights, end - first)]
    agrees = np.abs(votes - course[frames]) <= _NEAR_CENTS
    n_frames = end - first

    def add_up(values: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        return np.bincount(frames, values, n_frames).astype(np.float64)

    # The same error in Hz is fewer cents in a higher harmonic.
    exact = np.where(agrees, weights * (of_harmonic + 1), 0)
    total = add_up(exact)
    cents = np.full(n_frames, np.nan)
    np.divide(add_up(exact * votes), total, out=cents, where=total > 0)
    support = add_up(np.where(agrees, weights, 0)) / np.maximum(add_up(weights), 1e-12)
    return Contour(np.arange(first, end) / FRAME_RATE - note.onset_sec, cents, support)


def _find_course(
    frames: npt.NDArray[np.int64],
    votes: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
    n_frames: int,
) -> npt.NDArray[np.int64]:
    """Find the state of every frame; shape=(n_frames,)."""
    n_states = len(_STATES)
    states = np.rint((votes + _REACH_CENTS) / _STEP_CENTS).astype(np.int64)
    counted = np.bincount(frames * n_states + states, weights, n_frames * n_states)
    agreement = counted.reshape(n_frames, n_states).astype(np.float32) @ _SPREAD
    most = np.maximum(agreement.max(axis=1, keepdims=True), 1e-12)
    # Loud frames count more than the release, but not as much more as they are louder.
    agreement /= np.sqrt(most * np.median(most))
    came_from = np.zeros((n_frames, n_states), np.int64)
    padded = np.full(n_states + 2 * _MOST_STEPS, -1e9, np.float32)
    reachable = np.lib.stride_tricks.sliding_window_view(padded, 2 * _MOST_STEPS + 1)
    every = np.arange(n_states)
    best = agreement[0]
    for frame in range(1, n_frames):
        padded[_MOST_STEPS:-_MOST_STEPS] = best
        scores = reachable - _LEAP_COST
        move = scores.argmax(axis=1)
        came_from[frame] = every + move - _MOST_STEPS
        best = scores[every, move] + agreement[frame]
    course = np.zeros(n_frames, np.int64)
    course[-1] = best.argmax()
    for frame in range(n_frames - 1, 0, -1):
        course[frame - 1] = came_from[frame, course[frame]]
    return course
