"""The time and pitch grid that every stage of listening speaks.

Frame `i` is centred on sample ``256 * i`` at 22,050 Hz, and column `p` of a posteriorgram is the
key `p` of a piano: 21 is its A. Both are those of the note network (`licklab.engine.activations`).
"""

SAMPLE_RATE = 22_050
"""Samples per second of what the stages listen to."""

HOP_LENGTH = 256
"""Samples from one frame to the next."""

FRAME_RATE = SAMPLE_RATE / HOP_LENGTH
"""Frames per second: 86.13, not a whole number."""

N_PITCHES = 88
"""Columns of a posteriorgram."""

LOWEST_MIDI = 21
"""Pitch of its first column."""


def count_frames(n_samples: int) -> int:
    """Count the frames of a recording.

    Parameters
    ----------
    n_samples : int
        At 22,050 Hz.

    Returns
    -------
    int
        The number of frames that start inside it.
    """
    return -(-n_samples // HOP_LENGTH)


def frames_to_sec(frame: float) -> float:
    """Convert a place on the grid to seconds.

    Parameters
    ----------
    frame : float
        Frames since the start of the recording.

    Returns
    -------
    float, seconds
        The same place.
    """
    return frame / FRAME_RATE
