"""Enclosures: a target that is surrounded before it is played.

In: a line. Out: its enclosures of two, three and four notes. Two notes on opposite sides of a
chord tone, within a whole tone of it, then the chord tone in a stronger place (Baker, "How to Play
Bebop", 1985; Coker, "Elements of the Jazz Language for the Developing Improvisor", 1991). The
longer forms come to the target chromatically from one side, or from both.
"""

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts

# Semitones from the target, of the longer forms; each is followed by one note of the other side.
_FROM_ABOVE, _FROM_BELOW = (2, 1), (-2, -1)
_ABOVE, _BELOW = {1, 2}, {-1, -2}


def find_enclosures(facts: LineFacts) -> tuple[Device, ...]:
    """Find the enclosures of a line.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order; the span ends with the target, which `target` names.
    """
    found = []
    for target in range(2, len(facts)):
        if not facts.is_tone(target) or not facts.is_stronger(target - 1, target):
            continue
        size = _size(facts, target)
        if size:
            found.append(
                Device(
                    DeviceKind.ENCLOSURE,
                    NoteSpan(target - size, target + 1),
                    f"{facts.degree[target]} from {size} notes",
                    target,
                )
            )
    return tuple(found)


def _size(facts: LineFacts, target: int) -> int:
    """Count the notes of the longest form that ends in a target; 0 where none does."""
    view = facts.view(target)
    assert view is not None  # what is no chord tone is no target
    centre = facts.pitch[target]
    for size in (4, 3, 2):
        start = target - size
        if not facts.are_linked(start, target + 1):
            continue
        around = [pitch - centre for pitch in facts.pitch[start:target]]
        # Tones of the chord of the target surround nothing: they are there already.
        if _is_form(around) and not all(view.is_tone(pitch) for pitch in facts.pitch[start:target]):
            return size
    return 0


def _is_form(around: list[int]) -> bool:
    if len(around) == 2:
        first, second = around
        return (first in _ABOVE and second in _BELOW) or (first in _BELOW and second in _ABOVE)
    if len(around) == 4:
        halves = (tuple(around[:2]), tuple(around[2:]))
        return halves in {(_FROM_ABOVE, _FROM_BELOW), (_FROM_BELOW, _FROM_ABOVE)}
    for pair, single in ((around[:2], around[2]), (around[1:], around[0])):
        if tuple(pair) == _FROM_ABOVE and single in _BELOW:
            return True
        if tuple(pair) == _FROM_BELOW and single in _ABOVE:
            return True
    return False
