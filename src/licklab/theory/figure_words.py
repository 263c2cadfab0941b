"""Sentences about the figures in a span: enclosures, arpeggios, patterns, scales and runs."""

from collections import Counter
from collections.abc import Callable

from licklab.domain.line_analysis import ApproachKind, Device, DeviceKind, NoteRole, Statement
from licklab.theory.note_words import join_words
from licklab.theory.span_view import SpanView

_MOST_ENCLOSURES, _MOST_FIGURES, _MOST_OF_A_KIND, _MOST_APPROACHES = 3, 4, 2, 2


def say_enclosures(view: SpanView) -> list[Statement]:
    """Say what is enclosed.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        In order; of many the longer ones and those of guide tones.
    """
    devices = [
        one for one in view.analysis.devices if one.kind is DeviceKind.ENCLOSURE and view.holds(one)
    ]

    def importance(one: Device) -> tuple[int, bool]:
        assert one.target is not None
        return len(one.span), view.analysis.notes[one.target].role is NoteRole.GUIDE_TONE

    kept = sorted(devices, key=importance, reverse=True)[:_MOST_ENCLOSURES]
    found = []
    for one in sorted(kept, key=lambda device: device.span):
        assert one.target is not None
        around = list(range(one.span.start, one.target))
        names = join_words(view.names(around))
        text = f"{names} enclose {view.tone(one.target)}{view.where([one.target])}."
        found.append(view.say(one.kind, text, [*around, one.target]))
    return found


def say_figures(view: SpanView) -> list[Statement]:
    """Say which arpeggios, patterns, scales, upper structures and so on are played.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        The ones that say most first.
    """
    ranks = list(_SENTENCES)
    devices = [one for one in view.analysis.devices if one.kind in ranks and view.holds(one)]
    devices.sort(key=lambda one: (ranks.index(one.kind), -len(one.span)))
    counts: Counter[DeviceKind] = Counter()
    kept = []
    for one in devices:
        counts[one.kind] += 1
        if counts[one.kind] <= _MOST_OF_A_KIND:
            kept.append(one)
    return [_SENTENCES[one.kind](view, one) for one in kept[:_MOST_FIGURES]]


def _say_side_slip(view: SpanView, one: Device) -> Statement:
    assert one.target is not None
    size = len(one.span) // 2
    cell = " ".join(view.names(range(one.span.start, one.span.start + size)))
    notes = [*range(one.span.start, one.span.stop), one.target]
    text = (
        f"Side-slips: the cell {cell} is repeated {one.detail}, outside the chord, and the line is "
        f"back on {view.tone(one.target)}{view.where(notes)}."
    )
    return view.say(one.kind, text, notes)


def _say_upper_structure(view: SpanView, one: Device) -> Statement:
    notes = range(one.span.start, one.span.stop)
    names = " ".join(view.names(notes))
    text = f"Upper structure: {names} spell the {one.detail}{view.where(notes)}."
    return view.say(one.kind, text, notes)


def _say_bebop_scale(view: SpanView, one: Device) -> Statement:
    notes = range(one.span.start, one.span.stop)
    text = f"Runs {_direction(view, one)} the {one.detail} from {_ends(view, one)}"
    on_beat = [note for note in notes if view.analysis.notes[note].weight > 0]
    if on_beat:
        verb = "falls on a beat" if len(on_beat) == 1 else "fall on the beats"
        text += f"; {join_words(view.names(on_beat))} {verb}"
    return view.say(one.kind, f"{text}{view.where(notes)}.", notes)


def _say_arpeggio(view: SpanView, one: Device) -> Statement:
    notes = range(one.span.start, one.span.stop)
    degrees, _, chord = one.detail.partition(" of ")
    names = " ".join(view.names(notes))
    text = f"Arpeggio of {chord} {_direction(view, one)}: {names} ({degrees}){view.where(notes)}."
    if one.kind is DeviceKind.ARPEGGIO_FROM_THIRD:
        text = f"Arpeggio from the 3rd of {chord}: {names} ({degrees}){view.where(notes)}."
    return view.say(one.kind, text, notes)


def _say_digital(view: SpanView, one: Device) -> Statement:
    notes = range(one.span.start, one.span.stop)
    names = " ".join(view.names(notes))
    text = f"Digital pattern {one.detail}: {names}{view.where(notes)}."
    return view.say(one.kind, text, notes)


def _say_anticipation(view: SpanView, one: Device) -> Statement:
    notes = list(range(one.span.start, one.span.stop))
    early = notes if one.target is None else notes[: one.target - one.span.start]
    names = join_words(view.names(early))
    verb = "anticipates" if len(early) == 1 else "anticipate"
    text = f"{names} over {view.chord(early[0])} {verb} {one.detail}{view.where(early)}."
    return view.say(one.kind, text, notes)


def _say_run(view: SpanView, one: Device) -> Statement:
    notes = range(one.span.start, one.span.stop)
    name = "Chromatic run" if one.kind is DeviceKind.CHROMATIC_RUN else "Scale run"
    goal = view.name(notes[-1])
    if view.analysis.notes[notes[-1]].role.is_of_chord:
        goal = view.tone(notes[-1])
    text = f"{name} {one.detail} from {view.name(notes[0])} to {goal}{view.where(notes)}."
    return view.say(one.kind, text, notes)


def _direction(view: SpanView, one: Device) -> str:
    pitch = view.line.pitch_midi
    return "up" if pitch[one.span.stop - 1] > pitch[one.span.start] else "down"


def _ends(view: SpanView, one: Device) -> str:
    return f"{view.name(one.span.start)} to {view.name(one.span.stop - 1)}"


_SENTENCES: dict[DeviceKind, Callable[[SpanView, Device], Statement]] = {
    DeviceKind.SIDE_SLIP: _say_side_slip,
    DeviceKind.UPPER_STRUCTURE: _say_upper_structure,
    DeviceKind.BEBOP_SCALE: _say_bebop_scale,
    DeviceKind.ARPEGGIO_FROM_THIRD: _say_arpeggio,
    DeviceKind.ARPEGGIO: _say_arpeggio,
    DeviceKind.DIGITAL_PATTERN: _say_digital,
    DeviceKind.ANTICIPATION: _say_anticipation,
    DeviceKind.CHROMATIC_RUN: _say_run,
    DeviceKind.SCALE_RUN: _say_run,
}


_RUNS = {DeviceKind.CHROMATIC_RUN, DeviceKind.BEBOP_SCALE}


def say_approaches(view: SpanView) -> list[Statement]:
    """Say which single notes lead to chord tones, chromatic ones first.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        In order.
    """
    leading = []
    # What a run says of its notes is not said again of each.
    running = {
        note
        for one in view.analysis.devices
        if one.kind in _RUNS and view.holds(one)
        for note in range(one.span.start + 1, one.span.stop - 1)
    }
    for note in view.notes:
        if note in running:
            continue
        one = view.analysis.notes[note]
        if one.target is None or one.target not in view.notes:
            continue
        is_chromatic = one.approach is ApproachKind.CHROMATIC_PASSING
        if is_chromatic and note > view.span.start:
            leading.append((0, note))
        elif one.approach is ApproachKind.APPROACH and one.target is not None:
            leading.append((1 if one.role is NoteRole.CHROMATIC else 2, note))
    found = []
    for _, note in sorted(sorted(leading)[:_MOST_APPROACHES], key=lambda one: one[1]):
        found.append(_say_approach(view, note))
    return found


def _say_approach(view: SpanView, note: int) -> Statement:
    one = view.analysis.notes[note]
    assert one.target is not None
    if one.approach is ApproachKind.CHROMATIC_PASSING:
        text = (
            f"{view.name(note)} is a chromatic passing note between {view.name(note - 1)} and "
            f"{view.name(one.target)}{view.where([note])}."
        )
        return view.say(ApproachKind.CHROMATIC_PASSING, text, [note - 1, note, one.target])
    step = abs(int(view.line.pitch_midi[one.target] - view.line.pitch_midi[note]))
    side = "below" if view.line.pitch_midi[note] < view.line.pitch_midi[one.target] else "above"
    how = "half step" if step == 1 else "whole step"
    text = (
        f"{view.name(note)} approaches {view.tone(one.target)}, by {how} from {side}"
        f"{view.where([one.target])}."
    )
    return view.say(ApproachKind.APPROACH, text, [note, one.target])
