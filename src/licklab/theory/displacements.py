"""Chords played early and late: anticipations and delayed resolutions.

In: a line. Out: notes that belong to the next chord already, and notes that belong to the last one
still. An anticipation sounds in the last beat before its chord and is held or struck again in it,
or is part of a figure on the tones of that chord; a delayed resolution keeps a guide tone of the
chord that led here and then goes by step to the root, third or fifth of its own (the suspensions of
every harmony book; Crook, "How to Improvise", 1991). Without beats neither early nor late can be
told.
"""

from licklab.domain.line_analysis import Device, DeviceKind, NoteRole
from licklab.domain.solo_line import NoteSpan
from licklab.theory.line_facts import LineFacts
from licklab.theory.resolution import is_resting
from licklab.theory.settings import root_motion

# A single note is early when it is in the last beat, a figure in the last two: half a bar is what
# is usually anticipated.
_EARLY_BEATS = 1.0
_FIGURE_BEATS = 2.0
_MIN_FIGURE = 3
# How much of a note must sound in the next chord so that it is held there, and how late a chord's
# own tone may come.
_HELD_BEATS = 0.25
_LATE_BEATS = 2.0
# The chord before leads on: its root moves up a fourth, or down a semitone.
_MOTIONS = {5, 11}
# Sevenths fall, leading notes rise.
_STEPS = {1, -1, -2}


def find_anticipations(facts: LineFacts) -> tuple[Device, ...]:
    """Find the notes that play the next chord early.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order, with the note that repeats the early one as target, where one does.
    """
    if not facts.has_beats:
        return ()
    found = []
    for note in range(len(facts)):
        at = facts.chord[note]
        coming = at + 1
        if at < 0 or coming >= len(facts.views) or facts.views[coming] is None:
            continue
        is_last = note + 1 == len(facts) or facts.chord[note + 1] != at
        if not is_last:
            continue
        device = _held_or_repeated(facts, note, coming) or _figure(facts, note, coming)
        if device:
            found.append(device)
    return tuple(found)


def _held_or_repeated(facts: LineFacts, note: int, coming: int) -> Device | None:
    view = facts.views[coming]
    assert view is not None
    early = facts.beats_to_change(note, coming)
    if facts.is_tone(note) or not view.is_tone(facts.pitch[note]) or early > _EARLY_BEATS:
        return None
    held = (facts.offset_sec[note] - facts.changes[coming].onset_sec) / facts.beat_sec[note]
    is_repeated = (
        note + 1 < len(facts)
        and facts.chord[note + 1] == coming
        and facts.pitch[note + 1] == facts.pitch[note]
        and facts.is_linked[note + 1]
    )
    if not is_repeated and (held < _HELD_BEATS or facts.is_on_beat(note)):
        return None
    target = note + 1 if is_repeated else None
    stop = note + 2 if is_repeated else note + 1
    return _device(facts, NoteSpan(note, stop), coming, target)


def _figure(facts: LineFacts, last: int, coming: int) -> Device | None:
    view = facts.views[coming]
    assert view is not None
    start = last + 1
    while (
        start > 0
        and facts.chord[start - 1] == facts.chord[last]
        and view.is_tone(facts.pitch[start - 1])
        and facts.beats_to_change(start - 1, coming) <= _FIGURE_BEATS
        and (start > last or facts.is_linked[start])
    ):
        start -= 1
    foreign = [
        facts.role[note] in {NoteRole.CHROMATIC, NoteRole.AVOID} for note in range(start, last + 1)
    ]
    tones = {pitch % 12 for pitch in facts.pitch[start : last + 1]}
    if len(foreign) < _MIN_FIGURE or len(tones) < _MIN_FIGURE or sum(foreign) < 2:
        return None
    return _device(facts, NoteSpan(start, last + 1), coming, None)


def _device(facts: LineFacts, span: NoteSpan, coming: int, target: int | None) -> Device:
    view = facts.views[coming]
    assert view is not None
    return Device(DeviceKind.ANTICIPATION, span, view.text, target)


def find_delays(facts: LineFacts) -> tuple[Device, ...]:
    """Find the notes that keep the last chord and resolve late.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order: the late note and its target.
    """
    if not facts.has_beats:
        return ()
    found = []
    for note in range(len(facts) - 1):
        at = facts.chord[note + 1]
        if at < 1 or not _is_kept(facts, note, at):
            continue
        view, before = facts.views[at], facts.views[at - 1]
        assert view is not None
        pitch = facts.pitch[note]
        if before is None or before.roles[before.semitones(pitch)] is not NoteRole.GUIDE_TONE:
            continue
        moves = facts.pitch[note + 1] - pitch
        if root_motion(facts.changes, at - 1) not in _MOTIONS or moves not in _STEPS:
            continue
        if view.is_tone(pitch) or not facts.is_tone(note + 1):
            continue
        if not is_resting(facts.degree[note + 1]):
            continue
        detail = (
            f"{before.degrees[before.semitones(pitch)]} of {before.text} to "
            f"{facts.degree[note + 1]} of {view.text}"
        )
        found.append(
            Device(DeviceKind.DELAYED_RESOLUTION, NoteSpan(note, note + 2), detail, note + 1)
        )
    return tuple(found)


def _is_kept(facts: LineFacts, note: int, at: int) -> bool:
    """Tell whether a note sounds on the first beat of a chord and goes on within two."""
    if not facts.is_linked[note + 1]:
        return False
    change = facts.changes[at].onset_sec
    if facts.beats_to_change(note + 1, at) < -_LATE_BEATS:
        return False
    if facts.chord[note] == at - 1:
        held = (facts.offset_sec[note] - change) / facts.beat_sec[note]
        return held >= _HELD_BEATS and facts.beats_to_change(note + 1, at) < -_HELD_BEATS
    is_first = note == 0 or facts.chord[note - 1] != at
    return facts.chord[note] == at and is_first and facts.is_on_beat(note)
