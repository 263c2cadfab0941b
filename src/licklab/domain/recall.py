"""What can be asked about a recording once more without listening to it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.key import Key
from licklab.domain.pulse import spread_pulse

FollowPulse = Callable[[float, Sequence[float]], list[float]]
"""Finds the beats of a pulse: its length in seconds, beats that are known, to times in seconds."""

DecodeChords = Callable[[BeatGrid, Key | None], tuple[Chord, ...] | None]
"""Finds the chords again, on other beats; a key that is known decides how they are spelled. None
where the evidence cannot be read."""

Describe = Callable[[Analysis], Analysis]
"""Finds what follows from beats and chords again: the key, the local keys and the swing."""

NO_HARMONY = "want a recording whose harmony was heard, to lay a chart over; got none"
"""What is said where a chart finds no evidence."""


@dataclass(frozen=True, slots=True)
class ChartFit:
    """How a chart lies over a recording.

    Attributes
    ----------
    fit : float, 0 to 1
        How well what was heard agrees with it.
    transposition_semitones : int, 0 to 11
        How much higher than written it is played.
    start_beat : int
        Beat of the recording, from 0, on which the first chorus begins; where it was begun before
        the recording, on which that is heard first.
    n_choruses : int
        How often the chart is played, as far as it is in the recording.
    """

    fit: float
    transposition_semitones: int
    start_beat: int
    n_choruses: int


AlignChart = Callable[[str, BeatGrid], tuple[tuple[Chord, ...], ChartFit]]
"""Lays a chart, as text, over the beats."""


@dataclass(frozen=True, slots=True)
class Recall:
    """What was heard of, and what its evidence can still answer.

    Attributes
    ----------
    start_sec, end_sec : float, seconds of the original file
        What was heard.
    follow_pulse : callable or None
        From the evidence of beats; None without it.
    decode_chords : callable or None
        From the evidence of chords; None without it.
    describe : callable or None
        From the evidence of beats; None without it.
    align_chart : callable or None
        From the evidence of chords; None without it.
    """

    start_sec: float
    end_sec: float
    follow_pulse: FollowPulse | None = None
    decode_chords: DecodeChords | None = None
    describe: Describe | None = None
    align_chart: AlignChart | None = None

    def follow(self, period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        """Find the beats of a pulse.

        Parameters
        ----------
        period_sec : float
            From beat to beat.
        pins_sec : sequence of float, seconds of the original file
            Beats that are known, in order; each is one of the answer.

        Returns
        -------
        list of float
            All beats: where the evidence has them, evenly without evidence.
        """
        if self.follow_pulse is not None:
            return self.follow_pulse(period_sec, pins_sec)
        return spread_pulse(period_sec, pins_sec, self.start_sec, self.end_sec)
