"""Connected licks: the end of one leads into the start of another."""

from bisect import bisect_right
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
    change_quarter: Fraction
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
            change = onset
            if n_shared:
                change += first.onset_quarter // passage.beat_quarter * passage.beat_quarter
            chords = _join_chords(passage, moved, onset, change)
            joined = _join(passage, moved, onset, chords)
            if joined.chord_at(last.onset_quarter) == passage.chord_at(last.onset_quarter):
                yield _Joined(joined, semitones, onset, change, rest)


def _join_chords(
    passage: Passage, moved: Passage, onset: Fraction, change: Fraction
) -> tuple[PassageChord, ...]:
    """Let the chords of the second take over from a place on."""
    of_first = [one for one in passage.chords if one.onset_quarter < change]
    ends = [*(one.onset_quarter + onset for one in moved.chords[1:]), change + 1]
    of_second = [
        PassageChord(max(one.onset_quarter + onset, change), one.symbol)
        for one, end in zip(moved.chords, ends, strict=False)
        if end > change
    ]
    if of_first and of_second and of_first[-1].symbol == of_second[0].symbol:
        del of_second[0]
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
    places = [one.onset_quarter for one in joined.passage.chords]
    after = bisect_right(places, joined.change_quarter) - 1
    start = moved.chord_at(joined.change_quarter - joined.onset_quarter)
    if after < 0 or start is None:
        return False
    if places[after] < joined.change_quarter:
        return True  # the same chord goes on
    before = after - 1
    symbols = [one.symbol for one in joined.passage.chords]
    if before < 0 or symbols[before].is_none:
        return False
    if root_and_kind(symbols[before]) == root_and_kind(symbols[after]):
        return True
    if any(
        one.first_chord <= before and after <= one.last_chord
        for one in both.analysis.harmony.cadences
    ):
        return True
    second = analyze_passage(moved)
    begins = [one.onset_quarter + joined.onset_quarter for one in moved.chords]
    first = bisect_right(begins, joined.change_quarter) - 1
    home = _key_of(lick.analysis.harmony, before)
    return home is not None and home == _key_of(second.analysis.harmony, first)


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
        JointClaim(following, joined.semitones, joined.onset_quarter, joined.change_quarter),
        lick.ids(range(place)),
    )
