"""What a rhythm section knows of a bar: groups of beats, and the chord of each beat."""

from dataclasses import dataclass
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.passage import Passage


@dataclass(frozen=True, slots=True)
class BandBeat:
    """A beat that is accompanied.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the first bar.
    bar : int
        Counted from 0, the first of the passage.
    place : int
        In its bar, from 0.
    chord : ChordSymbol or None
        In force; None where none is known or none is played.
    is_change : bool
        Whether the chord begins here.
    """

    onset_quarter: Fraction
    bar: int
    place: int
    chord: ChordSymbol | None
    is_change: bool


def beat_groups(signature: TimeSignature) -> tuple[int, ...]:
    """Divide a bar in groups of two and three beats.

    Parameters
    ----------
    signature : TimeSignature
        Of the bar.

    Returns
    -------
    tuple of int
        Beats of each group, in order.

    Examples
    --------
    >>> beat_groups(TimeSignature(4, 4)), beat_groups(TimeSignature(3, 4))
    ((2, 2), (3,))
    >>> beat_groups(TimeSignature(5, 4)), beat_groups(TimeSignature(7, 4))
    ((3, 2), (2, 2, 3))
    """
    count = signature.beats_per_bar
    if count <= 3:
        return (count,)
    if count % 3 == 0 and count % 2:
        return (3,) * (count // 3)
    # Fives are counted three and two, as in most of jazz that is in five; sevens end with three.
    if count == 5:
        return (3, 2)
    return (2,) * (count // 2 - count % 2) + (3,) * (count % 2)


def group_starts(signature: TimeSignature) -> tuple[int, ...]:
    """List the beats that groups begin with.

    Parameters
    ----------
    signature : TimeSignature
        Of the bar.

    Returns
    -------
    tuple of int
        Places in the bar, from 0.
    """
    groups = beat_groups(signature)
    return tuple(sum(groups[:i]) for i in range(len(groups)))


def offbeat_quarter(passage: Passage) -> Fraction:
    """Tell where the note between two beats is written.

    Parameters
    ----------
    passage : Passage
        That is accompanied.

    Returns
    -------
    Fraction
        Quarters after the beat: half of it, or two thirds where beats divide in three.
    """
    share = Fraction(2, 3) if passage.signature.is_compound else Fraction(1, 2)
    return passage.beat_quarter * share


def band_beats(passage: Passage) -> tuple[BandBeat, ...]:
    """List the beats of a passage with their chords.

    Parameters
    ----------
    passage : Passage
        To accompany.

    Returns
    -------
    tuple of BandBeat
        All beats of all bars. A chord that comes between two beats is there from the next on: it is
        the same chord, played early.
    """
    beat_quarter, per_bar = passage.beat_quarter, passage.signature.beats_per_bar
    begins: dict[int, ChordSymbol] = {}
    for one in passage.chords:
        begins[-(-one.onset_quarter // beat_quarter)] = one.symbol
    beats = []
    chord: ChordSymbol | None = None
    for i in range(passage.n_bars * per_bar):
        if i in begins:
            chord = None if begins[i].is_none else begins[i]
        is_change = i in begins and chord is not None
        bar, place = divmod(i, per_bar)
        beats.append(BandBeat(i * beat_quarter, bar, place, chord, is_change))
    return tuple(beats)
