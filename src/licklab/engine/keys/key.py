"""The key of a recording, and its keys bar by bar, from the chords.

In: chords. Out: keys. Naive Bayes over how often each chord is used in each key, where dominants
lead, and the first and last chord; for local keys a hidden Markov model over bars, in which a key
lasts at least four. Key profiles of chords instead of notes: Noland and Sandler, "Key Estimation
Using a Hidden Markov Model", ISMIR 2006.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.key import Key, KeyEstimate, KeyMode, LocalKey
from licklab.engine.keys.profiles import (
    N_KEYS,
    Scores,
    chord_scores,
    key_at,
    load_profiles,
    read_sounding,
    target_scores,
    weigh_keys,
)

# A key that is so many times likelier than the relative, and likely enough to be meant, is shown as
# the alternative instead.
_MUCH_LIKELIER, _LIKELY = 3.0, 0.1
# Weimar tunes that modulate stay in a key for 8 bars or so: a change every 8 bars to any of 35
# keys is log(1 / (8 * 35)); a bar says less than its chords seem to, for neighbours repeat it.
_MODULATION_COST = 5.6
_BAR_WEIGHT = 1.0
_HOME_WEIGHT = 1.0
_FEWEST_BARS = 4


def estimate_key(chords: Sequence[Chord]) -> KeyEstimate | None:
    """Estimate the key of a recording.

    Parameters
    ----------
    chords : sequence of Chord
        In order.

    Returns
    -------
    KeyEstimate or None
        None where there is no chord with a root.
    """
    shares = key_shares(chords)
    if shares is None:
        return None
    best = int(shares.argmax())
    key = key_at(best)
    # The blues on a tonic is the same key as its major.
    same = np.array([_is_same(key_at(one), key) for one in range(N_KEYS)])
    others = np.where(same, 0.0, shares)
    rival = key_at(int(others.argmax()))
    relative = key.relative
    beside = sum(shares[one] for one in range(N_KEYS) if _is_same(key_at(one), relative))
    is_rival = others.max() > max(_LIKELY, _MUCH_LIKELIER * beside)
    alternative = rival if is_rival else relative
    return KeyEstimate(key, float(min(1.0, shares[same].sum())), alternative)


def estimate_local_keys(chords: Sequence[Chord], grid: BeatGrid) -> tuple[LocalKey, ...]:
    """Estimate where the music is at home, bar by bar.

    Parameters
    ----------
    chords : sequence of Chord
        In order.
    grid : BeatGrid
        Tells the bars.

    Returns
    -------
    tuple of LocalKey
        In order, without gaps, each at least four bars; one where the music does not modulate or
        there are too few bars; none where there is no chord with a root.
    """
    shares = key_shares(chords)
    if shares is None:
        return ()
    start, end = chords[0].onset_sec, chords[-1].offset_sec
    downbeats = [one.time_sec for one in grid.downbeats if start < one.time_sec < end]
    edges = np.array([start, *downbeats, end])
    home = int(shares.argmax())
    if len(edges) <= _FEWEST_BARS:
        return (LocalKey(start, end, key_at(home), float(shares[home])),)
    scores = _score_bars(chords, edges)
    scores[0] += _HOME_WEIGHT * np.log(np.maximum(shares, 1e-6))
    path = _find_path(scores)
    borders = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    local = []
    for first, last in itertools.pairwise(borders):
        total = scores[first:last].sum(axis=0)
        share = np.exp(total - total.max())
        column = int(path[first])
        confidence = float(share[column] / share.sum())
        local.append(LocalKey(float(edges[first]), float(edges[last]), key_at(column), confidence))
    return tuple(local)


def key_shares(chords: Sequence[Chord]) -> Scores | None:
    """Tell how likely each key is.

    Parameters
    ----------
    chords : sequence of Chord
        In order.

    Returns
    -------
    array, shape=(n_keys,), probability, or None
        By column of the tables; None where there is no chord with a root.
    """
    sounding = read_sounding(chords)
    if len(sounding.roots) == 0:
        return None
    profiles = load_profiles()
    scores = profiles.weights @ weigh_keys(sounding, profiles) + np.repeat(profiles.mode, 12)
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum())


def _is_same(one: Key, other: Key) -> bool:
    is_minor = KeyMode.MINOR in (one.mode, other.mode)
    return one.pitch_class == other.pitch_class and (not is_minor or one.mode == other.mode)


def _score_bars(chords: Sequence[Chord], edges: Scores) -> Scores:
    """Tell what each bar says of each key: its chords for their share of it, and its dominants."""
    sounding, profiles = read_sounding(chords), load_profiles()
    overlap = np.minimum(edges[1:, None], sounding.offsets) - np.maximum(
        edges[:-1, None], sounding.onsets
    )
    lengths = np.diff(edges)[:, None]
    share = np.maximum(overlap, 0) / np.maximum(lengths, 1e-6)
    scores = share @ chord_scores(sounding, profiles)
    leads = target_scores(sounding, profiles)
    # A dominant speaks once, in the bar in which it begins.
    bars = np.clip(np.searchsorted(edges, sounding.onsets, side="right") - 1, 0, len(scores) - 1)
    np.add.at(scores, bars, profiles.weights[1] / profiles.weights[:2].sum() * leads)
    return np.asarray(_BAR_WEIGHT * scores)


def _find_path(scores: Scores) -> npt.NDArray[np.int64]:
    """Find the best keys of bars, none shorter than the least."""
    n_bars = len(scores)
    # best[age, key]: age counts bars in the key, up to the least.
    best = np.full((_FEWEST_BARS, N_KEYS), -np.inf)
    best[-1] = scores[0]
    came_from = np.zeros((n_bars, _FEWEST_BARS, N_KEYS), np.int64)
    for i in range(1, n_bars):
        now = np.full_like(best, -np.inf)
        source = int(best[-1].argmax())
        now[0] = best[-1, source] - _MODULATION_COST
        came_from[i, 0] = (_FEWEST_BARS - 1) * N_KEYS + source
        for age in range(1, _FEWEST_BARS):
            now[age] = best[age - 1]
            came_from[i, age] = (age - 1) * N_KEYS + np.arange(N_KEYS)
        stays = best[-1] >= now[-1]
        now[-1] = np.maximum(best[-1], now[-1])
        came_from[i, -1][stays] = (_FEWEST_BARS - 1) * N_KEYS + np.flatnonzero(stays)
        best = now + scores[i]
    state = (_FEWEST_BARS - 1) * N_KEYS + int(best[-1].argmax())
    path = np.empty(n_bars, np.int64)
    for i in range(n_bars - 1, -1, -1):
        path[i] = state % N_KEYS
        state = int(came_from[i].reshape(-1)[state])
    return path
