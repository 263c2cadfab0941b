"""Guide tones and the lines that they make.

In: a line. Out: guide-tone lines, and how many chords are told by their guide tones. Third and
seventh tell chords apart; where the root moves up a fourth, the seventh falls by step to the next
third and the third stays as the next seventh (Ligon, "Connecting Chords with Linear Harmony", 1996;
Crook, "How to Improvise", 1991).
"""

from collections.abc import Iterable

from licklab.domain.line_analysis import GuideToneLine, NoteRole
from licklab.theory.line_facts import LineFacts
from licklab.theory.settings import root_motion

_THIRDS, _SEVENTHS = {"3", "b3"}, {"7", "b7"}
_FOURTH_UP = 5
# A guide tone between beats carries a line only where the next one follows at once.
_FALLS = {-1, -2}


def find_guide_lines(facts: LineFacts) -> tuple[GuideToneLine, ...]:
    """Find the guide-tone lines.

    Parameters
    ----------
    facts : LineFacts
        Of the line.

    Returns
    -------
    tuple of GuideToneLine
        In order. Each note is a guide tone of its own chord, in one register: on a beat, or next
        to the one before. Without beats only neighbours count.
    """
    by_chord: dict[int, list[int]] = {}
    for note, role in enumerate(facts.role):
        if role is NoteRole.GUIDE_TONE:
            by_chord.setdefault(facts.chord[note], []).append(note)
    open_lines: list[list[int]] = []
    done: list[list[int]] = []
    for at in range(len(facts.views) - 1):
        links = _links(facts, by_chord, at)
        grown = []
        for line in open_lines:
            follower = next((b for a, b in links if _carries(facts, line[-1], a)), None)
            if follower is None:
                done.append(line)
            else:
                grown.append([*line, follower])
        taken = {line[-1] for line in grown}
        grown += [[a, b] for a, b in links if b not in taken]
        open_lines = grown
    lines = sorted(done + open_lines)
    return tuple(
        GuideToneLine(tuple(line), tuple(facts.degree[note] for note in line)) for line in lines
    )


def _carries(facts: LineFacts, note: int, start: int) -> bool:
    """Tell whether a link begins where a line has come to."""
    same_chord = facts.chord[note] == facts.chord[start]
    return same_chord and facts.pitch[note] == facts.pitch[start]


def _links(facts: LineFacts, by_chord: dict[int, list[int]], at: int) -> list[tuple[int, int]]:
    """Pair guide tones of a chord with those of the next one."""
    if root_motion(facts.changes, at) != _FOURTH_UP:
        return []
    found = []
    for old, new, moves in ((_SEVENTHS, _THIRDS, _FALLS), (_THIRDS, _SEVENTHS, {0})):
        firsts = [one for one in by_chord.get(at, ()) if facts.degree[one] in old]
        seconds = [one for one in by_chord.get(at + 1, ()) if facts.degree[one] in new]
        pair = next(
            (
                (a, b)
                for b in seconds
                for a in reversed(firsts)
                if facts.pitch[b] - facts.pitch[a] in moves and _is_heard(facts, a, b)
            ),
            None,
        )
        if pair:
            found.append(pair)
    return found


def _is_heard(facts: LineFacts, first: int, second: int) -> bool:
    if second == first + 1:
        return True
    return facts.is_on_beat(first) and facts.is_on_beat(second)


def guide_tone_coverage(facts: LineFacts, notes: Iterable[int] | None = None) -> float | None:
    """Tell how many chords are told by their guide tones.

    Parameters
    ----------
    facts : LineFacts
        Of the line.
    notes : iterable of int, optional
        Indices of the notes to look at; all if omitted.

    Returns
    -------
    float, 0 to 1, or None
        Chords whose third or seventh sounds on a beat, as a share of the chords that are played
        over; None without chords or beats.
    """
    looked = range(len(facts)) if notes is None else list(notes)
    played = {facts.chord[note] for note in looked if facts.chord[note] >= 0}
    if not played or not facts.has_beats:
        return None
    told = {
        facts.chord[note]
        for note in looked
        if facts.role[note] is NoteRole.GUIDE_TONE and facts.is_on_beat(note)
    }
    return len(told) / len(played)
