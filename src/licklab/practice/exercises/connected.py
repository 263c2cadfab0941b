"""Connected licks: the end of one leads into the start of another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from licklab.domain.harmony_function import HarmonyAnalysis
from licklab.domain.instrument import UNNAMED, Instrument, find_instrument
from licklab.domain.passage import Passage, PassageChord, PassageNote
from licklab.practice.exercises.analyzed import AnalyzedPassage, analyze_passage
from licklab.practice.exercises.exercise import Exercise, ExerciseKind, JointClaim
from licklab.theory.chord_steps import root_and_kind
from licklab.theory.note_words import interval_words

_JOINTS = (0, -1, 1, -2, 2)
# Farther away it is another register, and a longer rest is no connection.
_FARTHEST = 12
_LONGEST_REST_BARS = 1


@dataclass(frozen=True, slots=True)
class _Joined:
    passage: Passage
    semitones: int
    onset_quarter: Fraction
    rest_quarter: Fraction


def connect_licks(
    passage: Passage, following: Passage, *, instrument_id: str | None = None
) -> tuple[Exercise, ...]:
    """Let a lick lead into another.

    Parameters
    ----------
    passage : Passage
        The first lick.
    following : Passage
        The second, in any key: it is moved so that it begins on the last note of the first or a
        step from it.
    instrument_id : str, optional
        Of the instrument whose range counts.

    Returns
    -------
    tuple of Exercise
        One, moved as little as possible; none where the chords do not fit or the metres differ.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that id.
    """
    instrument = find_instrument(instrument_id or UNNAMED)
    if not passage.notes or not following.notes or passage.signature != following.signature:
        return ()
    lick = analyze_passage(passage)
    for joined in sorted(
        _ways(passage, following, instrument),
        key=lambda one: (abs(one.semitones), one.rest_quarter),
    ):
        if _fits(lick, following.moved(joined.semitones), joined):
            return (_connect(lick, following, joined),)
    return ()


def _ways(passage: Passage, following: Passage, instrument: Instrument) -> Iterator[_Joined]:
    """Find the ways to let one lick begin where another has ended, whatever their chords."""
    last, first = passage.notes[-1], following.notes[0]
    bar = passage.bar_quarter
    for joint in _JOINTS:
        semitones = last.pitch_midi + joint - first.pitch_midi
        moved = following.moved(semitones)
        is_in_range = all(
            instrument.lowest_midi <= one <= instrument.highest_midi for one in moved.pitches_midi
        )
        if abs(semitones) > _FARTHEST or not is_in_range:
            continue
        # The second may begin in the last bar of the first, where that has room.
        for n_shared in (1, 0):
            onset = (passage.n_bars - n_shared) * bar
            rest = onset + first.onset_quarter - last.offset_quarter
            if not 0 <= rest <= _LONGEST_REST_BARS * bar:
                continue
            chords = _join_chords(passage, moved, onset)
            if chords is not None:
                joined = _join(passage, moved, onset, chords)
                yield _Joined(joined, semitones, onset, rest)


def _join_chords(
    passage: Passage, moved: Passage, onset: Fraction
) -> tuple[PassageChord, ...] | None:
    """Let the chords of the second take over at the beat that it begins on."""
    first = onset + moved.notes[0].onset_quarter
    begin = min(first // passage.beat_quarter * passage.beat_quarter, first)
    if onset == passage.length_quarter:
        begin = onset
    of_first = [one for one in passage.chords if one.onset_quarter < begin]
    of_second = [
        replace(one, onset_quarter=max(one.onset_quarter + onset, begin))
        for one, end in zip(
            moved.chords, (*(one.onset_quarter for one in moved.chords[1:]), None), strict=False
        )
        if end is None or end + onset > begin
    ]
    if not of_first or not of_second:
        return None
    if of_first[-1].symbol == of_second[0].symbol:
        del of_second[0]
    elif begin <= passage.notes[-1].onset_quarter:
        return None  # the last note would be over a chord of the second
    return (*of_first, *of_second)


def _join(
    passage: Passage, moved: Passage, onset: Fraction, chords: tuple[PassageChord, ...]
) -> Passage:
    known = {one.id for one in passage.notes}
    notes: list[PassageNote] = list(passage.notes)
    for one in moved.notes:
        # Of another recording, a note may have the id of one of this.
        note_id = "" if one.id in known else one.id
        notes.append(replace(one, onset_quarter=one.onset_quarter + onset, id=note_id))
    n_bars = int(onset / passage.bar_quarter) + moved.n_bars
    return replace(passage, notes=tuple(notes), chords=chords, n_bars=n_bars)


def _fits(lick: AnalyzedPassage, moved: Passage, joined: _Joined) -> bool:
    """Tell whether the chords go on: the same one, by a cadence, or in the same key."""
    both = analyze_passage(joined.passage)
    place = len(lick)
    end, start = both.symbol_at(place - 1), both.symbol_at(place)
    if end is None or start is None:
        return False
    if root_and_kind(end) == root_and_kind(start):
        return True
    before, after = int(both.line.chord[place - 1]), int(both.line.chord[place])
    if any(
        one.first_chord <= before and after <= one.last_chord
        for one in both.analysis.harmony.cadences
    ):
        return True
    second = analyze_passage(moved)
    home = _key_of(lick.analysis.harmony, int(lick.line.chord[-1]))
    return home is not None and home == _key_of(second.analysis.harmony, int(second.line.chord[0]))


def _key_of(harmony: HarmonyAnalysis, chord: int) -> tuple[int, str] | None:
    """Tell in which key a chord is heard, however that is spelled."""
    keys = [one.key for one in harmony.functions if one.chord == chord]
    return (keys[0].pitch_class, keys[0].mode) if keys else None


def _connect(lick: AnalyzedPassage, following: Passage, joined: _Joined) -> Exercise:
    place = len(lick)
    moves = joined.passage.notes[place].pitch_midi - lick.notes[-1].pitch_midi
    where = "on your last note"
    if moves:
        step = "a semitone" if abs(moves) == 1 else "a whole tone"
        where = f"{step} {'above' if moves > 0 else 'below'} your last note"
    moved = ""
    if joined.semitones:
        side = "up" if joined.semitones > 0 else "down"
        moved = f", moved {side} by {interval_words(abs(joined.semitones))}"
    return Exercise(
        ExerciseKind.CONNECTED,
        "Connected with another lick",
        f"Go on from the lick into the second one{moved}: it begins {where}, and two licks become "
        "one line.",
        joined.passage,
        JointClaim(following, joined.semitones, joined.onset_quarter),
        lick.ids(range(place)),
    )
