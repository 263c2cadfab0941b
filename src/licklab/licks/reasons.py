"""Why a span is a lick, in sentences that the notes bear out."""

from collections.abc import Iterator
from dataclasses import dataclass

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence
from licklab.domain.lick import LickReason, ReasonKind
from licklab.domain.line_analysis import LineAnalysis, NoteRole
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.surprise import usualness

_FEWEST_PLAYERS = 3
_COVERED = 0.6
_UNUSUAL = 8
_ORDINALS = {"1": "root", "2": "2nd", "3": "3rd"}
_PREFERRED = (
    ReasonKind.REPEATS, ReasonKind.SHARED, ReasonKind.CADENCE, ReasonKind.RESOLVES,
    ReasonKind.UNUSUAL, ReasonKind.BOUNDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of a span.

    Attributes
    ----------
    span : NoteSpan
        Its notes.
    n_played : int
        Times in this solo, small changes allowed.
    players : int or None
        Players of the corpus who play it.
    bits : float
        Of surprise.
    """

    span: NoteSpan
    n_played: int
    players: int | None
    bits: float


def give_reasons(
    line: SoloLine, analysis: LineAnalysis, phrases: frozenset[NoteSpan], evidence: Evidence
) -> tuple[LickReason, ...]:
    """Say why a span is a lick.

    Parameters
    ----------
    line : SoloLine
        Of the span.
    analysis : LineAnalysis
        Of the line.
    phrases : frozenset of NoteSpan
        Of the line.
    evidence : Evidence
        Of the span.

    Returns
    -------
    tuple of LickReason
        The strongest first; none where nothing speaks for it.
    """
    found = [
        *_played(evidence), *_over_cadence(line, analysis, evidence.span),
        *_resolved(line, analysis, evidence.span), *_unusual(evidence),
        *_bounded(phrases, evidence.span),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: _PREFERRED.index(one.kind)))


def _played(evidence: Evidence) -> Iterator[LickReason]:
    if evidence.n_played > 1:
        times = "twice" if evidence.n_played == 2 else f"{evidence.n_played} times"
        yield LickReason(
            ReasonKind.REPEATS, float(evidence.n_played), f"Played {times} in this solo."
        )
    if evidence.players is not None and evidence.players >= _FEWEST_PLAYERS:
        text = f"{evidence.players} players of the corpus play it."
        yield LickReason(ReasonKind.SHARED, float(evidence.players), text)


def _over_cadence(line: SoloLine, analysis: LineAnalysis, span: NoteSpan) -> Iterator[LickReason]:
    onsets = line.onset_sec[span.start : span.stop]

    def covered(cadence: Cadence) -> float:
        inside = (onsets >= cadence.onset_sec) & (onsets < cadence.offset_sec)
        return float(inside.mean())

    cadences = analysis.harmony.cadences
    best = max(cadences, key=covered, default=None)
    if best is None or covered(best) < _COVERED:
        return
    where = ""
    if line.has_beats:
        bars = (best.first_bar, best.last_bar)
        where = f" (bars {bars[0]}-{bars[1]})" if bars[0] != bars[1] else f" (bar {bars[0]})"
    text = f"Lies over the {best.kind} in {best.key.tonic}{where}."
    yield LickReason(ReasonKind.CADENCE, covered(best), text)


def _resolved(line: SoloLine, analysis: LineAnalysis, span: NoteSpan) -> Iterator[LickReason]:
    last = span.stop - 1
    note, symbol = analysis.notes[last], line.symbol_at(last)
    if symbol is None or note.role not in (NoteRole.CHORD_TONE, NoteRole.GUIDE_TONE):
        return
    number = note.degree.lstrip("b#")
    name = _ORDINALS.get(number, f"{number}th")
    beat = f" on beat {line.beat[last]}" if line.is_on_beat[last] else ""
    text = f"Ends on the {name} of {write_symbol(symbol)}{beat}."
    yield LickReason(ReasonKind.RESOLVES, float(number), text)


def _unusual(evidence: Evidence) -> Iterator[LickReason]:
    tenths = usualness(len(evidence.span), evidence.bits)
    if tenths >= _UNUSUAL:
        text = f"Less usual than {tenths} of 10 lines: {evidence.bits:.0f} bits."
        yield LickReason(ReasonKind.UNUSUAL, evidence.bits, text)


def _bounded(phrases: frozenset[NoteSpan], span: NoteSpan) -> Iterator[LickReason]:
    if span in phrases:
        yield LickReason(ReasonKind.BOUNDED, 1.0, "A whole phrase.")
