"""Side-slipping: a cell moved a semitone out of the chord, and back.

In: a line. Out: cells that are repeated at once a semitone away, outside the scale of the chord,
after which the line returns (Levine, "The Jazz Theory Book", 1995, on playing outside; Coker,
"Elements of the Jazz Language for the Developing Improvisor", 1991).
"""

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts

_SIZES = (6, 5, 4, 3)
_MAX_OUTSIDE_AT_HOME = 0.25
_MIN_OUTSIDE_AWAY = 0.6


def find_side_slips(facts: LineFacts) -> tuple[Device, ...]:
    """Find where a line side-slips.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, not overlapping: the cell and the one outside; the target is the note that is
        back.
    """
    found = []
    start = 0
    while start < len(facts) - 2 * _SIZES[-1]:
        size = next((one for one in _SIZES if _slips(facts, start, one)), 0)
        if size:
            back = start + 2 * size
            shift = facts.pitch[start + size] - facts.pitch[start]
            detail = f"a semitone {'up' if shift > 0 else 'down'}"
            found.append(Device(DeviceKind.SIDE_SLIP, NoteSpan(start, back), detail, back))
        start += 2 * size or 1
    return tuple(found)


def _slips(facts: LineFacts, start: int, size: int) -> bool:
    away, back = start + size, start + 2 * size
    if back >= len(facts) or not facts.are_linked(start, back + 1):
        return False
    cell, moved = facts.pitch[start:away], facts.pitch[away:back]
    shift = moved[0] - cell[0]
    if abs(shift) != 1 or any(b - a != shift for a, b in zip(cell, moved, strict=True)):
        return False
    # Of two notes any pair moves in parallel, and a chromatic line has no cells.
    if len(set(cell)) < 3 or max(cell) - min(cell) < size:
        return False
    if any(facts.chord[note] < 0 for note in range(start, back + 1)):
        return False
    at_home = sum(facts.is_outside(note) for note in range(start, away)) / size
    outside = sum(facts.is_outside(note) for note in range(away, back)) / size
    return (
        at_home <= _MAX_OUTSIDE_AT_HOME
        and outside >= _MIN_OUTSIDE_AWAY
        and not facts.is_outside(back)
    )
