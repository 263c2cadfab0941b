"""The line of the bass, from what is believed of low notes.

In: probabilities that notes sound and start. Out: notes, one at a time. A best path through silence
and the pitches of a bass: a frame of a note earns the odds that it sounds, a new note costs
something and earns what speaks for a start there, and low pitches are preferred, because what
sounds above a bass note is often its overtone, and the chords.

Bass lines by a best path over note posteriors: Ryynänen and Klapuri, "Automatic Transcription of
Melody, Bass Line, and Chords in Polyphonic Music", Computer Music Journal 32(3), 2008.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import BassNote
from licklab.engine.grid import LOWEST_MIDI, N_PITCHES
from licklab.errors import ShapeError

Map = npt.NDArray[np.float32] | npt.NDArray[np.float64]

# From the lowest string of a double bass, E1, to where bassists seldom accompany any more, C4.
LOWEST_BASS_MIDI, HIGHEST_BASS_MIDI = 28, 60
"""Range that is searched."""

_N_BASS = HIGHEST_BASS_MIDI - LOWEST_BASS_MIDI + 1


@dataclass(frozen=True, slots=True)
class BassConfig:
    """Weights of the search, in units of log odds.

    Chosen on rendered trios of validation players (`synthesis.combo`), by onset F1 and by the pitch
    class just behind each onset.

    Attributes
    ----------
    sound_bias : float
        Added to the odds that a pitch sounds: the note network is sure of few low notes.
    sound_weight : float
        Of those odds, a frame.
    start_weight : float
        Of the odds that a note starts, at their peaks.
    note_cost : float
        Of beginning a note.
    height_cost : float
        An octave and frame.
    least_sec : float
        Shorter notes are left out: at 320 bpm an eighth lasts 94 ms.
    """

    sound_bias: float = 1.6
    sound_weight: float = 0.2
    start_weight: float = 1.0
    note_cost: float = 1.5
    height_cost: float = 0.1
    least_sec: float = 0.07


def track_bass(
    sounds: Map,
    starts: Map,
    frame_rate: float,
    start_sec: float = 0.0,
    config: BassConfig | None = None,
) -> tuple[BassNote, ...]:
    """Track the bass.

    Parameters
    ----------
    sounds, starts : shape=(n_frames, 88), probability
        That a note sounds, that one starts, from the lowest piano key up.
    frame_rate : float, Hz
        Frames in a second.
    start_sec : float, seconds of the original file
        Of frame 0.
    config : BassConfig, optional
        Weights; the defaults if omitted.

    Returns
    -------
    tuple of BassNote
        Ordered by onset; no two overlap.

    Raises
    ------
    ShapeError
        If the maps do not have 88 columns, or not as many frames as each other.
    """
    if sounds.ndim != 2 or sounds.shape[1] != N_PITCHES or sounds.shape != starts.shape:
        raise ShapeError(
            f"want two maps of shape (n_frames, {N_PITCHES}), got {sounds.shape} and {starts.shape}"
        )
    config = config or BassConfig()
    if len(sounds) == 0:
        return ()
    low = LOWEST_BASS_MIDI - LOWEST_MIDI
    sound_odds = _odds(sounds[:, low : low + _N_BASS])
    start_odds = _odds(starts[:, low : low + _N_BASS])
    octaves = np.arange(_N_BASS) / 12
    worth = config.sound_weight * (sound_odds + config.sound_bias) - config.height_cost * octaves
    entry = config.start_weight * _peaks(start_odds) - config.note_cost
    pitches, is_new = _find_path(worth, entry)
    borders = np.flatnonzero((np.diff(pitches, prepend=-1) != 0) | is_new)
    ends = np.append(borders, len(pitches))[1:]
    notes = []
    for first, end in zip(borders.tolist(), ends.tolist(), strict=True):
        pitch = int(pitches[first])
        if pitch < 0 or (end - first) / frame_rate < config.least_sec:
            continue
        confidence = float(sounds[first:end, low + pitch].mean())
        notes.append(BassNote(
            start_sec + first / frame_rate, start_sec + end / frame_rate,
            LOWEST_BASS_MIDI + pitch, min(1.0, max(0.0, confidence)),
        ))  # fmt: skip
    return tuple(notes)


def _odds(probability: Map) -> npt.NDArray[np.float64]:
    clipped = np.clip(probability.astype(np.float64), 0.005, 0.995)  # beyond, networks are guessing
    return np.asarray(np.log(clipped / (1 - clipped)))


def _peaks(odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Keep the odds where they are a peak in time; elsewhere a note is as unlikely as can be."""
    padded = np.pad(odds, ((1, 1), (0, 0)), constant_values=-np.inf)
    is_peak = (odds > padded[:-2]) & (odds >= padded[2:])
    return np.where(is_peak, odds, odds.min())


def _find_path(
    worth: npt.NDArray[np.float64], entry: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Find the best pitch of each frame, -1 for silence, and where a note is struck."""
    n_frames, n = worth.shape
    best, silence = np.full(n, -np.inf), 0.0
    struck = np.zeros((n_frames, n), bool)
    source = np.zeros(n_frames, np.int64)  # where a note that is struck here comes from
    silence_from = np.zeros(n_frames, np.int64)
    for i in range(n_frames):
        top = int(best.argmax())
        source[i] = top if best[top] > silence else -1
        leader = max(float(best[top]), silence)
        silence_from[i], silence = source[i], leader
        fresh = leader + entry[i]
        np.greater(fresh, best, out=struck[i])
        best = np.maximum(fresh, best) + worth[i]
    pitches, is_new = np.full(n_frames, -1), np.zeros(n_frames, bool)
    top = int(best.argmax())
    now = top if best[top] > silence else -1
    for i in range(n_frames - 1, -1, -1):
        pitches[i] = now
        if now < 0:
            now = int(silence_from[i])
        elif struck[i, now]:
            is_new[i] = True
            now = int(source[i])
    return pitches, is_new
