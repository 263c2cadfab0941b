"""Notes of overlapping segments to notes of the recording.

Each key by itself. A note that is whole is kept as it is, and the next segment is looked at from
its end on. A note that goes on behind its segment waits for the next one, which sees either its
beginning again, and then says all about it, or only that something sounds from its first frame on,
and then says when it ends.
"""

from dataclasses import dataclass, replace

from licklab.engine.piano.layout import HOP_LENGTH, LOWEST_MIDI, N_KEYS, SAMPLE_RATE
from licklab.engine.piano.network import SegmentNote
from licklab.engine.piano.segments import Segment

_SEC_PER_FRAME = HOP_LENGTH / SAMPLE_RATE
# Two segments may see the same note a frame or two apart ...
_SLACK_FRAMES = 2
# ... and a long one, of which one sees little, some more.
_SAME_FRAMES = 3
_LEAST_SEC = 0.001


@dataclass(frozen=True, slots=True)
class PianoNote:
    """A note of the recording.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds
        Since the first sample that was listened to.
    pitch_midi : int
        Its key.
    velocity : int, 1 to 127
        How hard it was struck.
    confidence : float, probability
        That it starts there.
    """

    onset_sec: float
    offset_sec: float
    pitch_midi: int
    velocity: int
    confidence: float


class NoteCollector:
    """Collects notes segment by segment."""

    def __init__(self) -> None:
        # Of each key, in order.
        self._notes: list[list[PianoNote]] = [[] for _ in range(N_KEYS)]
        # For each key the frame before which all is decided, and a note that still sounds.
        self._decided = [-(1 << 30)] * N_KEYS
        self._sounding: list[SegmentNote | None] = [None] * N_KEYS

    def starts(self, segment: Segment) -> list[int]:
        """Tell where in a segment each key is to be looked at from.

        Parameters
        ----------
        segment : Segment
            The next one.

        Returns
        -------
        list of int
            Frames of the segment, one for each key.
        """
        return [max(0, frame - segment.first_frame) for frame in self._decided]

    def add(self, segment: Segment, notes: list[SegmentNote]) -> None:
        """Take the notes of the next segment.

        Parameters
        ----------
        segment : Segment
            That they were found in.
        notes : list of SegmentNote
            Those from `starts` on, ordered by key, then time.
        """
        by_key: list[list[SegmentNote]] = [[] for _ in range(N_KEYS)]
        for note in notes:
            placed = _move(note, segment.first_frame)
            if placed.begin_frame < segment.handover_frame:
                by_key[note.pitch_midi - LOWEST_MIDI].append(placed)
        for key, mine in enumerate(by_key):
            self._add_key(key, mine, segment)

    def finish(self) -> list[PianoNote]:
        """Give what was collected.

        Returns
        -------
        list of PianoNote
            Ordered by onset, then pitch; those of one key do not overlap.
        """
        for key in range(N_KEYS):
            self._keep(self._sounding[key])
            self._sounding[key] = None
        notes = (note for mine in self._notes for note in mine)
        return sorted(notes, key=lambda note: (note.onset_sec, note.pitch_midi))

    def _add_key(self, key: int, notes: list[SegmentNote], segment: Segment) -> None:
        before = self._sounding[key]
        decided = max(self._decided[key], segment.handover_frame - _SLACK_FRAMES)
        for note in notes:
            current: SegmentNote | None = note
            if before is not None:
                if not note.has_begin:
                    current = replace(
                        before, end=note.end, end_frame=note.end_frame, has_end=note.has_end
                    )
                elif note.begin_frame > before.begin_frame + _SAME_FRAMES:
                    self._keep(replace(before, end=min(before.end, note.begin)))
            elif not note.has_begin:
                current = None  # it began before the recording
            before = None
            if current is None:
                continue
            if current.has_end:
                self._keep(current)
                decided = max(decided, current.end_frame)
            else:
                before = current
        if before is not None:
            # All since the last whole note is looked at again, to see this one end.
            decided = max([self._decided[key], *(one.end_frame for one in notes if one.has_end)])
        self._sounding[key], self._decided[key] = before, decided

    def _keep(self, note: SegmentNote | None) -> None:
        if note is None:
            return
        mine = self._notes[note.pitch_midi - LOWEST_MIDI]
        onset_sec = max(0.0, note.begin * _SEC_PER_FRAME)
        if mine and mine[-1].offset_sec > onset_sec:
            # Both may be in one frame, each at a place of its own there. A key sounds once at a
            # time: in MIDI the end of the one would cut off the other.
            onset_sec = max(onset_sec, mine[-1].onset_sec + _LEAST_SEC)
            mine[-1] = replace(mine[-1], offset_sec=onset_sec)
        offset_sec = max(onset_sec + _LEAST_SEC, note.end * _SEC_PER_FRAME)
        mine.append(
            PianoNote(onset_sec, offset_sec, note.pitch_midi, note.velocity, note.confidence)
        )


def _move(note: SegmentNote, frames: int) -> SegmentNote:
    return replace(
        note,
        begin=note.begin + frames,
        end=note.end + frames,
        begin_frame=note.begin_frame + frames,
        end_frame=note.end_frame + frames,
    )
