"""The bars of a page: voices cut at barlines, with rests, ties, tuplets and beams."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from licklab.domain.score import NoteValue, ScoreEvent, ScoreHead, ScoreVoice
from licklab.notation.beams import beam_events
from licklab.notation.frame import Frame, FrameBar
from licklab.notation.lines import LineNote
from licklab.notation.values import BarMeter, bar_meter, split_note, split_rest

HeadMaker = Callable[[int], ScoreHead]
"""From the index of a heard note to its head, without ties."""

_GRACE_VALUE = NoteValue(Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class PageVoice:
    """One voice through the whole page.

    Attributes
    ----------
    notes : tuple of LineNote
        In order, none over the next.
    staff, voice : int
        Of the score.
    """

    notes: tuple[LineNote, ...]
    staff: int = 1
    voice: int = 1


def meters_of(frame: Frame, divisions: Sequence[int]) -> tuple[BarMeter, ...]:
    """Tell how each bar of a frame is felt.

    Parameters
    ----------
    frame : Frame
        The bars.
    divisions : sequence of int
        Into how many parts each beat is divided.

    Returns
    -------
    tuple of BarMeter
        Of each bar.
    """
    return tuple(
        bar_meter(
            bar.signature,
            bar.n_beats,
            frame.quarters_a_beat,
            tuple(divisions[bar.first_beat : bar.first_beat + bar.n_beats]),
        )
        for bar in frame.bars
    )


def write_voice(
    page_voice: PageVoice, frame: Frame, meters: Sequence[BarMeter], head_of: HeadMaker
) -> tuple[ScoreVoice, ...]:
    """Write one voice in all bars.

    Parameters
    ----------
    page_voice : PageVoice
        The voice.
    frame : Frame
        The bars.
    meters : sequence of BarMeter
        How each is felt.
    head_of : callable
        Makes the head of a heard note.

    Returns
    -------
    tuple of ScoreVoice
        One for each bar; rests where it is silent.
    """
    quarters = frame.quarters_a_beat
    spans = [
        (note, note.onset_beat * quarters, note.end_beat * quarters) for note in page_voice.notes
    ]
    at = 0
    written = []
    for bar, meter in zip(frame.bars, meters, strict=True):
        begin, end = bar.start_quarter, bar.start_quarter + bar.length_quarter
        while at < len(spans) and spans[at][2] <= begin:
            at += 1
        inside, i = [], at
        while i < len(spans) and spans[i][1] < end:
            inside.append(spans[i])
            i += 1
        events = _write_bar(inside, bar, meter, head_of)
        beamed = beam_events(_bracket_tuplets(events, meter), meter)
        written.append(ScoreVoice(beamed, page_voice.staff, page_voice.voice))
    return tuple(written)


def _write_bar(
    spans: Sequence[tuple[LineNote, Fraction, Fraction]],
    bar: FrameBar,
    meter: BarMeter,
    head_of: HeadMaker,
) -> list[ScoreEvent]:
    events: list[ScoreEvent] = []
    at = Fraction(0)
    for note, begin, end in spans:
        onset = max(begin - bar.start_quarter, Fraction(0))
        offset = min(end - bar.start_quarter, bar.length_quarter)
        events += _rests(at, onset, meter)
        if begin >= bar.start_quarter:
            events += [
                ScoreEvent(onset, _GRACE_VALUE, (head_of(i),), is_grace=True) for i in note.graces
            ]
        pieces = split_note(onset, offset, meter)
        for k, piece in enumerate(pieces):
            comes = k > 0 or begin < bar.start_quarter
            goes = k + 1 < len(pieces) or end > bar.start_quarter + bar.length_quarter
            heads = [head_of(i) for i in note.notes]
            if comes or goes:
                heads = [replace(head, tie_from=comes, tie_to=goes) for head in heads]
            heads.sort(key=lambda head: head.pitch.staff_step)
            events.append(ScoreEvent(piece.onset_quarter, piece.value, tuple(heads)))
        at = offset
    events += _rests(at, bar.length_quarter, meter)
    return events


def _rests(begin: Fraction, end: Fraction, meter: BarMeter) -> list[ScoreEvent]:
    if begin >= end:
        return []
    return [ScoreEvent(one.onset_quarter, one.value) for one in split_rest(begin, end, meter)]


def _bracket_tuplets(events: Sequence[ScoreEvent], meter: BarMeter) -> list[ScoreEvent]:
    found = list(events)
    by_beat: dict[int, list[int]] = {}
    for i, event in enumerate(found):
        if event.value.actual != 1 and not event.is_grace:
            by_beat.setdefault(int(event.onset_quarter / meter.beat_quarter), []).append(i)
    for indices in by_beat.values():
        found[indices[0]] = replace(found[indices[0]], tuplet_begins=True)
        found[indices[-1]] = replace(found[indices[-1]], tuplet_ends=True)
    return found
