"""Targets, and how a dominant resolves.

In: a line. Out: target notes, and resolutions of dominants. A target is a chord tone on a beat that
is reached by step. A dominant resolves where the line goes by step from a note over it to the root,
third or fifth of the chord that it leads to, a fourth above or, as a tritone substitute, a semitone
below (Ligon, "Connecting Chords with Linear Harmony", 1996). Sevenths and tensions are to be
resolved themselves.
"""

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.chord_view import ChordFamily
from licklab.theory.line_facts import LineFacts
from licklab.theory.settings import root_motion

_STEPS = {1, 2, -1, -2}
_DOMINANTS = {ChordFamily.DOMINANT, ChordFamily.SUSPENDED}
_MOTIONS = {5, 11}
# The arrival is heard as one when it comes at once.
_LATEST_BEATS = 1.0
_EPSILON = 0.25
_RESTING = {"1", "3", "5"}


def is_resting(degree: str) -> bool:
    """Tell whether a line can come to rest on a degree.

    Parameters
    ----------
    degree : str
        Of a chord tone.

    Returns
    -------
    bool
        Of the root, the third and the fifth of the chord, whichever they are.

    Examples
    --------
    >>> is_resting("b5"), is_resting("b7")
    (True, False)
    """
    return degree.lstrip("b#") in _RESTING


def find_targets(facts: LineFacts) -> tuple[int, ...]:
    """Find the chord tones on beats that are reached by step.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of int
        Indices of the notes, rising; none without beats.
    """
    return tuple(
        note
        for note in range(1, len(facts))
        if facts.is_on_beat(note)
        and facts.is_linked[note]
        and facts.is_tone(note)
        and facts.pitch[note] - facts.pitch[note - 1] in _STEPS
    )


def find_resolutions(facts: LineFacts) -> tuple[Device, ...]:
    """Find where dominants resolve.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order: the last note over the dominant and the first over its goal, which is the target.
    """
    found = []
    for target in range(1, len(facts)):
        at, last = facts.chord[target], facts.chord[target - 1]
        if at < 1 or last != at - 1 or not facts.is_linked[target]:
            continue
        old, new = facts.views[last], facts.views[at]
        assert old is not None
        assert new is not None
        if old.family not in _DOMINANTS or root_motion(facts.changes, last) not in _MOTIONS:
            continue
        is_step = facts.pitch[target] - facts.pitch[target - 1] in _STEPS
        if is_step and _arrives(facts, target):
            detail = f"{facts.degree[target - 1]} of {old.text} to {facts.degree[target]}"
            found.append(
                Device(
                    DeviceKind.RESOLUTION,
                    NoteSpan(target - 1, target + 1),
                    f"{detail} of {new.text}",
                    target,
                )
            )
    return tuple(found)


def _arrives(facts: LineFacts, target: int) -> bool:
    """Tell whether a note is one to rest on, at the beginning of its chord."""
    if not facts.is_tone(target) or not is_resting(facts.degree[target]):
        return False
    if not facts.has_beats:
        return True
    late = -facts.beats_to_change(target, facts.chord[target])
    return late < _LATEST_BEATS - _EPSILON and facts.is_on_beat(target)
