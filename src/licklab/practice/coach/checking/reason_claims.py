"""Checks of the reasons that are given over the changes."""

import re

from licklab.domain.chord_symbol import pitch_classes
from licklab.domain.note_name import degree_semitones
from licklab.practice.coach.checking.change_claims import (
    belongs_to_last,
    is_guide,
    is_pair,
    is_step,
)
from licklab.practice.coach.checking.claim import Claim, plain_tones
from licklab.practice.coach.checking.figure_claims import BEBOP, encloses
from licklab.practice.coach.checking.words import (
    BEAT,
    CHORD,
    CHORDS,
    DEGREE,
    NAME,
    NAMES,
    TONE,
    split_names,
)

_PLAIN_SCALES = {"dominant": 11, "major": 8, "dorian": 4, "melodic minor": 8}
_MOSTLY = 0.75


def check_release(claim: Claim) -> None:
    """Check a note that has no place in the new chord, and where it goes.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<tense>{NAME}) is no tone of (?P<new>{CHORD}), so it wants to move when that chord "
        rf"comes; {TONE}, waits a (?P<how>half|whole) step (?P<side>above|below)(?:, on {BEAT})?"
    )
    is_pair(claim)
    claim.has_names([found["tense"]], [0])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.need(found["new"] == found["chord"], "two chords")
    claim.need(claim.pitches[0] % 12 not in pitch_classes(claim.symbol(1)), "no tone of the chord")
    claim.need(claim.above(1) in plain_tones(claim.symbol(1)), "a tone to rest on")
    is_step(claim, found["how"])
    rises = claim.pitches[1] > claim.pitches[0]
    claim.need(rises == (found["side"] == "above"), f"a note {found['side']}")
    claim.need(claim.line.chord[claim.notes[0]] != claim.line.chord[claim.notes[1]], "one chord")
    _comes_on(claim, 1, found["beat"], found["bar"])


def _comes_on(claim: Claim, at: int, beat: str | None, bar: str | None) -> None:
    if beat is not None and bar is not None:
        claim.is_at(at, beat, bar)
        claim.is_on_beat(at)


def check_near_goal(claim: Claim) -> None:
    """Check a note that lies a half step from where it goes.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<near>{NAME}) lies only a half step (?P<side>above|below) {TONE}: the ear hears "
        rf"where it goes before it is there(?:, on {BEAT})?"
    )
    is_pair(claim)
    claim.has_names([found["near"]], [0])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    moves = claim.pitches[1] - claim.pitches[0]
    claim.need(moves == (1 if found["side"] == "below" else -1), f"a half step {found['side']}")
    _comes_on(claim, 1, found["beat"], found["bar"])


def check_late(claim: Claim) -> None:
    """Check a note that keeps the last chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<late>{NAME}) is late on purpose: it still belongs to (?P<old>{CHORD}), and the ear "
        rf"waits for {TONE}",
        where=[1],
    )
    is_pair(claim)
    claim.has_names([found["late"]], [0])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.need(claim.pitches[0] % 12 not in pitch_classes(claim.symbol(1)), "no tone of the chord")
    belongs_to_last(claim, found["old"])


def check_guide_tones(claim: Claim) -> None:
    """Check the thirds and sevenths that tell some chords.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Play only (?P<names>{NAMES}) and you still hear (?P<chords>{CHORDS}): these are 3rds "
        "and 7ths, the notes that tell chords apart"
    )
    claim.has_names(split_names(found["names"]))
    chords = re.split(r", | and ", found["chords"])
    claim.need(len(chords) == len(claim.notes), "another number of chords")
    for at, chord in enumerate(chords):
        claim.has_chord(at, chord)
        symbol = claim.symbol(at)
        is_guide(claim, at, (symbol.third, symbol.seventh))


def check_circled(claim: Claim) -> None:
    """Check a goal between its neighbours.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<names>{NAMES}) come first, on both sides, and only then (?P<goal>{NAME}) itself, on "
        rf"{BEAT}: a note that is circled like this sounds like a goal"
    )
    last = len(claim.notes) - 1
    claim.has_names([*split_names(found["names"]), found["goal"]])
    encloses(claim, range(last), last)
    _comes_on(claim, last, found["beat"], found["bar"])


def check_outside(claim: Claim) -> None:
    """Check a note outside its chord that leads to one on a beat.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<out>{NAME}) is outside (?P<under>{CHORD}) and still right: it passes between the "
        rf"beats, and {TONE}, a half step away, comes at once on {BEAT}"
    )
    is_pair(claim)
    claim.has_names([found["out"]], [0])
    claim.has_chord(0, found["under"])
    claim.need(claim.pitches[0] % 12 not in pitch_classes(claim.symbol(0)), "a tone of the chord")
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.is_chord_tone(1)
    is_step(claim, "half")
    claim.is_on_beat(0, wanted=False)
    _comes_on(claim, 1, found["beat"], found["bar"])


def check_way(claim: Claim) -> None:
    """Check a note between beats that leads to one on a beat.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<weak>{NAME}) falls between the beats and {TONE}, on {BEAT}, a half step away: the "
        "ear takes the first as the way and the second as the goal"
    )
    is_pair(claim)
    claim.has_names([found["weak"]], [0])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.is_chord_tone(1)
    is_step(claim, "half")
    claim.is_on_beat(0, wanted=False)
    _comes_on(claim, 1, found["beat"], found["bar"])


def check_clear(claim: Claim) -> None:
    """Check how many notes on beats are chord tones.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        r"(?:All (?P<all>\d+)|(?P<some>\d+) of the (?P<of>\d+)) notes that fall on beats belong to "
        "their chords: the harmony is heard even without a band"
    )
    rest = range(claim.span.start, claim.span.stop)
    strong = [i for i in rest if claim.line.is_on_beat[i] and claim.line.symbol_at(i)]
    claim.need(claim.notes == strong, "other notes than those on beats")
    tones = [at for at in range(len(strong)) if claim.above(at) in plain_tones(claim.symbol(at))]
    claim.need(len(tones) >= _MOSTLY * len(strong), "most of them")
    told = (found["all"], found["all"]) if found["all"] else (found["some"], found["of"])
    claim.need((int(told[0]), int(told[1])) == (len(tones), len(strong)), "another number")


def check_clear_note(claim: Claim) -> None:
    """Check a third or seventh on a beat.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(rf"{TONE}, falls on {BEAT}: one note, and the chord is clear")
    claim.need(len(claim.notes) == 1, "one note")
    claim.is_tone(0, found["name"], found["word"], found["chord"])
    symbol = claim.symbol(0)
    is_guide(claim, 0, (symbol.third, symbol.seventh))
    _comes_on(claim, 0, found["beat"], found["bar"])


def check_extra_note(claim: Claim) -> None:
    """Check the extra note of a bebop scale.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<extra>{NAME}) is the extra note of the (?P<scale>[\w ]+) bebop scale: thanks to it "
        rf"tones of (?P<chord>{CHORD}) fall on the beats, (?P<names>{NAMES})"
    )
    claim.is_row()
    scale = found["scale"]
    claim.need(scale in BEBOP, f"a {scale} bebop scale")
    for at in range(len(claim.notes)):
        claim.has_chord(at, found["chord"])
        claim.need(claim.above(at) in BEBOP[scale], "a note of the scale")
    extra = [at for at in range(len(claim.notes)) if claim.above(at) == _PLAIN_SCALES[scale]]
    claim.need(len(extra) >= 1, "the extra note")
    claim.has_names([found["extra"]], extra[:1])
    strong = [at for at, note in enumerate(claim.notes) if claim.line.is_on_beat[note]]
    claim.has_names(split_names(found["names"]), strong)
    for at in strong:
        claim.is_chord_tone(at)


def check_colour(claim: Claim) -> None:
    """Check an altered tension that moves on.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"{TONE}, is a colour to pass through: the line goes (?P<way>up|down) by "
        rf"(?P<how>half|whole) step to (?P<goal>{NAME}), the (?P<degree>{DEGREE}) of "
        rf"(?P<to>{CHORD})"
    )
    is_pair(claim)
    claim.is_tone(0, found["name"], found["word"], found["chord"])
    claim.need(claim.above(0) not in plain_tones(claim.symbol(0)), "a colour")
    claim.is_tone(1, found["goal"], found["degree"], found["to"])
    claim.is_chord_tone(1)
    is_step(claim, found["how"])
    claim.need((claim.pitches[1] > claim.pitches[0]) == (found["way"] == "up"), found["way"])


def check_end(claim: Claim) -> None:
    """Check what the last note is.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        rf"The last note is {TONE}, (?:(?P<open>a colour above the chord: the line stays open)|"
        r"(?P<third>the note that makes a chord major or minor: a clear end)|"
        r"(?P<root>the note that the chord is named after: a firm end))"
    )
    claim.need(claim.notes == [claim.span.stop - 1], "another note than the last")
    claim.is_tone(0, found["name"], found["word"], found["chord"])
    symbol, above = claim.symbol(0), claim.above(0)
    if found["open"]:
        claim.need(above not in plain_tones(symbol), "a colour")
    elif found["third"]:
        third = symbol.third
        claim.need(third and degree_semitones(third) % 12 == above, "the third")
    else:
        claim.need(above == 0, "the root")
