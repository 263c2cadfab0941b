"""How each note leads to another.

In: a line, and the figures found in it. Out: for each note how it leads and to which. Of several
ways the larger figure counts: an enclosure before an anticipation, and both before a single step.
"""

from collections.abc import Sequence

from licklab.domain.line_analysis import ApproachKind, Device, DeviceKind
from licklab.theory.line_facts import LineFacts
from licklab.theory.steps import tell_step

_OF_DEVICE = {
    DeviceKind.ANTICIPATION: ApproachKind.ANTICIPATION,
    DeviceKind.DELAYED_RESOLUTION: ApproachKind.DELAYED_RESOLUTION,
    DeviceKind.ENCLOSURE: ApproachKind.ENCLOSURE,
}

Approach = tuple[ApproachKind | None, int | None]


def tell_approaches(facts: LineFacts, figures: Sequence[Device]) -> list[Approach]:
    """Tell how each note leads to another.

    Parameters
    ----------
    facts : LineFacts
        Of the line.
    figures : sequence of Device
        Its enclosures, anticipations and delayed resolutions; others do not matter.

    Returns
    -------
    list of (ApproachKind or None, int or None)
        For each note, with the index of its target.
    """
    found: list[Approach] = []
    for note in range(len(facts)):
        kind = tell_step(facts, note)
        found.append((kind, note + 1 if kind else None))
    kinds = list(_OF_DEVICE)
    ordered = [one for one in figures if one.kind in _OF_DEVICE]
    for one in sorted(ordered, key=lambda device: (kinds.index(device.kind), len(device.span))):
        stop = one.span.stop if one.target is None else one.target
        for note in range(one.span.start, stop):
            found[note] = (_OF_DEVICE[one.kind], one.target)
    return found
