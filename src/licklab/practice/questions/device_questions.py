"""Questions about the figures: which one is played in some bars."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from licklab.domain.line_analysis import Device, DeviceKind, Statement
from licklab.domain.solo_line import NoteSpan
from licklab.practice.questions.asking_view import AskingView
from licklab.practice.questions.likeness import PLAYED, seems_played
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.theory.figure_words import say_enclosures, say_figures
from licklab.theory.span_view import SpanView

DEVICE_NAMES: Mapping[DeviceKind, str] = MappingProxyType(
    {
        DeviceKind.ARPEGGIO: "an arpeggio",
        DeviceKind.ARPEGGIO_FROM_THIRD: "an arpeggio from the 3rd",
        DeviceKind.DIGITAL_PATTERN: "a digital pattern",
        DeviceKind.BEBOP_SCALE: "a bebop scale",
        DeviceKind.SCALE_RUN: "a scale run",
        DeviceKind.CHROMATIC_RUN: "a chromatic run",
        DeviceKind.UPPER_STRUCTURE: "an upper structure",
        DeviceKind.ENCLOSURE: "an enclosure",
        DeviceKind.SIDE_SLIP: "side-slipping",
    }
)
"""How figures are offered."""

# Those that say most first.
_RANKS = (
    DeviceKind.SIDE_SLIP, DeviceKind.UPPER_STRUCTURE, DeviceKind.BEBOP_SCALE,
    DeviceKind.ARPEGGIO_FROM_THIRD, DeviceKind.ARPEGGIO, DeviceKind.DIGITAL_PATTERN,
    DeviceKind.CHROMATIC_RUN, DeviceKind.SCALE_RUN, DeviceKind.ENCLOSURE,
)  # fmt: skip


def ask_device(view: AskingView) -> Iterator[Question]:
    """Ask which figure is played in some bars.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        About each figure. No figure is offered beside it that is played in these bars too, or
        seems to be.
    """
    devices = [one for one in view.span.analysis.devices if one.kind in _RANKS]
    held = [one for one in devices if view.span.holds(one)]
    for one in sorted(held, key=lambda one: (_RANKS.index(one.kind), -len(one.span))):
        notes = _notes_in_its_bars(view, one)
        if not all(note in view.places for note in (one.span.start, one.span.stop - 1)):
            continue
        if not all(view.is_sure(note) for note in range(one.span.start, one.span.stop)):
            continue
        wrong = [
            kind for kind in PLAYED if not seems_played(kind, view.line, view.span.analysis, notes)
        ]
        view.chance.shuffle(wrong)
        key = _key(view, one)
        if key is None:
            continue
        question = view.ask(
            QuestionKind.DEVICE,
            f"Which of these is played in {view.bars_text(range(one.span.start, one.span.stop))}?",
            Choice(DEVICE_NAMES[one.kind]),
            [Choice(DEVICE_NAMES[kind]) for kind in wrong],
            key,
        )
        if question is not None:
            yield question


def _notes_in_its_bars(view: AskingView, one: Device) -> range:
    """List the notes of the lick in the bars of a figure, with those that a figure may reach to."""
    if not view.line.has_beats:
        return range(one.span.start, one.span.stop)
    bars = set(view.span.bars(range(one.span.start, one.span.stop)))
    inside = [note for note in view.span.notes if int(view.line.bar[note]) in bars]
    return range(max(inside[0] - 1, view.span.span.start), min(inside[-1] + 2, view.span.span.stop))


def _key(view: AskingView, one: Device) -> Statement | None:
    """Take the sentence that the theory has about a figure."""
    stop = one.span.stop if one.target is None else max(one.span.stop, one.target + 1)
    alone = SpanView(view.line, view.span.analysis, NoteSpan(one.span.start, stop))
    said = [*say_figures(alone), *say_enclosures(alone)]
    first = view.line.note_ids[one.span.start]
    return next((s for s in said if s.kind == one.kind and s.note_ids[0] == first), None)
