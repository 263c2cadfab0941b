"""Which hand plays which note of a piano part.

In: onsets, ends and pitches. Out: for each note whether the right hand plays it. Notes that are
struck together are cut in two; one best path chooses the cuts so that no hand has to span too much,
each moves little and stays on its side of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# A tenth is what most hands reach, a ninth with comfort: 14 semitones (Parncutt et al., "An
# ergonomic model of keyboard fingering", Music Perception 14(4), 1997, takes 15 as the widest).
_SPAN_SEMITONES = 14
_TOGETHER_SEC = 0.04
# Where the hands are before they have played: a tenth to both sides of middle C.
_LEFT_HOME_MIDI, _RIGHT_HOME_MIDI = 48.0, 67.0
# A hand that rests drifts home, in semitones a second: it may then come from anywhere.
_DRIFT = 4.0
_TOO_WIDE = 6.0
_CROSSED = 3.0
# A line in the middle belongs to one hand: changing within a second costs as much as an octave.
_CHANGE = 12.0
_CHANGE_SEC = 1.0


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    left: float
    right: float
    last_right: bool | None
    time_sec: float
    cuts: "_Cut | None"


@dataclass(frozen=True, slots=True)
class _Cut:
    n_left: int
    before: "_Cut | None"


def split_hands(onsets_sec: Sequence[float], pitches_midi: Sequence[int]) -> tuple[bool, ...]:
    """Share notes out between two hands.

    Parameters
    ----------
    onsets_sec : sequence of float, seconds
        In order.
    pitches_midi : sequence of int
        Sounding.

    Returns
    -------
    tuple of bool
        Whether the right hand plays each.
    """
    groups = _group(onsets_sec, pitches_midi)
    states = [_State(0.0, _LEFT_HOME_MIDI, _RIGHT_HOME_MIDI, None, 0.0, None)]
    for group in groups:
        pitches = [pitches_midi[i] for i in group]
        time_sec = onsets_sec[group[0]]
        fresh = [
            _step(state, pitches, n_left, time_sec)
            for state in states
            for n_left in range(len(group) + 1)
        ]
        # Hands in nearly the same places have the same future: the cheapest of each is kept.
        kept: dict[tuple[int, int, bool | None], _State] = {}
        for state in sorted(fresh, key=lambda one: one.cost):
            kept.setdefault(
                (round(state.left / 3), round(state.right / 3), state.last_right), state
            )
        states = list(kept.values())[:24]
    is_right = [False] * len(pitches_midi)
    cut = states[0].cuts
    for group in reversed(groups):
        assert cut is not None
        for i in group[cut.n_left :]:
            is_right[i] = True
        cut = cut.before
    return tuple(is_right)


def _group(onsets_sec: Sequence[float], pitches_midi: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for i, onset in enumerate(onsets_sec):
        if groups and onset - onsets_sec[groups[-1][0]] <= _TOGETHER_SEC:
            groups[-1].append(i)
        else:
            groups.append([i])
    return [sorted(group, key=lambda i: pitches_midi[i]) for group in groups]


def _step(state: _State, pitches: Sequence[int], n_left: int, time_sec: float) -> _State:
    rest = max(time_sec - state.time_sec, 0.0)
    left = _drift(state.left, _LEFT_HOME_MIDI, rest)
    right = _drift(state.right, _RIGHT_HOME_MIDI, rest)
    cost = state.cost
    for is_right, mine in ((False, pitches[:n_left]), (True, pitches[n_left:])):
        if not mine:
            continue
        middle = (mine[0] + mine[-1]) / 2
        cost += abs(middle - (right if is_right else left))
        cost += _TOO_WIDE * max(0, mine[-1] - mine[0] - _SPAN_SEMITONES)
        if is_right:
            right = middle
        else:
            left = middle
    cost += _CROSSED * max(0.0, left - right)
    last = None if 0 < n_left < len(pitches) else n_left == 0
    if None not in (last, state.last_right) and last != state.last_right and rest < _CHANGE_SEC:
        cost += _CHANGE
    return _State(cost, left, right, last, time_sec, _Cut(n_left, state.cuts))


def _drift(place: float, home: float, rest_sec: float) -> float:
    reach = _DRIFT * max(rest_sec - 0.5, 0.0)
    return place + max(-reach, min(reach, home - place))
