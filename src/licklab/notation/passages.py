"""From what was heard to what is practised: a passage, drawn through the page.

Where the page writes a note is where it is practised.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harte import from_harte
from licklab.domain.key import Key
from licklab.domain.passage import USUAL_TEMPO_BPM, Passage, PassageChord, PassageNote
from licklab.domain.score import Score, ScoreBar
from licklab.domain.transcription import Transcription
from licklab.errors import LickError
from licklab.notation.arrange import ScoreOptions, arrange
from licklab.notation.parts import CONCERT

# Of an ornament that is practised as a note: a thirty-second, taken from the note before.
_GRACE_QUARTER = Fraction(1, 8)


@dataclass(frozen=True, slots=True)
class _Head:
    onset: Fraction
    length: Fraction  # 0 of an ornament
    pitch_midi: int
    note_id: str
    velocity: int


def draw_passage(transcription: Transcription, note_ids: Collection[str]) -> Passage:
    """Draw some notes of a transcription as the passage that one practises.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    note_ids : collection of str
        Notes of one line, such as those of a lick.

    Returns
    -------
    Passage
        At concert pitch: whole bars around the notes, which keep their ids. Of notes that are
        written together the highest is taken; ornaments become short notes before the one they
        lead to, where there is room.

    Raises
    ------
    LickError
        If none of the notes is there.
    """
    wanted = frozenset(note_ids)
    if not wanted & set(transcription.note_ids):
        raise LickError("want notes of this solo to practise, got none that is there")
    score = arrange(transcription, ScoreOptions(part=CONCERT, around=wanted, marks_doubt=False))
    signature = _usual_signature(score.bars)
    bar_quarter = Fraction(4 * signature.numerator, signature.denominator)
    begins = [
        k * bar_quarter + (bar_quarter - bar.length_quarter if bar.is_pickup else 0)
        for k, bar in enumerate(score.bars)
    ]
    end = len(score.bars) * bar_quarter
    heads = _heads(score.bars, begins, wanted, bar_quarter)
    return Passage(
        notes=_one_after_another(heads, end),
        chords=_chords(score.bars, begins, end),
        n_bars=len(score.bars),
        signature=signature,
        tempo_bpm=_tempo(score),
        swing_ratio=score.swing_ratio,
        key=_key_at(transcription.analysis, score.bars[0].onset_sec),
        first_bar=score.bars[0].number,
    )


def _usual_signature(bars: Sequence[ScoreBar]) -> TimeSignature:
    signatures = [bar.time_signature for bar in bars]
    return max(signatures, key=lambda one: (signatures.count(one), one.beats_per_bar))


def _heads(
    bars: Sequence[ScoreBar],
    begins: Sequence[Fraction],
    wanted: frozenset[str],
    bar_quarter: Fraction,
) -> list[_Head]:
    """Take the wanted heads, tied ones as one, of those that begin together the highest."""
    found: dict[str, _Head] = {}
    for bar, begin in zip(bars, begins, strict=True):
        for voice in bar.voices:
            for event in voice.events:
                for head in event.heads:
                    if head.note_id not in wanted:
                        continue
                    onset = begin + min(event.onset_quarter, bar_quarter)
                    before = found.get(head.note_id)
                    if before is not None and head.tie_from:
                        length = before.length + event.length_quarter
                        found[head.note_id] = replace(before, length=length)
                    elif before is None:
                        found[head.note_id] = _Head(
                            onset, event.length_quarter, head.sounding_midi, head.note_id,
                            head.velocity,
                        )  # fmt: skip
    ordered = sorted(found.values(), key=lambda one: (one.onset, one.length > 0))
    kept: list[_Head] = []
    for one in ordered:
        if kept and one.length and kept[-1].length and kept[-1].onset == one.onset:
            if one.pitch_midi > kept[-1].pitch_midi:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _one_after_another(heads: Sequence[_Head], end: Fraction) -> tuple[PassageNote, ...]:
    """Cut notes where the next begins, and give ornaments their time."""
    spread: list[_Head] = []
    waiting: list[_Head] = []
    for one in heads:
        if not one.length:
            waiting.append(one)
            continue
        begin = one.onset - len(waiting) * _GRACE_QUARTER
        is_free = not spread or spread[-1].onset < begin
        if begin >= 0 and is_free:
            spread += [
                replace(grace, onset=begin + k * _GRACE_QUARTER, length=_GRACE_QUARTER)
                for k, grace in enumerate(waiting)
            ]
        waiting = []
        spread.append(one)
    ends = [*(one.onset for one in spread[1:]), end]
    return tuple(
        PassageNote(
            one.onset, min(one.length, stop - one.onset), one.pitch_midi, one.note_id, one.velocity
        )
        for one, stop in zip(spread, ends, strict=True)
        if one.onset < stop
    )


def _chords(
    bars: Sequence[ScoreBar], begins: Sequence[Fraction], end: Fraction
) -> tuple[PassageChord, ...]:
    placed = {
        begin + chord.onset_quarter: from_harte(chord.label)
        for bar, begin in zip(bars, begins, strict=True)
        for chord in bar.chords
    }
    if not placed:
        return ()
    first = min(placed)
    if first > 0:
        placed[Fraction(0)] = placed.pop(first) if first < begins[0] + 1 else ChordSymbol("")
    chords: list[PassageChord] = []
    for onset, symbol in sorted(placed.items()):
        if onset < end and not (chords and chords[-1].symbol == symbol):
            chords.append(PassageChord(onset, symbol))
    return tuple(chords)


def _tempo(score: Score) -> float:
    if score.tempo_bpm is None:
        return USUAL_TEMPO_BPM
    gaps = [
        later - earlier
        for bar in score.bars
        for earlier, later in pairwise((*bar.beat_secs, bar.offset_sec))
        if later > earlier
    ]
    return 60.0 / float(np.median(gaps)) if gaps else score.tempo_bpm


def _key_at(analysis: Analysis | None, time_sec: float) -> Key | None:
    if analysis is None:
        return None
    for one in analysis.local_keys:
        if one.onset_sec <= time_sec < one.offset_sec:
            return one.key
    return None if analysis.key is None else analysis.key.key
