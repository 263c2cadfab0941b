from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.passage import Passage
from licklab.practice.accompaniment.meter import BandBeat, band_beats, group_starts
from licklab.practice.accompaniment.tones import bass_of, plain_tones
from licklab.practice.accompaniment.walking import HIGHEST_MIDI, LOWEST_MIDI, walk_bass
from tests.unit.practice.accompaniment.changes import passage_over, passages

MANY = settings(max_examples=120, deadline=None)


def _by_beat(passage: Passage, *, in_two: bool = False) -> list[tuple[BandBeat, int]]:
    beats = {one.onset_quarter: one for one in band_beats(passage)}
    return [(beats[one.onset_quarter], one.pitch_midi) for one in walk_bass(passage, in_two=in_two)]


@MANY
@given(passage=passages(), in_two=st.booleans())
def test_the_bass_stays_on_its_strings_and_plays_one_note_at_a_time(
    passage: Passage, *, in_two: bool
) -> None:
    notes = walk_bass(passage, in_two=in_two)
    assert all(LOWEST_MIDI <= one.pitch_midi <= HIGHEST_MIDI for one in notes)
    assert all(one.offset_quarter <= other.onset_quarter for one, other in pairwise(notes))
    assert not notes or notes[-1].offset_quarter <= passage.length_quarter


@MANY
@given(passage=passages(), in_two=st.booleans())
def test_every_change_has_its_root_or_the_note_under_the_slash(
    passage: Passage, *, in_two: bool
) -> None:
    played = dict(_by_beat(passage, in_two=in_two))
    for beat in band_beats(passage):
        if beat.is_change:
            assert beat.chord is not None
            assert played[beat] % 12 == bass_of(beat.chord)


@MANY
@given(passages())
def test_every_beat_with_a_chord_has_a_note_and_no_other(passage: Passage) -> None:
    wanted = [one for one in band_beats(passage) if one.chord is not None]
    assert [beat for beat, _ in _by_beat(passage)] == wanted


@MANY
@given(passage=passages(), in_two=st.booleans())
def test_groups_begin_with_tones_of_the_chord(passage: Passage, *, in_two: bool) -> None:
    starts = group_starts(passage.signature)
    for beat, pitch in _by_beat(passage, in_two=in_two):
        if beat.place in starts and not beat.is_change:
            assert beat.chord is not None
            assert pitch % 12 in plain_tones(beat.chord)


@MANY
@given(passages())
def test_the_beat_before_a_change_leads_into_it_by_a_step(passage: Passage) -> None:
    starts = group_starts(passage.signature)
    for (beat, pitch), (following, arrived) in pairwise(_by_beat(passage)):
        is_next = following.onset_quarter - beat.onset_quarter == passage.beat_quarter
        is_free = not beat.is_change and beat.place not in starts
        if is_next and following.is_change and is_free:
            assert abs(pitch - arrived) in (1, 2)


@MANY
@given(passages())
def test_other_foreign_notes_are_passed_through_by_steps(passage: Passage) -> None:
    row = _by_beat(passage)
    for (one, before), (beat, pitch), (other, after) in zip(row, row[1:], row[2:], strict=False):
        assert beat.chord is not None
        together = other.onset_quarter - one.onset_quarter == 2 * passage.beat_quarter
        if (
            together
            and not (beat.is_change or other.is_change)
            and pitch % 12 not in (*plain_tones(beat.chord), bass_of(beat.chord))
        ):
            assert (pitch - before, after - pitch) in {
                (a * way, b * way) for a in (1, 2) for b in (1, 2) for way in (-1, 1)
            }


def test_a_two_five_one_is_walked_as_players_do() -> None:
    line = [one.pitch_midi for one in walk_bass(passage_over("Dm7|G7|Cmaj7|Cmaj7"))]
    assert [pitch % 12 for pitch in (line[0], line[4], line[8])] == [2, 7, 0]
    # Quarter notes, mostly in steps and thirds, none twice.
    leaps = [abs(b - a) for a, b in pairwise(line)]
    assert len(line) == 16
    assert min(leaps) > 0
    assert sum(leap <= 4 for leap in leaps) >= 12


def test_a_waltz_has_three_and_a_ballad_two() -> None:
    waltz = walk_bass(passage_over("Dm7|G7", "3/4"))
    ballad = walk_bass(passage_over("Dm7|G7"), in_two=True)
    assert [float(one.onset_quarter) for one in waltz] == [0, 1, 2, 3, 4, 5]
    assert [float(one.onset_quarter) for one in ballad] == [0, 2, 4, 6]
    assert all(one.length_quarter > 1.9 for one in ballad)


def test_without_chords_the_bass_rests() -> None:
    assert walk_bass(Passage((), (), 2)) == ()
    onsets = [one.onset_quarter for one in walk_bass(passage_over("C6|N.C.|F6"))]
    assert onsets == [0, 1, 2, 3, 8, 9, 10, 11]


@given(passages())
@settings(max_examples=20, deadline=None)
def test_the_line_is_always_the_same(passage: Passage) -> None:
    assert walk_bass(passage) == walk_bass(passage)
