"""Questions about the changes: which cadence it is, and where a dominant resolves."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence, CadenceKind
from licklab.domain.line_analysis import Device, DeviceKind
from licklab.practice.questions.asking_view import AskingView
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.theory.note_words import join_words
from licklab.theory.resolution import is_resting

CADENCE_NAMES: Mapping[CadenceKind, str] = MappingProxyType(
    {
        CadenceKind.II_V_I_MAJOR: "a ii-V-I in major",
        CadenceKind.II_V_I_MINOR: "a ii-V-i in minor",
        CadenceKind.II_V_I_BLUES: "a ii-V-I onto a seventh chord",
        CadenceKind.II_V: "a ii-V that does not arrive",
        CadenceKind.V_I: "a V-I without its ii",
        CadenceKind.TRITONE: "a tritone substitution",
        CadenceKind.BACKDOOR: "a backdoor cadence",
        CadenceKind.TURNAROUND: "a turnaround",
        CadenceKind.COLTRANE: "Coltrane changes",
    }
)
"""How cadences are offered."""

# What a listener may also hear: of a dominant on the way to its chord, in any dress, one does not
# ask whether it is another dress of the same.
_ALIKE: Mapping[CadenceKind, frozenset[CadenceKind]] = MappingProxyType(
    {
        CadenceKind.II_V: frozenset({CadenceKind.BACKDOOR}),
        CadenceKind.V_I: frozenset({CadenceKind.TURNAROUND}),
        CadenceKind.TRITONE: frozenset(
            {CadenceKind.V_I, CadenceKind.II_V_I_MAJOR, CadenceKind.II_V_I_MINOR}
        ),
        CadenceKind.BACKDOOR: frozenset({CadenceKind.II_V, CadenceKind.II_V_I_MINOR}),
        CadenceKind.TURNAROUND: frozenset(
            {
                CadenceKind.II_V_I_MAJOR, CadenceKind.II_V_I_MINOR, CadenceKind.II_V_I_BLUES,
                CadenceKind.V_I, CadenceKind.TRITONE,
            }
        ),
        CadenceKind.COLTRANE: frozenset(CadenceKind) - {CadenceKind.TURNAROUND,
                                                        CadenceKind.BACKDOOR, CadenceKind.TRITONE},
    }
)  # fmt: skip
_MOST_CHORDS = 6
_NEAR_NOTES = 4


def ask_cadence(view: AskingView) -> Iterator[Question]:
    """Ask which cadence some chords of the lick make.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        About each cadence that the lick plays from its first chord to its last.
    """
    by_chord: dict[int, list[int]] = {}
    for note in view.span.notes:
        if view.is_sure(note):
            by_chord.setdefault(int(view.line.chord[note]), []).append(note)
    cadences = view.span.analysis.harmony.cadences
    for one in sorted(cadences, key=lambda one: (one.first_chord - one.last_chord, one.kind)):
        chords = range(one.first_chord, one.last_chord + 1)
        texts = _listed(view, chords)
        if any(at not in by_chord for at in chords) or len(texts) > _MOST_CHORDS:
            continue
        touching = {other.kind for other in cadences if _n_common(one, other) > 1}
        if any(other.kind is not one.kind and _extent(other) == _extent(one) for other in cadences):
            continue
        wrong = [
            kind
            for kind in CadenceKind
            if kind not in touching and kind not in _ALIKE.get(one.kind, frozenset())
        ]
        view.chance.shuffle(wrong)
        notes = [note for at in chords for note in by_chord[at]]
        listed, named = join_words(texts), join_words(_listed(view, chords, with_numerals=True))
        where = view.span.where(notes)
        lead = "would lead" if one.kind is CadenceKind.II_V else "lead"
        key = view.span.say(
            one.kind,
            f"{named} make {CADENCE_NAMES[one.kind]}; they {lead} to {one.key.tonic} "
            f"{one.key.mode}{where}.",
            notes,
        )
        question = view.ask(
            QuestionKind.CADENCE,
            f"What do {listed} make{where}?",
            Choice(CADENCE_NAMES[one.kind]),
            [Choice(CADENCE_NAMES[kind]) for kind in wrong],
            key,
        )
        if question is not None:
            yield question


def _listed(view: AskingView, chords: range, *, with_numerals: bool = False) -> list[str]:
    """Write chords, those that stay once."""
    numerals = {one.chord: one.roman for one in view.span.analysis.harmony.functions}
    found: list[str] = []
    for at in chords:
        text = write_symbol(view.line.chords[at].symbol)
        if with_numerals and at in numerals:
            text += f" ({numerals[at]})"
        if not found or found[-1] != text:
            found.append(text)
    return found


def _extent(one: Cadence) -> tuple[int, int]:
    return one.first_chord, one.last_chord


def _n_common(one: Cadence, other: Cadence) -> int:
    return min(one.last_chord, other.last_chord) - max(one.first_chord, other.first_chord) + 1


def ask_resolution(view: AskingView) -> Iterator[Question]:
    """Ask where a dominant resolves.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        About each resolution; notes on which the line could also come to rest are not offered.
    """
    resolutions = [
        one
        for one in view.span.analysis.devices
        if one.kind is DeviceKind.RESOLUTION and view.span.holds(one)
    ]
    for one in resolutions:
        assert one.target is not None
        first, target = one.span.start, one.target
        if target not in view.places or not (view.is_sure(first) and view.is_sure(target)):
            continue
        wrong = [note for note in view.places if _is_elsewhere(view, note, one)]
        view.chance.shuffle(wrong)
        # Notes near the right one are the harder choice.
        near = range(target - _NEAR_NOTES, target + _NEAR_NOTES + 1)
        wrong.sort(key=near.__contains__, reverse=True)
        chord = view.span.chord(first)
        step = abs(int(view.line.pitch_midi[target] - view.line.pitch_midi[first]))
        how = "half step" if step == 1 else "whole step"
        key = view.span.say(
            one.kind,
            f"{chord} resolves where the line goes by {how} from {view.span.name(first)} to "
            f"{view.span.tone(target)}, {view.places[target]}.",
            [first, target],
        )
        question = view.ask(
            QuestionKind.RESOLUTION,
            f"Where does the {chord} in {view.bars_text([first])} resolve?",
            view.note_choice(target),
            [view.note_choice(note) for note in wrong],
            key,
        )
        if question is not None:
            yield question


def _is_elsewhere(view: AskingView, note: int, one: Device) -> bool:
    """Tell whether nobody could say that a dominant resolves on a note."""
    assert one.target is not None
    dominant, goal = int(view.line.chord[one.span.start]), int(view.line.chord[one.target])
    at = int(view.line.chord[note])
    if at == dominant:
        return True
    return at == goal and not is_resting(view.span.analysis.notes[note].degree)
