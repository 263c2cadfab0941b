"""Samples of a recording to segments that overlap, and what is decided in which.

A segment is looked at as a whole, so notes near its edges are heard with less around them than
others. Where two segments overlap, notes that begin before the middle of the overlap belong to the
first and the others to the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from licklab.engine.piano.features import Samples
from licklab.engine.piano.layout import HOP_LENGTH, SEGMENT_FRAMES, SEGMENT_SAMPLES

# A second of silence is put in front: a note that begins with the recording has a beginning too.
_LEAD_FRAMES = 43
_STEP_FRAMES = 516
_HANDOVER_FRAMES = _STEP_FRAMES + (SEGMENT_FRAMES - _STEP_FRAMES) // 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a recording.

    Attributes
    ----------
    samples : array, shape=(705600,)
        Mono, at 44,100 Hz, with silence behind the end of the recording.
    first_frame : int
        Where it lies on the grid of the recording; the first one begins before it.
    handover_frame : int
        On the same grid: notes that begin there or later are left to the next segment.
    is_last : bool
        Whether there is no next one.
    """

    samples: Samples
    first_frame: int
    handover_frame: int
    is_last: bool


def cut_segments(blocks: Iterable[Samples]) -> Iterator[Segment]:
    """Cut a recording into segments.

    Parameters
    ----------
    blocks : iterable of array, shape=(n_samples,)
        Consecutive mono samples at 44,100 Hz, of any lengths.

    Yields
    ------
    Segment
        In order, until the recording is covered; none for a recording without samples.
    """
    step = _STEP_FRAMES * HOP_LENGTH
    first_frame = -_LEAD_FRAMES
    pending = [np.zeros(_LEAD_FRAMES * HOP_LENGTH, np.float32)]
    n_pending, n_fresh = pending[0].size, 0
    for block in blocks:
        pending.append(block)
        n_pending += block.size
        n_fresh += block.size
        # Only when there is more than a segment is it known not to be the last.
        if n_pending <= SEGMENT_SAMPLES:
            continue
        samples = np.concatenate(pending)
        while samples.size > SEGMENT_SAMPLES:
            yield Segment(
                samples[:SEGMENT_SAMPLES],
                first_frame,
                first_frame + _HANDOVER_FRAMES,
                is_last=False,
            )
            samples = samples[step:]
            first_frame += _STEP_FRAMES
        pending, n_pending = [samples.copy()], samples.size
    if n_fresh:
        padded = np.zeros(SEGMENT_SAMPLES, np.float32)
        padded[:n_pending] = np.concatenate(pending)
        yield Segment(padded, first_frame, first_frame + SEGMENT_FRAMES, is_last=True)
