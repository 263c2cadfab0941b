"""From the skeleton to the lick: targets alone, then with what leads to them, then all.

Targets are chord tones on beats: those on the strong beats of the bar, those that are reached by
step, and the last note. Ligon, "Connecting Chords with Linear Harmony" (1996), teaches lines so:
first the tones to aim at, then the ways to them.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.passage import PassageNote
from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import (
    ApproachesClaim,
    Exercise,
    ExerciseKind,
    TargetsClaim,
    WholeClaim,
)
from licklab.theory.chord_view import view_chord
from licklab.theory.note_words import join_words

# Fewer are no line. More than so many of the notes are no skeleton: then those on strong beats.
_FEWEST, _MOST_SHARE = 2, 0.5
_STRONG = 2
_STEPS = {1, 2, -1, -2}
# A sentence that names more is a list.
_MOST_NAMED = 4


def build_up(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Make the way from the targets to the whole lick.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        Two or three; none where fewer than two chord tones stand on beats, or little else is there.
    """
    targets = _choose_targets(lick)
    if len(targets) < _FEWEST or len(targets) == len(lick):
        return ()
    found = [_targets_alone(lick, targets)]
    approaches = _find_approaches(lick, targets)
    if approaches and len(targets) + len(approaches) < len(lick):
        found.append(_with_approaches(lick, targets, approaches))
    return (*found, _whole(lick))


def _choose_targets(lick: AnalyzedPassage) -> tuple[int, ...]:
    """Choose the chord tones on strong beats, and as many others on beats as make a line."""
    tones = [i for i in range(len(lick)) if lick.is_tone(i) and lick.is_on_beat(i)]
    strong = [i for i in tones if lick.analysis.notes[i].weight >= _STRONG or i == len(lick) - 1]
    reached = sorted({*strong, *(i for i in lick.analysis.targets if i in tones)})
    if len(reached) > _MOST_SHARE * len(lick) and len(strong) >= _FEWEST:
        return tuple(strong)
    return tuple(reached) if len(reached) >= _FEWEST else tuple(tones)


def _find_approaches(lick: AnalyzedPassage, targets: Sequence[int]) -> tuple[int, ...]:
    """Find the notes that lead to targets: by step, or as part of a figure that ends there."""
    found = set()
    for target in targets:
        before = target - 1
        if before >= 0 and _is_step(lick, before):
            found.add(before)
        found |= {one.note for one in lick.analysis.notes[:target] if one.target == target}
    return tuple(sorted(found - set(targets)))


def _is_step(lick: AnalyzedPassage, note: int) -> bool:
    """Tell whether a note goes to the next by step and without a rest."""
    moves = lick.notes[note + 1].pitch_midi - lick.notes[note].pitch_midi
    return moves in _STEPS and not _is_rest(lick, note)


def _is_rest(lick: AnalyzedPassage, note: int) -> bool:
    """Tell whether a note is followed by more than half a beat of silence."""
    gap = lick.notes[note + 1].onset_quarter - lick.notes[note].offset_quarter
    return gap > lick.passage.beat_quarter / 2


def _keep(lick: AnalyzedPassage, kept: Sequence[int]) -> tuple[PassageNote, ...]:
    """Keep some notes; each is held where notes after it are gone, but not over a rest or a chord.

    A rest of the lick is kept, and a note ends where a chord begins that it is no tone of, or after
    a bar.
    """
    return tuple(
        replace(
            lick.notes[note],
            length_quarter=_hold(lick, note, following) - lick.notes[note].onset_quarter,
        )
        for note, following in zip(kept, (*kept[1:], len(lick)), strict=True)
    )


def _hold(lick: AnalyzedPassage, note: int, following: int) -> Fraction:
    """Tell until when a note is held, of which the notes up to a following one are gone."""
    last = note
    while last + 1 < following and not _is_rest(lick, last):
        last += 1
    if last == note:
        return lick.notes[note].offset_quarter
    is_joined = following < len(lick) and last == following - 1 and not _is_rest(lick, last)
    end = lick.notes[following].onset_quarter if is_joined else lick.notes[last].offset_quarter
    # Longer than a bar nobody holds a note in a line, unless the lick does.
    bar_long = lick.notes[note].onset_quarter + lick.passage.bar_quarter
    longest = max(bar_long, lick.notes[note].offset_quarter)
    return min([end, longest, *_changes_away(lick, note)])


def _changes_away(lick: AnalyzedPassage, note: int) -> list[Fraction]:
    """List where chords begin, after a note has ended, that it is no tone of."""
    one = lick.notes[note]
    return [
        chord.onset_quarter
        for chord in lick.passage.chords
        if chord.onset_quarter >= one.offset_quarter
        and ((view := view_chord(chord.symbol)) is None or not view.is_tone(one.pitch_midi))
    ]


def _targets_alone(lick: AnalyzedPassage, targets: tuple[int, ...]) -> Exercise:
    named = [lick.tone(one) for one in targets]
    told = (
        join_words(named)
        if len(named) <= _MOST_NAMED
        else f"these {len(named)} chord tones, which the lick has on its beats,"
    )
    return Exercise(
        ExerciseKind.TARGETS,
        "Targets only",
        f"Play only {told} and hold each as long as its chord lets you: they are the skeleton of "
        "the lick, and the changes should be heard in them alone.",
        replace(lick.passage, notes=_keep(lick, targets)),
        TargetsClaim(targets),
        lick.ids(targets),
    )


def _with_approaches(
    lick: AnalyzedPassage, targets: tuple[int, ...], approaches: tuple[int, ...]
) -> Exercise:
    kept = sorted((*targets, *approaches))
    count = (
        f"the {len(approaches)} notes that lead" if len(approaches) > 1 else "the note that leads"
    )
    return Exercise(
        ExerciseKind.APPROACHES,
        "Targets with their approaches",
        f"Add {count} to the targets, and lean on the targets all the same: an approach sounds "
        "right because of the note it arrives at.",
        replace(lick.passage, notes=_keep(lick, kept)),
        ApproachesClaim(targets, approaches),
        lick.ids(kept),
    )


def _whole(lick: AnalyzedPassage) -> Exercise:
    return Exercise(
        ExerciseKind.WHOLE,
        "The whole lick",
        f"Play all {len(lick)} notes and keep hearing the targets through the others: they hold "
        "the line together.",
        lick.passage,
        WholeClaim(),
        lick.ids(range(len(lick))),
    )
