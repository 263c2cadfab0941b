"""What happens in a lick, in the names that a player reads."""

from licklab.domain.line_analysis import Statement
from licklab.domain.solo_line import NoteSpan
from licklab.notation.parts import find_part
from licklab.practice.part_lines import write_line
from licklab.studying.study import Study
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony
from licklab.theory.words import describe_span


def say_for_part(study: Study, span: NoteSpan, instrument: str) -> tuple[Statement, ...]:
    """Say what happens in a lick in the names that a player reads.

    Parameters
    ----------
    study : Study
        Of the solo.
    span : NoteSpan
        Of the lick.
    instrument : str
        Id of who reads.

    Returns
    -------
    tuple of Statement
        In the key of the part.
    """
    semitones = find_part(instrument, instrument, [60]).transposition_semitones
    if semitones % 12 == 0:
        return study.describe(span)
    line = write_line(study.line, semitones)
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    return describe_span(line, analyze_line(line, harmony), span)
