"""Line mode: one note at a time, found for the whole recording at once.

A best path through "between notes" and the notes of every pitch: each frame of a note earns what
the network believes of its pitch, each new note costs something and earns what speaks for an onset
there. The search is a semi-Markov Viterbi, so a note has a least length and a repeated note is a
new one; it visits every frame once and its memory does not depend on the pitches.

The method and its first weights come from the project's trials on rendered and real recordings.
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

# Probabilities nearer to 0 or 1 than this say nothing more: the network is not so well calibrated.
_LEAST_PROBABILITY = 0.02
_BLOCK_FRAMES = 4096

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineConfig:
    """Weights of the search, in units of log odds.

    Attributes
    ----------
    min_note_frames : int
        Least length of a note: 3 frames are 35 ms, below the shortest notes of bebop lines.
    note_cost : float
        Of beginning a note.
    onset_weight : float
        Of the network's onset probability, at its peaks.
    strength_weight, strength_floor : float
        Of the spectral flux, and the flux that speaks neither for nor against an onset.
    note_weight, note_threshold : float
        Of the network's note probability, and the one that speaks neither for nor against.
    out_of_range_cost : float
        A frame, outside the instrument's range: a squeak is possible, a second bass is not.
    lingering_frames : int
        Taken off the end of a note that no other follows: the network believes in a tone for 37 to
        45 ms after its end (synthetic tones). Two frames and no more, since real tones ring.
    """

    min_note_frames: int = 3
    note_cost: float = 3.0
    onset_weight: float = 1.0
    strength_weight: float = 2.0
    strength_floor: float = 0.35
    note_weight: float = 0.5
    note_threshold: float = 0.3
    out_of_range_cost: float = 6.0
    lingering_frames: int = 2


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
    n_frames = len(evidence.notes)
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
    for entries, totals in _scored_frames(evidence, instrument, config):
        for entry, total in zip(entries, totals, strict=True):
            young.append((t, best[t] + entry))
            t += 1
            if len(young) >= config.min_note_frames:
                start, score = young.popleft()
                better = score > running
                running = np.where(better, score, running)
                started[better] = start
            ends = running + total
            pitch = int(ends.argmax())
            if ends[pitch] > best[t - 1]:
                best[t], came_from[t], ended_pitch[t] = ends[pitch], started[pitch], pitch
            else:
                best[t], came_from[t] = best[t - 1], t - 1
    return _trace_back(came_from, ended_pitch, config)


def _scored_frames(
    evidence: Evidence, instrument: Instrument, config: LineConfig
) -> Iterator[tuple[Scores, Scores]]:
    """Yield, a block of frames at a time, what a note that begins before each frame is worth.

    Yields
    ------
    entries : shape=(n, 88)
        For beginning with this frame, less the pitch's total before it.
    totals : shape=(n, 88)
        What all frames up to and with this one are worth to each pitch.
    """
    pitches = LOWEST_MIDI + np.arange(N_PITCHES)
    outside = (pitches < instrument.lowest_midi) | (pitches > instrument.highest_midi)
    neutral = _log_odds(np.array(config.note_threshold))
    no_onset = _log_odds(np.array(0.0))
    total = np.zeros(N_PITCHES)
    for first in range(0, len(evidence.notes), _BLOCK_FRAMES):
        block = slice(first, first + _BLOCK_FRAMES)
        worth = config.note_weight * (_log_odds(evidence.notes[block]) - neutral)
        worth -= config.out_of_range_cost * outside
        totals = total + np.cumsum(worth, axis=0)
        before = np.vstack([total, totals[:-1]])
        total = totals[-1].copy()
        onsets = np.where(
            _is_peak(evidence.onsets, block), _log_odds(evidence.onsets[block]), no_onset
        )
        strength = evidence.onset_strength[block, np.newaxis] - config.strength_floor
        start = config.onset_weight * onsets + config.strength_weight * strength
        yield start - config.note_cost - before, totals


def _is_peak(onsets: npt.NDArray[np.float16], block: slice) -> npt.NDArray[np.bool_]:
    """Say where an onset probability is not below its neighbours in time."""
    first, last = max(0, block.start - 1), min(len(onsets), block.stop + 1)
    padded = np.pad(onsets[first:last], ((block.start == first, block.stop >= len(onsets)), (0, 0)))
    middle = padded[1:-1]
    peaks: npt.NDArray[np.bool_] = (middle >= padded[:-2]) & (middle >= padded[2:])
    return peaks


def _log_odds(probability: npt.NDArray[np.floating]) -> Scores:
    clipped = np.clip(probability.astype(np.float64), _LEAST_PROBABILITY, 1 - _LEAST_PROBABILITY)
    return np.log(clipped / (1 - clipped))


def _trace_back(
    came_from: npt.NDArray[np.int64], ended_pitch: npt.NDArray[np.int16], config: LineConfig
) -> list[DecodedNote]:
    notes = []
    t = len(came_from) - 1
    follows = False
    while t > 0:
        start = int(came_from[t])
        if ended_pitch[t] >= 0:
            end = t if follows else max(start + 1, t - config.lingering_frames)
            notes.append(DecodedNote(start, end, LOWEST_MIDI + int(ended_pitch[t])))
        follows = bool(ended_pitch[t] >= 0)
        t = start
    return notes[::-1]
