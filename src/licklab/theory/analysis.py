"""What a line does over its changes: all rules, one after another.

In: a line and what its chords do. Out: degree, role, weight and approach of every note, the figures
in the line, guide-tone lines, targets and scales. The rules are in the files of this room, one
subject each, with their sources.
"""

from collections.abc import Iterable

from licklab.domain.harmony_function import HarmonyAnalysis
from licklab.domain.line_analysis import Device, DeviceKind, LineAnalysis, NoteAnalysis
from licklab.domain.solo_line import SoloLine
from licklab.theory.approaches import tell_approaches
from licklab.theory.arpeggios import find_arpeggios
from licklab.theory.bebop_scales import find_bebop_scales
from licklab.theory.digital_patterns import find_digital_patterns
from licklab.theory.displacements import find_anticipations, find_delays
from licklab.theory.enclosures import find_enclosures
from licklab.theory.guide_tones import find_guide_lines, guide_tone_coverage
from licklab.theory.line_facts import gather_facts
from licklab.theory.note_words import name_in_line
from licklab.theory.resolution import find_resolutions, find_targets
from licklab.theory.runs import find_runs
from licklab.theory.scale_choice import choose_for_chords
from licklab.theory.settings import settings_of
from licklab.theory.side_slips import find_side_slips
from licklab.theory.upper_structures import find_upper_structures

# What a figure says is not said again of the same notes by a plainer one.
_SAYS_MORE = {
    DeviceKind.SCALE_RUN: {DeviceKind.BEBOP_SCALE},
    DeviceKind.ARPEGGIO: {DeviceKind.UPPER_STRUCTURE},
    DeviceKind.RESOLUTION: {DeviceKind.DELAYED_RESOLUTION},
}


def analyze_line(line: SoloLine, harmony: HarmonyAnalysis) -> LineAnalysis:
    """Analyze a line.

    Parameters
    ----------
    line : SoloLine
        Of notes, with or without beats and chords.
    harmony : HarmonyAnalysis
        What its chords do.

    Returns
    -------
    LineAnalysis
        One note analysis for each note. Without chords degrees are empty; without beats weights
        are 0 and nothing is said about places.
    """
    settings = settings_of(line.chords, harmony)
    facts = gather_facts(line, settings)
    displaced = [*find_enclosures(facts), *find_anticipations(facts), *find_delays(facts)]
    devices = [
        *displaced,
        *find_resolutions(facts),
        *find_arpeggios(facts),
        *find_digital_patterns(facts),
        *find_bebop_scales(facts),
        *find_runs(facts),
        *find_upper_structures(facts),
        *find_side_slips(facts),
    ]
    approaches = tell_approaches(facts, displaced)
    notes = tuple(
        NoteAnalysis(
            i,
            facts.degree[i],
            facts.role[i],
            max(facts.rank[i], 0),
            *approaches[i],
            name=name_in_line(line, i, approaches[i][1]),
        )
        for i in range(len(facts))
    )
    return LineAnalysis(
        notes=notes,
        devices=_order(devices),
        guide_lines=find_guide_lines(facts),
        scales=choose_for_chords(facts, settings, approaches),
        harmony=harmony,
        guide_tone_coverage=guide_tone_coverage(facts),
        targets=find_targets(facts),
    )


def _order(devices: Iterable[Device]) -> tuple[Device, ...]:
    """Sort figures by their first note, without those that a larger one says better."""
    ordered = sorted(devices, key=lambda one: (one.span.start, -len(one.span), one.kind))
    by_kind: dict[DeviceKind, list[Device]] = {}
    for one in ordered:
        by_kind.setdefault(one.kind, []).append(one)

    def is_said(one: Device) -> bool:
        return any(
            other.span.start <= one.span.start and one.span.stop <= other.span.stop
            for kind in _SAYS_MORE.get(one.kind, ())
            for other in by_kind.get(kind, ())
        )

    return tuple(one for one in ordered if not is_said(one))
