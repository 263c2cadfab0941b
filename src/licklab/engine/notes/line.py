"""Line mode: one note at a time, found for the whole recording at once.

A best path through "between notes" and the notes of every pitch: each frame of a note earns what
the network believes of its pitch, each new note costs something and earns what speaks for a start
there, and its end what speaks for one. The search is a semi-Markov Viterbi, so a note has a least
length and a repeated note is a new one; it visits every frame once and its memory does not depend
on the pitches.

Note models joined in one network: Ryynänen and Klapuri, "Automatic Transcription of Melody, Bass
Line, and Chords in Polyphonic Music", Computer Music Journal 32(3), 2008.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.instrument import Instrument
from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.maps import OddsMap

_BLOCK_FRAMES = 4096

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineConfig:
    """Weights of the search, in units of log odds; chosen by `training/lead/tune.py`.

    Attributes
    ----------
    min_note_frames : int
        Least length of a note: 3 frames are 35 ms, below the shortest notes of bebop lines.
    note_cost : float
        Of beginning a note.
    start_weight, start_floor : float
        Of the odds that a note starts, at their peaks, and the least odds that are looked at.
    end_weight, end_floor : float
        Of the odds that a note has ended, and the least that are looked at.
    sound_weight, sound_bias : float
        Of the odds that a pitch sounds, and what is added to them.
    out_of_range_cost : float
        A frame, outside the instrument's range: a squeak is possible, a second bass is not.
    """

    min_note_frames: int = 3
    note_cost: float = 0.0
    start_weight: float = 2.0
    start_floor: float = -6.0
    end_weight: float = 0.6
    end_floor: float = -4.0
    sound_weight: float = 0.15
    sound_bias: float = 0.0
    out_of_range_cost: float = 2.0


def decode_line(
    evidence: Evidence, instrument: Instrument, config: LineConfig | None = None
) -> list[DecodedNote]:
    """Decode a single line.

    Parameters
    ----------
    evidence : Evidence
        Of the recording.
    instrument : Instrument
        Whose range is preferred.
    config : LineConfig, optional
        Weights; the defaults if omitted.

    Returns
    -------
    list of DecodedNote
        In order of time; no two overlap.
    """
    config = config or LineConfig()
    n_frames = len(evidence.sounds)
    # best[t]: score of the best path that is between notes just before frame t.
    best = np.zeros(n_frames + 1)
    came_from = np.zeros(n_frames + 1, np.int64)
    ended_pitch = np.full(n_frames + 1, -1, np.int16)
    # For each pitch the best running note: score less the pitch's total so far, and its start.
    running = np.full(N_PITCHES, -np.inf)
    started = np.zeros(N_PITCHES, np.int64)
    # Notes that have begun and are still shorter than the least length.
    young: deque[tuple[int, Scores]] = deque()
    t = 0
    for entries, totals, exits in _scored_frames(evidence, instrument, config):
        for entry, total, leave in zip(entries, totals, exits, strict=True):
            young.append((t, best[t] + entry))
            t += 1
            if len(young) >= config.min_note_frames:
                start, score = young.popleft()
                better = score > running
                running = np.where(better, score, running)
                started[better] = start
            ends = running + total + leave
            pitch = int(ends.argmax())
            if ends[pitch] > best[t - 1]:
                best[t], came_from[t], ended_pitch[t] = ends[pitch], started[pitch], pitch
            else:
                best[t], came_from[t] = best[t - 1], t - 1
    return _trace_back(came_from, ended_pitch)


def _scored_frames(
    evidence: Evidence, instrument: Instrument, config: LineConfig
) -> Iterator[tuple[Scores, Scores, Scores]]:
    """Yield, a block of frames at a time, what a note that begins before each frame is worth.

    Yields
    ------
    entries : shape=(n, 88)
        For beginning with this frame, less the pitch's total before it.
    totals : shape=(n, 88)
        What all frames up to and with this one are worth to each pitch.
    exits : shape=(n, 88)
        For ending behind this frame.
    """
    pitches = LOWEST_MIDI + np.arange(N_PITCHES)
    outside = (pitches < instrument.lowest_midi) | (pitches > instrument.highest_midi)
    total = np.zeros(N_PITCHES)
    n_frames = len(evidence.sounds)
    for first in range(0, n_frames, _BLOCK_FRAMES):
        last = min(n_frames, first + _BLOCK_FRAMES)
        odds = evidence.sounds.rows(first, last).astype(np.float64)
        worth = config.sound_weight * (odds + config.sound_bias)
        worth -= config.out_of_range_cost * outside
        totals = total + np.cumsum(worth, axis=0)
        before = np.vstack([total, totals[:-1]])
        total = totals[-1].copy()
        starts = _peaks(evidence.starts, first, last, config.start_floor)
        entries = config.start_weight * starts - config.note_cost - before
        yield entries, totals, _exits(evidence.ends, first, last, config)


def _exits(ends: OddsMap | None, first: int, last: int, config: LineConfig) -> Scores:
    """Say what speaks for an end behind each frame; the next would be the first of the silence."""
    exits = np.zeros((last - first, N_PITCHES))
    if ends is not None:
        behind = ends.rows(first + 1, last + 1)
        exits[: len(behind)] = config.end_weight * np.maximum(behind, config.end_floor)
    return exits


def _peaks(starts: OddsMap, first: int, last: int, floor: float) -> Scores:
    """Give the odds of a start where they are a peak in time, else the floor."""
    odds = starts.rows(first - 1, last + 1)
    edges = (int(first == 0), int(last == len(starts)))
    padded = np.pad(odds, (edges, (0, 0)), constant_values=-np.inf)
    middle = padded[1:-1]
    is_peak = (middle >= padded[:-2]) & (middle >= padded[2:])
    return np.where(is_peak, np.maximum(middle, floor), floor).astype(np.float64)


def _trace_back(
    came_from: npt.NDArray[np.int64], ended_pitch: npt.NDArray[np.int16]
) -> list[DecodedNote]:
    notes = []
    t = len(came_from) - 1
    while t > 0:
        start = int(came_from[t])
        if ended_pitch[t] >= 0:
            notes.append(DecodedNote(start, t, LOWEST_MIDI + int(ended_pitch[t])))
        t = start
    return notes[::-1]
