"""What happens in a span of a line, in a musician's words.

In: a line, its analysis and a span. Out: a dozen sentences at most, the most important first: what
is played over, and whether that is sure, where it goes, how it gets there, and with which notes.
Each carries the notes that it speaks of, and says nothing that they do not bear out.
"""

from licklab.domain.line_analysis import LineAnalysis, Statement
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import ShapeError
from licklab.theory.cadence_words import say_arrivals, say_cadences, say_guess, say_guide_lines
from licklab.theory.color_words import say_guide_tones, say_scales, say_shape, say_tensions
from licklab.theory.figure_words import say_approaches, say_enclosures, say_figures
from licklab.theory.span_view import SpanView

MOST_STATEMENTS = 12
"""About a span: what is less important is left out."""

_SUBJECTS = (
    say_guess, say_cadences, say_arrivals, say_guide_lines, say_enclosures, say_figures,
    say_approaches, say_scales, say_tensions, say_guide_tones,
)  # fmt: skip


def describe_span(line: SoloLine, analysis: LineAnalysis, span: NoteSpan) -> tuple[Statement, ...]:
    """Describe a span in a musician's words.

    Parameters
    ----------
    line : SoloLine
        The line.
    analysis : LineAnalysis
        Of it, by `licklab.theory.analysis.analyze_line`.
    span : NoteSpan
        Of it.

    Returns
    -------
    tuple of Statement
        At most a dozen, the most important first; the last one says how long, wide and fast the
        span is.

    Raises
    ------
    ShapeError
        If the analysis is of another line, or the span is not in the line.
    """
    if len(analysis.notes) != len(line):
        raise ShapeError(f"want an analysis of {len(line)} notes, got one of {len(analysis.notes)}")
    if span.stop > len(line):
        raise ShapeError(f"want a span in a line of {len(line)} notes, got up to {span.stop}")
    view = SpanView(line, analysis, span)
    statements = [one for say in _SUBJECTS for one in say(view)]
    return (*statements[: MOST_STATEMENTS - 1], *say_shape(view))
