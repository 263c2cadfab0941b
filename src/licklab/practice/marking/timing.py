"""The tempo of an attempt: a line from beats of the passage to seconds, gently curved.

Robust: notes that are early or late by far do not pull at it. The beginning and the tempo are those
of the pair of notes whose line most others lie near (as RANSAC does, but over all pairs: Fischler
and Bolles, 1981); then notes near the line are fitted by least squares, with a drift of the tempo
that is small before it is seen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NEAR_SEC = 0.03
"""Notes nearer to their place than this are as the tempo wants them.

The engine hears onsets of a line that is played alone with a spread of 5 ms (rendered in a room,
`benchmarks/practice`), practised players tap with one of about 4 % of the time between two taps,
10 ms for eighths at 120 (Repp, "Sensorimotor synchronization", Psychonomic Bulletin & Review 12,
2005). Together that is some 11 ms, of which this is nearly three.
"""
_SIGMA_SEC = 0.011
# What tempi do from the first note to the last before anything is heard: one standard deviation.
_DRIFT, _WAVE = 0.03, 0.01
# Notes further away than so many tolerances do not count: less and less as the drift is found. What
# is late by 40 ms does not pull at all in the end.
_NARROWING = (2.0, 2.0, 1.7, 1.7, 1.33, 1.33)


@dataclass(frozen=True, slots=True, eq=False)
class TimeMap:
    """Where beats of the passage fall in the attempt.

    Attributes
    ----------
    start_sec : float, seconds of the attempt
        Of beat 0.
    beat_sec : float
        Length of a beat, without the drift.
    drift : float
        By which share of it beats grow longer from the first note to the last.
    wave : float
        By which share they are longer in the first half than in the second, at most.
    length_beats : float
        Of the passage, from its first note to its last.
    cost : float
        Of what was fitted: the squared deviations in standard deviations, each at most those of
        `NEAR_SEC`, and of drift and wave.
    """

    start_sec: float
    beat_sec: float
    drift: float
    wave: float
    length_beats: float
    cost: float = 0.0

    def sec_at(self, beats: Floats) -> Floats:
        """Tell when beats fall.

        Parameters
        ----------
        beats : shape=(n,), beats
            After the first note of the passage.

        Returns
        -------
        shape=(n,), seconds of the attempt
            When.
        """
        bent = _bends(beats, self.length_beats) @ np.array([self.drift, self.wave])
        placed: Floats = self.start_sec + self.beat_sec * (beats + bent)
        return placed


def fit_time(beats: Floats, onset_sec: Floats, length_beats: float) -> TimeMap:
    """Fit the tempo to notes.

    Parameters
    ----------
    beats : shape=(n,), beats
        Places in the passage of at least two notes, in order.
    onset_sec : shape=(n,), seconds of the attempt
        When they were played, in order.
    length_beats : float
        Of the passage, from its first note to its last.

    Returns
    -------
    TimeMap
        Through most of them.
    """
    start_sec, beat_sec = _fit_line(beats, onset_sec)
    bends = _bends(beats, length_beats)
    found = TimeMap(start_sec, beat_sec, 0.0, 0.0, length_beats)
    prior = np.array([0.0, 0.0, _SIGMA_SEC / (_DRIFT * beat_sec), _SIGMA_SEC / (_WAVE * beat_sec)])
    columns = np.column_stack([np.ones(len(beats)), beats, bends])
    for width in _NARROWING:
        off = onset_sec - found.sec_at(beats)
        # Square roots of Tukey's weights.
        weights = np.clip(1 - (off / (width * NEAR_SEC)) ** 2, 0, None)
        if np.count_nonzero(weights) < 2:
            break
        rows = np.vstack([columns * weights[:, None], np.diag(prior)])
        wanted = np.concatenate([onset_sec * weights, np.zeros(4)])
        start, beat, drift, wave = np.linalg.lstsq(rows, wanted, rcond=None)[0]
        if beat <= 0:
            break
        found = TimeMap(float(start), float(beat), drift / beat, wave / beat, length_beats)
    off = np.minimum(np.abs(onset_sec - found.sec_at(beats)), NEAR_SEC) / _SIGMA_SEC
    cost = float(off @ off + (found.drift / _DRIFT) ** 2 + (found.wave / _WAVE) ** 2)
    return TimeMap(found.start_sec, found.beat_sec, found.drift, found.wave, length_beats, cost)


def _fit_line(beats: Floats, onset_sec: Floats) -> tuple[float, float]:
    one, other = np.triu_indices(len(beats), 1)
    apart = beats[other] - beats[one]
    usable = apart > 0
    one, other, apart = one[usable], other[usable], apart[usable]
    beat_sec = (onset_sec[other] - onset_sec[one]) / apart
    start_sec = onset_sec[one] - beat_sec * beats[one]
    off = np.abs(onset_sec[None, :] - start_sec[:, None] - beat_sec[:, None] * beats[None, :])
    # A drift bends the line: what is a little off counts a little.
    cost = np.minimum(off, 2 * NEAR_SEC).sum(axis=1)
    cost[beat_sec <= 0] = np.inf
    best = int(cost.argmin())
    return float(start_sec[best]), float(beat_sec[best])


def _bends(beats: Floats, length_beats: float) -> Floats:
    """Give how far a drift and a wave of 1 move places, in beats; the ends stay."""
    at = beats / length_beats if length_beats > 0 else np.zeros_like(beats)
    drift = at * (at - 1) / 2
    wave = at * (1 - at) * (1 - 2 * at)
    return np.column_stack([drift, wave]) * length_beats
