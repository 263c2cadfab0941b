"""Runs: scales and chromatic lines in one direction.

In: a line. Out: runs by step of five notes and more inside the scale of the chord, and chromatic
ones of four and more (Coker, "Elements of the Jazz Language for the Developing Improvisor", 1991,
lists both among the elements).
"""

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts

_MIN_SCALE, _MIN_CHROMATIC = 5, 4


def find_runs(facts: LineFacts) -> tuple[Device, ...]:
    """Find the runs of a line.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, with ``up`` or ``down`` as detail.
    """
    chromatic = _runs(facts, DeviceKind.CHROMATIC_RUN, _MIN_CHROMATIC)
    scales = _runs(facts, DeviceKind.SCALE_RUN, _MIN_SCALE)
    return tuple(sorted([*chromatic, *scales], key=lambda one: one.span))


def _runs(facts: LineFacts, kind: DeviceKind, least: int) -> list[Device]:
    found = []
    start = 0
    while start < len(facts) - 1:
        stop = start + 1
        while stop < len(facts) and _goes_on(facts, kind, start, stop):
            stop += 1
        if stop - start >= least:
            detail = "up" if facts.pitch[stop - 1] > facts.pitch[start] else "down"
            found.append(Device(kind, NoteSpan(start, stop), detail))
        start = max(stop - 1, start + 1)
    return found


def _goes_on(facts: LineFacts, kind: DeviceKind, start: int, note: int) -> bool:
    moves = facts.pitch[note] - facts.pitch[note - 1]
    first = facts.pitch[start + 1] - facts.pitch[start]
    if not facts.is_linked[note] or moves * first <= 0:
        return False
    if kind is DeviceKind.CHROMATIC_RUN:
        return abs(moves) == 1
    if facts.chord[note] < 0 or facts.is_outside(note) or facts.is_outside(note - 1):
        return False
    return abs(moves) <= 2 and facts.chord[note - 1] >= 0
