"""The coach: rules over what the theory says of a lick, in words that its notes bear out.

In: a line, its analysis, a span of it, who is to learn it, and where else it is played. Out: a
text of four subjects. What a rule says is said of notes that it names by their ids; when the notes
do not bear a rule out, it says nothing. `licklab.practice.coach.checking` reads every sentence
again, without the rules.
"""

from collections.abc import Sequence
from dataclasses import replace

from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSentence, CoachSubject, CoachText
from licklab.domain.instrument import find_instrument
from licklab.domain.lick import LickOccurrence
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.coach.happening import say_happening
from licklab.practice.coach.lesson import Lesson
from licklab.practice.coach.listening import say_listening
from licklab.practice.coach.practising import say_practice
from licklab.practice.coach.reasons import say_reasons
from licklab.theory.span_view import SpanView


def coach(
    line: SoloLine,
    analysis: LineAnalysis,
    span: NoteSpan,
    *,
    instrument: str,
    level: CoachLevel = CoachLevel.INTERMEDIATE,
    again: Sequence[LickOccurrence] = (),
    matches: Sequence[CoachMatch] = (),
) -> CoachText:
    """Explain a lick to somebody who is to play it.

    Parameters
    ----------
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of the whole line.
    span : NoteSpan
        The lick.
    instrument : str
        That it is to be practised on, by any of its names.
    level : CoachLevel
        Of the player.
    again : sequence of LickOccurrence
        Other places of the same line.
    matches : sequence of CoachMatch
        Places of other solos, the most alike first.

    Returns
    -------
    CoachText
        In concert pitch.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that name.
    ShapeError
        If the analysis is of another line, or the span is not in the line.
    """
    others = tuple(one for one in again if one.span.overlap(span) == 0)
    lesson = Lesson(
        SpanView(line, analysis, span), level, find_instrument(instrument), others, tuple(matches)
    )
    said = {
        CoachSubject.HAPPENS: say_happening(lesson),
        CoachSubject.WORKS: say_reasons(lesson),
        CoachSubject.PRACTISE: say_practice(lesson),
        CoachSubject.LISTEN: say_listening(lesson),
    }
    return CoachText(
        level,
        lesson.instrument.id,
        tuple(
            _number(one, subject, number)
            for subject, sentences in said.items()
            for number, one in enumerate(sentences, 1)
        ),
    )


def _number(one: CoachSentence, subject: CoachSubject, number: int) -> CoachSentence:
    return replace(one, id=f"{subject}-{number}", subject=subject)
