"""Finds a passage in what was heard: where, in which key, at which tempo, how often.

A local alignment of pitches and of the times between onsets, for all keys and a row of tempi at
once (after Smith and Waterman, "Identification of common molecular subsequences", 1981). Times
between onsets are compared, not onsets: a tempo that drifts costs little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.practice.marking.reference import Floats, Ints, Reference

SLOWEST, FASTEST = 0.58, 1.72
"""Share of the passage's tempo: slower or faster by 40 %, and a little for what drifts."""

HIGHEST_SEMITONES = 36
"""A passage is moved by three octaves either way at most: from a bass to a piccolo."""

_N_TEMPI = 17
_MOST_KEYS = 8
_REACH = 4  # so many notes may be skipped between two that fit, less one
# A note that fits is worth 1. The prices say which error is more likely than which; they were
# set so that attempts of validation players are found (`benchmarks/practice`), and a third more or
# less of each changes nothing there.
_OCTAVE, _NEAR, _FAR = 0.6, 0.1, -0.4
_SKIPPED_REFERENCE, _SKIPPED_HEARD = 0.5, 0.3
_TIME_PRICE = 0.8
_TIME_SEC, _TIME_SHARE = 0.1, 0.1
# What fits worse than this share of the passage is not looked at; marks then tell chance from
# attempts.
_LEAST_SHARE = 0.35
_LEAST_OF_BEST = 0.6


@dataclass(frozen=True, slots=True)
class Recognised:
    """A place where the passage was played.

    Attributes
    ----------
    score : float
        About the number of notes that fit.
    semitones : int
        Above the passage.
    pairs : tuple of (int, int)
        Notes of the passage and heard notes, in order.
    """

    score: float
    semitones: int
    pairs: tuple[tuple[int, int], ...]


def recognise(
    reference: Reference,
    onset_sec: Floats,
    pitch_midi: Ints,
    *,
    semitones: Sequence[int] | None = None,
    tempi: tuple[float, float] = (SLOWEST, FASTEST),
) -> tuple[Recognised, ...]:
    """Find a passage in what was heard.

    Parameters
    ----------
    reference : Reference
        The passage.
    onset_sec : shape=(n_heard,), seconds
        Onsets of the heard notes, in order.
    pitch_midi : shape=(n_heard,), int
        Their pitches.
    semitones : sequence of int, optional
        By which it may have been moved; up to three octaves either way if omitted.
    tempi : tuple of float
        Slowest and fastest, as shares of the passage's tempo.

    Returns
    -------
    tuple of Recognised
        In order of time, none overlapping another; none where the passage is not there.
    """
    moves = np.array(
        range(-HIGHEST_SEMITONES, HIGHEST_SEMITONES + 1) if semitones is None else semitones,
        dtype=np.int64,
    )
    scales = np.geomspace(*tempi, _N_TEMPI) if tempi[0] < tempi[1] else np.array([tempi[0]])
    found = list(_search(reference, onset_sec, pitch_midi, moves, scales, 0, len(onset_sec)))
    if not found:
        return ()
    least = _LEAST_OF_BEST * max(one.score for one in found)
    kept = [one for one in found if one.score >= least]
    return tuple(sorted(kept, key=lambda one: one.pairs[0][1]))


def _search(
    reference: Reference,
    onset_sec: Floats,
    pitch_midi: Ints,
    moves: Ints,
    scales: Floats,
    start: int,
    stop: int,
) -> Iterator[Recognised]:
    """Find the best place between two heard notes, then what is before and behind it."""
    waiting = [(start, stop)]
    while waiting:
        start, stop = waiting.pop()
        if stop - start < 2:
            continue
        best = _best_place(reference, onset_sec[start:stop], pitch_midi[start:stop], moves, scales)
        if best is None or best.score < max(_LEAST_SHARE * len(reference), 1.5):
            continue
        pairs = tuple((i, j + start) for i, j in best.pairs)
        yield Recognised(best.score, best.semitones, pairs)
        waiting += [(start, pairs[0][1]), (pairs[-1][1] + 1, stop)]


def _best_place(
    reference: Reference, onset_sec: Floats, pitch_midi: Ints, moves: Ints, scales: Floats
) -> Recognised | None:
    if len(moves) > _MOST_KEYS:
        # By pitch alone first: seven keys in eight need not be tried at all tempi.
        fits = _align(reference, onset_sec, pitch_midi, moves, np.zeros(1))[0]
        best = np.argsort(-fits.max(axis=(0, 2, 3)), kind="stable")[:_MOST_KEYS]
        moves = moves[np.sort(best)]
    scores, came = _align(reference, onset_sec, pitch_midi, moves, scales)
    i, key, tempo, j = np.unravel_index(int(scores.argmax()), scores.shape)
    if scores[i, key, tempo, j] <= 0:
        return None
    pairs = []
    at = (int(i), int(j))
    while True:
        pairs.append(at)
        step = int(came[at[0], key, tempo, at[1]])
        if step < 0:
            break
        at = (at[0] - step // _REACH - 1, at[1] - step % _REACH - 1)
    return Recognised(float(scores[i, key, tempo, j]), int(moves[key]), tuple(reversed(pairs)))


def _align(
    reference: Reference, onset_sec: Floats, pitch_midi: Ints, moves: Ints, scales: Floats
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]:
    """Score the best alignment that ends with each pair, and tell the step that led to it.

    Returns arrays of shape (n_notes, n_keys, n_tempi, n_heard). A tempo of 0 leaves times alone.
    """
    count, n_heard = len(reference), len(onset_sec)
    shape = (count, len(moves), len(scales), n_heard)
    scores = np.zeros(shape, dtype=np.float32)
    came = np.full(shape, -1, dtype=np.int8)
    places = reference.beats * reference.beat_sec
    for i in range(count):
        best = np.zeros(shape[1:], dtype=np.float32)
        for back in range(1, min(_REACH, i) + 1):
            apart = places[i] - places[i - back]
            for skip in range(1, min(_REACH, n_heard - 1) + 1):
                heard = onset_sec[skip:] - onset_sec[:-skip]
                price = _SKIPPED_REFERENCE * (back - 1) + _SKIPPED_HEARD * (skip - 1)
                late = _time_price(apart, heard, scales)
                led = scores[i - back, :, :, :-skip] - (late[None] + price)
                better = led > best[:, :, skip:]
                np.copyto(best[:, :, skip:], led, where=better, casting="same_kind")
                np.copyto(came[i, :, :, skip:], (back - 1) * _REACH + skip - 1, where=better)
        fits = _fit(pitch_midi[None, :] - moves[:, None] - reference.pitches[i])
        scores[i] = best + fits[:, None, :]
    return scores, came


def _time_price(apart: float, heard: Floats, scales: Floats) -> Floats:
    wanted = apart / np.where(scales > 0, scales, 1.0)[:, None]
    off = np.abs(heard[None, :] - wanted) / (_TIME_SEC + _TIME_SHARE * wanted)
    price: Floats = _TIME_PRICE * np.minimum(off, 2.0) * (scales > 0)[:, None]
    return price


def _fit(difference: Ints) -> npt.NDArray[np.float32]:
    size = np.abs(difference)
    return np.select([size == 0, size % 12 == 0, size <= 2], [1.0, _OCTAVE, _NEAR], _FAR).astype(
        np.float32
    )
