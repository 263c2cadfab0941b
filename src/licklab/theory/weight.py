"""Metrical weight: how strong the place of each note is.

In: a line. Out: for each note how strong its place in the bar is. The levels are those of Lerdahl
and Jackendoff, "A Generative Theory of Tonal Music" (1983): bar, half of the bar, beat, half of the
beat, and what is finer. Where there are no beats nothing is strong.
"""

from licklab.domain.solo_line import SoloLine

HALF_BEAT, FINER = 0, -1
"""Ranks of a note in the middle of a beat, and of all others between beats."""

# Where the second eighth is: from straight to swung, which is the last third of a triplet.
_HALF = (0.45, 0.7)


def strong_beat(beats_per_bar: int) -> int | None:
    """Tell which beat is the other strong one of the bar.

    Parameters
    ----------
    beats_per_bar : int
        Of the bar.

    Returns
    -------
    int or None
        The beat after the middle where the bar has more than three beats: the third of four, the
        fourth of five or six, the fifth of seven. None in shorter bars.
    """
    return None if beats_per_bar < 4 else (beats_per_bar + 1) // 2 + 1


def rank_places(line: SoloLine) -> list[int]:
    """Tell how strong the place of each note is, also between beats.

    Parameters
    ----------
    line : SoloLine
        Of notes.

    Returns
    -------
    list of int, -1 to 3
        3 on the downbeat, 2 on the other strong beat, 1 on a weak beat, 0 in the middle of a beat,
        -1 elsewhere; 0 everywhere without beats.
    """
    if not line.has_beats:
        return [0] * len(line)
    strong = strong_beat(line.beats_per_bar)
    found = []
    places = zip(line.beat.tolist(), line.division.tolist(), line.tatum.tolist(), strict=True)
    for beat, division, tatum in places:
        if tatum != 1:
            is_half = _HALF[0] <= (tatum - 1) / division <= _HALF[1]
            found.append(HALF_BEAT if is_half else FINER)
        else:
            found.append(3 if beat == 1 else 2 if beat == strong else 1)
    return found
