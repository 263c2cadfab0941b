"""Evidence as a network that hears perfectly would give it."""

from collections.abc import Iterable

import numpy as np

from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.engine.notes.evidence import DecodedNote, Evidence


def believe(notes: Iterable[DecodedNote], n_frames: int, *, lingering: int = 0) -> Evidence:
    """Believe in notes; the posterior of one that no other follows lingers on after its end."""
    notes = list(notes)
    starts = {one.start_frame for one in notes}
    sounding = np.full((n_frames, N_PITCHES), 0.02, np.float16)
    onsets = np.full((n_frames, N_PITCHES), 0.01, np.float16)
    strength = np.zeros(n_frames, np.float32)
    for one in notes:
        column = one.pitch_midi - LOWEST_MIDI
        end = one.end_frame if one.end_frame in starts else one.end_frame + lingering
        sounding[one.start_frame : end, column] = 0.8
        strength[one.start_frame] = 1.0
    for one in notes:
        column = one.pitch_midi - LOWEST_MIDI
        near = slice(max(0, one.start_frame - 1), one.start_frame + 2)
        onsets[near, column] = np.maximum(onsets[near, column], np.float16(0.4))
        onsets[one.start_frame, column] = 0.9
    return Evidence(sounding, onsets, strength)
