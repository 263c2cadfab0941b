"""Notes that lead by step: passing notes, neighbours and approach notes.

In: a line. Out: how a note leads to the next one. Passing and neighbour notes are those of every
harmony book; that improvisers lead to chord tones by whole and half steps from either side, from a
weaker place to a stronger one, is in Ligon, "Connecting Chords with Linear Harmony" (1996), and
Crook, "How to Improvise" (1991).
"""

from licklab.domain.line_analysis import ApproachKind
from licklab.theory.line_facts import LineFacts

_STEPS = {1, 2, -1, -2}


def tell_step(facts: LineFacts, note: int) -> ApproachKind | None:
    """Tell how a note leads to the next one.

    Parameters
    ----------
    facts : LineFacts
        Of the line.
    note : int
        Its index.

    Returns
    -------
    ApproachKind or None
        One of passing, chromatic passing, neighbour and approach; None where the note does not
        lead, as tones of its chord do not.
    """
    following = note + 1
    if facts.chord[note] < 0 or facts.is_tone(note) or not facts.are_linked(note, note + 2):
        return None
    onward = facts.pitch[following] - facts.pitch[note]
    if onward not in _STEPS or facts.chord[following] < 0:
        return None
    if facts.are_linked(note - 1, note + 1):
        before = facts.pitch[note] - facts.pitch[note - 1]
        kind = _between(facts, note, before, onward)
        if kind:
            return kind
    if facts.is_tone(following) and facts.is_stronger(note, following):
        return ApproachKind.APPROACH
    return None


def _between(facts: LineFacts, note: int, before: int, onward: int) -> ApproachKind | None:
    """Tell how a note leads that is itself reached by step."""
    if before not in _STEPS:
        return None
    is_weak = facts.is_stronger(note, note + 1) or (
        facts.rank[note - 1] > facts.rank[note] and facts.has_beats
    )
    if not is_weak:
        return None
    if before == onward and abs(before) == 1 and facts.is_outside(note):
        return ApproachKind.CHROMATIC_PASSING
    if not facts.is_tone(note + 1):
        return None
    if before == -onward:
        return ApproachKind.NEIGHBOUR
    return ApproachKind.PASSING if before * onward > 0 else None
