"""Harmony that follows when beats and bars change."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.form import Chorus, Form, Section
from licklab.domain.key import LocalKey

Times = npt.NDArray[np.float64]


def snap_chords(chords: Sequence[Chord], grid: BeatGrid) -> tuple[Chord, ...]:
    """Move the boundaries of chords to beats.

    Each goes to the nearest beat; where a chord would vanish, its own go to half beats, or stay.
    What lies outside all beats stays.

    Parameters
    ----------
    chords : sequence of Chord
        In order.
    grid : BeatGrid
        The beats.

    Returns
    -------
    tuple of Chord
        As many, in order, each with a length.
    """
    beats = np.array([one.time_sec for one in grid.beats])
    if not chords or len(beats) < 2:
        return tuple(chords)
    own = np.array([(one.onset_sec, one.offset_sec) for one in chords]).ravel()
    halves = np.sort(np.concatenate([beats, (beats[:-1] + beats[1:]) / 2]))
    levels = np.stack([_snap(own, beats), _snap(own, halves), own])
    chosen = np.zeros(len(own), dtype=np.int64)
    while True:
        edges = np.take_along_axis(levels, chosen[None], axis=0)[0]
        # Onset and offset of one chord, and of one and the next, must keep their order.
        wrong = edges[1:] < edges[:-1]
        wrong[0::2] |= edges[1::2] <= edges[0::2]
        clashing = np.zeros(len(own), dtype=bool)
        clashing[1:] |= wrong
        clashing[:-1] |= wrong
        # Two boundaries at one time stay together.
        joined = own[1:] == own[:-1]
        clashing[1:] |= joined & clashing[:-1]
        clashing[:-1] |= joined & clashing[1:]
        clashing &= chosen < 2
        if not clashing.any():
            break
        chosen += clashing
    return tuple(
        replace(one, onset_sec=float(edges[2 * i]), offset_sec=float(edges[2 * i + 1]))
        for i, one in enumerate(chords)
    )


def snap_keys(keys: Sequence[LocalKey], grid: BeatGrid) -> tuple[LocalKey, ...]:
    """Move the boundaries of local keys to downbeats.

    Parameters
    ----------
    keys : sequence of LocalKey
        In order.
    grid : BeatGrid
        The bars.

    Returns
    -------
    tuple of LocalKey
        In order; one that would vanish keeps its boundaries.
    """
    bars = np.array([one.time_sec for one in grid.downbeats])
    if len(bars) < 2:
        return tuple(keys)
    moved: list[LocalKey] = []
    for one in keys:
        onset_sec, offset_sec = _snap(np.array([one.onset_sec, one.offset_sec]), bars).tolist()
        fits = onset_sec < offset_sec and (not moved or moved[-1].offset_sec <= onset_sec)
        moved.append(replace(one, onset_sec=onset_sec, offset_sec=offset_sec) if fits else one)
    return tuple(moved)


def _snap(times: Times, marks: Times) -> Times:
    """Move times to the nearest mark; those far outside the marks stay."""
    nearest = marks[np.searchsorted((marks[1:] + marks[:-1]) / 2, times)]
    first, last = marks[0], marks[-1]
    outside = (times < first - (marks[1] - first) / 2) | (times > last + (last - marks[-2]) / 2)
    return np.where(outside, times, nearest)


def recount_form(form: Form, before: BeatGrid, after: BeatGrid) -> Form | None:
    """Count a form in other bars.

    Parameters
    ----------
    form : Form
        In bars of `before`.
    before, after : BeatGrid
        The bars as they were, and as they are.

    Returns
    -------
    Form or None
        The same music in the new bars; None where its parts are no whole bars there.
    """
    old_sec, new_sec = _bar_sec(before), _bar_sec(after)
    if old_sec is None or new_sec is None:
        return None
    # Tempo drifts, and the medians with it: parts are in small whole ratios to one another.
    per_bar = _simple_ratio(old_sec / new_sec)
    sections = []
    for one in form.sections:
        first, length = per_bar * (one.first_bar - 1), per_bar * one.n_bars
        sections.append((one.label, first, length))
    n_bars = per_bar * form.n_bars
    if n_bars % 1 or any(first % 1 or length % 1 for _, first, length in sections):
        return None
    whole_bars = {one.bar for one in before.downbeats}
    downbeats = after.downbeats
    times = np.array([one.time_sec for one in downbeats])

    def bar_at(time_sec: float) -> int:
        nearest = int(np.argmin(np.abs(times - time_sec)))
        # The end of the last chorus may be that of the beats: a bar behind the last downbeat.
        return downbeats[nearest].bar + round((time_sec - float(times[nearest])) / new_sec)

    return Form(
        name=re.sub(r"^\d+", str(int(n_bars)), form.name),
        n_bars=int(n_bars),
        sections=tuple(Section(label, int(at) + 1, int(length)) for label, at, length in sections),
        choruses=tuple(
            _recount_chorus(one, int(n_bars), whole_bars, bar_at) for one in form.choruses
        ),
        confidence=form.confidence,
    )


def _simple_ratio(ratio: float) -> float:
    """Take a ratio of bar lengths as one of beats in bars: 2/1, 1/2, 4/3, 3/4 ..."""
    ratios = np.array([a / b for a in range(1, 13) for b in range(1, 13)])
    return float(ratios[np.argmin(np.abs(np.log(ratios / ratio)))])


def _bar_sec(grid: BeatGrid) -> float | None:
    downbeats = [one.time_sec for one in grid.downbeats]
    return float(np.median(np.diff(downbeats))) if len(downbeats) > 1 else None


def _recount_chorus(
    chorus: Chorus, n_bars: int, whole_bars: set[int], bar_at: Callable[[float], int]
) -> Chorus:
    first_bar = (
        bar_at(chorus.onset_sec)
        if chorus.first_bar in whole_bars
        # Begun before the recording: counted back from its end.
        else bar_at(chorus.offset_sec) - n_bars
    )
    return Chorus(chorus.number, first_bar, n_bars, chorus.onset_sec, chorus.offset_sec)
