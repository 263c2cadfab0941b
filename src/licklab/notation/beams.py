"""Beams: which short notes of a bar hang together."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.score import Beam, ScoreEvent
from licklab.notation.values import BarMeter

_EIGHTH = Fraction(1, 2)


def beam_events(events: Sequence[ScoreEvent], meter: BarMeter) -> tuple[ScoreEvent, ...]:
    """Give the events of a bar their beams.

    Parameters
    ----------
    events : sequence of ScoreEvent
        Of one voice, in order.
    meter : BarMeter
        Of the bar.

    Returns
    -------
    tuple of ScoreEvent
        The same with beams: beat by beat, or over a group of beats that holds eighths alone.
    """
    found = list(events)
    for indices in _groups(events, meter):
        if len(indices) > 1:
            for i, beams in zip(indices, _beams([found[i] for i in indices]), strict=True):
                found[i] = replace(found[i], beams=beams)
    return tuple(found)


def _groups(events: Sequence[ScoreEvent], meter: BarMeter) -> list[list[int]]:
    groups: list[list[int]] = []
    for begin, end in zip(meter.groups, meter.groups[1:], strict=False):
        inside = [
            i
            for i, one in enumerate(events)
            if begin <= one.onset_quarter < end and not one.is_grace
        ]
        is_even = end - begin == 2 * meter.beat_quarter and all(
            events[i].value.length_quarter == _EIGHTH and not events[i].is_rest for i in inside
        )
        if is_even:
            groups.append(inside)
        else:
            groups += _by_beat(events, inside, meter)
    return groups


def _by_beat(
    events: Sequence[ScoreEvent], inside: Sequence[int], meter: BarMeter
) -> list[list[int]]:
    groups: list[list[int]] = []
    beat = None
    for i in inside:
        event = events[i]
        own_beat = event.onset_quarter // meter.beat_quarter
        if event.is_rest or event.value.base_quarter > _EIGHTH:
            beat = None
        elif own_beat == beat:
            groups[-1].append(i)
        else:
            groups.append([i])
            beat = own_beat
    return groups


def _beams(events: Sequence[ScoreEvent]) -> list[tuple[Beam, ...]]:
    depths = [_depth(one) for one in events]
    found: list[tuple[Beam, ...]] = []
    for i, depth in enumerate(depths):
        before = depths[i - 1] if i else 0
        after = depths[i + 1] if i + 1 < len(depths) else 0
        found.append(
            tuple(_beam(has_before=before >= level, has_after=after >= level, is_first=i == 0)
                  for level in range(1, depth + 1))
        )  # fmt: skip
    return found


def _beam(*, has_before: bool, has_after: bool, is_first: bool) -> Beam:
    if has_before:
        return Beam.CONTINUE if has_after else Beam.END
    if has_after:
        return Beam.BEGIN
    return Beam.FORWARD_HOOK if is_first else Beam.BACKWARD_HOOK


def _depth(event: ScoreEvent) -> int:
    return _depth_of(event.value.base_quarter)


# There are few values, and exact fractions are slow.
@functools.cache
def _depth_of(base_quarter: Fraction) -> int:
    depth, base = 0, Fraction(1)
    while base > base_quarter:
        base /= 2
        depth += 1
    return depth
