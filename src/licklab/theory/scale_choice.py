"""Which scale the notes over a chord are consistent with.

In: a line and how its notes lead. Out: for each chord with enough notes the scale that holds most
of their weight, and the scales that hold the same notes. Notes on beats count twice; notes that
only lead by a semitone to the next one do not count. Among scales that fit equally the one is named
that the chord and its function ask for (Pfleiderer and others, "Inside the Jazzomat", 2017, tell
the scales of solos likewise by their pitch classes; Nettles and Graf, "The Chord Scale Theory and
Jazz Harmony", 1997). Nothing is decided that the notes do not tell: altered and half-whole
diminished share the flat and the raised ninth, and only a fifth or a thirteenth tells them apart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from licklab.domain.line_analysis import ApproachKind, LineAnalysis, NoteRole, ScaleChoice
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.theory.approaches import Approach
from licklab.theory.line_facts import LineFacts, gather_facts
from licklab.theory.scales import SCALES, ChordSetting, choose_scales, scales_of_family
from licklab.theory.settings import settings_of

# Fewer notes, or fewer different ones, are in any scale.
_MIN_NOTES = 4
_ON_BEAT, _BETWEEN = 2, 1
_FLAT_NINTH, _RAISED_NINTH = 1, 3
# A blues scale without its blue note is another scale with notes left out.
_NEEDED = {"blues": {3, 6}, "major blues": {3, 4}}
# What tells two scales apart must weigh as much as one note on a beat: a single one between beats
# may pass, or be heard wrong.
_DECISIVE = 2
_LEADS = {
    ApproachKind.CHROMATIC_PASSING, ApproachKind.ENCLOSURE, ApproachKind.APPROACH,
    ApproachKind.NEIGHBOUR,
}  # fmt: skip


def choose_for_chords(
    facts: LineFacts,
    settings: Sequence[ChordSetting | None],
    approaches: Sequence[Approach],
) -> tuple[ScaleChoice, ...]:
    """Choose a scale for every chord with enough notes.

    Parameters
    ----------
    facts : LineFacts
        Of the line.
    settings : sequence of ChordSetting or None
        What each chord does.
    approaches : sequence of (ApproachKind or None, int or None)
        How each note leads on.

    Returns
    -------
    tuple of ScaleChoice
        In order.
    """
    found = []
    start = 0
    for note in range(1, len(facts) + 1):
        if note < len(facts) and facts.chord[note] == facts.chord[start]:
            continue
        setting = settings[facts.chord[start]] if facts.chord[start] >= 0 else None
        if setting is not None:
            choice = _choose(facts, setting, approaches, NoteSpan(start, note))
            if choice:
                found.append(choice)
        start = note
    return tuple(found)


def choose_in_span(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan
) -> tuple[ScaleChoice, ...]:
    """Choose scales by the notes of a span alone.

    Parameters
    ----------
    line : SoloLine
        The line.
    analysis : LineAnalysis
        Of it.
    span : NoteSpan
        Of it.

    Returns
    -------
    tuple of ScaleChoice
        In order; of chords with enough notes in the span.
    """
    settings = settings_of(line.chords, analysis.harmony)
    facts = gather_facts(line.cut(span), settings)
    approaches: list[Approach] = []
    for one in analysis.notes[span.start : span.stop]:
        # Targets after the span are not among its notes: how the note leads is not told.
        is_inside = one.target is not None and one.target < span.stop
        target = one.target - span.start if one.target is not None and is_inside else None
        kind = one.approach if is_inside or one.target is None else None
        approaches.append((kind, target))
    return tuple(
        replace(one, span=NoteSpan(one.span.start + span.start, one.span.stop + span.start))
        for one in choose_for_chords(facts, settings, approaches)
    )


def _choose(
    facts: LineFacts, setting: ChordSetting, approaches: Sequence[Approach], span: NoteSpan
) -> ScaleChoice | None:
    weights = _weigh(facts, approaches, span)
    total = weights.total()
    if len(weights) < _MIN_NOTES:
        return None
    held = {
        name: sum(weights[tone] for tone in SCALES[name])
        for name in scales_of_family(setting.symbol)
        if _NEEDED.get(name, set()) <= set(weights)
    }
    scores = {
        name: held[name] / total + prior for name, prior in choose_scales(setting) if name in held
    }
    order = sorted(scores, key=lambda name: -scores[name])
    best = order[0]
    # Where the symbol leaves one scale only, the notes must tell it from those of other symbols:
    # over one that says altered, third and seventh alone decide nothing.
    others = order[1:] or [name for name in held if name != best]
    next_held = max(held[name] for name in others)
    # A rival has every note that the best one has, those that only lead as well: who reads that a
    # scale is not ruled out looks for all of them in it.
    view = facts.view(span.start)
    assert view is not None
    played = {view.semitones(facts.pitch[note]) for note in range(span.start, span.stop)}
    rivals = [name for name in order[1:] if played & SCALES[best] <= SCALES[name]]
    return ScaleChoice(
        chord=facts.chord[span.start],
        span=span,
        scale=best,
        tonic=setting.symbol.root,
        coverage=held[best] / total,
        margin=max(held[best] - next_held, 0) / total,
        is_decided=held[best] - next_held >= _DECISIVE,
        rivals=tuple(rivals),
    )


def _weigh(facts: LineFacts, approaches: Sequence[Approach], span: NoteSpan) -> Counter[int]:
    """Add up the weight of each semitone above the root; notes that only lead do not count."""
    weights: Counter[int] = Counter()
    blue = 0
    view = facts.view(span.start)
    assert view is not None
    for note in range(span.start, span.stop):
        kind, target = approaches[note]
        if _only_leads(facts, note, kind, target):
            continue
        weight = _ON_BEAT if facts.is_on_beat(note) else _BETWEEN
        if _is_blue_third(facts, note):
            blue += weight
        else:
            weights[view.semitones(facts.pitch[note])] += weight
    if blue and weights[_FLAT_NINTH]:  # beside the flat ninth it is the raised one
        weights[_RAISED_NINTH] += blue
    return +weights


def _is_blue_third(facts: LineFacts, note: int) -> bool:
    """Tell whether a minor third slides up to the major third of its chord.

    Levine (1995): a blue note, which goes with any scale of the chord.
    """
    following = note + 1
    if following >= len(facts) or facts.chord[following] != facts.chord[note]:
        return False
    view = facts.view(note)
    return (
        view is not None
        and view.symbol.third == "3"
        and view.semitones(facts.pitch[note]) == 3
        and facts.pitch[following] == facts.pitch[note] + 1
        and facts.is_linked[following]
    )


def _only_leads(facts: LineFacts, note: int, kind: ApproachKind | None, target: int | None) -> bool:
    """Tell whether a note is there only because of the next one."""
    if kind is ApproachKind.CHROMATIC_PASSING or (kind and facts.role[note] is NoteRole.CHROMATIC):
        return True
    if kind is ApproachKind.ANTICIPATION:
        return True  # of the next chord
    goal = target
    if kind not in _LEADS and note + 1 < len(facts) and facts.is_linked[note + 1]:
        goal = note + 1 if facts.is_tone(note + 1) else None
    if goal is None or facts.is_on_beat(note):
        return False
    return facts.is_outside(note) and abs(facts.pitch[goal] - facts.pitch[note]) == 1
