"""Bebop scales: eight notes, so that chord tones fall on the beats.

In: a line. Out: runs through a bebop scale. The dominant one adds the major seventh, the major one
the raised fifth (Baker, "How to Play Bebop", volume 1, 1985), that of minor sevenths the major
third, the melodic minor one the raised fifth (Levine, "The Jazz Theory Book", 1995). That of a
minor seventh has the notes of the dominant one a fourth above it: the notes on its beats are the
tones of either chord.
"""

from dataclasses import dataclass

from licklab.domain.line_analysis import Device, DeviceKind
from licklab.domain.solo_line import NoteSpan
from licklab.theory.chord_view import ChordFamily, ChordView
from licklab.theory.line_facts import LineFacts

_MIN_NOTES = 6  # of the eight, with the added one and both its neighbours among them
_FOURTH_UP = 5


@dataclass(frozen=True, slots=True)
class _BebopScale:
    name: str
    tones: tuple[int, ...]
    added: int
    on_beats: tuple[frozenset[int], ...]


_SCALES = {
    ChordFamily.DOMINANT: _BebopScale(
        "dominant", (0, 2, 4, 5, 7, 9, 10, 11), 11, (frozenset({0, 4, 7, 10}),)
    ),
    ChordFamily.MAJOR: _BebopScale(
        "major", (0, 2, 4, 5, 7, 8, 9, 11), 8, (frozenset({0, 4, 7, 9}),)
    ),
    ChordFamily.MINOR: _BebopScale(
        "dorian", (0, 2, 3, 4, 5, 7, 9, 10), 4,
        (frozenset({0, 3, 7, 10}), frozenset({0, 3, 5, 9})),
    ),
    ChordFamily.TONIC_MINOR: _BebopScale(
        "melodic minor", (0, 2, 3, 5, 7, 8, 9, 11), 8, (frozenset({0, 3, 7, 9}),)
    ),
}  # fmt: skip


def find_bebop_scales(facts: LineFacts) -> tuple[Device, ...]:
    """Find the runs through a bebop scale.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of Device
        In order; the notes on beats are chord tones. Without beats only runs of all eight notes.
    """
    found = []
    start = 0
    while start <= len(facts) - _MIN_NOTES:
        best = max(
            ((_reach(facts, start, view), view) for view in _views(facts, start)),
            key=lambda one: one[0],
            default=None,
        )
        if best is None or best[0] - start < _MIN_NOTES:
            start += 1
            continue
        stop, view = best
        scale = _SCALES[view.family]
        detail = f"{scale.name} bebop scale of {view.text}"
        found.append(Device(DeviceKind.BEBOP_SCALE, NoteSpan(start, stop), detail))
        start = stop - 1
    return tuple(found)


def _views(facts: LineFacts, start: int) -> list[ChordView]:
    """List the chords whose bebop scale may begin at a note: its own, and a ii's V."""
    view = facts.view(start)
    if view is None:
        return []
    found = [view] if view.family in _SCALES else []
    coming = facts.chord[start] + 1
    following = facts.views[coming] if coming < len(facts.views) else None
    if view.family is ChordFamily.MINOR and following and _is_dominant_of(view, following):
        found.append(following)
    return found


def _is_dominant_of(second: ChordView, view: ChordView) -> bool:
    is_fourth = (view.root - second.root) % 12 == _FOURTH_UP
    return is_fourth and view.family is ChordFamily.DOMINANT


def _reach(facts: LineFacts, start: int, view: ChordView) -> int:
    """Give the first note that does not go on with the run; the start where there is none."""
    scale = _SCALES[view.family]
    places: list[int] = []
    stop = start
    while stop < len(facts) and (stop == start or facts.is_linked[stop]):
        under = facts.view(stop)
        semitones = view.semitones(facts.pitch[stop])
        is_over = under is not None and (under is view or _is_dominant_of(under, view))
        if not is_over or semitones not in scale.tones:
            break
        place = scale.tones.index(semitones)
        if stop > start and not _is_next(facts, stop, places, place):
            break
        places.append(place)
        stop += 1
    while stop - start >= _MIN_NOTES:
        if _is_bebop(facts, start, stop, scale, view):
            return stop
        stop -= 1
    return start


def _is_next(facts: LineFacts, note: int, places: list[int], place: int) -> bool:
    """Tell whether a note is the next one of the scale, in the direction of the run."""
    moves = facts.pitch[note] - facts.pitch[note - 1]
    if abs(moves) > 2 or moves == 0:
        return False
    step = 1 if moves > 0 else -1
    if (places[-1] + step) % 8 != place:
        return False
    return len(places) < 2 or (places[-1] - places[-2]) % 8 == step % 8


def _is_bebop(facts: LineFacts, start: int, stop: int, scale: _BebopScale, view: ChordView) -> bool:
    semitones = [view.semitones(pitch) for pitch in facts.pitch[start:stop]]
    if scale.added not in semitones[1:-1]:
        return False
    if not facts.has_beats:
        return set(semitones) == set(scale.tones)
    beats = {semitones[note - start] for note in range(start, stop) if facts.is_on_beat(note)}
    return len(beats) > 1 and any(beats <= tones for tones in scale.on_beats)
