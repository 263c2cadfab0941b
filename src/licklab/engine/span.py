"""Which samples are read for a region, and which notes of them belong to it.

A little more than the region is read, so that notes at its edges are heard as in the whole. Reading
begins on a frame of the whole recording's grid, so that both have the same frames.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from licklab.domain.analysis import Analysis
from licklab.domain.chord import Chord
from licklab.domain.evidence import Evidence
from licklab.domain.key import LocalKey
from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.engine.grid import FRAME_RATE, HOP_LENGTH, SAMPLE_RATE
from licklab.errors import DamagedAudioError

Stretch = TypeVar("Stretch", Chord, LocalKey)

# What comes behind a region, for a line is decided from the notes around; in front of it `widen`
# adds more than that.
_CONTEXT_SEC = 1.0
# Of a note that begins later than this before the end of the region nothing is left to hear.
_LEAST_SEC = 0.001


@dataclass(frozen=True, slots=True)
class Span:
    """What is read of a recording, and what of it is kept.

    Attributes
    ----------
    start_sample, end_sample : int, int or None
        First sample that is read and the one behind the last, at the rate of the file; None reads
        to the end.
    origin_sec : float
        Time of the first sample.
    kept_from_sec, kept_to_sec : float
        Notes that begin between these are kept; the end is infinite when it is open.
    """

    start_sample: int = 0
    end_sample: int | None = None
    origin_sec: float = 0.0
    kept_from_sec: float = 0.0
    kept_to_sec: float = math.inf

    def place_notes(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        """Move notes to their place in the recording and keep those of the region.

        Parameters
        ----------
        notes : iterable of Note
            With times since the first sample that was read.

        Returns
        -------
        tuple of Note
            In the same order, with times in seconds of the recording. Those whose onset lies
            outside the region are dropped, and none lasts longer than it.
        """
        moved = (
            replace(
                note,
                onset_sec=self.origin_sec + note.onset_sec,
                offset_sec=min(self.origin_sec + note.offset_sec, self.kept_to_sec),
            )
            for note in notes
            if self._keeps(self.origin_sec + note.onset_sec)
        )
        return tuple(moved)

    def place_evidence(self, evidence: Evidence) -> Evidence:
        """Move evidence to its place in the recording; all that was heard is kept.

        Parameters
        ----------
        evidence : Evidence
            With times since the first sample that was read.

        Returns
        -------
        Evidence
            With times in seconds of the recording.
        """
        rhythm, chords = evidence.rhythm, evidence.chords
        return Evidence(
            replace(rhythm, start_sec=rhythm.start_sec + self.origin_sec),
            replace(chords, start_sec=chords.start_sec + self.origin_sec),
        )

    def cut_analysis(self, analysis: Analysis) -> Analysis:
        """Keep what lies in the region.

        Parameters
        ----------
        analysis : Analysis
            With times in seconds of the recording.

        Returns
        -------
        Analysis
            Beats and notes that begin in the region, and chords and keys as far as they lie in it.
        """
        if self.kept_from_sec <= 0 and math.isinf(self.kept_to_sec):
            return analysis
        beats = tuple(one for one in analysis.grid.beats if self._holds(one.time_sec))
        return replace(
            analysis,
            grid=replace(analysis.grid, beats=beats),
            chords=self._cut(analysis.chords),
            bass_notes=tuple(one for one in analysis.bass_notes if self._holds(one.onset_sec)),
            local_keys=self._cut(analysis.local_keys),
        )

    def _holds(self, time_sec: float) -> bool:
        return self.kept_from_sec <= time_sec < self.kept_to_sec

    def _cut(self, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        return tuple(
            replace(
                one,
                onset_sec=max(one.onset_sec, self.kept_from_sec),
                offset_sec=min(one.offset_sec, self.kept_to_sec),
            )
            for one in stretches
            if one.offset_sec > self.kept_from_sec and one.onset_sec < self.kept_to_sec
        )

    def require_sound(self, read_to_sec: float) -> None:
        """Make sure that a damaged recording could be read as far as the region.

        Parameters
        ----------
        read_to_sec : float
            Time of the last sample that was read.

        Raises
        ------
        DamagedAudioError
            If the reading ended before the region began.
        """
        if read_to_sec <= self.kept_from_sec:
            raise DamagedAudioError(
                f"want sound from {self.kept_from_sec:.2f} s on, got a damaged file that can be "
                f"read to {read_to_sec:.2f} s"
            )

    def _keeps(self, onset_sec: float) -> bool:
        return self.kept_from_sec <= onset_sec < self.kept_to_sec - _LEAST_SEC


def plan_span(
    region: Region, sample_rate: int, n_samples: int, widen: Callable[[int, int], tuple[int, int]]
) -> Span:
    """Plan the reading of a region.

    Parameters
    ----------
    region : Region
        That is wanted.
    sample_rate : int, Hz
        Of the file.
    n_samples : int
        Per channel, as far as the header is to be believed.
    widen : callable
        Given the first frame that is wanted and the one behind the last, tells from where to where
        sound is needed to see them.

    Returns
    -------
    Span
        The region with a second or more around it, as far as there is one.

    Raises
    ------
    RegionError
        If the region reaches beyond the end of the recording.
    """
    if region.is_whole:
        return Span()
    closed = region.within(n_samples / sample_rate)
    assert closed.start_sec is not None
    assert closed.end_sec is not None
    first_frame, end_frame = widen(
        math.floor(closed.start_sec * FRAME_RATE),
        math.ceil((closed.end_sec + _CONTEXT_SEC) * FRAME_RATE),
    )
    start_sample, end_sample = (
        round(frame * HOP_LENGTH * sample_rate / SAMPLE_RATE) for frame in (first_frame, end_frame)
    )
    return Span(
        start_sample,
        # What a header understates is read all the same when the end is left open.
        None if region.end_sec is None or end_sample >= n_samples else end_sample,
        start_sample / sample_rate,
        closed.start_sec,
        math.inf if region.end_sec is None else closed.end_sec,
    )
