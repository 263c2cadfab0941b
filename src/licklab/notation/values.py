"""From a length on the page to heads, dots and ties.

In: where a note or rest begins and ends in a bar. Out: the pieces it is written in, so that a
reader sees the middle of the bar and the beats.
"""

import functools
from dataclasses import dataclass
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.score import NoteValue

_ZERO, _HALF, _ONE = Fraction(0), Fraction(1, 2), Fraction(1)
# From a breve to a sixty-fourth.
_BASES = tuple(Fraction(8, 2**k) for k in range(8))
_VALUES = {
    NoteValue(base, dots).length_quarter: NoteValue(base, dots)
    for base in _BASES
    for dots in (2, 1, 0)
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One head or rest of what is written.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the bar.
    value : NoteValue
        How it is drawn.
    """

    onset_quarter: Fraction
    value: NoteValue


@dataclass(frozen=True, slots=True)
class BarMeter:
    """How a bar is felt.

    Attributes
    ----------
    beat_quarter : Fraction
        Length of a beat.
    groups : tuple of Fraction, quarters
        Where groups of beats begin, and where the bar ends: the middle of 4/4 is one.
    divisions : tuple of int
        Into how many parts each beat is divided.
    """

    beat_quarter: Fraction
    groups: tuple[Fraction, ...]
    divisions: tuple[int, ...]

    @property
    def length_quarter(self) -> Fraction:
        """Of the bar."""
        return self.groups[-1]


def bar_meter(
    signature: TimeSignature, n_beats: int, beat_quarter: Fraction, divisions: tuple[int, ...]
) -> BarMeter:
    """Tell how a bar is felt.

    Parameters
    ----------
    signature : TimeSignature
        Of the bar.
    n_beats : int
        That it has; fewer than the signature says in a pickup.
    beat_quarter : Fraction
        Length of a beat.
    divisions : tuple of int
        Of each beat.

    Returns
    -------
    BarMeter
        With groups of two beats from the end in 2/4 and 4/4, of three and two in 5/4, of three and
        four in 7/4; of one beat in compound metres; of all in 3/4.
    """
    if signature.is_compound:
        cuts = list(range(n_beats + 1))
    elif n_beats == signature.beats_per_bar and n_beats in {3, 5, 6, 7}:
        cuts = {3: [0, 3], 5: [0, 3, 5], 6: [0, 3, 6], 7: [0, 4, 7]}[n_beats]
    else:
        # From the end: a pickup of three beats leads into beat two.
        cuts = sorted({0, *range(n_beats, -1, -2)})
    return BarMeter(beat_quarter, tuple(beat_quarter * cut for cut in cuts), divisions)


def split_note(begin: Fraction, end: Fraction, meter: BarMeter) -> tuple[Piece, ...]:
    """Split a note into heads that are tied.

    Parameters
    ----------
    begin, end : Fraction, quarters
        From the beginning of the bar.
    meter : BarMeter
        Of the bar.

    Returns
    -------
    tuple of Piece
        In order, without gaps.

    Examples
    --------
    >>> meter = bar_meter(TimeSignature(), 4, Fraction(1), (1, 1, 1, 1))
    >>> [str(one.value.length_quarter) for one in split_note(Fraction(3, 2), Fraction(3), meter)]
    ['1/2', '1']
    """
    return _split(begin, end, meter, is_rest=False)


def split_rest(begin: Fraction, end: Fraction, meter: BarMeter) -> tuple[Piece, ...]:
    """Split a silence into rests.

    Parameters
    ----------
    begin, end : Fraction, quarters
        From the beginning of the bar.
    meter : BarMeter
        Of the bar.

    Returns
    -------
    tuple of Piece
        In order, without gaps; none over a beat but for whole groups and bars.
    """
    return _split(begin, end, meter, is_rest=True)


# Most bars have a rhythm that another had before, and exact fractions are slow.
@functools.lru_cache(maxsize=8192)
def _split(begin: Fraction, end: Fraction, meter: BarMeter, *, is_rest: bool) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = begin
    while at < end:
        upto, value = _next_value(at, end, meter, is_rest=is_rest)
        pieces.append(Piece(at, value))
        at = upto
    return tuple(pieces)


def _next_value(
    at: Fraction, end: Fraction, meter: BarMeter, *, is_rest: bool
) -> tuple[Fraction, NoteValue]:
    """Give the longest head that may stand here."""
    beat = int(at / meter.beat_quarter)
    beat_begin = beat * meter.beat_quarter
    beat_end = beat_begin + meter.beat_quarter
    if at != beat_begin and end > beat_end:
        whole = _over_beat(at, end, meter) if not is_rest else None
        if whole is not None:
            return at + whole.length_quarter, whole
        return _in_beat(at, beat_end, beat, meter)
    if end <= beat_end and not (at == beat_begin and end == beat_end):
        return _in_beat(at, end, beat, meter)
    return _on_beat(at, end, meter, is_rest=is_rest)


def _over_beat(at: Fraction, end: Fraction, meter: BarMeter) -> NoteValue | None:
    """Give a quarter from eighth to eighth, inside of a group: everybody reads that."""
    is_simple = meter.beat_quarter == _ONE
    group_end = next(cut for cut in meter.groups if cut > at)
    beat = int(at)
    plain = all(_division(meter, one) in {1, 2, 4} for one in (beat, beat + 1))
    if is_simple and plain and at - beat == _HALF and end == at + 1 and end <= group_end:
        return NoteValue(_ONE)
    return None


def _on_beat(
    at: Fraction, end: Fraction, meter: BarMeter, *, is_rest: bool
) -> tuple[Fraction, NoteValue]:
    """Give the longest head from a beat on."""
    is_bar = at == 0 and end >= meter.length_quarter
    cuts = [cut for cut in meter.groups if at < cut <= end]
    begins_group = at in meter.groups
    group_end = next(cut for cut in meter.groups if cut > at)
    candidates: list[Fraction] = []
    if is_bar or (begins_group and not is_rest):
        candidates += reversed(cuts)
    if begins_group and is_rest and cuts:
        candidates.append(cuts[0])
    inside = min(end, group_end)
    if not is_rest:
        candidates.append(inside)
        candidates.append(inside - inside % meter.beat_quarter)
    candidates.append(at + meter.beat_quarter)
    for upto in sorted(set(candidates), reverse=True):
        if not at < upto <= end:
            continue
        if upto % meter.beat_quarter and _division(meter, int(upto / meter.beat_quarter)) not in {
            1, 2, 4,
        }:  # fmt: skip
            continue
        value = plain_value(upto - at)
        if value is not None and not (is_rest and value.dots and meter.beat_quarter == _ONE):
            return upto, value
    raise AssertionError(f"no value from {at} to {end} in {meter}")


def _division(meter: BarMeter, beat: int) -> int:
    return meter.divisions[beat] if beat < len(meter.divisions) else 1


def _in_beat(at: Fraction, end: Fraction, beat: int, meter: BarMeter) -> tuple[Fraction, NoteValue]:
    """Give the longest head from a place inside of one beat."""
    tuplet = tuplet_of(_division(meter, beat), meter.beat_quarter) or (1, 1)
    longest = end - at
    values = _values_of(*tuplet)
    if longest in values:
        return end, values[longest]
    for length, value in values.items():
        if length <= longest:
            return at + length, value
    raise AssertionError(f"no value from {at} to {end} in {meter}")


@functools.cache
def _values_of(actual: int, normal: int) -> dict[Fraction, NoteValue]:
    """List all heads by their lengths, the longest first."""
    values = [NoteValue(base, dots, actual, normal) for base in _BASES for dots in (0, 1, 2)]
    return {one.length_quarter: one for one in sorted(values, key=_length, reverse=True)}


def _length(value: NoteValue) -> Fraction:
    return value.length_quarter


def plain_value(length: Fraction) -> NoteValue | None:
    """Give the one head of a length, with a dot or two.

    Parameters
    ----------
    length : Fraction, quarters
        To write.

    Returns
    -------
    NoteValue or None
        None where it takes a tie or a tuplet.
    """
    return _VALUES.get(length)


def tuplet_of(division: int, beat_quarter: Fraction) -> tuple[int, int] | None:
    """Tell how a division of a beat is written.

    Parameters
    ----------
    division : int
        Into so many parts.
    beat_quarter : Fraction
        Length of the beat.

    Returns
    -------
    (int, int) or None
        So many in the time of so many; None for what plain values write.
    """
    compound = beat_quarter == Fraction(3, 2)
    if compound:
        plain = division in {1, 3, 6, 12}
        parts = 3
    else:
        plain = division in {1, 2, 4, 8, 16}
        parts = 1
    if plain:
        return None
    normal = parts
    while normal * 2 <= division:
        normal *= 2
    return (division, normal)
