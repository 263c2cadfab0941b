"""Solos as words of intervals: every run of n intervals that no rest divides.

Words are compared by hashes of 64 bits: of the 22 million words of 50,000 solos two differing ones
share a hash with a chance of one in 10^5.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import Floats, Ints

# The rest that ends a phrase best by itself: on the Weimar phrases, F1 .879 at .30 s.
_REST_SEC = 0.3
_REPEATED_SHARE, _RUN_SHARE, _PERIODIC_SHARE = 0.4, 0.8, 0.8
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 by the golden ratio, odd: Knuth, TAOCP vol. 3, 6.4
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class IntervalText:
    """All notes of a corpus, one solo after another.

    Attributes
    ----------
    pitch_midi : shape=(n_notes,), int
        Of the notes.
    solo : shape=(n_notes,), int
        Place of each note's solo in `numbers`.
    first_note : shape=(n_solos,), int
        Where each solo begins.
    run : shape=(n_notes,), int
        How many intervals follow each note before a rest or the end of its solo.
    numbers : shape=(n_solos,), int
        Of the solos in the store.
    """

    pitch_midi: Ints
    solo: Ints
    first_note: Ints
    run: Ints
    numbers: Ints

    def starts(self, n_intervals: int) -> Ints:
        """Find where words of a length begin.

        Parameters
        ----------
        n_intervals : int
            The length.

        Returns
        -------
        shape=(n_words,), int
            Indices of notes, rising.
        """
        return np.flatnonzero(self.run >= n_intervals)

    def hashes(self, starts: Ints, n_intervals: int) -> Hashes:
        """Hash words.

        Parameters
        ----------
        starts : shape=(n_words,), int
            Their first notes.
        n_intervals : int
            Their length.

        Returns
        -------
        shape=(n_words,), 64 bits
            Equal for equal intervals.
        """
        hashes = np.zeros(len(starts), dtype=np.uint64)
        for k in range(n_intervals):
            step = self.pitch_midi[starts + k + 1] - self.pitch_midi[starts + k]
            hashes = (hashes + (step + 256).astype(np.uint64)) * _MIX
            hashes ^= hashes >> np.uint64(29)
        return hashes

    def word(self, start: int, n_intervals: int) -> tuple[int, ...]:
        """Read a word.

        Parameters
        ----------
        start : int
            Its first note.
        n_intervals : int
            Its length.

        Returns
        -------
        tuple of int, semitones
            Its intervals.
        """
        return tuple(np.diff(self.pitch_midi[start : start + n_intervals + 1]).tolist())


def read_text(solos: Iterable[tuple[int, Ints, Floats, Floats]]) -> IntervalText:
    """Join solos.

    Parameters
    ----------
    solos : iterable of (int, array, array, array)
        Number, pitches, onsets and offsets, as of `licklab.corpus.store.Corpus.packed_notes`.

    Returns
    -------
    IntervalText
        Of all of them.
    """
    numbers, pitches, ends, lengths = [], [], [], []
    for number, pitch, onset, offset in solos:
        is_end = np.ones(len(pitch), dtype=bool)
        is_end[:-1] = onset[1:] - offset[:-1] >= _REST_SEC
        numbers.append(number)
        pitches.append(pitch)
        ends.append(is_end)
        lengths.append(len(pitch))
    if not numbers:
        nothing = np.zeros(0, dtype=np.int64)
        return IntervalText(nothing, nothing, nothing, nothing, nothing)
    end_at = np.flatnonzero(np.concatenate(ends))
    n_notes = sum(lengths)
    notes = np.arange(n_notes)
    return IntervalText(
        np.concatenate(pitches),
        np.repeat(np.arange(len(numbers)), lengths),
        np.cumsum([0, *lengths[:-1]]),
        end_at[np.searchsorted(end_at, notes)] - notes,
        np.array(numbers, dtype=np.int64),
    )


def is_trivial(word: tuple[int, ...]) -> bool:
    """Tell trills, repeated notes and scale runs, which say nothing about a player.

    Parameters
    ----------
    word : tuple of int, semitones
        Intervals.

    Returns
    -------
    bool
        Whether it is mostly one of them.
    """
    intervals = np.array(word)
    pitches = np.cumsum([0, *word])
    if np.mean(intervals == 0) > _REPEATED_SHARE:
        return True
    sign = np.sign(intervals)
    is_step = (np.abs(intervals) <= 2) & (sign != 0)
    if max(np.mean(is_step & (sign == 1)), np.mean(is_step & (sign == -1))) > _RUN_SHARE:
        return True
    return any(
        np.mean(pitches[lag:] == pitches[:-lag]) >= _PERIODIC_SHARE
        for lag in (2, 3)
        if len(pitches) > 2 * lag
    )
