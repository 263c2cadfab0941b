"""Checks of what is said about figures: enclosures, arpeggios, patterns, scales, approaches."""

from itertools import pairwise

from licklab.domain.chord_writing import write_symbol
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.practice.coach.checking.change_claims import is_from, is_pair, is_step
from licklab.practice.coach.checking.claim import Claim
from licklab.practice.coach.checking.words import CHORD, NAME, NAMES, ROW, TONE, split_names

BEBOP = {
    "dominant": {0, 2, 4, 5, 7, 9, 10, 11}, "major": {0, 2, 4, 5, 7, 8, 9, 11},
    "dorian": {0, 2, 3, 4, 5, 7, 9, 10}, "melodic minor": {0, 2, 3, 5, 7, 8, 9, 11},
}  # fmt: skip
"""Semitones above the root (Baker, "How to Play Bebop", 1985)."""

_TRIADS = {"II": 2, "bIII": 3, "#IV": 6, "bVI": 8, "VI": 9}


def check_enclosure(claim: Claim) -> None:
    """Check what is enclosed.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    last = len(claim.notes) - 1
    found = claim.match(rf"(?P<names>{NAMES}) enclose {TONE}", where=[last])
    claim.has_names(split_names(found["names"]), range(last))
    claim.is_tone(last, found["name"], found["word"], found["chord"])
    encloses(claim, range(last), last)


def encloses(claim: Claim, around: range, goal: int) -> None:
    """Want notes on both sides of another that follows them, a whole step away at most.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    around : range
        Which of them surround.
    goal : int
        Which is surrounded.
    """
    claim.is_row()
    claim.is_chord_tone(goal)
    sides = [claim.pitches[at] - claim.pitches[goal] for at in around]
    claim.need(all(0 < abs(one) <= 2 for one in sides), "notes close around it")
    claim.need(min(sides) < 0 < max(sides), "notes on both sides")


def check_arpeggio(claim: Claim) -> None:
    """Check an arpeggio.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Arpeggio (?:from the 3rd )?of (?P<chord>{CHORD})(?: (?P<way>up|down))?: "
        rf"(?P<names>{ROW}) \((?P<degrees>[^()]*)\)"
    )
    claim.has_names(split_names(found["names"]))
    _has_degrees(claim, found["degrees"].split("-"), found["chord"])
    rising = {b > a for a, b in pairwise(claim.pitches)}
    claim.need(len(rising) == 1, "one direction")
    is_from_third = "from the 3rd" in claim.text
    claim.need(is_from_third == (found["way"] is None), "a direction")
    if is_from_third:
        claim.need(found["degrees"].lstrip("b").startswith("3"), "from the 3rd")
    claim.need((found["way"] != "down") == rising.pop(), "the other direction")


def _has_degrees(claim: Claim, degrees: list[str], chord: str) -> None:
    claim.need(len(degrees) == len(claim.notes), "another number of degrees")
    for at, degree in enumerate(degrees):
        claim.has_chord(at, chord)
        claim.need(claim.above(at) == degree_semitones(degree) % 12, f"{degree} of {chord}")


def check_digital(claim: Claim) -> None:
    """Check a digital pattern.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Digital pattern (?P<degrees>[-b#\d]+) of (?P<chord>{CHORD}): (?P<names>{ROW})"
    )
    claim.has_names(split_names(found["names"]))
    _has_degrees(claim, found["degrees"].split("-"), found["chord"])


def check_bebop(claim: Claim) -> None:
    """Check a run on a bebop scale.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Runs (?P<way>up|down) the (?P<scale>[\w ]+) bebop scale of (?P<chord>{CHORD}) from "
        rf"(?P<low>{NAME}) to (?P<high>{NAME})"
        rf"(?:; (?P<beats>{NAMES}) (?:fall on the beats|falls on a beat))?"
    )
    claim.is_row()
    is_on_bebop_scale(claim, found["scale"], found["chord"])
    moves = {b - a for a, b in pairwise(claim.pitches)}
    claim.need(moves <= ({1, 2} if found["way"] == "up" else {-1, -2}), "steps one way")
    claim.has_names([found["low"], found["high"]], [0, len(claim.notes) - 1])
    if found["beats"]:
        strong = [i for i, note in enumerate(claim.notes) if claim.line.is_on_beat[note]]
        claim.has_names(split_names(found["beats"]), strong)


def is_on_bebop_scale(claim: Claim, scale: str, chord: str) -> None:
    """Want all notes in a bebop scale.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    scale, chord : str
        Its name, and that of the chord whose root it begins on.
    """
    under = [claim.line.symbol_at(note) for note in claim.notes]
    named = [one for one in under if one is not None and write_symbol(one) == chord]
    claim.need(named, f"{chord} where it is not")
    claim.need(scale in BEBOP, f"a {scale} bebop scale")
    root = note_pitch_class(named[0].root)
    claim.need(all((one - root) % 12 in BEBOP[scale] for one in claim.pitches), "its notes")


def check_run(claim: Claim) -> None:
    """Check a run by steps.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<kind>Chromatic|Scale) run (?P<way>up|down) from (?P<low>{NAME}) to "
        rf"(?:{TONE}|(?P<high>{NAME}))"
    )
    claim.is_row()
    last = len(claim.notes) - 1
    claim.has_names([found["low"], found["name"] or found["high"]], [0, last])
    if found["name"]:
        claim.is_tone(last, found["name"], found["word"], found["chord"])
    sizes = {1} if found["kind"] == "Chromatic" else {1, 2}
    way = 1 if found["way"] == "up" else -1
    claim.need(all((b - a) * way in sizes for a, b in pairwise(claim.pitches)), "steps one way")


def check_upper_structure(claim: Claim) -> None:
    """Check a triad above a chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Upper structure: (?P<names>{ROW}) spell the (?P<root>{NAME}) major triad, "
        rf"(?P<degree>[b#]?[IV]+) of (?P<chord>{CHORD})"
    )
    claim.has_names(split_names(found["names"]))
    root = note_pitch_class(found["root"])
    claim.need({(one - root) % 12 for one in claim.pitches} == {0, 4, 7}, "a major triad")
    claim.has_chord(0, found["chord"])
    above = (root - note_pitch_class(claim.symbol(0).root)) % 12
    claim.need(_TRIADS.get(found["degree"]) == above, f"{found['degree']} of {found['chord']}")


def check_side_slip(claim: Claim) -> None:
    """Check a cell that is moved by a semitone.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Side-slips: the cell (?P<cell>{ROW}) is repeated a semitone (?P<way>up|down), outside "
        rf"the chord, and the line is back on {TONE}"
    )
    size = (len(claim.notes) - 1) // 2
    claim.has_names(split_names(found["cell"]), range(size))
    shift = 1 if found["way"] == "up" else -1
    cell, moved = claim.pitches[:size], claim.pitches[size : 2 * size]
    claim.need([one + shift for one in cell] == moved, "the same cell")
    claim.is_tone(2 * size, found["name"], found["word"], found["chord"])


def check_anticipation(claim: Claim) -> None:
    """Check notes that belong to the next chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    names = split_names(claim.text.partition(" over ")[0])
    early = range(min(len(names), len(claim.notes)))
    found = claim.match(
        rf"(?P<names>{NAMES}) over (?P<old>{CHORD}) anticipates? (?P<new>{CHORD})", where=early
    )
    claim.has_names(names, early)
    # What repeats the early note in its own chord may be among the notes, without a name.
    for at in range(len(early), len(claim.notes)):
        claim.need(claim.pitches[at] == claim.pitches[early[-1]], "the same note again")
    claim.has_chord(0, found["old"])
    coming = int(claim.line.chord[claim.notes[0]]) + 1
    claim.need(coming < len(claim.line.chords), "a next chord")
    new = claim.line.chords[coming].symbol
    claim.need(write_symbol(new) == found["new"], f"{found['new']} next")
    for at in early:
        claim.is_chord_tone(at, new)


def check_chromatic_passing(claim: Claim) -> None:
    """Check a note that passes between two.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<name>{NAME}) is a chromatic passing note between (?P<low>{NAME}) and "
        rf"(?P<high>{NAME})",
        where=[1],
    )
    claim.has_names([found["low"], found["name"], found["high"]])
    moves = [b - a for a, b in pairwise(claim.pitches)]
    claim.need(moves in ([1, 1], [-1, -1]), "half steps one way")


def check_approach(claim: Claim) -> None:
    """Check a note that leads to another.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<from>{NAME}) approaches {TONE}, by (?P<how>half|whole) step from "
        rf"(?P<side>below|above)",
        where=[1],
    )
    is_pair(claim)
    claim.has_names([found["from"], found["name"]])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    claim.is_chord_tone(1)
    is_step(claim, found["how"])
    is_from(claim, found["side"])
