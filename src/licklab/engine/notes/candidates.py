"""Decoded notes with all that is known of them, and which of them are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.engine.notes.confidence import ConfidenceConfig, estimate_confidences
from licklab.engine.notes.evidence import DecodedNote, Evidence
from licklab.engine.notes.timing import NoteTimes, refine_times

# Among chords the F1 of validation clips is best with about this; half of the F1, as theory says.
_LEAST_AMONG_CHORDS = 0.4
# One player's line with a double stop now and then: what is not of the line must be this sure.
_LEAST_BESIDE_A_LINE = 0.8
_SAME_ONSET_SEC = 0.06


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that may be kept.

    Attributes
    ----------
    note : DecodedNote
        On the grid.
    times : NoteTimes
        When it sounds, finer than the grid.
    confidence : float, 0 to 1
        That it is there.
    """

    note: DecodedNote
    times: NoteTimes
    confidence: float


def weigh_notes(
    notes: Sequence[DecodedNote], evidence: Evidence, config: ConfidenceConfig
) -> list[Candidate]:
    """Find out when each note sounds and how sure it is.

    Parameters
    ----------
    notes : sequence of DecodedNote
        On the grid of `evidence`.
    evidence : Evidence
        What they were decoded from.
    config : ConfidenceConfig
        Weights of the confidence.

    Returns
    -------
    list of Candidate
        One for each note.
    """
    times = refine_times(notes, evidence.starts)
    confidences = estimate_confidences(notes, evidence, config)
    return [Candidate(*one) for one in zip(notes, times, confidences, strict=True)]


def choose_among_chords(
    everything: Sequence[Candidate], line: Sequence[Candidate], *, mostly_line: bool
) -> list[Candidate]:
    """Choose the notes of a player who plays several at once.

    Parameters
    ----------
    everything : sequence of Candidate
        From the polyphonic decoder.
    line : sequence of Candidate
        From the line decoder, of the same sound.
    mostly_line : bool
        Whether nearly all notes are the line's: then the line is kept whole, and of the rest only
        what is very sure.

    Returns
    -------
    list of Candidate
        In order of their starts, then pitches.
    """
    if not mostly_line:
        return [one for one in everything if one.confidence >= _LEAST_AMONG_CHORDS]
    sure = [one for one in everything if one.confidence >= _LEAST_BESIDE_A_LINE]
    of_pitch: dict[int, list[Candidate]] = {}
    for one in line:
        of_pitch.setdefault(one.note.pitch_midi, []).append(one)
    beside = [
        one
        for one in sure
        if not any(_is_same(one, other) for other in of_pitch.get(one.note.pitch_midi, ()))
    ]
    return sorted([*line, *beside], key=lambda one: (one.note.start_frame, one.note.pitch_midi))


def _is_same(one: Candidate, other: Candidate) -> bool:
    is_near = abs(one.times.onset_sec - other.times.onset_sec) < _SAME_ONSET_SEC
    overlaps = (
        one.note.start_frame < other.note.end_frame and other.note.start_frame < one.note.end_frame
    )
    return is_near or overlaps
