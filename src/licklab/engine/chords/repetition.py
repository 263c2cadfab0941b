"""What a recording tells of itself: bars that come again, and its own changes.

Jazz goes round: choruses repeat, and so do the sections of a chorus. Bars whose chords are heard
alike together with those around them are taken for the same bars of the chart, and share what was
heard, whatever the form; bars close by are left out, for they differ by a chord. Repeated segments
for chords: Mauch, Noland and Dixon, "Using Musical Structure to Enhance Automatic Chord
Transcription", ISMIR 2009.
"""

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.pooling import BeatEvidence, Scores

# Chosen with `repeat_likeness` and `repeat_weight`, on simulated evidence of validation players.
_AROUND_BARS = 2
_NEAR_BARS = 4
_LIKENESS_WIDTH = 0.05
_MOST_REPEATS = 3.0
# Compared with each other: ten minutes and more, so that memory does not grow with the square.
_TOGETHER_BARS = 480


def share_repeats(
    evidence: BeatEvidence, posterior: Scores, grid: BeatGrid, config: HarmonyConfig
) -> BeatEvidence:
    """Let bars that repeat each other share what was heard.

    Parameters
    ----------
    evidence : BeatEvidence
        Of each beat alone.
    posterior : shape=(n_beats, n_chords), probability
        Of the chords, as they are heard without repeats.
    grid : BeatGrid
        Tells the bars.
    config : HarmonyConfig
        Weights.

    Returns
    -------
    BeatEvidence
        The same where nothing repeats.
    """
    beats = _whole_bars(grid)
    if config.repeat_weight == 0 or len(beats) <= _NEAR_BARS:
        return evidence
    shared = BeatEvidence(evidence.new.copy(), evidence.bar.copy(), evidence.other.copy())
    for first in range(0, len(beats), _TOGETHER_BARS):
        block = beats[first : first + _TOGETHER_BARS]
        _share_among(block, evidence, shared, posterior, grid, config)
    return shared


def _share_among(
    beats: npt.NDArray[np.int64], evidence: BeatEvidence, shared: BeatEvidence, posterior: Scores,
    grid: BeatGrid, config: HarmonyConfig,
) -> None:  # fmt: skip
    """Add to the evidence of some bars that of those among them that repeat them."""
    weights = _find_repeats(np.sqrt(posterior[beats]), config)
    numbers = np.array([grid.beats[one].bar for one in beats[:, 0]])
    weights[np.abs(numbers[:, None] - numbers) < _NEAR_BARS] = 0
    weights *= np.minimum(1, _MOST_REPEATS / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9))
    for scores, target in (
        (evidence.new, shared.new), (evidence.bar, shared.bar), (evidence.other, shared.other),
    ):  # fmt: skip
        # Only differences between chords are evidence.
        relative = scores[beats]
        relative = relative - relative.mean(axis=2, keepdims=True)
        others = (weights @ relative.reshape(len(beats), -1)).reshape(relative.shape)
        target[beats] += config.repeat_weight * others


def adapt_following(following: Scores, posterior: Scores, config: HarmonyConfig) -> Scores:
    """Let the changes that were heard add to those that are usual.

    Parameters
    ----------
    following : shape=(n_chords, n_chords), probability
        From chord to chord.
    posterior : shape=(n_beats, n_chords), probability
        Of the chords, as they are heard with the usual changes.
    config : HarmonyConfig
        Weights.

    Returns
    -------
    array, shape=(n_chords, n_chords), probability
        Each row adding up to 1.
    """
    path = posterior.argmax(axis=1)
    sureness = posterior.max(axis=1)
    last = np.flatnonzero(np.diff(path))
    adapted = config.own_language_trust * following
    np.add.at(adapted, (path[last], path[last + 1]), np.minimum(sureness[last], sureness[last + 1]))
    return np.asarray(adapted / adapted.sum(axis=1, keepdims=True))


def _whole_bars(grid: BeatGrid) -> npt.NDArray[np.int64]:
    """Give the places of the beats of each bar that has as many as it should."""
    per_bar = grid.time_signature.beats_per_bar
    positions = np.array([one.position_in_bar for one in grid.beats])
    starts = np.flatnonzero(positions == 1)
    starts = starts[starts + per_bar <= len(positions)]
    beats = starts[:, None] + np.arange(per_bar)
    whole = (positions[beats] == np.arange(1, per_bar + 1)).all(axis=1)
    return np.asarray(beats[whole])


def _find_repeats(chords: Scores, config: HarmonyConfig) -> Scores:
    """Say how surely each bar repeats each other one.

    Parameters
    ----------
    chords : shape=(n_bars, beats_per_bar, n_chords)
        Roots of probabilities, so that products tell likeness (Bhattacharyya).
    config : HarmonyConfig
        Weights.

    Returns
    -------
    array, shape=(n_bars, n_bars)
        From 0 to 1.
    """
    n_bars, per_bar, _ = chords.shape
    flat = chords.reshape(n_bars, -1)
    likeness = flat @ flat.T / per_bar
    total, count = np.zeros_like(likeness), np.zeros_like(likeness)
    for shift in range(-_AROUND_BARS, _AROUND_BARS + 1):
        here = slice(max(0, -shift), n_bars - max(0, shift))
        there = slice(max(0, shift), n_bars - max(0, -shift))
        total[here, here] += likeness[there, there]
        count[here, here] += 1
    odds = (total / count - config.repeat_likeness) / _LIKENESS_WIDTH
    return np.asarray(1 / (1 + np.exp(-odds)))
