"""The notes as a table, one row a note, with their metrical places."""

import csv
import io

from licklab.domain.analysis import Analysis
from licklab.domain.chord import NO_CHORD
from licklab.domain.pitch import pitch_name
from licklab.domain.transcription import Transcription
from licklab.notation.played_places import PlayedPlace, tell_places

COLUMNS = (
    "id", "onset_sec", "offset_sec", "pitch_midi", "pitch", "velocity", "confidence", "bar", "beat",
    "division", "tatum", "chord",
)  # fmt: skip
"""Names of the columns; bar, beat, division and tatum mean what they do in the Weimar Database."""

_NOWHERE = ("", "", "", "")


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
    places = tell_places(transcription.notes, analysis.grid)
    cells = [_NOWHERE] * len(transcription.notes) if places is None else map(_cells, places)
    at = 0
    chords = analysis.chords
    for note, note_id, place in zip(
        transcription.notes, transcription.note_ids, cells, strict=True
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


def _cells(place: PlayedPlace) -> tuple[int, int, int, int]:
    return place.bar, place.beat, place.division, place.tatum
