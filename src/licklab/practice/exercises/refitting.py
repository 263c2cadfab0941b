"""The notes of a lick, changed as little as other chords ask for.

In: a lick, and other chords under it. Out: a pitch for each note. Each note may stay or go up to a
whole tone up or down; the line keeps its shape: it rises, falls and stays where it did. The
cheapest path through the pitches is found by the algorithm of Viterbi; the theory engine then hears
it, and what it finds out of place is made dearer, until nothing is. The costs say an order (chord
tones on beats, the scale of the chord between them, few changes, like intervals), they are not
measured.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from licklab.domain.instrument import Instrument
from licklab.domain.line_analysis import NoteRole
from licklab.domain.passage import Passage
from licklab.domain.solo_line import SoloLine
from licklab.practice.exercises.analyzed import AnalyzedPassage, analyze_passage
from licklab.theory.chord_view import ChordView, view_chord
from licklab.theory.scales import home_scale
from licklab.theory.settings import settings_of

_MOVES = {0: 0.0, -1: 1.0, 1: 1.0, -2: 2.2, 2: 2.2}
_INTERVAL_COST = 0.4
# Of a note between beats and on a beat.
_OUTSIDE = {
    NoteRole.TENSION: (1.6, 2.0),
    NoteRole.AVOID: (2.0, 4.0),
    NoteRole.CHROMATIC: (3.0, 6.0),
}
_AVOID_IN_SCALE = (0.5, 3.0)
_LOST_TONE = 0.7
_OUT_OF_PLACE = 8.0
_MOST_TRIES = 24

_Costs = list[dict[int, float]]


def refit(
    lick: AnalyzedPassage, over: Passage, changed: Collection[int], instrument: Instrument
) -> AnalyzedPassage | None:
    """Fit the notes of a lick to other chords.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.
    over : Passage
        The same notes over the other chords.
    changed : collection of int
        Notes over chords that are others: only these may move.
    instrument : Instrument
        Whose range counts.

    Returns
    -------
    AnalyzedPassage or None
        In which each of these notes is a chord tone, a tension, or leads to another; None where
        that was not found.
    """
    costs = _cost_pitches(lick, analyze_passage(over).line, over, changed, instrument)
    for _ in range(_MOST_TRIES):
        pitches = _find_path(costs, over.pitches_midi)
        if pitches is None:
            return None
        notes = tuple(
            replace(one, pitch_midi=pitch) for one, pitch in zip(over.notes, pitches, strict=True)
        )
        heard = analyze_passage(replace(over, notes=notes))
        wrong = [note for note in changed if not heard.is_fit(note)]
        if not wrong:
            return heard
        for note in wrong:
            costs[note][pitches[note]] += _OUT_OF_PLACE
    return None


def _cost_pitches(
    lick: AnalyzedPassage,
    line: SoloLine,
    over: Passage,
    changed: Collection[int],
    instrument: Instrument,
) -> _Costs:
    harmony = analyze_passage(over).analysis.harmony
    settings = settings_of(line.chords, harmony)
    costs: _Costs = []
    for note, pitch in enumerate(over.pitches_midi):
        symbol = line.symbol_at(note)
        view = None if symbol is None else view_chord(symbol)
        setting = settings[int(line.chord[note])] if view is not None else None
        if note not in changed or view is None or setting is None:
            costs.append({pitch: 0.0})
            continue
        scale = home_scale(setting)
        is_on_beat = lick.is_on_beat(note)
        was_target = lick.is_tone(note) and is_on_beat
        costs.append(
            {
                pitch + move: cost
                + _cost_role(view, pitch + move, scale, is_on_beat=is_on_beat)
                + (_LOST_TONE if was_target and not view.is_tone(pitch + move) else 0.0)
                for move, cost in _MOVES.items()
                if instrument.lowest_midi <= pitch + move <= instrument.highest_midi
            }
        )
    return costs


def _cost_role(view: ChordView, pitch: int, scale: frozenset[int], *, is_on_beat: bool) -> float:
    semitones = view.semitones(pitch)
    role = view.roles[semitones]
    if role.is_of_chord:
        return 0.0
    if semitones in scale:
        return _AVOID_IN_SCALE[is_on_beat] if role is NoteRole.AVOID else 0.0
    return _OUTSIDE[role][is_on_beat]


@dataclass(frozen=True, slots=True)
class _Reached:
    cost: float
    path: tuple[int, ...]


def _find_path(costs: _Costs, originals: Sequence[int]) -> tuple[int, ...] | None:
    """Find the cheapest pitches that keep the shape of the line."""
    best = {pitch: _Reached(cost, (pitch,)) for pitch, cost in costs[0].items()}
    for note in range(1, len(costs)):
        interval = originals[note] - originals[note - 1]
        following: dict[int, _Reached] = {}
        for pitch, cost in costs[note].items():
            ways = [
                _Reached(
                    before.cost + cost + _INTERVAL_COST * abs(pitch - start - interval),
                    (*before.path, pitch),
                )
                for start, before in best.items()
                if _sign(pitch - start) == _sign(interval)
            ]
            if ways:
                following[pitch] = min(ways, key=lambda one: one.cost)
        best = following
    cheapest = min(best.values(), key=lambda one: one.cost, default=None)
    return None if cheapest is None else cheapest.path


def _sign(interval: int) -> int:
    return (interval > 0) - (interval < 0)
