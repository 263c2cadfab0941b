"""Sentences about the changes under a span: how sure, cadences, arrivals, guide-tone lines."""

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence, CadenceKind
from licklab.domain.line_analysis import DeviceKind, Statement
from licklab.domain.solo_line import SURE_OF_CHORDS
from licklab.theory.note_words import degree_word, join_words
from licklab.theory.span_view import SpanView

_NAMES = {
    CadenceKind.II_V_I_MAJOR: "a ii-V-I",
    CadenceKind.II_V_I_MINOR: "a minor ii-V-i",
    CadenceKind.II_V_I_BLUES: "a ii-V-I onto a seventh chord",
    CadenceKind.II_V: "a ii-V",
    CadenceKind.V_I: "a V-I",
    CadenceKind.TRITONE: "a tritone substitution",
    CadenceKind.BACKDOOR: "a backdoor cadence",
    CadenceKind.TURNAROUND: "a turnaround",
    CadenceKind.COLTRANE: "Coltrane changes",
}
_MOST_CADENCES, _MOST_LINES, _MOST_CHORDS = 2, 2, 4


def say_guess(view: SpanView) -> list[Statement]:
    """Say how sure the changes are where they are a guess.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        One where the listener is less than half sure of them, else none.
    """
    confidence = view.line.chord_confidence(view.span)
    if confidence >= SURE_OF_CHORDS:
        return []
    notes = [note for note in view.notes if view.line.symbol_at(note) is not None]
    text = (
        f"The changes here are a guess, {confidence:.0%} sure: what is said of chords holds if "
        f"they are right{view.where(notes)}."
    )
    return [view.say("guess", text, notes)]


def say_cadences(view: SpanView) -> list[Statement]:
    """Say which cadences the span is played over, or else which chords.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        The cadences with most of their chords first.
    """
    by_chord = _notes_by_chord(view)
    told: list[set[int]] = []
    found = []

    def extent(cadence: Cadence) -> tuple[int, int]:
        chords = range(cadence.first_chord, cadence.last_chord + 1)
        return -sum(at in by_chord for at in chords), len(chords)

    # Of cadences inside one another that with most of the chords is told, and of those the
    # shortest: the end of a turnaround is a ii-V-I.
    for cadence in sorted(view.analysis.harmony.cadences, key=extent):
        chords = range(cadence.first_chord, cadence.last_chord + 1)
        played = [at for at in chords if at in by_chord]
        is_told = any(set(played) <= one for one in told)
        if is_told or not _is_recognised(played, cadence):
            continue
        told.append(set(played))
        notes = [note for at in played for note in by_chord[at]]
        found.append((len(played), _say_cadence(view, cadence, played, notes)))
    if not found:
        return _say_chords(view, by_chord)
    found.sort(key=lambda one: -one[0])
    return [statement for _, statement in found[:_MOST_CADENCES]]


def _is_recognised(played: list[int], cadence: Cadence) -> bool:
    """Tell whether so much of a cadence is played over that it is heard as one."""
    count = cadence.last_chord - cadence.first_chord + 1
    has_arrival = cadence.last_chord in played and cadence.last_chord - 1 in played
    return len(played) > 1 and (has_arrival or 3 * len(played) >= 2 * count)


def _say_cadence(
    view: SpanView, cadence: Cadence, played: list[int], notes: list[int]
) -> Statement:
    chords = join_words([_chord_with_numeral(view, at) for at in played])
    name = f"{_NAMES[cadence.kind]} in {cadence.key.tonic} {cadence.key.mode}"
    is_whole = len(played) == cadence.last_chord - cadence.first_chord + 1
    where = view.where(notes)
    if is_whole:
        text = f"Spans {name}: {chords}{where}."
    else:
        text = f"Plays over {chords} of {name}{where}."
    return view.say(cadence.kind, text, notes)


def _say_chords(view: SpanView, by_chord: dict[int, list[int]]) -> list[Statement]:
    chords = list(by_chord)[:_MOST_CHORDS]
    if not chords:
        return []
    notes = [note for at in chords for note in by_chord[at]]
    listed = join_words([_chord_with_numeral(view, at) for at in chords])
    start = "Plays over" if len(chords) == len(by_chord) else "Begins over"
    return [view.say("chords", f"{start} {listed}{view.where(notes)}.", notes)]


def _chord_with_numeral(view: SpanView, at: int) -> str:
    numerals = {one.chord: one.roman for one in view.analysis.harmony.functions}
    text = write_symbol(view.line.chords[at].symbol)
    return f"{text} ({numerals[at]})" if at in numerals else text


def _notes_by_chord(view: SpanView) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for note in view.notes:
        if view.line.symbol_at(note) is not None:
            found.setdefault(int(view.line.chord[note]), []).append(note)
    return found


def say_arrivals(view: SpanView) -> list[Statement]:
    """Say how dominants resolve, late ones too, and where the span ends.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        In order.
    """
    found = []
    arrived = -1
    for one in view.analysis.devices:
        if not view.holds(one) or one.target is None:
            continue
        first = one.span.start
        step = abs(int(view.line.pitch_midi[one.target] - view.line.pitch_midi[first]))
        how = "by half step" if step == 1 else "by whole step"
        where = view.where([one.target])
        if one.kind is DeviceKind.RESOLUTION:
            text = f"{_leaver(view, first, one.target, how)} to {view.tone(one.target)}{where}."
        elif one.kind is DeviceKind.DELAYED_RESOLUTION:
            text = (
                f"{view.name(first)} still belongs to {_chord_before(view, one.target)} and "
                f"resolves late, {how}, to {view.tone(one.target)}{where}."
            )
        else:
            continue
        arrived = one.target
        found.append(view.say(one.kind, text, [first, one.target]))
    last = view.span.stop - 1
    if arrived != last and view.line.symbol_at(last) is not None:
        text = f"Ends on {view.tone(last)}{_beat(view, last)}."
        found.append(view.say("ending", text, [last]))
    return found


def _leaver(view: SpanView, note: int, target: int, how: str) -> str:
    """Name the note that resolves by its degree, or where it comes from if it only leads."""
    if view.analysis.notes[note].approach is None:
        return f"{view.tone(note)}, resolves {how}"
    is_below = view.line.pitch_midi[note] < view.line.pitch_midi[target]
    return f"Resolves {how} from {'below' if is_below else 'above'}"


def _chord_before(view: SpanView, note: int) -> str:
    return write_symbol(view.line.chords[int(view.line.chord[note]) - 1].symbol)


def _beat(view: SpanView, note: int) -> str:
    if not view.line.has_beats:
        return ""
    where = "on" if view.line.is_on_beat[note] else "after"
    return f", {where} beat {view.line.beat[note]} of bar {view.line.bar[note]}"


def say_guide_lines(view: SpanView) -> list[Statement]:
    """Say which guide-tone lines run through the span.

    Parameters
    ----------
    view : SpanView
        The span.

    Returns
    -------
    list of Statement
        The longest first.
    """
    found = []
    for line in view.analysis.guide_lines:
        notes = [note for note in line.notes if note in view.notes]
        if len(notes) < 2:
            continue
        parts = []
        for note in notes:
            symbol = view.line.symbol_at(note)
            assert symbol is not None
            word = degree_word(symbol, view.analysis.notes[note].degree)
            parts.append(f"the {word} of {write_symbol(symbol)}")
        names = "-".join(view.degree_name(note) for note in notes)
        text = f"Guide-tone line {names}: {', then '.join(parts)}{view.where(notes)}."
        found.append(view.say("guide-tone line", text, notes))
    found.sort(key=lambda one: -len(one.note_ids))
    return found[:_MOST_LINES]
