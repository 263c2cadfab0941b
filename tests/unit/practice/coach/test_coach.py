from dataclasses import replace

import pytest

from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSubject
from licklab.domain.lick import LickOccurrence
from licklab.domain.solo_line import NoteSpan
from licklab.errors import ShapeError, UnknownInstrumentError
from licklab.practice.coach.coach import coach
from tests.unit.practice.coach.lessons import PARKER, TWO_FIVE, say, texts
from tests.unit.theory.lines import analysis_of, line_of

_BEBOP = "C7: C5 B4 Bb4 A4 G4 F4 E4 D4 | C4*8"


def _kinds(text: str, **wishes: object) -> dict[str, str]:
    return {one.kind: one.text for one in say(text, **wishes).sentences}  # type: ignore[arg-type]


def test_it_says_why_a_resolution_is_one() -> None:
    assert texts(say(TWO_FIVE), CoachSubject.WORKS)[0] == (
        "F is no tone of Cmaj7, so it wants to move when that chord comes; E, the 3rd of Cmaj7, "
        "waits a half step below, on beat 1 of bar 3."
    )


def test_a_ninth_of_the_new_chord_does_not_have_to_move() -> None:
    said = _kinds("G7: B4 D5 B4 G4 B4 D5 B4 D4 | Cmaj7: E4*8")
    assert "release" not in said
    assert "near goal" not in said


def test_guide_tones_are_told_apart_from_the_rest() -> None:
    said = _kinds("Dm7: C5*2 D5*6 | G7: B4*2 G4*6 | Cmaj7: E5*8", level=CoachLevel.BEGINNER)
    assert said["guide tones"] == (
        "Play only C and B and you still hear Dm7 and G7: these are 3rds and 7ths, the notes that "
        "tell chords apart (bars 1-2)."
    )


def test_an_extra_note_is_told_where_it_keeps_chord_tones_on_the_beats() -> None:
    assert _kinds(_BEBOP)["extra note"] == (
        "B is the extra note of the dominant bebop scale: thanks to it tones of C7 fall on the "
        "beats, C, Bb, G, E and C (bars 1-2)."
    )


def test_a_cell_that_comes_again_is_told_with_its_distance() -> None:
    said = _kinds("C7: C4 E4 D4 F4 D4 F#4 E4 G4", level=CoachLevel.BEGINNER)
    assert said["cell"] == (
        "The cell C E D F comes at once again, a major 2nd higher: the ear knows it already "
        "(bar 1)."
    )


def test_without_chords_nothing_is_said_of_chords() -> None:
    for one in say("C4 D4 E4 F4 G4 A4 B4 C5").sentences:
        assert "chord" not in one.text
        assert not one.is_guess


def test_without_beats_no_bar_beat_or_tempo_is_named() -> None:
    for one in say(line_of(TWO_FIVE, has_beats=False)).sentences:
        assert one.bars == ()
        for word in ("bar", "beat", "bpm"):
            assert f" {word}" not in one.text


def test_guessed_changes_are_said_to_be_a_guess_first() -> None:
    line = line_of(TWO_FIVE)
    guessed = replace(line, chords=tuple(replace(one, confidence=0.4) for one in line.chords))
    text = say(guessed)
    assert text.sentences[0].text.startswith("The changes here are a guess, 40% sure")
    guesses = {one.kind: one.is_guess for one in text.sentences}
    assert guesses["release"]
    assert guesses["targets"]
    assert not guesses["shape"]
    assert not guesses["tempo"]
    assert not any(one.is_guess for one in say(line).sentences)


def test_every_level_gets_its_own_words() -> None:
    said = {level: {one.kind for one in say(TWO_FIVE, level=level).sentences}
            for level in CoachLevel}  # fmt: skip
    assert "from the end" in said[CoachLevel.BEGINNER]
    assert not said[CoachLevel.BEGINNER] & {"scale", "keys", "other end", "sing roots"}
    assert "keys" in said[CoachLevel.INTERMEDIATE]
    assert {"keys", "other end", "scale"} <= said[CoachLevel.ADVANCED]
    starts = [_kinds(TWO_FIVE, level=level)["tempo"].split(": ")[1][:16] for level in CoachLevel]
    assert starts == ["start at 60 bpm,", "start at 72 bpm,", "start at 84 bpm,"]


def test_a_very_slow_recording_is_counted_in_half_beats() -> None:
    line = line_of(TWO_FIVE)
    slow = replace(line, beat_sec=line.beat_sec * 3)
    tempo = next(one.text for one in say(slow).sentences if one.kind == "tempo")
    assert tempo.startswith(
        "The recording runs at about 40 bpm, or 80 half beats a minute: start at 56 half beats"
    )


@pytest.mark.parametrize(
    ("instrument", "kind", "wanted"),
    [
        ("alto sax", "written", "the first note, A, is written F# for alto saxophone"),
        ("clarinet", "break", "It crosses the break of clarinet 5 times, first A to F, F to A and"),
        ("guitar", "position", "all of it lies between frets 12 and 15"),
        ("violin", "first position", "All of it lies in first position"),
        ("piano", "left hand", "F and C for Dm7, then B and F for G7, then E and B for Cmaj7"),
        ("trombone", "high", "E5 is high on trombone"),
        ("bass", "range", "E5, is above the usual range of bass: play all of it an octave lower"),
        ("vibraphone", "mallets", "hand to hand"),
        ("voice", "breath", "It has no rest to breathe in"),
    ],
)
def test_each_instrument_asks_for_its_own(instrument: str, kind: str, wanted: str) -> None:
    assert wanted in _kinds(TWO_FIVE, instrument=instrument)[kind]


def test_the_rest_to_breathe_in_is_found() -> None:
    said = _kinds("C7: C4 D4 E4 F4 r*2 G4 A4 | Bb4 A4 G4 F4 E4*4", instrument="trumpet")
    assert said["breath"] == "Breathe in the rest after F (bar 1), and nowhere else."


def test_a_fourth_up_takes_chords_and_first_note_along() -> None:
    assert _kinds("Abdim7: Ab4 B4 D5 F5 | Gb7: Gb5*8")["keys"] == (
        "Take it through the keys in fourths. Up a 4th it starts on Db, and the chords are Dbdim7 "
        "and B7."
    )


def test_times_are_those_at_which_it_can_be_heard() -> None:
    text = say(TWO_FIVE)
    sing, arrival = text.about(CoachSubject.LISTEN)[:2]
    assert "from 0:00 to 0:06" in sing.text
    assert (sing.from_sec, sing.to_sec) == (0.0, 6.0)
    assert arrival.text.startswith("At 0:04 hear F give way to E, the 3rd of Cmaj7 (bar 3)")
    assert arrival.from_sec == 3.75


def test_other_places_of_the_lick_are_told_with_their_own_notes() -> None:
    line = line_of("C7: C4 E4 G4 Bb4 r*4 | F7: F4 A4 C5 Eb5 r*4 | C7: C4 E4 G4 C5 r*4")
    again = [LickOccurrence(NoteSpan(4, 8)), LickOccurrence(NoteSpan(8, 12))]
    text = say(line, span=NoteSpan(0, 4), again=again)
    first, second = [one for one in text.sentences if one.kind == "again"]
    assert first.text == (
        "It comes at 0:02 too (bar 2), a 4th higher: hear where it is placed there."
    )
    assert second.text.startswith("Something like it comes at 0:04 (bar 3), starting at the same")
    assert first.note_ids == ("n5", "n6", "n7", "n8")


def test_players_are_told_with_title_bar_and_how_alike_it_is() -> None:
    same = CoachMatch("", 'A "quoted" tune', (), 1.0)
    text = say(TWO_FIVE, matches=[PARKER, same])
    told = [one for one in text.sentences if one.kind == "match"]
    assert [one.text.partition(": hear where it starts there")[0] for one in told] == [
        'Charlie Parker plays something 87% like it in "Ko-Ko", bar 17',
        'A solo of your library has exactly this in "A "quoted" tune"',
    ]
    assert [one.match for one in told] == [PARKER, same]


def test_doubtful_notes_are_to_be_checked_by_ear() -> None:
    line = line_of(TWO_FIVE)
    doubted = line.confidence.copy()
    doubted[4] = 0.3
    said = {one.kind: one.text for one in say(replace(line, confidence=doubted)).sentences}
    assert said["doubt"] == (
        "Check A at 0:01 by ear: it was heard with doubt, and the recording is right (bar 1)."
    )


def test_what_does_not_fit_together_is_refused() -> None:
    line = line_of(TWO_FIVE)
    with pytest.raises(UnknownInstrumentError, match="want an instrument"):
        coach(line, analysis_of(line), NoteSpan(0, 4), instrument="kazoo")
    with pytest.raises(ShapeError, match="want a span in a line of 17 notes, got up to 18"):
        coach(line, analysis_of(line), NoteSpan(0, 18), instrument="piano")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Fm7: Ab4 C5 Eb5 C5 Bb7: D5 F5 D5 Ab4 | Cmaj7: G4*8", "backdoor"),
        ("Bmaj7: D#5*4 D7: F#5*4 | Gmaj7: B4*4 Bb7: D5*4 | Ebmaj7: G4*8", "Coltrane changes"),
        ("G7: G4 A4 B4 D5 Ab4 Bb4 C5 Eb5 | D5*8", "side-slipping"),
    ],
)
def test_rare_progressions_and_figures_are_told_and_borne_out(line: str, kind: str) -> None:
    assert kind in _kinds(line)
