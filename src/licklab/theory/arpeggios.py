"""Arpeggios: the tones of a chord in order, one direction at a time.

In: a line. Out: its arpeggios of four notes and more. The tones of a chord follow one another in
thirds, 1-3-5-7-9-11-13, or wrap at the octave; from the third to the ninth the arpeggio has a name
of its own among players (Coker, "Elements of the Jazz Language for the Developing Improvisor",
1991).
"""

from licklab.domain.line_analysis import Device, DeviceKind, NoteRole
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts

_MIN_NOTES = 4
# Number of a degree without its sign; the sixth stands in the place of the seventh, and the fourth
# in that of the third.
_PLACES = {"6": 7, "4": 3, "2": 2}
_THIRDS_UP = {(1, 3), (3, 5), (5, 7), (7, 9), (9, 11), (11, 13)}
_WRAPS = {(7, 1), (5, 1)}
_FOREIGN = {NoteRole.CHROMATIC, NoteRole.AVOID}
_LARGEST_STEP = 7  # semitones: from a fifth to the root above it are five, more is another tone


def find_arpeggios(facts: LineFacts) -> tuple[Device, ...]:
    """Find the arpeggios of a line.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, with their degrees and chord as detail.
    """
    found = []
    start = 0
    while start < len(facts) - 1:
        stop = _reach(facts, start)
        if stop - start >= _MIN_NOTES:
            found.append(_device(facts, start, stop))
        start = max(stop - 1, start + 1)
    return tuple(found)


def _reach(facts: LineFacts, start: int) -> int:
    """Give the first note that does not go on with the arpeggio that begins at a note."""
    stop = start + 1
    direction = 0
    while stop < len(facts) and facts.is_linked[stop]:
        moves = facts.pitch[stop] - facts.pitch[stop - 1]
        direction = direction or (1 if moves > 0 else -1)
        is_same_chord = facts.chord[stop] == facts.chord[start] >= 0
        if not is_same_chord or moves * direction <= 0 or abs(moves) >= _LARGEST_STEP:
            break
        # A tone that the chord denies is of another chord: the minor seventh over a major one.
        if facts.role[stop] in _FOREIGN or facts.role[start] in _FOREIGN:
            break
        pair = (_place(facts.degree[stop - 1]), _place(facts.degree[stop]))
        low, high = pair if direction > 0 else pair[::-1]
        # Only tones of the chord itself stand beside the octave of the root.
        is_wrap = (low, high) in _WRAPS and facts.is_tone(stop) and facts.is_tone(stop - 1)
        if (low, high) not in _THIRDS_UP and not is_wrap:
            break
        stop += 1
    return stop


def _place(degree: str) -> int:
    return _PLACES.get(degree) or int(degree.lstrip("b#"))


def _device(facts: LineFacts, start: int, stop: int) -> Device:
    degrees = facts.degree[start:stop]
    view = facts.view(start)
    assert view is not None
    places = [_place(one) for one in degrees]
    from_third = places[:4] == [3, 5, 7, 9] and facts.pitch[start + 1] > facts.pitch[start]
    kind = DeviceKind.ARPEGGIO_FROM_THIRD if from_third else DeviceKind.ARPEGGIO
    return Device(kind, NoteSpan(start, stop), f"{'-'.join(degrees)} of {view.text}")
