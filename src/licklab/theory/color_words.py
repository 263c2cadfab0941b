"""Sentences about the colour and the shape of a span: scales, tensions, range, rhythm."""

from fractions import Fraction

from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import NoteRole, ScaleChoice, Statement
from licklab.domain.note_name import note_pitch_class
from licklab.theory.note_words import degree_word, interval_words, join_words
from licklab.theory.scale_choice import choose_in_span
from licklab.theory.scales import SCALES
from licklab.theory.span_view import SpanView

_MOST_SCALES, _MOST_RIVALS, _MOST_TENSIONS = 2, 2, 5
# With less of the notes in a scale they are not consistent with it, and four notes are no scale.
_MIN_COVERAGE, _MIN_NOTES = 0.85, 5
_MOSTLY = 2 / 3
# Where the notes of a beat begin in it, straight or swung.
_VALUES = {
    "quarter notes": [{Fraction(0)}],
    "eighth notes": [{Fraction(0), Fraction(1, 2)}, {Fraction(0), Fraction(2, 3)}],
    "triplets": [{Fraction(0), Fraction(1, 3), Fraction(2, 3)}],
    "sixteenth notes": [{Fraction(k, 4) for k in range(4)}],
}


def say_scales(view: SpanView) -> list[Statement]:
    """Say which scales the notes are consistent with.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        In order; of many those that the notes decide.
    """
    choices = [
        one
        for one in choose_in_span(view.line, view.analysis, view.span)
        if one.coverage >= _MIN_COVERAGE and len(one.span) >= _MIN_NOTES
    ]
    kept = sorted(choices, key=lambda one: (not one.is_decided, -len(one.span)))[:_MOST_SCALES]
    return [_say_scale(view, one) for one in sorted(kept, key=lambda one: one.span)]


def _say_scale(view: SpanView, one: ScaleChoice) -> Statement:
    chord = view.line.chords[one.chord].symbol
    notes = list(range(one.span.start, one.span.stop))
    text = f"Over {write_symbol(chord)} consistent with {one.tonic} {one.scale}"
    tonic = note_pitch_class(one.tonic)
    outside = [
        note for note in notes
        if (int(view.line.pitch_midi[note]) - tonic) % 12 not in SCALES[one.scale]
    ]  # fmt: skip
    if outside:
        text += f" but for {join_words(_unique(view.names(outside)))}"
    if one.rivals:
        verb = "is" if len(one.rivals[:_MOST_RIVALS]) == 1 else "are"
        text += f"; {join_words(list(one.rivals[:_MOST_RIVALS]))} {verb} not ruled out"
    return view.say("scale", f"{text}{view.where(notes)}.", notes)


def say_tensions(view: SpanView) -> list[Statement]:
    """Say which tensions are played for themselves, not to lead on.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        One, or none.
    """
    found: dict[tuple[int, str], int] = {}
    for note in view.notes:
        one = view.analysis.notes[note]
        if one.role is not NoteRole.TENSION or one.approach is not None:
            continue
        # A natural tension between beats is any scale; an altered one is meant.
        if one.weight or one.degree[0] in "b#" or not view.line.has_beats:
            found.setdefault((int(view.line.chord[note]), one.degree), note)
    # The altered ones are rarer and say more.
    kept = sorted(found.items(), key=lambda one: (one[0][1][0] not in "b#", one[1]))
    notes = sorted(note for _, note in kept[:_MOST_TENSIONS])
    if not notes:
        return []
    parts: list[str] = []
    for note in notes:
        symbol = view.line.symbol_at(note)
        assert symbol is not None
        degree = degree_word(symbol, view.analysis.notes[note].degree)
        parts.append(f"{view.degree_name(note)} ({degree} of {write_symbol(symbol)})")
    word = "Tension" if len(parts) == 1 else "Tensions"
    return [view.say("tension", f"{word}: {join_words(parts)}{view.where(notes)}.", notes)]


def say_guide_tones(view: SpanView) -> list[Statement]:
    """Say how many of the chords are told by guide tones on beats.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        One, or none over fewer than two chords.
    """
    played = {int(view.line.chord[i]) for i in view.notes if view.line.symbol_at(i) is not None}
    told = {
        int(view.line.chord[i]): i
        for i in reversed(view.notes)
        if view.analysis.notes[i].role is NoteRole.GUIDE_TONE and view.analysis.notes[i].weight
    }
    if len(played) < 2 or not told:
        return []
    notes = [told[at] for at in sorted(told)]
    chords = [view.chord(note) for note in notes]
    text = f"A 3rd or 7th falls on a beat over {len(told)} of the {len(played)} chords"
    if len(set(chords)) == len(chords):
        text += f", {join_words(chords)}"
    text += f"{view.where(notes)}."
    return [view.say("guide tone", text, notes)]


def say_shape(view: SpanView) -> list[Statement]:
    """Say how many notes there are, in which rhythm and range.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        One.
    """
    notes = list(view.notes)
    pitches = {note: int(view.line.pitch_midi[note]) for note in notes}
    low, high = min(notes, key=pitches.__getitem__), max(notes, key=pitches.__getitem__)
    count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    text = f"{count}{_rhythm(view)}"
    if high != low and pitches[high] > pitches[low]:
        size = interval_words(pitches[high] - pitches[low])
        text += f", over {size} from {view.name(low)} to {view.name(high)}"
    return [view.say("shape", f"{text}{view.where(notes)}.", notes)]


def _rhythm(view: SpanView) -> str:
    line = view.line
    if not line.has_beats:
        return ""
    beats: dict[tuple[int, int], list[Fraction]] = {}
    for note in view.notes:
        place = Fraction(int(line.tatum[note]) - 1, int(line.division[note]))
        beats.setdefault((int(line.bar[note]), int(line.beat[note])), []).append(place)
    for word, wanted in _VALUES.items():
        # Two heads on one place are a grace note, no value.
        inside = sum(
            len(one) for one in beats.values() if {*one} in wanted and len(one) == len({*one})
        )
        if inside >= _MOSTLY * len(view.span):
            return f", mostly {word}"
    return ""


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
