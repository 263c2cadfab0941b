"""Evidence to rhythm and harmony: the stages under the notes, joined as `pipeline.py` joins theirs.

Beats first, then bars and chords together, for each tells of the other; the rest follows from them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from licklab.domain.analysis import Analysis
from licklab.domain.chord import BassNote
from licklab.domain.evidence import Evidence, RhythmEvidence
from licklab.domain.note import Note
from licklab.engine.bass import track_bass
from licklab.engine.beats.line_pulse import track_line
from licklab.engine.beats.tracker import track_beats
from licklab.engine.chords.bars import decode_bars
from licklab.engine.chords.changes import decode_chords, respell_chords
from licklab.engine.chords.pooling import peaks_near
from licklab.engine.forms import find_form
from licklab.engine.grid import FRAME_RATE
from licklab.engine.keys.key import estimate_key, estimate_local_keys
from licklab.engine.notes.evidence import Evidence as NoteEvidence
from licklab.engine.swings import measure_swing

# Two minutes at a time, so that memory does not grow with the recording.
_BASS_FRAMES = 10_000
# Mean belief at the beats. From the first on the sound is enough: below, of 24 scenes of validation
# players with .52 to .93, the notes and the sound together were better in 10 and worse in 2.
_SURE_BELIEF, _UNSURE_BELIEF = 0.9, 0.6
# Of the belief at the sound's beats, at those of the notes: .90 to .96 in 12 lines alone, .40 to
# .71 in 5 duos; at those of both together .73 to .91 in the duos, and .61 where they had a recorded
# guitar wrong.
_ALIKE_SHARE, _AGREED_SHARE = 0.8, 0.7
_LEAD_IN_SEC = 0.3

Times = npt.NDArray[np.float64]


def analyze(
    evidence: Evidence, notes: Sequence[Note], bass_notes: tuple[BassNote, ...] = ()
) -> Analysis:
    """Find beats, bars, chords, key, form and swing.

    Parameters
    ----------
    evidence : Evidence
        What was believed of the recording.
    notes : sequence of Note
        Of the soloist, ordered by onset.
    bass_notes : tuple of BassNote
        Of the bass.

    Returns
    -------
    Analysis
        In seconds of the evidence; without beats where there is no pulse.
    """
    times_sec = _find_beats(evidence.rhythm, notes)
    found = decode_bars(times_sec, evidence.rhythm, evidence.chords)
    analysis = Analysis(grid=found.grid, chords=found.chords, bass_notes=bass_notes)
    return describe(analysis, evidence.rhythm, notes)


def redecode(analysis: Analysis, evidence: Evidence, notes: Sequence[Note]) -> Analysis:
    """Find the chords anew, on beats and bars that somebody has mended.

    Parameters
    ----------
    analysis : Analysis
        With the mended grid.
    evidence : Evidence
        What was believed of the recording.
    notes : sequence of Note
        Of the soloist, ordered by onset.

    Returns
    -------
    Analysis
        With chords on that grid, and what follows from them.
    """
    chords = decode_chords(analysis.grid, evidence.chords)
    return describe(replace(analysis, chords=chords), evidence.rhythm, notes)


def describe(analysis: Analysis, rhythm: RhythmEvidence, notes: Sequence[Note]) -> Analysis:
    """Find what follows from beats and chords: the key, the form and the swing.

    Parameters
    ----------
    analysis : Analysis
        With its grid and chords.
    rhythm : RhythmEvidence
        What was believed of beats.
    notes : sequence of Note
        Of the soloist, ordered by onset.

    Returns
    -------
    Analysis
        The same, with the rest.
    """
    grid, chords = analysis.grid, analysis.chords
    key = estimate_key(chords)
    if key is not None:
        chords = respell_chords(chords, key.key)
    form = find_form(chords, grid)
    swing = None
    if grid.beats:
        first_sec, last_sec = grid.beats[0].time_sec, grid.beats[-1].time_sec
        swing = measure_swing(rhythm, grid, notes, first_sec, last_sec)
    return replace(
        analysis,
        chords=chords,
        key=key,
        local_keys=estimate_local_keys(chords, grid),
        form=form,
        swing=swing,
        chorus_swing=tuple(
            measure_swing(rhythm, grid, notes, one.onset_sec, one.offset_sec)
            for one in (form.choruses if form else ())
        ),
    )


def _find_beats(rhythm: RhythmEvidence, notes: Sequence[Note]) -> Times:
    """Find the beats in the sound, and in the soloist's notes where it says little of them."""
    heard = track_beats(rhythm).times_sec
    if not notes or _believe(heard, rhythm) >= _SURE_BELIEF:
        return heard
    end_sec = rhythm.start_sec + len(rhythm.beat) / rhythm.frame_rate
    found = track_line(notes, end_sec)
    if not says_little(heard, found, rhythm):
        found = track_line(notes, end_sec, heard=rhythm)
        if _believe(found, rhythm) < _AGREED_SHARE * _believe(heard, rhythm):
            return heard
    # Nobody plays before the first note or beat and after the last: no beats are made up there.
    onsets = [one.onset_sec for one in notes]
    first_sec = min([*onsets, *heard[:1]]) - _LEAD_IN_SEC
    last_sec = max([*(one.offset_sec for one in notes), *heard[-1:]]) + _LEAD_IN_SEC
    kept: Times = found[(found >= first_sec) & (found <= last_sec)]
    return kept


def says_little(heard_sec: Times, line_sec: Times, rhythm: RhythmEvidence) -> bool:
    """Tell whether the sound says so little of beats that the soloist's notes say more.

    Parameters
    ----------
    heard_sec : shape=(n_beats,), seconds of the original file
        Beats that were found in the sound.
    line_sec : shape=(n_beats,), seconds of the original file
        Beats that the notes alone tell.
    rhythm : RhythmEvidence
        What was believed.

    Returns
    -------
    bool
        So where nobody keeps time: the sound is unsure, and believes as much in the one as in the
        other.
    """
    return is_unsure(heard_sec, rhythm) and (
        _believe(line_sec, rhythm) >= _ALIKE_SHARE * _believe(heard_sec, rhythm)
    )


def is_unsure(times_sec: Times, rhythm: RhythmEvidence) -> bool:
    """Tell whether beats that were found in the sound are doubtful.

    Parameters
    ----------
    times_sec : shape=(n_beats,), seconds of the original file
        The beats.
    rhythm : RhythmEvidence
        What was believed.

    Returns
    -------
    bool
        So with a mean belief below .6.
    """
    return _believe(times_sec, rhythm) < _UNSURE_BELIEF


def _believe(times_sec: Times, rhythm: RhythmEvidence) -> float:
    """Give the mean belief at beats; 0 without any."""
    if not len(times_sec):
        return 0.0
    return float(peaks_near(times_sec, rhythm.beat, rhythm).mean())


def find_bass(heard: NoteEvidence, speed: float, origin_sec: float) -> tuple[BassNote, ...]:
    """Track the bass through a whole recording.

    Parameters
    ----------
    heard : NoteEvidence
        Of everybody's notes.
    speed : float
        How much slower the recording was played to the networks.
    origin_sec : float
        Of its first frame.

    Returns
    -------
    tuple of BassNote
        Ordered by onset.
    """
    notes: list[BassNote] = []
    rate = FRAME_RATE * speed
    for first in range(0, len(heard.sounds), _BASS_FRAMES):
        last = min(first + _BASS_FRAMES, len(heard.sounds))
        sounds, starts = (1 / (1 + np.exp(-one.rows(first, last)))
                          for one in (heard.sounds, heard.starts))  # fmt: skip
        found = list(track_bass(sounds, starts, rate, origin_sec + first / rate))
        if notes and found and _is_one_note(notes[-1], found[0]):
            found[0] = replace(found[0], onset_sec=notes.pop().onset_sec)
        notes += found
    return tuple(notes)


def _is_one_note(before: BassNote, after: BassNote) -> bool:
    """Tell whether a note was cut in two where one stretch of frames ends."""
    return before.pitch_midi == after.pitch_midi and after.onset_sec - before.offset_sec < 1e-6
