"""The peer: plain dynamic time warping, told the key, as a first program would do it."""

import numpy as np

from benchmarks.practice.attempt_scenes import Attempt
from benchmarks.practice.attempt_scores import Told
from licklab.domain.note import Note
from licklab.notation.passage_playing import PassageClock

_NEAR_SEC = 0.03
_PITCH_COST_SEC = 0.25


def mark_by_dtw(attempt: Attempt, heard: tuple[Note, ...]) -> Told:
    """Mark an attempt by warping: its ends are those of the lick, its tempo a straight line."""
    passage = attempt.lick.passage
    clock = PassageClock(passage)
    times = np.array([clock.sec_at(one.onset_quarter) for one in passage.notes])
    pitches = np.array(passage.pitches_midi) + attempt.semitones
    onsets = np.array([one.onset_sec for one in heard])
    played = np.array([round(one.pitch_midi) for one in heard])
    if not len(onsets):
        return Told(dict.fromkeys(range(len(times)), "missed"), ())
    scale = (onsets[-1] - onsets[0]) / (times[-1] - times[0]) or 1.0
    mapped = (times - times[0]) * scale + onsets[0]
    pairs = _warp(mapped, pitches, onsets, played)
    # Of several partners the nearest: a note has one.
    cost = {(i, j): abs(mapped[i] - onsets[j]) + _PITCH_COST_SEC * (pitches[i] != played[j])
            for i, j in pairs}  # fmt: skip
    taken: dict[int, int] = {}
    for i, j in sorted(pairs, key=lambda pair: cost[pair]):
        if i not in taken and j not in taken.values():
            taken[i] = j
    right = [(i, j) for i, j in taken.items() if pitches[i] == played[j]]
    line = (scale, onsets[0] - scale * times[0])
    if len(right) > 1:
        line = tuple(np.polyfit(times[[i for i, _ in right]], onsets[[j for _, j in right]], 1))
    marks = {}
    for i, time in enumerate(times):
        if i not in taken:
            marks[i] = "missed"
            continue
        late = onsets[taken[i]] - line[0] * time - line[1]
        if pitches[i] != played[taken[i]]:
            marks[i] = "wrong"
        elif abs(late) > _NEAR_SEC:
            marks[i] = "late" if late > 0 else "early"
    extras = tuple(float(onsets[j]) for j in range(len(onsets)) if j not in taken.values())
    return Told(marks, extras)


def _warp(
    times: np.ndarray, pitches: np.ndarray, onsets: np.ndarray, played: np.ndarray
) -> list[tuple[int, int]]:
    cost = np.abs(times[:, None] - onsets) + _PITCH_COST_SEC * (pitches[:, None] != played)
    total = np.full((len(times) + 1, len(onsets) + 1), np.inf)
    total[0, 0] = 0
    for i in range(len(times)):
        for j in range(len(onsets)):
            before = min(total[i, j], total[i, j + 1], total[i + 1, j])
            total[i + 1, j + 1] = cost[i, j] + before
    path, at = [], (len(times), len(onsets))
    while at != (0, 0):
        path.append((at[0] - 1, at[1] - 1))
        steps = [(at[0] - 1, at[1] - 1), (at[0] - 1, at[1]), (at[0], at[1] - 1)]
        at = min((one for one in steps if min(one) >= 0), key=lambda one: total[one])
    return path
