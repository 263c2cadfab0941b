"""Choruses of forms that have a name: blues, minor blues, rhythm changes.

In: the chords of a line by their bars. Out: choruses. A template says for the bars that make the
form what they may hold, as degrees of the tonic, which is the root of the first bar. A run of bars
is a chorus where the bars that must fit do and enough of the others; of runs that overlap, those
that together fit best are kept.

The forms as in Levine, The Jazz Theory Book (1995): the blues with its quick change, its bebop
and minor variants; rhythm changes with a bridge of four dominants, two bars each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.harmony_function import ChangesForm, ChangesKind
from licklab.domain.key import Key, KeyMode
from licklab.domain.solo_line import LineChord
from licklab.theory.chord_steps import ChordKind, root_and_kind

_M, _MIN, _D, _H, _O, _A, _NONE = tuple(ChordKind)
_Degree = tuple[int, ChordKind]
_Bars = dict[int, list[tuple[int, ChordKind]]]


def _any_of(**kinds: str) -> frozenset[_Degree]:
    letters = {"M": _M, "m": _MIN, "7": _D, "h": _H, "o": _O}
    return frozenset(
        (int(degree[1:]), letters[one]) for degree, ones in kinds.items() for one in ones
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What one of some bars ought to hold.

    `bars` count from 0; `degrees` are what one of them has, as its first chord where `is_first`.
    """

    bars: tuple[int, ...]
    degrees: frozenset[_Degree]
    is_first: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class _Template:
    kind: ChangesKind
    mode: KeyMode
    n_bars: int
    places: tuple[_Place, ...]
    least: int


# d0 is the tonic, d5 the subdominant, and so on in semitones; M major, m minor, 7 dominant, h
# half-diminished, o diminished.
_BLUES = _Template(
    ChangesKind.BLUES,
    KeyMode.BLUES,
    12,
    (
        _Place((0,), _any_of(d0="M7"), is_first=True, is_needed=True),
        _Place((2, 3), _any_of(d0="M7")),
        _Place((4,), _any_of(d5="M7"), is_first=True, is_needed=True),
        _Place((5,), _any_of(d5="M7m", d6="oh", d10="7", d0="M7")),
        _Place((6,), _any_of(d0="M7", d4="mh"), is_first=True, is_needed=True),
        _Place((8,), _any_of(d2="mh7", d7="7", d8="7", d1="7"), is_first=True, is_needed=True),
        _Place((9,), _any_of(d7="7", d5="7M", d1="7", d2="mh"), is_needed=True),
        _Place((10,), _any_of(d0="M7", d4="mh"), is_first=True),
    ),
    7,
)
_MINOR_BLUES = _Template(
    ChangesKind.MINOR_BLUES,
    KeyMode.MINOR,
    12,
    (
        _Place((0,), _any_of(d0="m"), is_first=True, is_needed=True),
        _Place((2, 3), _any_of(d0="m7")),
        _Place((4,), _any_of(d5="m7"), is_first=True, is_needed=True),
        _Place((5,), _any_of(d5="m7", d10="7", d0="m")),
        _Place((6,), _any_of(d0="m"), is_first=True, is_needed=True),
        _Place((8,), _any_of(d2="mh7", d7="7m", d8="7M", d9="h"), is_first=True, is_needed=True),
        _Place((9,), _any_of(d7="7m", d2="h", d5="m", d1="7"), is_needed=True),
        _Place((10,), _any_of(d0="m", d4="h"), is_first=True),
    ),
    7,
)


def _section_a(first: int) -> tuple[_Place, ...]:
    """Bars of an A: turnarounds on I, then IV by its dominant, then home; or nothing but I."""
    return (
        _Place((first,), _any_of(d0="M7", d4="mh"), is_first=True, is_needed=True),
        _Place((first + 1,), _any_of(d0="M7", d2="m7h", d7="7", d8="7", d1="7")),
        _Place((first + 4, first + 5), _any_of(d0="M7", d5="M7m", d6="oh")),
        _Place((first + 6, first + 7), _any_of(d0="M7", d7="7", d4="mh")),
    )


def _bridge_pair(bar: int, root: int) -> _Place:
    """Two bars of a dominant, of its tritone substitute, or of its ii first."""
    degrees = {f"d{root}": "7", f"d{(root + 6) % 12}": "7", f"d{(root + 7) % 12}": "mh"}
    return _Place((bar,), _any_of(**degrees), is_first=True, is_needed=True)


_BRIDGE = tuple(_bridge_pair(bar, root) for bar, root in ((16, 4), (18, 9), (20, 2), (22, 7)))
_RHYTHM_CHANGES = _Template(
    ChangesKind.RHYTHM_CHANGES,
    KeyMode.MAJOR,
    32,
    (
        _Place((0,), _any_of(d0="M7"), is_first=True, is_needed=True),
        *_section_a(0), *_section_a(8), *_BRIDGE, *_section_a(24),
    ),
    16,
)  # fmt: skip
_TEMPLATES = (_BLUES, _MINOR_BLUES, _RHYTHM_CHANGES)


def find_forms(chords: Sequence[LineChord], beats_per_bar: int) -> tuple[ChangesForm, ...]:
    """Find the choruses of named forms.

    Parameters
    ----------
    chords : sequence of LineChord
        In order.
    beats_per_bar : int
        0 where there are no beats.

    Returns
    -------
    tuple of ChangesForm
        In order, none overlapping another; empty without beats.
    """
    bars = _read_bars(chords, beats_per_bar) if beats_per_bar else {}
    if not bars:
        return ()
    first, last = min(bars), max(bars)
    # best[bar]: how well the bars from there on fit, and the chorus that begins there if one does.
    best: dict[int, tuple[float, ChangesForm | None]] = {last + 1: (0.0, None)}
    for bar in range(last, first - 1, -1):
        best[bar] = (best[bar + 1][0], None)
        for template in _TEMPLATES:
            end = bar + template.n_bars
            score = _score(template, bars, bar) if end <= last + 1 else 0.0
            if score and score + best[end][0] > best[bar][0]:
                key = Key.of_pitch_class(bars[bar][0][0], template.mode)
                form = ChangesForm(template.kind, key, bar, end - 1)
                best[bar] = (score + best[end][0], form)
    return _follow(best, first, last)


def _follow(
    best: dict[int, tuple[float, ChangesForm | None]], first: int, last: int
) -> tuple[ChangesForm, ...]:
    found, bar = [], first
    while bar <= last:
        form = best[bar][1]
        if form is not None:
            found.append(form)
        bar = bar + 1 if form is None else form.last_bar + 1
    return tuple(found)


def _read_bars(chords: Sequence[LineChord], beats_per_bar: int) -> _Bars:
    """List the roots and kinds of each bar, what sounds at its beginning first."""
    bars: _Bars = {}
    for i, chord in enumerate(chords):
        if i + 1 < len(chords):
            after = chords[i + 1]
            end = after.bar + (after.beat > 1)
        else:
            end = chord.bar + 1 + (chord.beat + chord.n_beats - 2) // beats_per_bar
        for bar in range(chord.bar, max(end, chord.bar + 1)):
            bars.setdefault(bar, []).append(root_and_kind(chord.symbol))
    return bars


def _score(template: _Template, bars: _Bars, start: int) -> float:
    """Count the places that fit, weighed by length; 0 where the run is no chorus."""
    if start not in bars:
        return 0.0
    tonic, n_fitting = bars[start][0][0], 0
    for place in template.places:
        fits = any(_fits(place, bars.get(start + bar, []), tonic) for bar in place.bars)
        if place.is_needed and not fits:
            return 0.0
        n_fitting += fits
    if n_fitting < template.least:
        return 0.0
    return template.n_bars * n_fitting / len(template.places)


def _fits(place: _Place, held: Sequence[_Degree], tonic: int) -> bool:
    counted = held[:1] if place.is_first else held
    return any(((root - tonic) % 12, kind) in place.degrees for root, kind in counted)
