"""Digital patterns: cells of four notes that are learned as numbers.

In: a line. Out: its digital patterns, such as 1-2-3-5 (Coker, Casale, Campbell and Greene,
"Patterns for Jazz", 1970; Coker, "Elements of the Jazz Language for the Developing Improvisor",
1991).
"""

from itertools import pairwise

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts

# 3-5-7-9 is another one, and an arpeggio: `licklab.theory.arpeggios` has it.
_PATTERNS = {
    (1, 2, 3, 5),
    (1, 3, 4, 5),
    (5, 3, 2, 1),
    (5, 4, 3, 1),
    (1, 2, 3, 1),
    (1, 3, 2, 1),
}
_SIZE = 4
# The notes of a cell are even: swung eighths at 2 to 1 are at the limit, a dotted pair is not even.
_UNEVEN = 2.3
_SLOWEST_BEATS = 1.1


def find_digital_patterns(facts: LineFacts) -> tuple[Device, ...]:
    """Find the digital patterns of a line.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, not overlapping, with their numbers and chord as detail.
    """
    found = []
    start = 0
    while start <= len(facts) - _SIZE:
        pattern = _pattern(facts, start)
        if pattern:
            found.append(Device(DeviceKind.DIGITAL_PATTERN, NoteSpan(start, start + 4), pattern))
        start += _SIZE if pattern else 1
    return tuple(found)


def _pattern(facts: LineFacts, start: int) -> str:
    stop = start + _SIZE
    view = facts.view(start)
    if view is None or not facts.are_linked(start, stop):
        return ""
    if any(facts.chord[note] != facts.chord[start] for note in range(start, stop)):
        return ""
    gaps = facts.gap_beats[start : stop - 1]
    if max(gaps) > _UNEVEN * min(gaps) or max(gaps) > _SLOWEST_BEATS:
        return ""
    # Each number a scale step of its own: an augmented unison or a leap of an octave is none.
    numbers = tuple(_number(one) for one in facts.degree[start:stop])
    if numbers not in _PATTERNS or any(facts.is_outside(note) for note in range(start, stop)):
        return ""
    steps = [b - a for a, b in pairwise(numbers)]
    moves = [b - a for a, b in pairwise(facts.pitch[start:stop])]
    if any(step * move <= 0 or abs(move) >= 12 for step, move in zip(steps, moves, strict=True)):
        return ""
    simple = [degree.rstrip("0123456789") + str(n) for degree, n in
              zip(facts.degree[start:stop], numbers, strict=True)]  # fmt: skip
    return f"{'-'.join(simple)} of {view.text}"


def _number(degree: str) -> int:
    """Give the scale step, 1 to 7: 2 for a ninth."""
    number = int(degree.lstrip("b#"))
    return number - 7 if number > 7 else number
