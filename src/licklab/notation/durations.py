"""How long notes are on the page: articulation closed, or left as rests, as a copyist would.

In: where notes begin on the page, and where they end as played. Out: where they end on the page.
Eighths and shorter ones reach to the next note, whatever the tonguing; longer ones end where they
are heard to, on a place that the beat's own division has, unless the silence after them is short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np

_HALF = Fraction(1, 2)
# Into how many parts a beat is divided for ends, by its division for onsets: rests are read the
# more easily the longer they are. A tuplet keeps its own places.
_PARTS = MappingProxyType({1: 2, 4: 2, 8: 2})
_PARTS_OF_COMPOUND = MappingProxyType({1: 3, 6: 3})


@dataclass(frozen=True, slots=True)
class DurationConfig:
    """What counts as played through to the next note.

    The prices were chosen with those of the patterns, by `python -m training.notation.prices`.

    Attributes
    ----------
    joined_beats : Fraction
        Notes not further apart than that are joined: detached eighths are written as eighths.
    gap_sec : float, seconds
        A silence shorter than that is articulation.
    legato : float, octaves
        How much longer than played a note may be written so that no rest is needed after it; less
        over a beat, where a rest is worth reading.
    tied : float, octaves
        How much it takes that a note which begins between beats goes over the next one: that is a
        tie, and people write few.
    """

    joined_beats: Fraction = _HALF
    gap_sec: float = 0.05
    legato: float = 0.86
    tied: float = 1.34


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """Where a note begins, on the page and as played.

    Attributes
    ----------
    onset_beat : Fraction, beats
        On the page, from the beginning of the frame.
    played_end_beat : float, beats
        Where it ends as played.
    gap_sec : float, seconds
        From its end to the next onset of its voice; a large number after the last.
    """

    onset_beat: Fraction
    played_end_beat: float
    gap_sec: float


def end_notes(
    notes: Sequence[PlacedNote],
    divisions: Sequence[int],
    n_beats: int,
    config: DurationConfig | None = None,
    *,
    is_compound: bool = False,
) -> tuple[Fraction, ...]:
    """Decide where the notes of one voice end.

    Parameters
    ----------
    notes : sequence of PlacedNote
        Of one voice, in order, no two at one place.
    divisions : sequence of int
        Into how many parts each beat of the frame is divided by what begins in it.
    n_beats : int
        Of the frame; nothing ends later.
    config : DurationConfig, optional
        The usual one if omitted.
    is_compound : bool
        Whether beats divide in three.

    Returns
    -------
    tuple of Fraction, beats
        From the beginning of the frame; after the note's onset, not after the next one.
    """
    wanted = config or DurationConfig()
    usual = _PARTS_OF_COMPOUND if is_compound else _PARTS
    ends = []
    for i, note in enumerate(notes):
        limit = notes[i + 1].onset_beat if i + 1 < len(notes) else Fraction(n_beats)
        is_last = i + 1 == len(notes)
        ends.append(_end(note, limit, divisions, wanted, usual, is_last=is_last))
    return tuple(ends)


def _end(
    note: PlacedNote,
    limit: Fraction,
    divisions: Sequence[int],
    config: DurationConfig,
    usual: Mapping[int, int],
    *,
    is_last: bool,
) -> Fraction:
    space = limit - note.onset_beat
    if not is_last and (space <= config.joined_beats or note.gap_sec < config.gap_sec):
        return limit
    played = max(note.played_end_beat - float(note.onset_beat), 0.05)

    def cost(end: Fraction) -> float:
        octaves = abs(float(np.log2(float(end - note.onset_beat) / played)))
        if note.onset_beat.denominator != 1 and end > int(note.onset_beat) + 1:
            octaves += config.tied
        if end == limit and not is_last:
            return octaves - (config.legato if space <= 1 else config.legato / 2)
        return octaves

    return min(_places_after(note, limit, divisions, usual), key=cost)


def _places_after(
    note: PlacedNote, limit: Fraction, divisions: Sequence[int], usual: Mapping[int, int]
) -> list[Fraction]:
    """List where a note may end: on beats, and between them as the beat is divided."""
    farthest = min(limit, Fraction(int(note.played_end_beat) + 2))
    places: list[Fraction] = []
    beat = int(note.onset_beat)
    while beat < farthest:
        division = divisions[beat] if beat < len(divisions) else 1
        is_own = beat == int(note.onset_beat)
        parts = division if is_own and division > 1 else usual.get(division, division)
        places += [beat + Fraction(k, parts) for k in range(1, parts + 1)]
        beat += 1
    found = [one for one in places if note.onset_beat < one <= limit]
    return found or [limit]
