"""The beats of a line that is played alone.

Where no rhythm section plays, only the rhythm of the line itself tells the beats. The search is
that of `tracker`, from beat to beat, but what a beat is worth is the likelihood of the onsets
inside it: how the intervals lie in a beat of its length (`line_language`). Likelihoods in seconds
can be compared between tempi. A pulse never stops here: through a rest the last tempo goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence
from licklab.domain.note import Note
from licklab.engine.beats.beat_rows import believe_beats, find_path
from licklab.engine.beats.line_language import Line, load_habits, read_line, score_segments

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LinePulseConfig:
    """Settings; chosen on validation players by `training.rhythm.measure_line`.

    Attributes
    ----------
    slowest_bpm, fastest_bpm : float
        Tempi that are looked for.
    usual_bpm, spread_octaves : float
        Middle and width of a log-normal prior of the tempo.
    prior_weight : float
        How much the prior counts, once.
    onset_weight : float
        How much the likelihood of the onsets counts: neighbours tell the same in part.
    mark_weight : float
        How much it counts how notes stand out.
    drift_cost : float
        Of a beat whose length differs from the last by the factor e.
    drift_spread : float
        Standard deviation of the logarithm of neighbouring lengths, where the difference is small.
    coarse_weight, coarse_cost, coarse_spread : float
        Onset weight, drift cost and spread in the search for the tempo, whose frames are too
        coarse for small differences.
    belief_weight : float
        How much a beat is worth that is believed in all rows of beats.
    stretch : float
        How far a beat may differ from the usual one, as a share, where that is known.
    heard_weight : float
        How much the log odds of what was believed of the sound count.
    frame_rate : float, Hz
        Of the search for the tempo.
    fine_frames : float
        Of a beat, where its length is known: tempi less than a frame apart are not told.
    """

    slowest_bpm: float = 70.0
    fastest_bpm: float = 340.0
    usual_bpm: float = 165.0
    spread_octaves: float = 0.5
    prior_weight: float = 1.0
    onset_weight: float = 1.5
    mark_weight: float = 1.0
    drift_cost: float = 320.0
    drift_spread: float = 0.003
    coarse_weight: float = 0.5
    coarse_cost: float = 40.0
    coarse_spread: float = 0.01
    belief_weight: float = 10.0
    stretch: float = 0.06
    heard_weight: float = 0.3
    frame_rate: float = 100.0
    fine_frames: float = 100.0


# How far a tap may be from a beat, and how far it usually is. Wing and Kristofferson, Perception
# & Psychophysics 14(1), 1973: taps vary by some 20 ms.
_TAP_REACH_SEC, _TAP_SPREAD_SEC = 0.04, 0.02
_NEAR_SEC = 0.07  # the tolerance of MIREX beat tracking
# Longer recordings are followed in stretches, which overlap by some bars.
_STRETCH_SEC, _OVERLAP_SEC = 240.0, 12.0
_FORCED = 1e4  # more than the onsets of a long line can gain


def track_line(
    notes: Sequence[Note],
    duration_sec: float,
    *,
    taps_sec: Sequence[float] = (),
    heard: RhythmEvidence | None = None,
    config: LinePulseConfig | None = None,
) -> Floats:
    """Find the beats of a line that is played alone.

    Parameters
    ----------
    notes : sequence of Note
        The line.
    duration_sec : float, seconds of the original file
        Where to end.
    taps_sec : sequence of float, seconds of the original file
        Beats that somebody tapped, in order; two or more tell the tempo, one only the beat.
    heard : RhythmEvidence, optional
        What was believed of the sound, where others play too.
    config : LinePulseConfig, optional
        The defaults if omitted.

    Returns
    -------
    shape=(n_beats,), seconds of the original file
        In order, from the beginning to the end; none where there are neither notes nor taps enough
        to tell a tempo.
    """
    config = config or LinePulseConfig()
    found = np.zeros(0)
    # A stretch at a time, so that memory does not grow with the recording.
    for first_sec in np.arange(0.0, max(duration_sec - _OVERLAP_SEC, 1e-3), _STRETCH_SEC):
        last_sec = min(first_sec + _STRETCH_SEC + _OVERLAP_SEC, duration_sec)
        inside = [one for one in notes if first_sec <= one.onset_sec < last_sec]
        moved = [
            replace(one, onset_sec=one.onset_sec - first_sec, offset_sec=one.offset_sec - first_sec)
            for one in inside
        ]
        taps = [one - first_sec for one in taps_sec if first_sec <= one < last_sec]
        sound = heard and replace(heard, start_sec=heard.start_sec - first_sec)
        times = first_sec + _track_stretch(moved, last_sec - first_sec, taps, sound, config)
        found = _join(found, times, first_sec + _OVERLAP_SEC / 2)
    return found


def _join(before: Floats, after: Floats, seam_sec: float) -> Floats:
    """Put two stretches together at a time that both tell of."""
    if not len(before) or not len(after):
        return np.concatenate([before, after])
    before, after = before[before < seam_sec], after[after >= seam_sec]
    if len(before) and len(after) > 1 and after[0] - before[-1] < (after[1] - after[0]) / 2:
        after = after[1:]
    return np.concatenate([before, after])


def _track_stretch(
    notes: Sequence[Note],
    duration_sec: float,
    taps_sec: Sequence[float],
    heard: RhythmEvidence | None,
    config: LinePulseConfig,
) -> Floats:
    line = read_line(notes)
    if len(line.onset_sec) < 2 and len(taps_sec) < 2:
        return np.zeros(0)
    lengths = _coarse_lengths(taps_sec, config)
    coarse = _track(
        line, duration_sec, taps_sec, heard, lengths, config.frame_rate, config, is_known=False
    )
    period_sec = float(np.median(np.diff(coarse)))
    rate = config.fine_frames / period_sec
    low, high = (round(config.fine_frames * (1 + sign * config.stretch)) for sign in (-1, 1))
    times = _track(
        line, duration_sec, taps_sec, heard, np.arange(low, high + 1), rate, config, is_known=True
    )
    return times[(times >= 0) & (times < duration_sec)]


def _coarse_lengths(taps_sec: Sequence[float], config: LinePulseConfig) -> Indices:
    """Give the lengths that a beat may have in the search for the tempo."""
    if len(taps_sec) < 2:
        low_sec, high_sec = 60 / config.fastest_bpm, 60 / config.slowest_bpm
    else:
        period_sec = _period(taps_sec)
        # The standard error of a slope through evenly spaced points.
        n = len(taps_sec)
        error_sec = _TAP_SPREAD_SEC * float(np.sqrt(12 / (n * (n**2 - 1))))
        reach_sec = max(config.stretch * period_sec, 2 * error_sec)
        low_sec, high_sec = period_sec - reach_sec, period_sec + reach_sec
    low = max(2, round(low_sec * config.frame_rate))
    return np.arange(low, max(low + 1, round(high_sec * config.frame_rate)) + 1)


def _period(taps_sec: Sequence[float]) -> float:
    """Give the slope of a line through the taps; beats between them may have been left out."""
    taps = np.asarray(taps_sec, np.float64)
    step = float(np.median(np.diff(taps)))
    number = np.round((taps - taps[0]) / step)
    return float(np.polyfit(number, taps, 1)[0])


def _track(
    line: Line, duration_sec: float, taps_sec: Sequence[float], heard: RhythmEvidence | None,
    lengths: Indices, rate: float, config: LinePulseConfig, *, is_known: bool,
) -> Floats:  # fmt: skip
    """Find the best row of beats of these lengths."""
    longest = int(lengths[-1])
    # The first beat is before the beginning, the last behind the end.
    n_frames = int(np.ceil(duration_sec * rate)) + 2 * longest
    start_sec = -longest / rate
    worth = score_segments(
        line, lengths, n_frames, rate, start_sec, load_habits(), config.mark_weight
    )
    at_beat = np.zeros(n_frames)
    for tap in taps_sec:
        off_sec = start_sec + np.arange(n_frames) / rate - tap
        is_near = np.abs(off_sec) <= _TAP_REACH_SEC
        at_beat[is_near] += _FORCED - (off_sec[is_near] / _TAP_SPREAD_SEC) ** 2 / 2
    if heard is not None:
        at_beat += config.heard_weight * _odds_at(start_sec + np.arange(n_frames) / rate, heard)
    octaves = np.log2(60 * rate / lengths / config.usual_bpm) / config.spread_octaves
    prior = -config.prior_weight * octaves**2 / 2
    worth *= config.onset_weight if is_known else config.coarse_weight
    change = _changes(lengths, config, is_known=is_known)
    if is_known:
        belief = believe_beats(worth, at_beat, prior, change, lengths)
        at_beat = at_beat + config.belief_weight * _sum_around(belief, round(_NEAR_SEC * rate))
        worth, prior = np.zeros_like(worth), np.zeros_like(prior)
    frames = find_path(worth, at_beat, prior, change, lengths)
    return start_sec + frames / rate


def _odds_at(times_sec: Floats, heard: RhythmEvidence) -> Floats:
    """Give the log odds of a beat at any times; even odds where nothing was heard."""
    belief = np.clip(heard.beat.astype(np.float64), 0.05, 0.95)
    frames = (times_sec - heard.start_sec) * heard.frame_rate
    odds: Floats = np.interp(
        frames, np.arange(len(belief)), np.log(belief / (1 - belief)), left=0.0, right=0.0
    )
    return odds


def _sum_around(values: Floats, reach: int) -> Floats:
    window: Floats = np.convolve(values, np.bartlett(2 * reach + 3)[1:-1], mode="same")
    return window


def _changes(lengths: Indices, config: LinePulseConfig, *, is_known: bool) -> Floats:
    """Score one length after another: normal for small differences, linear for large ones."""
    ratio = np.abs(np.log(lengths[:, np.newaxis] / lengths[np.newaxis, :]))
    spread = config.drift_spread if is_known else config.coarse_spread
    cost = config.drift_cost if is_known else config.coarse_cost
    change: Floats = -np.minimum((ratio / spread) ** 2 / 2, cost * ratio)
    return change
