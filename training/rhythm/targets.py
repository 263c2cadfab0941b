"""Truth of a scene to what the networks should say."""

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.engine.chords.features import POOLED_FRAMES
from licklab.engine.grid import FRAME_RATE

Array = npt.NDArray[np.float32]
_UNKNOWN = -1.0
# How much of a beat the frames beside its own are given.
_NEIGHBOURS = ((0, 1.0), (1, 0.6), (2, 0.2))
NO_LABEL = -100


def make_beat_targets(beats: Array, n_frames: int) -> tuple[Array, Array]:
    """Make activations.

    Parameters
    ----------
    beats : shape=(n_beats, 4)
        As in `synthesis.combo.Scene`.
    n_frames : int
        Of the clip.

    Returns
    -------
    targets : shape=(n_frames, 3)
        Of beats, downbeats and second eighths.
    weights : shape=(3,)
        0 for what is not known.
    """
    targets = np.zeros((n_frames, 3), np.float32)
    known = bool(len(beats)) and float(beats[0, 3]) != _UNKNOWN
    for i, (onset, position, _, upbeat) in enumerate(beats):
        _mark(targets[:, 0], onset)
        if position == 1:
            _mark(targets[:, 1], onset)
        if known and i + 1 < len(beats):
            _mark(targets[:, 2], onset + upbeat * (beats[i + 1, 0] - onset))
    return targets, np.array([1.0, 1.0, float(known)], np.float32)


def _mark(column: Array, time_sec: float) -> None:
    frame = round(time_sec * FRAME_RATE)
    for distance, amount in _NEIGHBOURS:
        for at in {frame - distance, frame + distance}:
            if 0 <= at < len(column):
                column[at] = max(column[at], amount)


def make_chord_targets(
    chords: Array, bass: Array, n_rows: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Array]:
    """Make classes for every row.

    Parameters
    ----------
    chords : shape=(n_chords, 9)
        As in `synthesis.combo.Scene`.
    bass : shape=(n_notes, 5)
        Of the bass; empty where there is none.
    n_rows : int
        Of the clip.

    Returns
    -------
    chord : shape=(n_rows,)
        Columns of `licklab.domain.evidence.ChordEvidence.chords`; -100 where nothing is known.
    played : shape=(n_rows,)
        Columns of its `bass`; -100 where nobody plays a bass.
    tensions : shape=(n_rows, 6)
        Root, 1 if the chord is a dominant, and whether each tension is written.
    """
    time = (np.arange(n_rows) * POOLED_FRAMES + 1.5) / FRAME_RATE
    chord = np.zeros(n_rows, np.int64)
    tensions = np.zeros((n_rows, 2 + len(TENSIONS)), np.float32)
    for onset, offset, root, _, quality, *written in chords:
        inside = (time >= onset) & (time < offset)
        if root < 0:
            continue
        chord[inside] = 1 + len(QUALITIES) * int(root) + int(quality)
        tensions[inside] = [root, QUALITIES[int(quality)] == "7", *written]
    if len(chords):
        # Where the last chord rings on.
        chord[time >= chords[-1, 1]] = NO_LABEL
    played = np.full(n_rows, NO_LABEL if not len(bass) else 0, np.int64)
    for onset, offset, pitch, _, _ in bass:
        played[(time >= onset) & (time < max(offset, onset + 0.06))] = 1 + int(pitch) % 12
    return chord, played, tensions
