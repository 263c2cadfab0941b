"""Evidence as a network that hears perfectly would give it."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.maps import OddsMap

Odds = npt.NDArray[np.float32]
NO, YES, HARDLY = -5.0, 4.0, -1.0


def believe_odds(notes: Iterable[DecodedNote], n_frames: int) -> tuple[Odds, Odds, Odds]:
    """Log odds of notes: that they sound, start and have ended."""
    sounds, starts, ends = (np.full((n_frames, N_PITCHES), NO, np.float32) for _ in range(3))
    for one in notes:
        column = one.pitch_midi - LOWEST_MIDI
        sounds[one.start_frame : one.end_frame, column] = YES
        near = slice(max(0, one.start_frame - 1), one.start_frame + 2)
        starts[near, column] = np.maximum(starts[near, column], HARDLY)
        starts[one.start_frame, column] = YES
        ends[one.end_frame : one.end_frame + 1, column] = YES
    return sounds, starts, ends


def believe(notes: Iterable[DecodedNote], n_frames: int) -> Evidence:
    """Believe in notes."""
    return pack(*believe_odds(notes, n_frames))


def pack(sounds: Odds, starts: Odds, ends: Odds | None = None) -> Evidence:
    """Keep log odds as evidence."""
    maps = [None if one is None else OddsMap.of(one) for one in (sounds, starts, ends)]
    assert maps[0] is not None
    assert maps[1] is not None
    return Evidence(maps[0], maps[1], maps[2])
