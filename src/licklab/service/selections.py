"""A stretch of a solo that a person chooses, by time or by bars."""

from dataclasses import dataclass

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import LickError
from licklab.studying.study import Study

# Two onsets that are nearer together than this count as one when transcriptions are compared
# (mir_eval.transcription); a note that is moved by less belongs to its lick as before.
_LEEWAY_SEC = 0.05


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time.

    Attributes
    ----------
    from_sec, to_sec : float, seconds of the original file
        Its notes begin in it; the end does not belong to it.
    """

    from_sec: float
    to_sec: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Some bars.

    Attributes
    ----------
    first_bar, last_bar : int
        As the beats count them, both included.
    """

    first_bar: int
    last_bar: int


Selection = Stretch | Bars
"""What a person chose."""


def choose(study: Study, selection: Selection | None) -> NoteSpan:
    """Give the notes of a selection.

    Parameters
    ----------
    study : Study
        Of the solo.
    selection : Stretch or Bars or None
        What was chosen; None for the whole.

    Returns
    -------
    NoteSpan
        Its notes.

    Raises
    ------
    LickError
        If it ends before it begins, or has too few notes.
    """
    if selection is None:
        if not len(study.line):
            raise LickError("want a solo with notes, got one without")
        return NoteSpan(0, len(study.line))
    if isinstance(selection, Bars):
        if selection.last_bar < selection.first_bar:
            raise LickError(
                f"want bars in order, got {selection.first_bar} to {selection.last_bar}"
            )
        return study.choose_bars(selection.first_bar, selection.last_bar)
    if selection.to_sec <= selection.from_sec:
        raise LickError(
            f"want a stretch of time, got one from {selection.from_sec:g} s "
            f"to {selection.to_sec:g} s"
        )
    return study.choose_time(selection.from_sec, selection.to_sec)


def stretch_of(line: SoloLine, span: NoteSpan) -> Stretch:
    """Give a stretch of time that some notes, and no others, begin in.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        Its notes.

    Returns
    -------
    Stretch
        A little wider than the onsets, so that it holds the same notes when one is moved a little.
    """
    first, last = float(line.onset_sec[span.start]), float(line.onset_sec[span.stop - 1])
    before = float(line.onset_sec[span.start - 1]) if span.start else 0.0
    after = float(line.onset_sec[span.stop]) if span.stop < len(line) else last + 1.0
    return Stretch(
        first - min(_LEEWAY_SEC, max(first - before, 0.0) / 2),
        last + min(_LEEWAY_SEC, (after - last) / 2),
    )
