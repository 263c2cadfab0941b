"""Activations to beats: the one best row of beats, whose tempo may drift and whose pulse may stop.

The states of a bar-pointer model (Whiteley, Cemgil and Godsill, ISMIR 2006) within one beat add
nothing to what its length says, so that the search goes from beat to beat: the best row that ends
with a beat at a frame and a length before it follows from those that ended such a length earlier
(a semi-Markov model). Every beat is worth the log odds that the network gives its frame; a tempo
that changes costs; and a stretch without a pulse is worth nothing, so that where beats would cost
more than they are worth none are made up.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """Settings of the search; chosen on validation players by `training.rhythm.tune`.

    Attributes
    ----------
    slowest_bpm, fastest_bpm : float
        Tempi that are looked for.
    usual_bpm, fast_octaves, slow_octaves : float
        Middle of a log-normal prior of the tempo, and its width above and below.
    prior_weight : float
        How much the prior counts, for each beat.
    drift_cost : float
        Of a beat whose length differs from the last by the factor e.
    bias, unsure_bias : float
        Added to the log odds of a beat: at first, and when that finds a pulse in too little of the
        recording, as where nobody keeps time for the others.
    least_cover : float, 0 to 1
        Share of the recording in which a pulse is expected.
    start_cost : float
        Of a pulse that begins.
    least_odds : float
        Where nothing speaks for a beat the network may be as sure as it likes: a pulse goes on
        through a rest.
    """

    slowest_bpm: float = 48.0
    fastest_bpm: float = 345.0
    usual_bpm: float = 150.0
    fast_octaves: float = 0.7
    slow_octaves: float = 1.2
    prior_weight: float = 1.0
    drift_cost: float = 80.0
    bias: float = 0.5
    unsure_bias: float = 1.0
    least_cover: float = 0.8
    start_cost: float = 12.0
    least_odds: float = -3.0


@dataclass(frozen=True, slots=True)
class TrackedBeats:
    """Beats that were found.

    Attributes
    ----------
    times_sec : shape=(n_beats,), seconds of the original file
        In order.
    odds : shape=(n_beats,)
        Log odds that the network gives each.
    """

    times_sec: npt.NDArray[np.float64]
    odds: Scores


_LARGEST_ODDS = 6.0
_REFINE_FRAMES = 2
_NEVER = np.float32(-1e9)
_ROUNDING = 0.25  # of the cost of a drift by a single frame
_BEGAN = 255  # in place of the length before, at the first beat of a pulse


def track_beats(evidence: RhythmEvidence, config: TrackerConfig | None = None) -> TrackedBeats:
    """Find the beats.

    Parameters
    ----------
    evidence : RhythmEvidence
        What the network believes.
    config : TrackerConfig, optional
        The defaults if omitted.

    Returns
    -------
    TrackedBeats
        None where there is no pulse.
    """
    config = config or TrackerConfig()
    activation = np.clip(evidence.beat.astype(np.float64), 1e-4, 1 - 1e-4)
    odds = np.clip(np.log(activation / (1 - activation)), config.least_odds, _LARGEST_ODDS)
    odds = odds.astype(np.float32)
    frames = _find_path(odds, evidence.frame_rate, config.bias, config)
    if _cover(frames) < config.least_cover * len(odds):
        frames = _find_path(odds, evidence.frame_rate, config.unsure_bias, config)
    places = _refine(frames, evidence.beat)
    times_sec = evidence.start_sec + places / evidence.frame_rate
    return TrackedBeats(np.maximum(times_sec, 0.0), odds[frames])


def _cover(frames: npt.NDArray[np.int64]) -> float:
    """Count the frames between beats that follow one another."""
    if len(frames) < 2:
        return 0.0
    lengths = np.diff(frames)
    return float(lengths[lengths < 2 * np.median(lengths)].sum())


def _find_path(
    odds: Scores, rate: float, bias: float, config: TrackerConfig
) -> npt.NDArray[np.int64]:
    """Give the frames of the best row of beats."""
    lengths, tempo_prior = _tempi(rate, config)
    n_frames, n_lengths, shortest = len(odds), len(lengths), int(lengths[0])
    ratio = np.abs(np.log(lengths[:, np.newaxis] / lengths[np.newaxis, :]))
    # A length between two frames is now the one, now the other: that is no drift.
    rounding = np.abs(lengths[:, np.newaxis] - lengths[np.newaxis, :]) <= 1
    change = (-config.drift_cost * np.where(rounding, _ROUNDING * ratio, ratio)).astype(np.float32)
    longest = int(lengths[-1])
    # Of the frames before a block, as far back as a beat is long: the score of the best row whose
    # last beat is at that frame, with the best way on to each length; silent[t]: of the best row up
    # to t that is without a pulse.
    ready = np.full((longest, n_lengths), _NEVER, np.float32)
    came_from = np.zeros((n_frames, n_lengths), np.uint8)
    silent = np.zeros(n_frames + 1, np.float32)
    # Frame of the beat after which there was no pulse; -1 where none was before.
    last_beat = np.full((n_frames + 1, 2), -1, np.int64)
    worth = odds + np.float32(bias)
    for start in range(0, n_frames, shortest):
        # No beat of a block depends on another of it: the shortest length is that of the block.
        frames = np.arange(start, min(start + shortest, n_frames))
        at = frames[:, np.newaxis] - lengths[np.newaxis, :].astype(np.int64) + longest - start
        score = ready[at, np.arange(n_lengths)] + worth[frames, np.newaxis] + tempo_prior
        best = score.max(axis=1)
        # The way on to each next length.
        onward = score[:, :, np.newaxis] + change[np.newaxis]
        came = onward.argmax(axis=1)
        going = np.take_along_axis(onward, came[:, np.newaxis], axis=1)[:, 0]
        came_from[frames] = came
        for i, frame in enumerate(frames):
            silent[frame + 1] = silent[frame]
            last_beat[frame + 1] = last_beat[frame]
            if best[i] > silent[frame + 1]:
                silent[frame + 1] = best[i]
                last_beat[frame + 1] = (frame, int(score[i].argmax()))
            fresh = silent[frame] + worth[frame] - config.start_cost
            begin = fresh > going[i]
            if begin.any():
                going[i] = np.where(begin, fresh, going[i])
                came_from[frame] = np.where(begin, _BEGAN, came_from[frame])
        ready = np.concatenate([ready[len(frames) :], going])
    return _walk_back(last_beat, came_from, lengths.astype(np.int64))


def _walk_back(
    last_beat: npt.NDArray[np.int64],
    came_from: npt.NDArray[np.uint8],
    lengths: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    found: list[int] = []
    frame, length = (int(one) for one in last_beat[-1])
    while frame >= 0:
        found.append(frame)
        while length != _BEGAN:
            frame -= int(lengths[length])
            found.append(frame)
            length = int(came_from[frame, length])
        frame, length = (int(one) for one in last_beat[frame])
    return np.array(found[::-1], np.int64)


def _tempi(rate: float, config: TrackerConfig) -> tuple[Scores, Scores]:
    """Give the lengths of a beat in frames, and what each is worth beforehand."""
    shortest, longest = 60 * rate / config.fastest_bpm, 60 * rate / config.slowest_bpm
    lengths = np.arange(round(shortest), round(longest) + 1).astype(np.float32)
    octaves = np.log2(60 * rate / lengths / config.usual_bpm)
    spread = np.where(octaves > 0, config.fast_octaves, config.slow_octaves)
    return lengths, (-config.prior_weight * (octaves / spread) ** 2 / 2).astype(np.float32)


def _refine(frames: npt.NDArray[np.int64], activation: Scores) -> npt.NDArray[np.float64]:
    """Move each beat to the centre of its activation."""
    if not len(frames):
        return np.zeros(0)
    reach = np.arange(-_REFINE_FRAMES, _REFINE_FRAMES + 1)
    around = np.clip(frames[:, np.newaxis] + reach, 0, len(activation) - 1)
    weight = activation[around].astype(np.float64) ** 2 + 1e-6
    centre: npt.NDArray[np.float64] = frames + (weight * reach).sum(axis=1) / weight.sum(axis=1)
    return centre
