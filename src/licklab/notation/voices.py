"""Two voices on one staff: where low notes are held under a moving line."""

from collections.abc import Sequence
from itertools import groupby

# Shares of a beat: ends so near are one, a note that sounds this far into the next is held.
_HELD_BEATS = 0.3


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
        0 for the upper voice, 1 for the lower: notes that are held while higher ones begin.
        Everything that is struck together and ends together is one chord of the upper voice.
    """
    voices = [0] * len(onsets_beat)
    groups = [
        list(group) for _, group in groupby(range(len(onsets_beat)), key=onsets_beat.__getitem__)
    ]
    for k, group in enumerate(groups):
        following = [groups[j] for j in range(k + 1, min(k + 4, len(groups)))]
        for i in group:
            overlapped = [
                j for later in following for j in later
                if onsets_beat[j] < ends_beat[i] - _HELD_BEATS
            ]  # fmt: skip
            rest = [j for j in group if j != i]
            is_under = overlapped and all(pitches_midi[j] > pitches_midi[i] for j in overlapped)
            is_lowest = all(pitches_midi[j] > pitches_midi[i] for j in rest)
            if is_under and is_lowest:
                voices[i] = 1
    return tuple(voices)
