"""A place that the index found, on its solo of the store: a match with all that is shown of it."""

from functools import lru_cache

import numpy as np

from licklab.corpus.alignment import GAP_COST, SHORT_GAP_COST, align_in_time
from licklab.corpus.chord_context import symbols_under
from licklab.corpus.match import AlignedNote, AlignmentKind, Match
from licklab.corpus.places import Pattern, Place
from licklab.corpus.segment import is_short
from licklab.corpus.solo import CorpusSolo
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import Ints, NoteSpan, SoloLine


def make_match(pattern: Pattern, solo: CorpusSolo, place: Place) -> Match | None:
    """Align a pattern once more, with the exact times of the store.

    Parameters
    ----------
    pattern : Pattern
        What is searched for.
    solo : CorpusSolo
        Where it was found.
    place : Place
        About where in it.

    Returns
    -------
    Match or None
        None if nothing answers there.
    """
    line, n_notes = solo.line, len(pattern.pitch)
    start = max(0, place.start - pattern.slack)
    stop = min(len(line), place.stop + pattern.slack)
    if start >= stop:
        return None
    own = slice(start, stop)
    onset = line.onset_sec[own]
    gap = np.where(is_short(onset, line.offset_sec[own]), SHORT_GAP_COST, GAP_COST)
    answers = np.empty(n_notes, dtype=np.int64)
    table = np.empty((n_notes + 1, stop - start + 1))
    cost = align_in_time(
        pattern.pitch, pattern.gap, pattern.onset, line.pitch_midi[own], gap, onset,
        place.transposition, pattern.rhythm_weight, np.inf, True, table, np.empty((5, n_notes)),  # noqa: FBT003
        answers,
    )  # fmt: skip
    answered = answers[answers >= 0] + start
    if not len(answered):
        return None
    span = NoteSpan(int(answered[0]), int(answered[-1]) + 1)
    return Match(
        number=place.number,
        info=solo.info,
        span=span,
        bar=int(line.bar[span.start]),
        beat=int(line.beat[span.start]),
        onset_sec=float(line.onset_sec[span.start]),
        offset_sec=float(line.offset_sec[span.stop - 1]),
        chords=tuple(_write_symbol(one) for one in symbols_under(line, span)),
        transposition=place.transposition,
        cost=cost / n_notes,
        alignment=_list_alignment(pattern, line, answers, start, place.transposition),
    )


def _list_alignment(
    pattern: Pattern, line: SoloLine, answers: Ints, start: int, transposition: int
) -> tuple[AlignedNote, ...]:
    found: list[AlignedNote] = []
    last: int | None = None
    for query, answer in enumerate(answers.tolist()):
        if answer < 0:
            found.append(AlignedNote(query, None, AlignmentKind.DELETED))
            continue
        solo = start + answer
        if last is not None:
            found += [
                AlignedNote(None, one, AlignmentKind.INSERTED) for one in range(last + 1, solo)
            ]
        last = solo
        off = int(line.pitch_midi[solo]) - int(pattern.pitch[query]) - transposition
        kind = AlignmentKind.SUBSTITUTED if off % 12 else AlignmentKind.OCTAVE
        found.append(AlignedNote(query, solo, kind if off else AlignmentKind.SAME))
    return tuple(found)


# Symbols never change, and the Weimar solos have 385 different ones.
@lru_cache(maxsize=4096)
def _write_symbol(symbol: ChordSymbol) -> str:
    return write_symbol(symbol)
