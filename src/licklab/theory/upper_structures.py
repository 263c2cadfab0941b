"""Upper structures: triads of another root over a dominant.

In: a line. Out: where three notes and more spell the major triad on the second, the flat third, the
raised fourth, the flat sixth or the sixth degree of a dominant (Levine, "The Jazz Piano Book",
1989, and "The Jazz Theory Book", 1995).
"""

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.note_name import degree_note
from licklab.domain.solo_line import NoteSpan
from licklab.theory.chord_view import ChordFamily
from licklab.theory.line_facts import LineFacts

_TRIADS = {
    "II": ("2", frozenset({2, 6, 9})),
    "bIII": ("b3", frozenset({3, 7, 10})),
    "#IV": ("#4", frozenset({6, 10, 1})),
    "bVI": ("b6", frozenset({8, 0, 3})),
    "VI": ("6", frozenset({9, 1, 4})),
}
_MIN_NOTES = 3


def find_upper_structures(facts: LineFacts) -> tuple[Device, ...]:
    """Find the upper structures of a line.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, with the triad, its degree and the chord as detail.
    """
    found = []
    start = 0
    while start <= len(facts) - _MIN_NOTES:
        reach = [(_reach(facts, start, name), name) for name in _TRIADS]
        stop, name = max(reach, key=lambda one: one[0])
        if stop == start:
            start += 1
            continue
        view = facts.view(start)
        assert view is not None
        root = degree_note(view.symbol.root, _TRIADS[name][0])
        detail = f"{root} major triad, {name} of {view.text}"
        found.append(Device(DeviceKind.UPPER_STRUCTURE, NoteSpan(start, stop), detail))
        start = stop
    return tuple(found)


def _reach(facts: LineFacts, start: int, name: str) -> int:
    """Give the first note that is not of the triad; the start where it is not complete."""
    view = facts.view(start)
    if view is None or view.family is not ChordFamily.DOMINANT:
        return start
    tones = _TRIADS[name][1]
    heard: set[int] = set()
    stop = start
    while stop < len(facts) and facts.chord[stop] == facts.chord[start]:
        semitones = view.semitones(facts.pitch[stop])
        if semitones not in tones or (stop > start and not facts.is_linked[stop]):
            break
        heard.add(semitones)
        stop += 1
    return stop if heard == tones else start
