"""Evidence of frames to evidence of beats."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import Activation, ChordEvidence, RhythmEvidence
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.language import N_CHORDS, Language
from licklab.errors import ShapeError

Scores = npt.NDArray[np.float64]
Times = npt.NDArray[np.float64]

# A beat is placed within 35 ms of where the network hears it (Dixon's and mir_eval's tolerance for
# beats is 70 ms, both ways together).
NEAR_SEC = 0.035
"""Beats are looked for within it."""

_ONLY_BEAT_SEC = 0.5
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class BeatEvidence:
    """What each beat says of each chord.

    Attributes
    ----------
    new : shape=(n_beats, n_chords), log likelihood
        Of a chord that begins on the beat.
    bar : shape=(n_beats, n_chords), log likelihood
        Of one that began before, on a downbeat.
    other : shape=(n_beats, n_chords), log likelihood
        Of one that began before, on another beat.
    """

    new: Scores
    bar: Scores
    other: Scores


def pool_chords(
    times_sec: Times, evidence: ChordEvidence, language: Language, config: HarmonyConfig
) -> BeatEvidence:
    """Gather the evidence of each beat.

    Parameters
    ----------
    times_sec : shape=(n_beats,)
        Of the beats; each lasts until the next, the last as long as they usually do.
    evidence : ChordEvidence
        Of the frames.
    language : Language
        Tells what the bass plays to each chord.
    config : HarmonyConfig
        Weights.

    Returns
    -------
    BeatEvidence
        Zero where a beat lies outside of the evidence.

    Raises
    ------
    ShapeError
        If the evidence does not have as many chords as there are.
    """
    if evidence.chords.ndim != 2 or evidence.chords.shape[1] != N_CHORDS:
        raise ShapeError(
            f"want evidence of shape (n_frames, {N_CHORDS}), got {evidence.chords.shape}"
        )
    edges = beat_edges(times_sec)
    length = np.diff(edges) * config.trim_share
    firsts, lasts = edges[:-1] + length, edges[1:] - length
    sums, n_frames = sum_between(evidence.chords, evidence, firsts, lasts)
    prior = config.prior_weight * np.log(language.in_force)
    heard = config.frame_weight * (sums - n_frames[:, None] * prior)
    bass_sums, _ = sum_between(np.exp(evidence.bass), evidence, firsts, lasts)
    share = bass_sums / np.maximum(bass_sums.sum(axis=1, keepdims=True), _LEAST)
    silent = n_frames <= 0
    share[silent] = np.eye(13)[0]
    kinds = (language.bass_new, language.bass_bar, language.bass_other)
    bass = (config.bass_weight * np.log(np.maximum(share @ one, _LEAST)) for one in kinds)
    return BeatEvidence(*(heard + one for one in bass))


def pool_downbeats(times_sec: Times, rhythm: RhythmEvidence, config: HarmonyConfig) -> Scores:
    """Tell how much speaks for a bar line at each beat.

    Parameters
    ----------
    times_sec : shape=(n_beats,)
        Of the beats.
    rhythm : RhythmEvidence
        Of the frames.
    config : HarmonyConfig
        Weights.

    Returns
    -------
    array, shape=(n_beats,)
        Log odds, weighted; 0 where nothing is known.
    """
    share = config.downbeat_share
    heard = peaks_near(times_sec, rhythm.downbeat, rhythm, missing=share)
    heard = np.clip(heard, 0.02, 0.98)  # a network is seldom righter than one time in fifty
    odds = np.log(heard / (1 - heard)) - np.log(share / (1 - share))
    return np.asarray(config.downbeat_weight * odds)


def peaks_near(
    times_sec: Times,
    activation: Activation,
    rhythm: RhythmEvidence,
    missing: float = 0.0,
    reach_sec: float = NEAR_SEC,
) -> Scores:
    """Give the highest activation near each time.

    Parameters
    ----------
    times_sec : shape=(n,)
        Where to look.
    activation : shape=(n_frames,)
        One of the evidence.
    rhythm : RhythmEvidence
        Tells the times of frames.
    missing : float
        Where there are no frames.
    reach_sec : float
        How far to look either way.

    Returns
    -------
    array, shape=(n,)
        The highest within reach.
    """
    if len(activation) == 0:
        return np.full(len(times_sec), missing)
    reach = round(reach_sec * rhythm.frame_rate)
    middle = np.rint((times_sec - rhythm.start_sec) * rhythm.frame_rate).astype(int)
    near = middle[:, None] + np.arange(-reach, reach + 1)
    inside = (near >= 0) & (near < len(activation))
    values = np.where(inside, activation[np.clip(near, 0, len(activation) - 1)], -np.inf)
    highest = values.max(axis=1)
    return np.where(np.isfinite(highest), highest, missing)


def beat_edges(times_sec: Times) -> Times:
    """Give the borders of beats.

    Parameters
    ----------
    times_sec : shape=(n_beats,)
        Where they begin.

    Returns
    -------
    array, shape=(n_beats + 1,)
        The last beat is as long as they usually are.
    """
    usual = float(np.median(np.diff(times_sec))) if len(times_sec) > 1 else _ONLY_BEAT_SEC
    return np.append(times_sec, times_sec[-1] + usual)


def sum_between(
    values: Activation, evidence: ChordEvidence, firsts_sec: Times, lasts_sec: Times
) -> tuple[Scores, Scores]:
    """Add up frames from time to time, parts of frames in part.

    Parameters
    ----------
    values : shape=(n_frames, n)
        Of the frames.
    evidence : ChordEvidence
        Tells their times.
    firsts_sec, lasts_sec : shape=(n_stretches,)
        From when until when.

    Returns
    -------
    sums : shape=(n_stretches, n)
        Of the values.
    n_frames : shape=(n_stretches,)
        That were added up.
    """
    totals = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, dtype=np.float64, out=totals[1:])

    def until(times_sec: Times) -> tuple[Scores, Scores]:
        # A frame reaches half a frame either side of its middle.
        place = (times_sec - evidence.start_sec) * evidence.frame_rate + 0.5
        place = np.clip(place, 0, len(values))
        whole = np.minimum(place.astype(int), max(0, len(values) - 1))
        part = (place - whole)[:, None]
        following = totals[np.minimum(whole + 1, len(values))]
        return totals[whole] + part * (following - totals[whole]), place

    (high, high_place), (low, low_place) = until(lasts_sec), until(firsts_sec)
    return high - low, high_place - low_place
