"""What to practise of a lick: few notes first, then what leads to them, places, tempo and keys.

In: a lesson. Out: sentences in the order of work. Where to start and how to go on is that of
`licks.md`: from half to two thirds of the tempo, a little faster after three clean passes.
"""

from collections import Counter

from licklab.domain.coaching import CoachLevel, CoachSentence
from licklab.domain.line_analysis import ApproachKind
from licklab.practice.coach.lesson import Lesson
from licklab.practice.coach.playing import say_playing
from licklab.practice.coach.practising_further import say_keys, say_other_end, say_shift
from licklab.theory.note_words import interval_words, join_words

START_SHARES = {
    CoachLevel.BEGINNER: 0.5, CoachLevel.INTERMEDIATE: 0.6, CoachLevel.ADVANCED: 0.7,
}  # fmt: skip
"""Of the tempo of the recording, to begin with."""
FASTER_PERCENT, CLEAN_PASSES = 5, 3
"""How much faster, after how many clean passes one after another."""
_MOST = {CoachLevel.BEGINNER: 4, CoachLevel.INTERMEDIATE: 5, CoachLevel.ADVANCED: 5}
_MOST_TARGETS, _MOST_PAIRS = 5, 3
_LEADS = {ApproachKind.APPROACH, ApproachKind.CHROMATIC_PASSING, ApproachKind.ENCLOSURE}
_WIDE = 7  # semitones, a fifth: hands and lips prepare for it
_MANY_IN_A_BEAT = 3
_SLOWEST_BPM = 45  # the lowest mark of most metronomes is 40
_LAST_NOTES, _FEWEST_FROM_THE_END = 3, 7


def say_practice(lesson: Lesson) -> list[CoachSentence]:
    """Say what to practise.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        In the order of work.
    """
    targets = _choose_targets(lesson)
    found = [*_say_targets(lesson, targets), *_say_pairs(lesson, targets)]
    is_new = lesson.level is CoachLevel.BEGINNER
    if is_new or not found:
        found += _say_from_the_end(lesson)
    found += (_say_leap_alone(lesson) or _say_quick(lesson))[:1]
    further = []
    if not is_new:
        further += say_keys(lesson)
    if lesson.level is CoachLevel.ADVANCED:
        further += say_other_end(lesson) or say_shift(lesson)
    tempo = _say_tempo(lesson)
    room = _MOST[lesson.level] - len(tempo) - len(further)
    return [*found[:room], *say_playing(lesson), *tempo, *further]


def _choose_targets(lesson: Lesson) -> list[int]:
    """Choose for each chord its first guide tone on a beat, or else another tone of it there."""
    view = lesson.view
    found: dict[int, int] = {}
    for note in view.notes:
        if not lesson.is_on_beat(note) or not lesson.is_tone(note):
            continue
        at = int(lesson.line.chord[note])
        if at not in found or _rank(lesson, note) > _rank(lesson, found[at]):
            found[at] = note
    notes = sorted(found.values())
    return notes[:_MOST_TARGETS]


def _rank(lesson: Lesson, note: int) -> tuple[bool, int]:
    one = lesson.view.analysis.notes[note]
    return one.degree.lstrip("b#") in {"3", "7"}, one.weight


def _say_targets(lesson: Lesson, targets: list[int]) -> list[CoachSentence]:
    if len(targets) < 2:
        return []
    names = [f"{lesson.view.degree_name(note)} over {lesson.view.chord(note)}" for note in targets]
    text = (
        f"First play only these notes, {join_words(names)}, and hold each until the next one comes"
        f"{lesson.view.where(targets)}."
    )
    return [lesson.say("targets", text, targets, of_chords=True)]


def _say_pairs(lesson: Lesson, targets: list[int]) -> list[CoachSentence]:
    view = lesson.view
    pairs = [
        (note, one.target)
        for note in view.notes
        if (one := view.analysis.notes[note]).approach in _LEADS
        and one.target == note + 1 and one.target in view.notes
        and lesson.is_on_beat(note + 1) and abs(lesson.moves(note, note + 1)) <= 2
    ]  # fmt: skip
    # What leads to the notes that are held comes first.
    pairs.sort(key=lambda one: (one[1] not in targets, one[0]))
    kept = sorted(pairs[:_MOST_PAIRS])
    if not kept:
        return []
    named = [f"{view.name(note)} before {view.name(target)}" for note, target in kept]
    start = "Then add what leads to a beat" if len(targets) > 1 else "Play what leads to a beat"
    each = "" if len(kept) == 1 else " of each"
    notes = [note for pair in kept for note in pair if note is not None]
    text = f"{start}, {join_words(named)}, and lean on the second{each}{view.where(notes)}."
    return [lesson.say("pairs", text, notes, of_chords=True)]


def _say_from_the_end(lesson: Lesson) -> list[CoachSentence]:
    if len(lesson.notes) < _FEWEST_FROM_THE_END:
        return []
    last = list(lesson.notes)[-_LAST_NOTES:]
    text = (
        f"Learn it from the end: {join_words(lesson.view.names(last))}, the last {len(last)} "
        f"notes, then always one note more{lesson.view.where(last)}."
    )
    return [lesson.say("from the end", text, last)]


def _say_leap_alone(lesson: Lesson) -> list[CoachSentence]:
    pairs = [(abs(lesson.moves(note, note + 1)), note) for note in lesson.notes[:-1]]
    size, note = max(pairs, key=lambda one: one[0], default=(0, 0))
    if size < _WIDE or not lesson.goes_on(note):
        return []
    way = "up" if lesson.moves(note, note + 1) > 0 else "down"
    names = lesson.view.names([note, note + 1])
    text = (
        f"The widest leap is {interval_words(size)} {way}, from {names[0]} to {names[1]}: play "
        f"these two alone until you need not think{lesson.view.where([note, note + 1])}."
    )
    return [lesson.say("leap alone", text, [note, note + 1])]


def _say_quick(lesson: Lesson) -> list[CoachSentence]:
    if not lesson.line.has_beats:
        return []
    line = lesson.line
    beats = Counter((int(line.bar[note]), int(line.beat[note])) for note in lesson.notes)
    (bar, beat), count = max(beats.items(), key=lambda one: one[1])
    is_rare = sum(one == count for one in beats.values()) == 1
    if count < _MANY_IN_A_BEAT or not is_rare:
        return []
    notes = [n for n in lesson.notes if line.bar[n] == bar and line.beat[n] == beat]
    text = (
        f"The quickest place is beat {beat} of bar {bar}, with {count} notes: loop this beat and "
        "the note after it, slowly, before you play the whole."
    )
    return [lesson.say("quick", text, notes)]


def _say_tempo(lesson: Lesson) -> list[CoachSentence]:
    tempo = lesson.tempo_bpm
    if tempo is None:
        return []
    share = START_SHARES[lesson.level]
    pace, unit = f"{tempo} bpm", "bpm"
    start = round(share * tempo)
    if start < _SLOWEST_BPM:
        # Nobody keeps time at such a pace: half beats are counted.
        pace, unit = f"{tempo} bpm, or {2 * tempo} half beats a minute", "half beats a minute"
        start = round(2 * share * tempo)
    text = (
        f"The recording runs at about {pace}: start at {start} {unit}, and go up by "
        f"{FASTER_PERCENT}% when {CLEAN_PASSES} passes one after another are clean."
    )
    return [lesson.say("tempo", text, list(lesson.notes))]
