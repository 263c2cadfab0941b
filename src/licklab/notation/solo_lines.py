"""A transcription as a line of notes on its beats and changes."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.harte import from_harte
from licklab.domain.note import Note
from licklab.domain.solo_line import LineChord, SoloLine
from licklab.domain.transcription import Transcription
from licklab.notation.played_places import PlayedPlace, tell_places

# Notes that begin nearer together are struck together: of the Weimar solos, lines all, two onsets
# in a thousand are as near to the one before.
_TOGETHER_SEC = 0.03
# A chord that begins so shortly after a note is the note's: chords begin on beats, players early.
_EARLY_SEC = 0.05
_NO_PLACE = PlayedPlace(0, 0, 1, 1, 0.5)


def draw_line(
    transcription: Transcription, places: Sequence[PlayedPlace] | None = None
) -> SoloLine:
    """Draw the line of a transcription.

    Parameters
    ----------
    transcription : Transcription
        As heard, mended or read.
    places : sequence of PlayedPlace, optional
        Metrical places of its notes, where they are known better than from beats and onsets.

    Returns
    -------
    SoloLine
        Of notes that are struck together the highest: it is the melody.
    """
    analysis = transcription.analysis or Analysis()
    if places is None:
        places = tell_places(transcription.notes, analysis.grid)
    has_beats = places is not None
    kept = _top_notes(transcription.notes)
    notes = [transcription.notes[i] for i in kept]
    at = [places[i] for i in kept] if places is not None else [_NO_PLACE] * len(kept)
    ids = transcription.note_ids
    chords = place_chords(analysis.chords, analysis.grid)
    estimate = analysis.key
    return SoloLine(
        onset_sec=np.array([one.onset_sec for one in notes], dtype=np.float64),
        offset_sec=np.array([one.offset_sec for one in notes], dtype=np.float64),
        pitch_midi=np.array([round(one.pitch_midi) for one in notes], dtype=np.int64),
        bar=np.array([one.bar for one in at], dtype=np.int64),
        beat=np.array([one.beat for one in at], dtype=np.int64),
        division=np.array([one.division for one in at], dtype=np.int64),
        tatum=np.array([one.tatum for one in at], dtype=np.int64),
        beat_sec=np.array([one.beat_sec for one in at], dtype=np.float64),
        chord=_chords_under(notes, at, chords, has_beats=has_beats),
        confidence=np.array([one.confidence for one in notes], dtype=np.float64),
        chords=chords,
        note_ids=tuple(ids[i] for i in kept),
        beats_per_bar=analysis.grid.time_signature.beats_per_bar if has_beats else 0,
        key=None if estimate is None else estimate.key,
    )


def _top_notes(notes: Sequence[Note]) -> list[int]:
    kept: list[int] = []
    for i, note in enumerate(notes):
        if kept and note.onset_sec - notes[kept[-1]].onset_sec < _TOGETHER_SEC:
            if note.pitch_midi > notes[kept[-1]].pitch_midi:
                kept[-1] = i
        else:
            kept.append(i)
    return kept


def place_chords(chords: Sequence[Chord], grid: BeatGrid) -> tuple[LineChord, ...]:
    """Put chords on beats.

    Parameters
    ----------
    chords : sequence of Chord
        As heard.
    grid : BeatGrid
        The beats.

    Returns
    -------
    tuple of LineChord
        One for each, in order; without bars where there are no beats.
    """
    times = [one.time_sec for one in grid.beats]
    found = []
    for chord in chords:
        symbol = from_harte(chord.label)
        if len(times) < 2:
            found.append(
                LineChord(symbol, chord.onset_sec, chord.offset_sec, confidence=chord.confidence)
            )
            continue
        first = _nearest(times, chord.onset_sec)
        n_beats = _nearest(times, chord.offset_sec) - first
        if chord.offset_sec > times[-1] + 1e-6:
            n_beats += 1  # the last beat has a length too
        beat = grid.beats[first]
        found.append(
            LineChord(
                symbol, chord.onset_sec, chord.offset_sec, beat.bar, beat.position_in_bar,
                max(n_beats, 1), chord.confidence,
            )
        )  # fmt: skip
    return tuple(found)


def _nearest(times: Sequence[float], time_sec: float) -> int:
    after = min(bisect_right(times, time_sec), len(times) - 1)
    before = max(after - 1, 0)
    return before if time_sec - times[before] <= times[after] - time_sec else after


def _chords_under(
    notes: Sequence[Note],
    places: Sequence[PlayedPlace],
    chords: Sequence[LineChord],
    *,
    has_beats: bool,
) -> np.ndarray:
    """Tell the chord of each note: by the beat it stands on, also when it is played early."""
    if not has_beats:
        onsets = [one.onset_sec - _EARLY_SEC for one in chords]
        return np.array(
            [bisect_right(onsets, note.onset_sec) - 1 for note in notes], dtype=np.int64
        )
    starts = [(one.bar, one.beat) for one in chords]
    under = [bisect_right(starts, (place.bar, place.beat)) - 1 for place in places]
    # Where the pulse was lost, notes are counted on beats that the chords do not know: no note is
    # played more than half a beat early or late.
    onset_sec = np.array([one.onset_sec for one in notes])
    half_sec = np.array([one.beat_sec for one in places]) / 2
    onsets = [one.onset_sec for one in chords]
    earliest = np.searchsorted(onsets, onset_sec - half_sec, side="right") - 1
    latest = np.searchsorted(onsets, onset_sec + half_sec, side="right") - 1
    return np.clip(under, earliest, latest).astype(np.int64)
