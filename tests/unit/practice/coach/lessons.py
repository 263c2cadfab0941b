"""Licks to be explained, and what a coach says of them."""

from collections.abc import Sequence

from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSubject, CoachText
from licklab.domain.lick import LickOccurrence
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.coach.checking.unsupported import unsupported
from licklab.practice.coach.coach import coach
from tests.unit.theory.lines import analysis_of, line_of

TWO_FIVE = "Dm7: A4 C5 E5 C5 A4 F4 G4 F4 | G7: D4 F4 A4 G4 B4 G4 D#4 F4 | Cmaj7: E4*8"
"""A ii-V-I in C: an enclosure and a resolution."""

PARKER = CoachMatch("Charlie Parker", "Ko-Ko", (17,), 0.87, "4f1c")


def say(
    line: SoloLine | str,
    *,
    level: CoachLevel = CoachLevel.ADVANCED,
    instrument: str = "piano",
    span: NoteSpan | None = None,
    again: Sequence[LickOccurrence] = (),
    matches: Sequence[CoachMatch] = (),
) -> CoachText:
    """Have a lick explained, and see that all that is said of it is borne out."""
    line = line_of(line) if isinstance(line, str) else line
    span = span or NoteSpan(0, len(line))
    analysis = analysis_of(line)
    text = coach(
        line, analysis, span, instrument=instrument, level=level, again=again, matches=matches
    )
    assert unsupported(text, line, analysis, span, matches) == ()
    return text


def texts(text: CoachText, subject: CoachSubject) -> list[str]:
    """List the sentences of a subject."""
    return [one.text for one in text.about(subject)]
