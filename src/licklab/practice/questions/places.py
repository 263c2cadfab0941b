"""How a question names the place of a note.

In: a line and the span of a lick. Out: words such as ``on beat 1 of bar 3``. A place that two notes
have, or that is written elsewhere than it is analyzed, has no name: nothing is asked about it.
"""

from collections import Counter
from collections.abc import Mapping

from licklab.domain.solo_line import NoteSpan, SoloLine

Places = Mapping[int, str]
"""Words for the places of notes, by index into the line."""

_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def name_places(line: SoloLine, span: NoteSpan, written: SoloLine | None = None) -> Places:
    """Name the places of the notes of a lick.

    Parameters
    ----------
    line : SoloLine
        That is analyzed.
    span : NoteSpan
        The lick.
    written : SoloLine, optional
        The same notes, by their ids, at the places where the page has them.

    Returns
    -------
    mapping of int to str
        Of every note whose place tells it from all others of the lick, on the page too.
    """
    named = _name(line, span)
    if written is None or not len(written):
        return named
    on_page = _name(written, NoteSpan(0, len(written)))
    words = {written.note_ids[note]: place for note, place in on_page.items()}
    return {note: place for note, place in named.items() if words.get(line.note_ids[note]) == place}


def _name(line: SoloLine, span: NoteSpan) -> dict[int, str]:
    notes = range(span.start, span.stop)
    if not line.has_beats:
        return {note: f"note {number} of the lick" for number, note in enumerate(notes, 1)}
    after: Counter[tuple[int, int]] = Counter()
    n_after = Counter(_beat(line, note) for note in notes if not line.is_on_beat[note])
    found: dict[int, str] = {}
    for note in notes:
        bar, beat = _beat(line, note)
        where = f"beat {beat} of bar {bar}"
        if line.is_on_beat[note]:
            found[note] = f"on {where}"
            continue
        after[bar, beat] += 1
        number = after[bar, beat]
        ordinal = _ORDINALS.get(number, f"{number}th")
        found[note] = f"after {where}" if n_after[bar, beat] == 1 else f"{ordinal} after {where}"
    counts = Counter(found.values())
    return {note: place for note, place in found.items() if counts[place] == 1}


def _beat(line: SoloLine, note: int) -> tuple[int, int]:
    return int(line.bar[note]), int(line.beat[note])
