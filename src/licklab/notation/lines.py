"""The lines of a page: what is one chord, what is a grace note, where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from licklab.domain.note import Note
from licklab.notation.durations import PlacedNote, end_notes
from licklab.notation.frame import Frame
from licklab.notation.quantize import QuantizedOnset, quantize, thin_out

Floats = npt.NDArray[np.float64]
# Of a line: a note so short that leads into the next one at once ornaments it. Players' grace notes
# in the Weimar Jazz Database last 25 to 65 ms; the shortest written sixteenths, at 300 bpm, 50 ms,
# so that a note that takes a fair share of a beat is none.
_GRACE_SEC, _GRACE_BEATS = 0.065, 0.2
# Of several voices: fingers that strike together are no further apart.
_TOGETHER_SEC, _TOGETHER_BEATS = 0.04, 0.13
_LAST_GAP_SEC = 99.0


@dataclass(frozen=True, slots=True)
class LineNote:
    """A chord of notes, or one, with the grace notes before it.

    Attributes
    ----------
    onset_beat, end_beat : Fraction, beats
        On the page, from the beginning of the frame.
    notes : tuple of int
        Indices of the heard notes, from low to high.
    graces : tuple of int
        Indices of the ornaments before it, in order.
    """

    onset_beat: Fraction
    end_beat: Fraction
    notes: tuple[int, ...]
    graces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Onsets:
    """Where notes begin on the page.

    Attributes
    ----------
    groups : tuple of tuple of int
        Indices of the heard notes that begin together.
    graces : tuple of tuple of int
        Ornaments before each group.
    places : tuple of QuantizedOnset
        Of each group.
    divisions : tuple of int
        Into how many parts each beat of the frame is divided.
    """

    groups: tuple[tuple[int, ...], ...]
    graces: tuple[tuple[int, ...], ...]
    places: tuple[QuantizedOnset, ...]
    divisions: tuple[int, ...]


def place_onsets(
    notes: Sequence[Note], frame: Frame, *, is_line: bool, swing_ratio: float, delay_sec: float
) -> Onsets:
    """Decide where heard notes begin on the page.

    Parameters
    ----------
    notes : sequence of Note
        Ordered by onset.
    frame : Frame
        Bars that reach over all notes.
    is_line : bool
        Whether one note sounds at a time.
    swing_ratio : float
        Of the soloist.
    delay_sec : float, seconds
        How much behind the beat the soloist lies.

    Returns
    -------
    Onsets
        With every note, as a head or as a grace note.
    """
    secs = np.array([note.onset_sec for note in notes])
    beats = np.array([frame.beat_at(one - delay_sec) for one in secs])
    groups = _group(secs, beats, is_line=is_line)
    lengths = [max(notes[i].duration_sec for i in group) for group in groups]
    firsts = np.array([group[0] for group in groups], dtype=np.int64)
    spare = set(_find_graces(secs[firsts], beats[firsts], lengths)) if is_line else set()
    kept = [k for k in range(len(groups)) if k not in spare]
    spare |= {kept[k] for k in thin_out([beats[firsts[k]] for k in kept],
                                        [lengths[k] for k in kept])}  # fmt: skip
    mains: list[tuple[int, ...]] = []
    graces: list[tuple[int, ...]] = []
    waiting: tuple[int, ...] = ()
    for k, group in enumerate(groups):
        if k in spare:
            waiting += group
        else:
            mains.append(group)
            graces.append(waiting)
            waiting = ()
    lengths_sec = np.diff(frame.beat_secs)
    onsets = np.maximum.accumulate([beats[group[0]] for group in mains]) if mains else np.zeros(0)
    placed = quantize(onsets, lengths_sec, swing_ratio=swing_ratio, is_compound=frame.is_compound)
    divisions = [1] * len(lengths_sec)
    for one in placed:
        divisions[one.beat] = one.division
    return Onsets(tuple(mains), tuple(graces), placed, tuple(divisions))


def _group(secs: Floats, beats: Floats, *, is_line: bool) -> list[tuple[int, ...]]:
    groups: list[list[int]] = []
    for i in range(len(secs)):
        first = groups[-1][0] if groups else None
        is_together = (
            first is not None
            and not is_line
            and secs[i] - secs[first] <= _TOGETHER_SEC
            and beats[i] - beats[first] <= _TOGETHER_BEATS
        )
        if is_together:
            groups[-1].append(i)
        else:
            groups.append([i])
    return [tuple(group) for group in groups]


def _find_graces(secs: Floats, beats: Floats, lengths: Sequence[float]) -> list[int]:
    """List ornaments: short, and over at once; the last note of a line is never one."""
    found = []
    for k in range(len(secs) - 1):
        apart = secs[k + 1] - secs[k]
        if (
            lengths[k] <= _GRACE_SEC
            and apart <= _GRACE_SEC
            and beats[k + 1] - beats[k] <= _GRACE_BEATS
        ):
            found.append(k)
    return found


def end_line(
    notes: Sequence[Note], onsets: Onsets, members: Sequence[Sequence[int]], frame: Frame
) -> tuple[LineNote, ...]:
    """Decide where the notes of one voice end.

    Parameters
    ----------
    notes : sequence of Note
        All that were heard.
    onsets : Onsets
        Where they begin.
    members : sequence of sequence of int
        Of each group, indices of the notes of this voice; none where it has no part in it.
    frame : Frame
        The bars.

    Returns
    -------
    tuple of LineNote
        In order, none over the next.
    """
    mine = [k for k, group in enumerate(members) if group]
    placed = []
    for at, k in enumerate(mine):
        end_sec = max(notes[i].offset_sec for i in members[k])
        following = mine[at + 1] if at + 1 < len(mine) else None
        gap = (
            _LAST_GAP_SEC
            if following is None
            else min(notes[i].onset_sec for i in members[following]) - end_sec
        )
        place = onsets.places[k]
        placed.append(PlacedNote(place.beat + place.place, frame.beat_at(end_sec), gap))
    ends = end_notes(placed, onsets.divisions, len(onsets.divisions), is_compound=frame.is_compound)
    return tuple(
        LineNote(
            one.onset_beat,
            end,
            tuple(sorted(members[k], key=lambda i: notes[i].pitch_midi)),
            # Where a chord is shared by two voices, its ornaments go with the first that is struck.
            onsets.graces[k] if onsets.groups[k][0] in members[k] else (),
        )
        for k, one, end in zip(mine, placed, ends, strict=True)
    )
