"""Patterns to search for, as they are typed or come in files.

A text is notes as `licklab.corpus.query_notes` reads them, or, after ``abc:``, a piece of a tune in
ABC notation (``abc: [K:Bb] D2 EF | G2``): an eighth is its unit, and its signs and lengths count.
"""

import re

import numpy as np

from licklab.corpus.query import MAX_NOTES, Query
from licklab.corpus.query_notes import QueryNotation, read_typed_notes
from licklab.domain.solo_line import Ints, NoteSpan, SoloLine
from licklab.domain.transcription import Transcription
from licklab.errors import QueryError, ScoreFileError
from licklab.formats.imports import read_import
from licklab.formats.transcription_json import read_transcription
from licklab.notation.solo_lines import draw_line

_LONGEST = 10_000  # characters; of the longest pattern each note may have 50
# A line has one note of those that are struck together; a piano has no more at once than this.
_MOST_STRUCK = 20
_WHOLE = "the file"
_BEAT_SEC = 0.5  # as MIDI has it where nobody says the tempo; only ratios count
_ABC = re.compile(r"\s*abc\s*:", re.IGNORECASE)


def read_query(text: str) -> Query:
    """Read a pattern that was typed.

    Parameters
    ----------
    text : str
        Notes, MIDI numbers, intervals, degrees over chords, or ABC.

    Returns
    -------
    Query
        With its rhythm, where it has one, and the chords that degrees are over.

    Raises
    ------
    QueryError
        If it is no pattern, or too short or too long a one.

    Examples
    --------
    >>> read_query("1 2 b3 5 over Cm7").pitch_midi
    array([60, 62, 63, 67])
    >>> read_query("abc: D2 EF G2").onset_sec
    array([0.  , 0.5 , 0.75, 1.  ])
    """
    if len(text) > _LONGEST:
        raise QueryError(f"want a pattern of at most {_LONGEST} characters, got {len(text)}")
    match = _ABC.match(text)
    if match is not None or re.search(r"^X:", text, re.MULTILINE):
        return _read_abc(text[match.end() :] if match is not None else text)
    typed = read_typed_notes(text)
    pitches: Ints | None = np.array(typed.pitches, dtype=np.int64)
    if typed.notation is QueryNotation.RHYTHM:
        pitches = None
    if not typed.onset_beat:
        is_relative = typed.notation is QueryNotation.INTERVALS
        return Query(pitches, is_relative=is_relative, chords=typed.chords)
    onsets = np.array([float(one) for one in typed.onset_beat]) * _BEAT_SEC
    offsets = np.array([float(one) for one in typed.offset_beat]) * _BEAT_SEC
    return Query(pitches, onsets, offsets, chords=typed.chords)


def read_query_file(
    content: bytes,
    filename: str,
    *,
    times_sec: tuple[float, float] | None = None,
    bars: tuple[int, int] | None = None,
) -> Query:
    """Read a pattern from a file.

    Parameters
    ----------
    content : bytes
        MIDI, MusicXML, ABC, JAMS, or a transcription as JSON.
    filename : str
        Of it.
    times_sec : (float, float), seconds, optional
        Only the notes that begin in this stretch.
    bars : (int, int), optional
        Only the notes of these bars, both included.

    Returns
    -------
    Query
        Of its line, with its rhythm.

    Raises
    ------
    QueryError
        If there are too few notes, or too many.
    InputError
        If it cannot be read.
    """
    solo = read_solo(content, filename)
    if times_sec is None and bars is None and len(solo.notes) > _MOST_STRUCK * MAX_NOTES:
        # Before the bars are told, which takes minutes where there are so many.
        raise QueryError(_too_many(len(solo.notes), _WHOLE))
    return take_stretch(draw_line(solo), times_sec=times_sec, bars=bars)


def read_solo(content: bytes, filename: str) -> Transcription:
    """Read a solo that is written in a file.

    Parameters
    ----------
    content : bytes
        MIDI, MusicXML, ABC, JAMS, or a transcription as JSON.
    filename : str
        Of it.

    Returns
    -------
    Transcription
        Of it.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    if is_transcription(content):
        return read_transcription(content)
    return read_import(content, filename)


def is_transcription(content: bytes) -> bool:
    """Tell whether a file is a transcription as we write it.

    Parameters
    ----------
    content : bytes
        Of the file.

    Returns
    -------
    bool
        True for JSON that names our schema.
    """
    return content.lstrip()[:1] == b"{" and b'"licklab.transcription/' in content


def take_stretch(
    line: SoloLine,
    *,
    times_sec: tuple[float, float] | None = None,
    bars: tuple[int, int] | None = None,
) -> Query:
    """Take a pattern out of a line.

    Parameters
    ----------
    line : SoloLine
        The solo.
    times_sec : (float, float), seconds, optional
        Only the notes that begin in this stretch.
    bars : (int, int), optional
        Only the notes of these bars, both included.

    Returns
    -------
    Query
        With its rhythm.

    Raises
    ------
    QueryError
        If there are too few notes, or too many.
    """
    start, stop = 0, len(line)
    where = _WHOLE
    if times_sec is not None:
        start, stop = (int(one) for one in np.searchsorted(line.onset_sec, times_sec))
        where = f"{times_sec[0]:g} s to {times_sec[1]:g} s"
    elif bars is not None:
        if not line.has_beats:
            raise QueryError(
                "want a solo with beats to choose bars from, got one without: say times"
            )
        inside = np.flatnonzero((line.bar >= bars[0]) & (line.bar <= bars[1]))
        start, stop = (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
        where = f"bars {bars[0]} to {bars[1]}"
    if stop <= start:
        raise QueryError(f"want notes to search for, got none in {where}")
    if stop - start > MAX_NOTES:
        raise QueryError(_too_many(stop - start, where))
    return Query.of_span(line, NoteSpan(start, stop))


def _too_many(n_notes: int, where: str) -> str:
    return (
        f"want a pattern of at most {MAX_NOTES} notes, got {n_notes} in {where}; "
        "say a stretch of it by times or bars"
    )


def _read_abc(text: str) -> Query:
    tune = text if re.search(r"^X:", text, re.MULTILINE) else f"X:1\nL:1/8\nK:C\n{text.strip()}\n"
    try:
        return read_query_file(tune.encode(errors="replace"), "pattern.abc")
    except ScoreFileError as error:
        raise QueryError(str(error)) from error
