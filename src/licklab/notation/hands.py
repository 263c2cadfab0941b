"""Which hand plays which note of a piano part.

In: onsets, ends and pitches. Out: for each note whether the right hand plays it. Notes that are
struck together are cut in two; the best row of cuts is searched so that no hand has to span too
much, each moves little and stays on its side of the other. There is no fixed border: a hand is
where it last played.
"""

from collections.abc import Sequence
from typing import NamedTuple

# A tenth is what most hands reach, a ninth with comfort: 14 semitones (Parncutt et al., "An
# ergonomic model of keyboard fingering", Music Perception 14(4), 1997, takes 15 as the widest).
SPAN_SEMITONES = 14
"""Widest chord of one hand."""

_TOGETHER_SEC = 0.04
# Ends are heard to 50 ms (the tolerance that the field scores them with): less is no overlap.
_OVERLAP_SEC = 0.05
# Where the hands are before they have played: about a tenth to both sides of middle C.
_LEFT_HOME_MIDI, _RIGHT_HOME_MIDI = 48.0, 67.0
# A hand that rests for longer drifts home, in semitones a second: it may then come from anywhere.
_REST_SEC, _DRIFT = 0.5, 4.0
# Prices in semitones of moving a hand. A span that cannot be played outweighs all else; a held key
# may be let go, for the pedal holds the tone.
_TOO_WIDE = 1000.0
_LET_GO = 2.0
_CROSSED = 3.0
# A line belongs to one hand: to give single notes to the other within a second costs as much as an
# octave. Chords between the notes of a line are another matter.
_CHANGE = 12.0
_CHANGE_SEC = 1.0
# Beyond the places in the middle that belong to both, a hand is on the other's side: each note has
# its price there, so that a long passage changes hands and a short one does not.
_LEFT_UP_TO_MIDI, _RIGHT_DOWN_TO_MIDI = 60.0, 55.0
_ASTRAY = 0.25
# Rows of cuts that are followed: on the six piano solos of the Weimar Jazz Database, with chords
# laid under them, 8 to 48 get the same share of notes right.
_MOST_ROWS = 12


class _Row(NamedTuple):
    """One way to have cut everything so far."""

    cost: float
    left: float
    right: float
    left_sec: float
    right_sec: float
    last_right: bool | None  # hand of the last single note; None after chords
    held: tuple[tuple[float, int, bool], ...]  # end, pitch, hand of what is still down
    cuts: "_Cut | None"


class _Cut(NamedTuple):
    n_left: int
    before: "_Cut | None"


def split_hands(
    onsets_sec: Sequence[float], offsets_sec: Sequence[float], pitches_midi: Sequence[int]
) -> tuple[bool, ...]:
    """Share notes out between two hands.

    Parameters
    ----------
    onsets_sec, offsets_sec : sequence of float, seconds
        In the order of onsets.
    pitches_midi : sequence of int
        Sounding.

    Returns
    -------
    tuple of bool
        Whether the right hand plays each. No chord of a hand is wider than `SPAN_SEMITONES` where
        two hands can play it at all.
    """
    groups = _group(onsets_sec, pitches_midi)
    home = _Row(0.0, _LEFT_HOME_MIDI, _RIGHT_HOME_MIDI, 0.0, 0.0, None, (), None)
    rows = [home]
    before_sec = 0.0
    for group in groups:
        notes = [(offsets_sec[i], pitches_midi[i]) for i in group]
        now_sec = onsets_sec[group[0]]
        fresh = [
            _step(row, notes, n_left, now_sec, now_sec - before_sec)
            for row in rows
            for n_left in range(len(group) + 1)
        ]
        rows = _best(fresh)
        before_sec = now_sec
    is_right = [False] * len(pitches_midi)
    cut = rows[0].cuts
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


def _best(rows: Sequence[_Row]) -> list[_Row]:
    """Keep the cheapest row for each place of the hands: those have the same future."""
    kept: dict[tuple[int, int, bool | None], _Row] = {}
    for row in sorted(rows, key=lambda one: one.cost):
        kept.setdefault((round(row.left / 3), round(row.right / 3), row.last_right), row)
        if len(kept) == _MOST_ROWS:
            break
    return list(kept.values())


def _step(
    row: _Row, notes: Sequence[tuple[float, int]], n_left: int, now_sec: float, passed_sec: float
) -> _Row:
    left = _drift(row.left, _LEFT_HOME_MIDI, now_sec - row.left_sec)
    right = _drift(row.right, _RIGHT_HOME_MIDI, now_sec - row.right_sec)
    held = tuple(one for one in row.held if one[0] - now_sec > _OVERLAP_SEC)
    cost, left_sec, right_sec = row.cost, row.left_sec, row.right_sec
    if n_left:
        cost, left = _play(cost, left, [pitch for _, pitch in notes[:n_left]], held, is_right=False)
        left_sec = now_sec
    if n_left < len(notes):
        cost, right = _play(
            cost, right, [pitch for _, pitch in notes[n_left:]], held, is_right=True
        )
        right_sec = now_sec
    only = None if 0 < n_left < len(notes) else n_left == 0
    if left > right:
        if only is None or any(is_right is not only for _, _, is_right in held):
            cost += _CROSSED * (left - right)
        elif only:
            left = right  # a hand that does not play makes way
        else:
            right = left
    last = only if len(notes) == 1 else None
    if None not in (last, row.last_right) and last != row.last_right and passed_sec < _CHANGE_SEC:
        cost += _CHANGE
    down = (*held, *((end, pitch, k >= n_left) for k, (end, pitch) in enumerate(notes)))
    return _Row(cost, left, right, left_sec, right_sec, last, down, _Cut(n_left, row.cuts))


def _play(
    cost: float,
    place: float,
    pitches: Sequence[int],
    held: Sequence[tuple[float, int, bool]],
    *,
    is_right: bool,
) -> tuple[float, float]:
    """Give the cost with one hand's notes, and its place after them."""
    low, high = pitches[0], pitches[-1]
    middle = (low + high) / 2
    cost += abs(middle - place) + _TOO_WIDE * max(0, high - low - SPAN_SEMITONES)
    astray = _RIGHT_DOWN_TO_MIDI - middle if is_right else middle - _LEFT_UP_TO_MIDI
    cost += _ASTRAY * max(0.0, astray)
    for _, pitch, hand in held:
        if hand is is_right:
            cost += _LET_GO * max(0, high - pitch - SPAN_SEMITONES, pitch - low - SPAN_SEMITONES)
    return cost, middle


def _drift(place: float, home: float, rest_sec: float) -> float:
    reach = _DRIFT * max(rest_sec - _REST_SEC, 0.0)
    return place + max(-reach, min(reach, home - place))
