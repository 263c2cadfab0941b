"""Names of notes in solos of the corpus, by what they are to their chords."""

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.line_analysis_json import spell_note
from licklab.theory.note_words import name_in_line


def name_notes(line: SoloLine, span: NoteSpan) -> tuple[str, ...]:
    """Name some notes.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        Its notes.

    Returns
    -------
    tuple of str
        As they sound, such as ``Eb5``, in order.
    """
    return tuple(
        spell_note(name_in_line(line, i, None), int(line.pitch_midi[i]))
        for i in range(span.start, span.stop)
    )
