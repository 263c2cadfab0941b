"""The notes as a table, one row a note, with their metrical places."""

import csv
import io

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.chord import NO_CHORD
from licklab.domain.pitch import pitch_name
from licklab.domain.transcription import Transcription
from licklab.notation.frame import Frame, frame_bars
from licklab.notation.metrical import MetricalPlace, place_played

COLUMNS = (
    "id", "onset_sec", "offset_sec", "pitch_midi", "pitch", "velocity", "confidence", "bar", "beat",
    "division", "tatum", "chord",
)  # fmt: skip
"""Names of the columns; bar, beat, division and tatum mean what they do in the Weimar Database."""


def write_csv(transcription: Transcription) -> bytes:
    """Write the notes as comma-separated values.

    Parameters
    ----------
    transcription : Transcription
        To write.

    Returns
    -------
    bytes
        UTF-8 with a line of names, as RFC 4180 has it. Metrical places are empty where no pulse was
        heard; no cell begins with a sign that a spreadsheet takes for a formula.
    """
    analysis = transcription.analysis or Analysis()
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(COLUMNS)
    places = _places(transcription, analysis)
    at = 0
    chords = analysis.chords
    for note, note_id, place in zip(
        transcription.notes, transcription.note_ids, places, strict=True
    ):
        while at < len(chords) and chords[at].offset_sec <= note.onset_sec:
            at += 1
        inside = at < len(chords) and chords[at].onset_sec <= note.onset_sec
        label = chords[at].label if inside else NO_CHORD
        table.writerow(
            (
                note_id, f"{note.onset_sec:.6f}", f"{note.offset_sec:.6f}", f"{note.pitch_midi:g}",
                pitch_name(note.pitch_midi), note.velocity, f"{note.confidence:.4f}", *place, label,
            )
        )  # fmt: skip
    return buffer.getvalue().encode()


def _places(
    transcription: Transcription, analysis: Analysis
) -> list[tuple[int | str, int | str, int | str, int | str]]:
    notes = transcription.notes
    if len(analysis.grid.beats) < 2 or not notes:
        return [("", "", "", "")] * len(notes)
    frame = frame_bars(analysis.grid, notes[0].onset_sec, notes[-1].onset_sec)
    onsets = np.maximum.accumulate([frame.beat_at(note.onset_sec) for note in notes])
    return [_tell(one, frame) for one in place_played(onsets, np.diff(frame.beat_secs))]


def _tell(place: MetricalPlace, frame: Frame) -> tuple[int, int, int, int]:
    bar = frame.bars[frame.bar_of(place.beat)]
    beat = place.beat - bar.first_beat + 1
    if bar.n_beats < bar.signature.beats_per_bar:
        beat += bar.signature.beats_per_bar - bar.n_beats  # a pickup counts to the bar line
    return bar.number, beat, place.division, place.tatum
