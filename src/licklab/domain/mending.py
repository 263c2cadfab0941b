"""What a person mends in the rhythm and harmony of a recording, and what comes of it.

An edit is settled once, with what the person saw before them; settled, it carries what they saw
after it. What is mended is always made anew from what was heard and the settled edits, so that any
of them can be taken back, and laid over what is heard when the recording is transcribed again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.chord_edit import ChordEdit, SetKey, WriteChords, overlay_chords
from licklab.domain.grid_change import change_grid, extend_grid
from licklab.domain.grid_edit import GridEdit
from licklab.domain.key import Key, KeyEstimate
from licklab.domain.note_change import NoteChange
from licklab.domain.note_edit import EditNotes
from licklab.domain.pulse import SLOWEST_BPM
from licklab.domain.recall import NO_HARMONY, ChartFit, DecodeChords, Recall
from licklab.domain.regrid import recount_form, snap_chords, snap_keys
from licklab.errors import ChordError

# A chord ends with its last beat, which may end behind the recording.
_LAST_BEAT_SEC = 60.0 / SLOWEST_BPM

AnalysisEdit: TypeAlias = GridEdit | ChordEdit | SetKey
"""One thing that a person says about rhythm and harmony."""

Edit: TypeAlias = AnalysisEdit | EditNotes
"""One thing that a person says."""


@dataclass(frozen=True, slots=True)
class SettledEdit:
    """An edit and what came of it.

    Attributes
    ----------
    edit : Edit
        As it was said.
    heard_from_sec, heard_to_sec : float, seconds of the original file
        What had been heard then.
    grid : BeatGrid or None
        The beats after an edit of the grid.
    chords : tuple of Chord or None
        The chords after an edit of the chords.
    fit : ChartFit or None
        Of a chart.
    notes : tuple of NoteChange or None
        What changed by an edit of the notes.
    """

    edit: Edit
    heard_from_sec: float
    heard_to_sec: float
    grid: BeatGrid | None = None
    chords: tuple[Chord, ...] | None = None
    fit: ChartFit | None = None
    notes: tuple[NoteChange, ...] | None = None


def settle_edit(edit: AnalysisEdit, now: Analysis, recall: Recall) -> SettledEdit:
    """Find out what comes of an edit.

    Parameters
    ----------
    edit : Edit
        What a person says.
    now : Analysis
        What they see.
    recall : Recall
        What was heard, and what its evidence can answer.

    Returns
    -------
    SettledEdit
        To be kept.

    Raises
    ------
    GridError
        If the beats cannot be so.
    ChordError
        If the chords cannot.
    """
    span = recall.start_sec, recall.end_sec
    if isinstance(edit, SetKey):
        return SettledEdit(edit, *span)
    if isinstance(edit, WriteChords):
        _require_chords_inside(edit.chords, recall)
        written = snap_chords(edit.chords, now.grid)
        return SettledEdit(edit, *span, chords=overlay_chords(now.chords, written))
    if isinstance(edit, ChordEdit):
        if recall.align_chart is None:
            raise ChordError(NO_HARMONY)
        chords, fit = recall.align_chart(edit.text, now.grid)
        return SettledEdit(edit, *span, chords=chords, fit=fit)
    return SettledEdit(edit, *span, grid=change_grid(now.grid, edit, recall))


def mend(heard: Analysis, edits: Sequence[SettledEdit], recall: Recall) -> Analysis:
    """Lay edits over what was heard.

    Of each kind the last one tells how things are, since it was settled with the others in place;
    edits of notes change nothing here.

    Parameters
    ----------
    heard : Analysis
        Rhythm and harmony as they were heard.
    edits : sequence of SettledEdit
        In the order in which they were made.
    recall : Recall
        What was heard, and what its evidence can answer.

    Returns
    -------
    Analysis
        As it is wanted.
    """
    gridded, written, keyed = _last(edits, "grid"), _last(edits, "chords"), _last_key(edits)
    grid = None if gridded is None else _fit_grid(gridded, recall)
    mended = heard
    if grid is not None:
        # To decode chords that a person has written over would be for nothing.
        decode = recall.decode_chords if written is None else None
        mended = _regrid(mended, grid, decode, None if keyed is None else keyed.key)
    if written is not None:
        mended = _rewrite(mended, written, recall)
    if recall.describe is not None and (grid is not None or written is not None):
        mended = recall.describe(mended)
    return mended if keyed is None else _set_key(mended, keyed)


def _last(edits: Sequence[SettledEdit], outcome: Literal["grid", "chords"]) -> SettledEdit | None:
    return next((one for one in reversed(edits) if getattr(one, outcome) is not None), None)


def _last_key(edits: Sequence[SettledEdit]) -> SetKey | None:
    return next((one.edit for one in reversed(edits) if isinstance(one.edit, SetKey)), None)


def _fit_grid(settled: SettledEdit, recall: Recall) -> BeatGrid | None:
    assert settled.grid is not None
    return extend_grid(settled.grid, settled.heard_from_sec, settled.heard_to_sec, recall)


def _regrid(
    heard: Analysis, grid: BeatGrid, decode: DecodeChords | None, key: Key | None
) -> Analysis:
    """Put other beats under what was heard."""
    decoded = None if decode is None else decode(grid, key)
    same_pulse = {one.time_sec for one in grid.beats} == {one.time_sec for one in heard.grid.beats}
    return replace(
        heard,
        grid=grid,
        chords=snap_chords(heard.chords, grid) if decoded is None else decoded,
        # Eighths of other beats have other ratios.
        swing=heard.swing if same_pulse else None,
        chorus_swing=heard.chorus_swing if same_pulse else (),
        local_keys=snap_keys(heard.local_keys, grid),
        form=None if heard.form is None else recount_form(heard.form, heard.grid, grid),
    )


def _rewrite(heard: Analysis, settled: SettledEdit, recall: Recall) -> Analysis:
    """Put chords that a person has written over those that were heard."""
    assert settled.chords is not None
    # What is heard beyond the chords that they saw stays.
    beyond = [
        one
        for one in heard.chords
        if one.offset_sec <= settled.heard_from_sec or one.onset_sec >= settled.heard_to_sec
    ]
    # What they saw need not be heard now.
    from_sec = recall.start_sec if recall.start_sec > settled.heard_from_sec else 0.0
    to_sec = recall.end_sec if recall.end_sec < settled.heard_to_sec else math.inf
    written = [
        replace(one, onset_sec=max(one.onset_sec, from_sec), offset_sec=min(one.offset_sec, to_sec))
        for one in settled.chords
        if one.onset_sec < to_sec and one.offset_sec > from_sec
    ]
    return replace(heard, chords=overlay_chords(beyond, snap_chords(written, heard.grid)))


def _set_key(analysis: Analysis, edit: SetKey) -> Analysis:
    """Say the key; local keys that were the home key are the new one."""
    home = None if analysis.key is None else analysis.key.key
    local_keys = tuple(
        replace(one, key=edit.key, confidence=1.0) if one.key == home else one
        for one in analysis.local_keys
    )
    return replace(
        analysis, key=KeyEstimate(edit.key, 1.0, edit.key.relative), local_keys=local_keys
    )


def _require_chords_inside(chords: Sequence[Chord], recall: Recall) -> None:
    for one in chords:
        is_outside = one.onset_sec >= recall.end_sec or one.offset_sec <= recall.start_sec
        if is_outside or one.offset_sec > recall.end_sec + _LAST_BEAT_SEC:
            raise ChordError(
                f"want chords inside what was heard, {recall.start_sec:.2f} to "
                f"{recall.end_sec:.2f} s; got {one.symbol} from {one.onset_sec:.2f} to "
                f"{one.offset_sec:.6g} s"
            )
