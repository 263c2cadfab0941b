"""A solo, studied: from a transcription to its phrases, its analysis and its licks.

The one file in which theory and licks meet. Nothing is stored here: a study follows from the notes,
beats and changes as they are now, so that a mended bar shows in it at once.
"""

from dataclasses import dataclass

import numpy as np

from licklab.domain.lick import Lick
from licklab.domain.line_analysis import LineAnalysis, Statement
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.domain.transcription import Transcription
from licklab.errors import LickError
from licklab.licks.phrases import find_phrases
from licklab.licks.ranking import PlayerCounter, find_licks, judge_span
from licklab.notation.solo_lines import draw_line
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony
from licklab.theory.words import describe_span

FEWEST_NOTES = 3
"""Of a lick that a person chooses: two notes are an interval."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What is known about a solo.

    Attributes
    ----------
    line : SoloLine
        Its notes.
    phrases : tuple of NoteSpan
        In order, without gaps.
    analysis : LineAnalysis
        What notes and changes do.
    licks : tuple of Lick
        As found, the best first.
    """

    line: SoloLine
    phrases: tuple[NoteSpan, ...]
    analysis: LineAnalysis
    licks: tuple[Lick, ...]

    def choose_time(self, from_sec: float, to_sec: float) -> NoteSpan:
        """Choose the notes that begin in a stretch of time.

        Parameters
        ----------
        from_sec, to_sec : float, seconds of the original file
            The stretch, without its end.

        Returns
        -------
        NoteSpan
            Its notes.

        Raises
        ------
        LickError
            If fewer than three notes begin in it.
        """
        start, stop = (int(one) for one in np.searchsorted(self.line.onset_sec, (from_sec, to_sec)))
        return _span(start, stop, f"{from_sec:g} s to {to_sec:g} s")

    def choose_bars(self, first_bar: int, last_bar: int) -> NoteSpan:
        """Choose the notes of some bars.

        Parameters
        ----------
        first_bar, last_bar : int
            As the beats count them, both included.

        Returns
        -------
        NoteSpan
            Its notes, by their metrical places: an early note belongs to the bar that it opens.

        Raises
        ------
        LickError
            If there are no bars, or fewer than three notes in them.
        """
        if not self.line.has_beats:
            raise LickError(
                "want a solo with beats to choose bars from, got one without: say times"
            )
        inside = np.flatnonzero((self.line.bar >= first_bar) & (self.line.bar <= last_bar))
        start, stop = (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
        return _span(start, stop, f"bars {first_bar} to {last_bar}")

    def judge(self, span: NoteSpan, count_players: PlayerCounter | None = None) -> Lick:
        """Judge what a person chose.

        Parameters
        ----------
        span : NoteSpan
            Its notes.
        count_players : callable, optional
            Tells how many players of a corpus play something.

        Returns
        -------
        Lick
            With its other occurrences, and reasons.
        """
        return judge_span(self.line, self.analysis, self.phrases, span, count_players)

    def describe(self, span: NoteSpan) -> tuple[Statement, ...]:
        """Tell in words what happens in a stretch.

        Parameters
        ----------
        span : NoteSpan
            Its notes.

        Returns
        -------
        tuple of Statement
            The most important first; each names the notes and bars that bear it out.
        """
        return describe_span(self.line, self.analysis, span)


def study(
    transcription: Transcription,
    *,
    count_players: PlayerCounter | None = None,
    limit: int | None = None,
) -> Study:
    """Study a transcription.

    Parameters
    ----------
    transcription : Transcription
        As heard, mended or read.
    count_players : callable, optional
        Tells how many players of a corpus play something; without it licks are ranked by the solo
        alone.
    limit : int, optional
        Licks at most.

    Returns
    -------
    Study
        Of its line.
    """
    return study_line(draw_line(transcription), count_players=count_players, limit=limit)


def study_line(
    line: SoloLine, *, count_players: PlayerCounter | None = None, limit: int | None = None
) -> Study:
    """Study a line.

    Parameters
    ----------
    line : SoloLine
        Of a transcription, or of a corpus.
    count_players : callable, optional
        Tells how many players of a corpus play something.
    limit : int, optional
        Licks at most.

    Returns
    -------
    Study
        Of the line.
    """
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    analysis = analyze_line(line, harmony)
    phrases = find_phrases(line)
    licks = find_licks(line, analysis, phrases, count_players, limit)
    return Study(line, phrases, analysis, licks)


def _span(start: int, stop: int, where: str) -> NoteSpan:
    if stop - start < FEWEST_NOTES:
        raise LickError(
            f"want at least {FEWEST_NOTES} notes for a lick, got {max(stop - start, 0)} in {where}"
        )
    return NoteSpan(start, stop)
