"""What a person mends in the rhythm and harmony of a recording, and what comes of it.

An edit is settled once, with what the person saw before them; settled, it carries what they saw
after it. What is mended is always made anew from what was heard and the settled edits, so that any
of them can be taken back, and laid over what is heard when the recording is transcribed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.chord_edit import ChordEdit, SetKey, WriteChords, overlay_chords
from licklab.domain.grid_change import change_grid, extend_grid
from licklab.domain.grid_edit import GridEdit
from licklab.domain.key import KeyEstimate
from licklab.domain.recall import ChartFit, Recall
from licklab.domain.regrid import recount_form, snap_chords, snap_keys
from licklab.errors import ChordError

Edit: TypeAlias = GridEdit | ChordEdit | SetKey
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
    """

    edit: Edit
    heard_from_sec: float
    heard_to_sec: float
    grid: BeatGrid | None = None
    chords: tuple[Chord, ...] | None = None
    fit: ChartFit | None = None


def settle_edit(edit: Edit, now: Analysis, recall: Recall) -> SettledEdit:
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
            raise ChordError(
                "want a recording whose harmony was heard, to lay a chart over; got none"
            )
        chords, fit = recall.align_chart(edit.text, now.grid)
        return SettledEdit(edit, *span, chords=chords, fit=fit)
    return SettledEdit(edit, *span, grid=change_grid(now.grid, edit, recall))


def mend(heard: Analysis, edits: Sequence[SettledEdit], recall: Recall) -> Analysis:
    """Lay edits over what was heard.

    Of each kind the last one tells how things are, since it was settled with the others in place.

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
    mended = heard
    for one in [one for one in edits if one.grid is not None][-1:]:
        assert one.grid is not None
        grid = extend_grid(one.grid, one.heard_from_sec, one.heard_to_sec, recall)
        mended = _regrid(mended, grid, recall, is_written=_is_written(edits))
    for one in [one for one in edits if one.chords is not None][-1:]:
        assert one.chords is not None
        # What is heard beyond the chords that a person saw stays.
        beyond = [
            chord
            for chord in mended.chords
            if chord.offset_sec <= one.heard_from_sec or chord.onset_sec >= one.heard_to_sec
        ]
        chords = snap_chords(one.chords, mended.grid)
        mended = replace(mended, chords=overlay_chords(beyond, chords))
    for one in [one for one in edits if isinstance(one.edit, SetKey)][-1:]:
        assert isinstance(one.edit, SetKey)
        mended = _set_key(mended, one.edit)
    return mended


def _is_written(edits: Sequence[SettledEdit]) -> bool:
    return any(one.chords is not None for one in edits)


def _regrid(heard: Analysis, grid: BeatGrid, recall: Recall, *, is_written: bool) -> Analysis:
    """Put other beats under what was heard."""
    # To decode chords that a person has written over would be for nothing.
    chords = (
        snap_chords(heard.chords, grid)
        if recall.decode_chords is None or is_written
        else recall.decode_chords(grid)
    )
    same_pulse = {one.time_sec for one in grid.beats} == {one.time_sec for one in heard.grid.beats}
    swing, chorus_swing = heard.swing, heard.chorus_swing
    if not same_pulse:
        # Eighths of other beats have other ratios.
        swing = None if recall.measure_swing is None else recall.measure_swing(grid)
        chorus_swing = ()
    return replace(
        heard,
        grid=grid,
        chords=chords,
        swing=swing,
        chorus_swing=chorus_swing,
        local_keys=snap_keys(heard.local_keys, grid),
        form=None if heard.form is None else recount_form(heard.form, heard.grid, grid),
    )


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
        if one.onset_sec >= recall.end_sec or one.offset_sec <= recall.start_sec:
            raise ChordError(
                f"want chords inside what was heard, {recall.start_sec:.2f} to "
                f"{recall.end_sec:.2f} s; got {one.symbol} at {one.onset_sec:.2f} s"
            )
