"""Which heard note was played for which note of the passage, once the tempo is known.

One best path through both rows (after Needleman and Wunsch, 1970): what is played for a note is
near to it in pitch and time; the rest is missed or too much.
"""

from dataclasses import dataclass

import numpy as np

from licklab.practice.marking.reference import Floats, Ints

# What a note costs that is missed, and one that is too much; a pair that costs more is none.
_MISSED, _EXTRA = 1.0, 0.8
# Another pitch: an octave is the listener's error more often than the player's; a slip goes to a
# neighbour more often than far away.
_OCTAVE, _NEAR, _FAR = 0.3, 0.6, 0.9
_NEAR_SEMITONES = 2
# A note is late by a fifth of a second at most, or by half of a slow beat; later it is another one.
_LATEST_SEC, _LATEST_BEATS = 0.3, 0.5
_TIME_PRICE = 0.9


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs, and what is left over.

    Attributes
    ----------
    heard : tuple of (int or None)
        For each note of the passage the heard note that was played for it.
    extras : tuple of int
        Heard notes between the first pair and the last that were played for none.
    """

    heard: tuple[int | None, ...]
    extras: tuple[int, ...]


def align(
    expected_sec: Floats,
    expected_midi: Ints,
    onset_sec: Floats,
    pitch_midi: Ints,
    beat_sec: float,
) -> Alignment:
    """Align the notes of a passage with what was heard.

    Parameters
    ----------
    expected_sec : shape=(n_notes,), seconds of the attempt
        When the notes of the passage were to be played.
    expected_midi : shape=(n_notes,), int
        Their pitches, in the key of the attempt.
    onset_sec : shape=(n_heard,), seconds of the attempt
        Onsets of the heard notes, in order.
    pitch_midi : shape=(n_heard,), int
        Their pitches.
    beat_sec : float
        Length of a beat.

    Returns
    -------
    Alignment
        The cheapest.
    """
    prices = _prices(expected_sec, expected_midi, onset_sec, pitch_midi, beat_sec)
    count, n_heard = prices.shape
    total = np.zeros((count + 1, n_heard + 1))
    # What was played before and after the passage costs nothing.
    total[1:, 0] = _MISSED * np.arange(1, count + 1)
    for i in range(1, count + 1):
        for j in range(1, n_heard + 1):
            extra = 0.0 if i == count else _EXTRA
            total[i, j] = min(
                total[i - 1, j - 1] + prices[i - 1, j - 1],
                total[i - 1, j] + _MISSED,
                total[i, j - 1] + extra,
            )
    heard: list[int | None] = [None] * count
    i, j = count, n_heard
    while i > 0 and j > 0:
        extra = 0.0 if i == count else _EXTRA
        if total[i, j] == total[i - 1, j - 1] + prices[i - 1, j - 1]:
            i, j = i - 1, j - 1
            heard[i] = j
        elif total[i, j] == total[i, j - 1] + extra:
            j -= 1
        else:
            i -= 1
    taken = [one for one in heard if one is not None]
    between = range(taken[0], taken[-1] + 1) if taken else range(0)
    return Alignment(tuple(heard), tuple(sorted(set(between) - set(taken))))


def _prices(
    expected_sec: Floats,
    expected_midi: Ints,
    onset_sec: Floats,
    pitch_midi: Ints,
    beat_sec: float,
) -> Floats:
    latest = max(_LATEST_SEC, _LATEST_BEATS * beat_sec)
    off = np.abs(onset_sec[None, :] - expected_sec[:, None])
    size = np.abs(pitch_midi[None, :] - expected_midi[:, None])
    pitch = np.select(
        [size == 0, size % 12 == 0, size <= _NEAR_SEMITONES], [0.0, _OCTAVE, _NEAR], _FAR
    )
    prices: Floats = pitch + _TIME_PRICE * off / latest
    prices[off > latest] = np.inf
    return prices
