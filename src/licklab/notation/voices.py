"""Two voices on one staff: where low notes are held under a moving line, or move under a held one.

Two notes are at odds where one is struck while the other is held: one voice cannot have both at
their lengths. A note that is at odds with higher notes only goes to the lower voice. So no two
notes of the lower voice are ever at odds; those of the upper one are only where there are three
layers, and are then shortened as players read such music.
"""

from collections.abc import Sequence
from itertools import takewhile

# Overlaps of a sixteenth or so are legato, not held notes; ends so near are one.
_HELD_BEATS = 0.3
# Notes that are struck over one that is held: of more (a pedal, a drone) the first decide.
_MOST_OVER = 48


def split_voices(
    onsets_beat: Sequence[float], ends_beat: Sequence[float], pitches_midi: Sequence[int]
) -> tuple[int, ...]:
    """Share notes out between an upper and a lower voice.

    Parameters
    ----------
    onsets_beat : sequence of float, beats
        Where notes begin on the page; ordered.
    ends_beat : sequence of float, beats
        Where they end as played.
    pitches_midi : sequence of int
        Sounding.

    Returns
    -------
    tuple of int
        0 for the upper voice, 1 for the lower. What is struck together and ends together is one
        chord of one voice, and a line alone is the upper voice.
    """
    higher: list[set[int]] = [set() for _ in onsets_beat]
    lower: list[set[int]] = [set() for _ in onsets_beat]
    for i in range(len(onsets_beat)):
        for j in _struck_over(i, onsets_beat, ends_beat):
            below, above = (i, j) if pitches_midi[i] <= pitches_midi[j] else (j, i)
            higher[below].add(above)
            lower[above].add(below)
    voices = [int(bool(above) and not below) for above, below in zip(higher, lower, strict=True)]
    return tuple(_with_mates(voices, higher, lower, onsets_beat, ends_beat, pitches_midi))


def _struck_over(i: int, onsets_beat: Sequence[float], ends_beat: Sequence[float]) -> list[int]:
    """List the notes that are struck while one is held."""
    last = ends_beat[i] - _HELD_BEATS
    later = range(i + 1, min(i + 1 + _MOST_OVER, len(onsets_beat)))
    during = takewhile(lambda j: onsets_beat[j] < last, later)
    return [j for j in during if onsets_beat[j] > onsets_beat[i]]


def _with_mates(
    voices: Sequence[int],
    higher: Sequence[set[int]],
    lower: Sequence[set[int]],
    onsets_beat: Sequence[float],
    ends_beat: Sequence[float],
    pitches_midi: Sequence[int],
) -> list[int]:
    """Begin the lower voice with the note under a held one, not with the next that moves."""
    found = list(voices)
    for i, onset in enumerate(onsets_beat):
        if not any(voices[j] for j in lower[i]):
            continue
        around = range(max(0, i - _MOST_OVER), min(i + _MOST_OVER, len(onsets_beat)))
        for j in around:
            is_mate = onsets_beat[j] == onset and pitches_midi[j] < pitches_midi[i]
            is_free = not higher[j] and not lower[j]
            if is_mate and is_free and ends_beat[i] - ends_beat[j] > _HELD_BEATS:
                found[j] = 1
    return found
