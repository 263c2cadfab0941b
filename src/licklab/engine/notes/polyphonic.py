"""Polyphonic mode: every pitch by itself, for chords.

Per pitch: peaks of the onset probability start notes, which last until the note probability has
stayed low. After the decoding that Bittner et al. describe (ICASSP 2022, section 2.3), with shorter
notes allowed, the range of the instrument, and without their notes that have no onset: leaving
those out was best on validation clips.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.instrument import Instrument
from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.engine.notes.evidence import DecodedNote, Evidence

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PolyphonicConfig:
    """Thresholds of the decoder.

    Attributes
    ----------
    onset_threshold, note_threshold : float, probability
        That start a note, and that keep it sounding.
    release_frames : int
        A note ends when it has been below the threshold for so long.
    min_note_frames : int
        Least length of a note.
    """

    # Chosen by training/lead/tune_polyphonic.py, on rendered chords and both hands.
    onset_threshold: float = 0.5
    note_threshold: float = 0.3
    release_frames: int = 3
    min_note_frames: int = 3


def decode_polyphonic(
    evidence: Evidence, instrument: Instrument, config: PolyphonicConfig | None = None
) -> list[DecodedNote]:
    """Decode notes that may sound together.

    Parameters
    ----------
    evidence : Evidence
        Of the recording.
    instrument : Instrument
        Notes outside its range are left out.
    config : PolyphonicConfig, optional
        Thresholds; the defaults if omitted.

    Returns
    -------
    list of DecodedNote
        Ordered by start, then pitch. Notes of one pitch do not overlap.
    """
    config = config or PolyphonicConfig()
    lowest = max(0, instrument.lowest_midi - LOWEST_MIDI)
    highest = min(N_PITCHES - 1, instrument.highest_midi - LOWEST_MIDI)
    sounds, starts = evidence.sounds.probabilities(), evidence.starts.probabilities()
    found: list[DecodedNote] = []
    for pitch in range(lowest, highest + 1):
        notes = sounds[:, pitch].astype(np.float32)
        onsets = starts[:, pitch].astype(np.float32)
        found += [
            DecodedNote(start, end, LOWEST_MIDI + pitch)
            for start, end in _find_spans(notes, onsets, config)
        ]
    return sorted(found, key=lambda note: (note.start_frame, note.pitch_midi))


def _find_spans(
    notes: Probabilities, onsets: Probabilities, config: PolyphonicConfig
) -> list[tuple[int, int]]:
    peaks = np.zeros(len(onsets), np.bool_)
    peaks[1:-1] = (onsets[1:-1] >= onsets[:-2]) & (onsets[1:-1] > onsets[2:])
    starts = np.flatnonzero(peaks & (onsets >= config.onset_threshold))
    ends_of_sound = _ends_of_sound(notes, config)
    spans = []
    for i, start in enumerate(starts):
        # The sound may begin a frame or two after its onset is seen.
        after = np.searchsorted(ends_of_sound, start + 2)
        end = int(ends_of_sound[after]) if after < len(ends_of_sound) else len(notes)
        if i + 1 < len(starts):
            # A repeated note cuts the one before it.
            end = min(end, int(starts[i + 1]))
        sounding = notes[start:end] >= config.note_threshold
        if end - start >= config.min_note_frames and sounding.any():
            spans.append((int(start), end))
    return spans


def _ends_of_sound(notes: Probabilities, config: PolyphonicConfig) -> npt.NDArray[np.int64]:
    """Find the first silent frame of every silence that is long enough to end a note."""
    silent = np.concatenate([[False], notes < config.note_threshold, [False]])
    changes = np.diff(silent.astype(np.int8))
    begins, ends = np.flatnonzero(changes == 1), np.flatnonzero(changes == -1)
    long_enough = (ends - begins >= config.release_frames) | (ends == len(notes))
    found: npt.NDArray[np.int64] = begins[long_enough]
    return found
