"""What a figure may be taken for: wider than its definition, so that no wrong choice is half true.

In: the notes of a line. Out: whether some of them seem to be a figure. Whatever is a figure seems
to be one; so does what misses its definition by one note, by the place in the bar or by rhythm.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from licklab.domain.line_analysis import DeviceKind, LineAnalysis
from licklab.domain.solo_line import SoloLine

_NEAR = {1, 2}
_THIRDS = {3, 4, 5}
_MAJOR_TRIAD = {0, 4, 7}
_SIMPLE_DEGREES = {1, 2, 3, 4, 5}
# Figures that go by step, and figures that go by third: of each one may say what the others are.
_BY_STEP = {DeviceKind.SCALE_RUN, DeviceKind.BEBOP_SCALE, DeviceKind.CHROMATIC_RUN}
_BY_THIRD = {DeviceKind.ARPEGGIO, DeviceKind.ARPEGGIO_FROM_THIRD, DeviceKind.UPPER_STRUCTURE}
_ALIKE: Mapping[DeviceKind, set[DeviceKind]] = MappingProxyType(
    {kind: group for group in (_BY_STEP, _BY_THIRD) for kind in group}
)


def seems_enclosed(line: SoloLine, note: int) -> bool:
    """Tell whether a note may be taken for the target of an enclosure.

    Parameters
    ----------
    line : SoloLine
        The line.
    note : int
        Its index.

    Returns
    -------
    bool
        Whether any two of the four notes before it are near it, one above and one below.
    """
    pitch = line.pitch_midi
    before = [int(pitch[at] - pitch[note]) for at in range(max(note - 4, 0), note)]
    return any(one in _NEAR for one in before) and any(-one in _NEAR for one in before)


def seems_played(
    kind: DeviceKind, line: SoloLine, analysis: LineAnalysis, notes: Sequence[int]
) -> bool:
    """Tell whether some notes may be taken for a figure, or hold one.

    Parameters
    ----------
    kind : DeviceKind
        One of `PLAYED`.
    line : SoloLine
        The line.
    analysis : LineAnalysis
        Of it.
    notes : sequence of int
        Indices, one after another.

    Returns
    -------
    bool
        Also where the analysis finds none, but something near it.
    """
    alike = _ALIKE.get(kind, {kind})
    if any(
        one.kind in alike and one.span.start <= notes[-1] and notes[0] < one.span.stop
        for one in analysis.devices
    ):
        return True
    return _SEEMS[kind](line, analysis, notes)


def _moves(line: SoloLine, notes: Sequence[int]) -> list[int]:
    return [int(line.pitch_midi[b] - line.pitch_midi[a]) for a, b in pairwise(notes)]


def _has_run(moves: Sequence[int], sizes: set[int], length: int) -> bool:
    """Tell whether so many moves of these sizes follow one another in one direction."""
    return any(
        all(abs(move) in sizes and move * some[0] > 0 for move in some)
        for some in (moves[at : at + length] for at in range(len(moves) - length + 1))
    )


def _scale(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    return _has_run(_moves(line, notes), _NEAR, 3)


def _chromatic(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    return _has_run(_moves(line, notes), {1}, 2)


def _bebop(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    return _has_run(_moves(line, notes), _NEAR, 4)


def _arpeggio(line: SoloLine, analysis: LineAnalysis, notes: Sequence[int]) -> bool:
    # The tones of a triad are one in any order.
    return _has_run(_moves(line, notes), _THIRDS, 2) or _upper_structure(line, analysis, notes)


def _upper_structure(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    for at in range(len(notes) - 2):
        classes = {int(line.pitch_midi[note]) % 12 for note in notes[at : at + 3]}
        if any({(root + one) % 12 for one in _MAJOR_TRIAD} == classes for root in classes):
            return True
    return False


def _enclosure(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    return any(seems_enclosed(line, note) for note in notes)


def _side_slip(line: SoloLine, _: LineAnalysis, notes: Sequence[int]) -> bool:
    pitch = [int(line.pitch_midi[note]) for note in notes]
    return any(
        len({b - a for a, b in zip(pitch[at : at + 3], pitch[at + size :], strict=False)}) == 1
        and abs(pitch[at + size] - pitch[at]) == 1
        for size in range(3, 7)
        for at in range(len(pitch) - size - 2)
    )


def _digital(_: SoloLine, analysis: LineAnalysis, notes: Sequence[int]) -> bool:
    numbers = [_simple(analysis.notes[note].degree) for note in notes]
    return any(
        set(some) <= _SIMPLE_DEGREES and len(set(some)) > 2
        for some in (numbers[at : at + 4] for at in range(len(numbers) - 3))
    )


def _simple(degree: str) -> int:
    """Give the scale step of a degree, 1 to 7; 0 without one."""
    number = int(degree.lstrip("b#") or 0)
    return number - 7 if number > 7 else number


_SEEMS: Mapping[DeviceKind, Callable[[SoloLine, LineAnalysis, Sequence[int]], bool]]
_SEEMS = MappingProxyType(
    {
        DeviceKind.ARPEGGIO: _arpeggio,
        DeviceKind.ARPEGGIO_FROM_THIRD: _arpeggio,
        DeviceKind.DIGITAL_PATTERN: _digital,
        DeviceKind.BEBOP_SCALE: _bebop,
        DeviceKind.SCALE_RUN: _scale,
        DeviceKind.CHROMATIC_RUN: _chromatic,
        DeviceKind.UPPER_STRUCTURE: _upper_structure,
        DeviceKind.ENCLOSURE: _enclosure,
        DeviceKind.SIDE_SLIP: _side_slip,
    }
)
PLAYED: tuple[DeviceKind, ...] = tuple(_SEEMS)
"""Figures that can be told to be absent."""
