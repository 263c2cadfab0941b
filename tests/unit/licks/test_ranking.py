from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.lick import Lick, ReasonKind
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import LickError
from licklab.licks.phrases import find_phrases
from licklab.licks.ranking import find_licks, judge_span
from tests.unit.licks.lines import (
    EIGHTH_SEC,
    FACTORS,
    analyze,
    change,
    make_line,
    played_lines,
    two_five_one,
)  # fmt: skip

_LICK = [62, 65, 69, 72, 71, 68, 65, 64, 62]
# Between the licks: no interval pattern of them, and no other twice.
_FILL = [
    [75, 74, 70, 67, 68, 63, 60, 65], [58, 63, 66, 70, 69, 73, 67, 62], [77, 72, 73, 69, 64, 66],
]  # fmt: skip


def _solo() -> SoloLine:
    """Give a solo in which one lick is played twice, the second time a fourth higher."""
    pieces = [_FILL[0], _LICK, _FILL[1], [one + 5 for one in _LICK], _FILL[2]]
    pitches = [one for piece in pieces for one in piece]
    steps = [step for piece in pieces for step in [*[EIGHTH_SEC] * (len(piece) - 1), 1.0]]
    return make_line(pitches, steps)


def _find(line: SoloLine, limit: int | None = None) -> tuple[Lick, ...]:
    return find_licks(line, analyze(line), find_phrases(line), limit=limit)


def _texts(lick: Lick) -> list[str]:
    return [one.text for one in lick.reasons]


def test_a_lick_that_is_played_twice_is_found_with_both_places() -> None:
    best = _find(_solo())[0]
    assert [one.span for one in best.occurrences] == [NoteSpan(8, 17), NoteSpan(25, 34)] or [
        one.span for one in best.occurrences
    ] == [NoteSpan(25, 34), NoteSpan(8, 17)]
    assert abs(best.occurrences[1].transposition_semitones) == 5
    assert [one.similarity for one in best.occurrences] == [1.0, 1.0]
    repeats = next(one for one in best.reasons if one.kind == ReasonKind.REPEATS)
    assert repeats.value == 2
    assert repeats.text == "Played twice in this solo."


def test_a_line_without_notes_has_no_licks() -> None:
    assert _find(make_line([], [])) == ()
    assert _find(make_line([60, 62], [1.0, 1.0])) == ()


def test_licks_by_definition_are_taken_before_others() -> None:
    # Three players share what is less of a lick than anything else, and it is the only one taken.
    line = _solo()
    everything = _find(line, limit=10)
    last = everything[-1]
    wanted = line.pitch_midi[last.span.start : last.span.stop].tolist()
    assert not any(one.kind == ReasonKind.REPEATS for one in last.reasons)

    def count(pitches: Sequence[int]) -> int:
        return 3 if list(pitches) == wanted else 0

    licks = find_licks(line, analyze(line), find_phrases(line), count, limit=2)
    assert last.span in {one.span for one in licks}
    assert all(one.reasons[0].kind in (ReasonKind.REPEATS, ReasonKind.SHARED) for one in licks)


@settings(max_examples=50, deadline=None)
@given(played_lines(), st.integers(1, 12))
def test_licks_come_by_falling_lickness(line: SoloLine, limit: int) -> None:
    lickness = [round(one.lickness, 9) for one in _find(line, limit)]
    assert lickness == sorted(lickness, reverse=True)


def test_there_are_as_many_licks_as_asked_for_at_most() -> None:
    assert len(_find(_solo(), limit=1)) == 1
    assert _find(_solo(), limit=0) == ()
    assert _find(_solo(), limit=3)[:1] == _find(_solo(), limit=1)


def test_notes_of_one_lick_are_in_no_other() -> None:
    taken = [i for one in _find(_solo(), limit=10) for i in range(one.span.start, one.span.stop)]
    assert len(taken) == len(set(taken))


def test_players_of_a_corpus_are_counted_and_said() -> None:
    line = _solo()
    span = NoteSpan(17, 25)
    wanted = line.pitch_midi[17:25].tolist()

    def count(pitches: Sequence[int]) -> int:
        return 7 if list(pitches) == wanted else 0

    shared = judge_span(line, analyze(line), (), span, count)
    assert "7 players of the corpus play it." in _texts(shared)
    alone = judge_span(line, analyze(line), (), span, lambda _: 0)
    assert shared.lickness > alone.lickness
    assert not any(one.kind == ReasonKind.SHARED for one in alone.reasons)
    licks = find_licks(line, analyze(line), find_phrases(line), count, limit=2)
    assert span in {one.span for one in licks}


def test_a_cadence_and_the_arrival_are_said_with_bars_and_beat() -> None:
    # Eight eighths over each of ii and V, then the third of the tonic on the first beat.
    pitches = [60, 62, 63, 67, 70, 69, 67, 65, 63, 61, 60, 57, 58, 56, 54, 51, 50]
    chords = ((0, "Cm7"), (8, "F7"), (16, "Bbmaj7"))
    line = make_line(pitches, [EIGHTH_SEC] * len(pitches), chords=chords)
    analysis = analyze(line, {16: "3"}, [two_five_one(0)])
    lick = judge_span(line, analysis, (), NoteSpan(4, 17))
    assert "Spans the ii-V-I in Bb (bars 1-3)." in _texts(lick)
    assert "Ends on the 3rd of Bbmaj7 on beat 1." in _texts(lick)
    part = judge_span(line, analysis, (), NoteSpan(4, 12))
    assert "Plays over the ii-V-I in Bb (bars 1-2)." in _texts(part)
    # Nothing is played over the V: the ii-V-I is not spanned.
    resting = replace(line, chord=np.where(line.chord == 1, 0, line.chord))
    around = judge_span(resting, analysis, (), NoteSpan(4, 17))
    assert "Plays over the ii-V-I in Bb (bars 1-3)." in _texts(around)
    within = judge_span(line, analysis, (), NoteSpan(8, 16))
    assert not any(one.kind == ReasonKind.CADENCE for one in within.reasons)


def test_a_line_without_beats_is_told_without_bars() -> None:
    line = _solo()
    texts = [text for one in _find(line, limit=10) for text in _texts(one)]
    assert texts
    assert not any("bar" in one or "beat" in one for one in texts)


def test_a_trill_and_a_repeated_note_are_less_of_a_lick_than_a_line() -> None:
    line = make_line(
        [*_LICK, *[60, 62] * 4, 60, *[67] * 9], [*[EIGHTH_SEC] * 8, 1.0] * 3
    )  # fmt: skip
    lick, trill, repeated = (
        judge_span(line, analyze(line), (), NoteSpan(at, at + 9)).lickness for at in (0, 9, 18)
    )
    assert lick > trill
    assert lick > repeated


def test_what_a_person_chooses_stands_first_even_if_it_is_played_before() -> None:
    line = _solo()
    lick = judge_span(line, analyze(line), (), NoteSpan(25, 34))
    assert lick.span == NoteSpan(25, 34)
    assert lick.occurrences[1].span == NoteSpan(8, 17)
    assert lick.occurrences[1].transposition_semitones == -5


@pytest.mark.parametrize("span", [NoteSpan(0, 2), NoteSpan(38, 90)])
def test_notes_that_make_no_lick_are_refused(span: NoteSpan) -> None:
    line = _solo()
    with pytest.raises(LickError, match="want 3 notes or more"):
        judge_span(line, analyze(line), (), span)


def test_a_lick_may_be_longer_or_shorter_than_those_that_are_found() -> None:
    line = _solo()
    for span in (NoteSpan(0, len(line)), NoteSpan(3, 6)):
        assert 0 <= judge_span(line, analyze(line), (), span, lambda _: 3).lickness <= 1


@settings(max_examples=50, deadline=None)
@given(played_lines(), st.integers(-12, 12), FACTORS)
def test_licks_are_the_same_on_another_pitch_and_at_another_tempo(
    line: SoloLine, semitones: int, slower: float
) -> None:
    expected = _find(line)
    found = _find(change(line, semitones=semitones, slower=slower))
    assert [one.occurrences for one in found] == [one.occurrences for one in expected]
    assert [one.reasons for one in found] == [one.reasons for one in expected]
    likeness = [one.lickness for one in expected]
    assert [one.lickness for one in found] == pytest.approx(likeness)
