"""What was believed of every moment, before beats and chords were decided.

It is kept beside a transcription: with it a grid or a chart that a person mends is laid over the
recording again without listening again.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Activation = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RhythmEvidence:
    """What was believed of the pulse.

    Attributes
    ----------
    start_sec : float, seconds of the original file
        Of frame 0.
    frame_rate : float, Hz
        Frames in a second of the original file.
    beat, downbeat, offbeat : shape=(n_frames,), probability
        That a beat falls on a frame; that a bar begins there; that the second eighth of a beat
        does, swung or straight.
    rise : shape=(n_frames,)
        How much louder the upper half of the spectrum has become since the frame before, in units
        of 20 dB, 1 at most: it tells times of cymbals more exactly than a belief does.
    """

    start_sec: float
    frame_rate: float
    beat: Activation
    downbeat: Activation
    offbeat: Activation
    rise: Activation


@dataclass(frozen=True, slots=True)
class ChordEvidence:
    """What was believed of the harmony.

    Attributes
    ----------
    start_sec : float, seconds of the original file
        Of the middle of frame 0.
    frame_rate : float, Hz
        Frames in a second of the original file.
    chords : shape=(n_frames, 1 + 12 * n_qualities), log probability
        Column 0 is no chord; column ``1 + n_qualities * root + quality`` the chord of a root
        (pitch class, 0 is C) and a quality (place in `licklab.domain.chord.QUALITIES`).
    bass : shape=(n_frames, 13), log probability
        Column 0 is no bass; column ``1 + pitch_class`` the pitch class that the bass plays.
    tensions : shape=(n_frames, 12, n_tensions), probability
        That an alteration (`licklab.domain.chord.TENSIONS`) sounds above a root, if that is the
        root.
    """

    start_sec: float
    frame_rate: float
    chords: Activation
    bass: Activation
    tensions: Activation


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was believed of one recording.

    Attributes
    ----------
    rhythm : RhythmEvidence
        Of the pulse.
    chords : ChordEvidence
        Of the harmony.
    """

    rhythm: RhythmEvidence
    chords: ChordEvidence
