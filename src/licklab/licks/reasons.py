"""Why a span is a lick, in sentences that the notes bear out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence, CadenceKind
from licklab.domain.lick import LickReason, ReasonKind
from licklab.domain.line_analysis import DeviceKind, LineAnalysis
from licklab.domain.solo_line import SURE_OF_CHORDS, NoteSpan, SoloLine
from licklab.licks.surprise import usualness

FEWEST_PLAYERS = 3
"""Players of a corpus who make a lick of what they share."""

LEAST_COVERED = 0.6
"""Share of the notes of a lick that lie over a cadence."""

# Lines of ten that are more usual.
_UNUSUAL = 8
_NAMES = {
    CadenceKind.II_V_I_MAJOR: "the ii-V-I", CadenceKind.II_V_I_MINOR: "the ii-V-i",
    CadenceKind.II_V_I_BLUES: "the ii-V-I", CadenceKind.COLTRANE: "Coltrane changes",
}  # fmt: skip
_ORDINALS = {"1": "root", "2": "2nd", "3": "3rd"}
# Degrees of which a chord has one only, whichever it is.
_OWN = {"3", "7"}
_RESOLUTIONS = {DeviceKind.RESOLUTION, DeviceKind.DELAYED_RESOLUTION}


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
    strength : mapping of ReasonKind to float
        What each reason counts.
    """

    span: NoteSpan
    n_played: int
    players: int | None
    bits: float
    strength: Mapping[ReasonKind, float]


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
    return tuple(sorted(found, key=lambda one: -evidence.strength[one.kind]))


def _played(evidence: Evidence) -> Iterator[LickReason]:
    if evidence.n_played > 1:
        times = "twice" if evidence.n_played == 2 else f"{evidence.n_played} times"
        yield LickReason(
            ReasonKind.REPEATS, float(evidence.n_played), f"Played {times} in this solo."
        )
    if evidence.players:
        who = "1 player" if evidence.players == 1 else f"{evidence.players} players"
        verb = "plays" if evidence.players == 1 else "play"
        text = f"{who} of the corpus {verb} it."
        yield LickReason(ReasonKind.SHARED, float(evidence.players), text)


def _over_cadence(line: SoloLine, analysis: LineAnalysis, span: NoteSpan) -> Iterator[LickReason]:
    """Say over which cadence most notes lie, if they touch two of its chords or more.

    Of cadences with as many that is said of which the fewest chords are left out: the end of a
    turnaround is a ii-V-I.
    """
    chords = line.chord[span.start : span.stop]
    best: tuple[tuple[float, float], Cadence, list[int]] | None = None
    first_chord, last_chord = int(chords[0]), int(chords[-1])
    for cadence in analysis.harmony.cadences:
        if cadence.last_chord < first_chord or cadence.first_chord > last_chord:
            continue
        inside = (chords >= cadence.first_chord) & (chords <= cadence.last_chord)
        notes = (span.start + np.flatnonzero(inside)).tolist()
        n_played = len(set(chords[inside].tolist()))
        part = n_played / (cadence.last_chord + 1 - cadence.first_chord)
        rank = (float(inside.mean()), part)
        if n_played > 1 and (best is None or rank > best[0]):
            best = (rank, cadence, notes)
    if best is None or best[0][0] < LEAST_COVERED:
        return
    (share, _), cadence, notes = best
    is_whole = set(range(cadence.first_chord, cadence.last_chord + 1)) <= set(chords.tolist())
    name = _NAMES.get(cadence.kind, f"the {cadence.kind}")
    mode = " minor" if cadence.key.mode == "minor" else ""
    verb = "Spans" if is_whole else "Plays over"
    verb = _hedge(line, span, verb)
    text = f"{verb} {name} in {cadence.key.tonic}{mode}{_bars(line, notes)}."
    yield LickReason(ReasonKind.CADENCE, share, text)


def _bars(line: SoloLine, notes: list[int]) -> str:
    if not line.has_beats:
        return ""
    first, last = int(line.bar[notes[0]]), int(line.bar[notes[-1]])
    return f" (bar {first})" if first == last else f" (bars {first}-{last})"


def _resolved(line: SoloLine, analysis: LineAnalysis, span: NoteSpan) -> Iterator[LickReason]:
    """Say on which chord tone the span ends, and whether a dominant resolves there."""
    last = span.stop - 1
    note, symbol = analysis.notes[last], line.symbol_at(last)
    if symbol is None or not note.role.is_of_chord:
        return
    resolves = any(
        one.kind in _RESOLUTIONS and one.target == last and one.span.start >= span.start
        for one in analysis.devices
    )
    verb = _hedge(line, span, "Resolves to" if resolves else "Ends on")
    beat = f" on beat {line.beat[last]}" if line.is_on_beat[last] else ""
    text = f"{verb} the {_tone_word(note.degree)} of {write_symbol(symbol)}{beat}."
    yield LickReason(ReasonKind.RESOLVES, float(note.degree.lstrip("b#")), text)


def _hedge(line: SoloLine, span: NoteSpan, verb: str) -> str:
    """Say "perhaps" where the chords are a guess."""
    is_guess = line.chord_confidence(span) < SURE_OF_CHORDS
    return f"Perhaps {verb[0].lower()}{verb[1:]}" if is_guess else verb


def _tone_word(degree: str) -> str:
    """Name a chord tone: its third and seventh are those of the chord, an altered fifth says so."""
    number = degree.lstrip("b#")
    if number != degree and number not in _OWN:
        return degree
    return _ORDINALS.get(number, f"{number}th")


def _unusual(evidence: Evidence) -> Iterator[LickReason]:
    tenths = usualness(len(evidence.span), evidence.bits)
    if tenths >= _UNUSUAL:
        text = f"Less usual than {tenths} of 10 lines as long: {evidence.bits:.0f} bits."
        yield LickReason(ReasonKind.UNUSUAL, evidence.bits, text)


def _bounded(phrases: frozenset[NoteSpan], span: NoteSpan) -> Iterator[LickReason]:
    if span in phrases:
        yield LickReason(ReasonKind.BOUNDED, 1.0, "A whole phrase.")
