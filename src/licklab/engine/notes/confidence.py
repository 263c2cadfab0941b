"""How sure it is that a note is there: a logistic model of what speaks for and against it.

Fitted by `training/lead/tune.py` and `tune_polyphonic.py` on rendered solos of validation players,
so that of the notes with a confidence of .8 about eight in ten are right (onset within 50 ms, pitch
right).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import LOWEST_MIDI
from licklab.engine.notes.evidence import DecodedNote, Evidence

# A start may be seen a little before or after the note's first frame.
_START_REACH = 2
_LONG_FRAMES = 30

N_CUES = 7
"""Numbers that speak for or against a note."""


@dataclass(frozen=True, slots=True)
class ConfidenceConfig:
    """Weights of the logistic model.

    Attributes
    ----------
    bias : float
        Log odds of a note of which nothing is known.
    weights : tuple of float
        Of the cues of `describe_notes`.
    """

    bias: float
    weights: tuple[float, ...]


LINE_CONFIDENCE = ConfidenceConfig(-1.254, (1.185, -0.319, 1.441, 0.077, -0.184, -0.169, -0.126))
"""Of notes from the line decoder."""

POLYPHONIC_CONFIDENCE = ConfidenceConfig(0.223, (0.583, -0.278, 1.98, -0.11, -0.098, -1.38, -0.167))
"""Of notes from the polyphonic decoder."""


def describe_notes(notes: Sequence[DecodedNote], evidence: Evidence) -> npt.NDArray[np.float32]:
    """Gather what speaks for and against each note.

    Parameters
    ----------
    notes : sequence of DecodedNote
        On the grid of `evidence`.
    evidence : Evidence
        What they were decoded from.

    Returns
    -------
    array, shape=(n_notes, `N_CUES`)
        Mean and lowest quarter of the odds that it sounds, odds of its start, odds of a start of
        the strongest other pitch there, mean odds of the strongest other pitch, its length, and
        whether another note lies an octave away in the evidence.
    """
    rows = np.zeros((len(notes), N_CUES), np.float32)
    for row, note in zip(rows, notes, strict=True):
        pitch = note.pitch_midi - LOWEST_MIDI
        sounds = evidence.sounds.rows(note.start_frame, note.end_frame)
        first, last = note.start_frame - _START_REACH, note.start_frame + _START_REACH + 1
        starts = evidence.starts.rows(first, last)
        own = sounds[:, pitch]
        others = np.delete(sounds, pitch, axis=1)
        octaves = [one for one in (pitch - 12, pitch + 12) if 0 <= one < sounds.shape[1]]
        row[:] = (
            own.mean(),
            np.percentile(own, 25),
            starts[:, pitch].max(),
            np.delete(starts, pitch, axis=1).max(),
            others.max(axis=1).mean(),
            min(1.0, len(own) / _LONG_FRAMES),
            sounds[:, octaves].max(axis=1).mean(),
        )
    return rows


def estimate_confidences(
    notes: Sequence[DecodedNote], evidence: Evidence, config: ConfidenceConfig
) -> list[float]:
    """Estimate how sure it is that each note is there.

    Parameters
    ----------
    notes : sequence of DecodedNote
        On the grid of `evidence`.
    evidence : Evidence
        What they were decoded from.
    config : ConfidenceConfig
        Weights.

    Returns
    -------
    list of float, 0 to 1
        One for each note.
    """
    if not notes:
        return []
    odds = config.bias + describe_notes(notes, evidence) @ np.array(config.weights, np.float32)
    return [float(one) for one in 1 / (1 + np.exp(-odds))]
