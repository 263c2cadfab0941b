"""Checks of what is said about the colour and the shape: scales, tensions, range, rhythm."""

import re

from licklab.domain.note_name import note_pitch_class
from licklab.practice.coach.checking.claim import Claim, plain_tones
from licklab.practice.coach.checking.words import (
    CHORD,
    DEGREE,
    NAME,
    NAMES,
    SIZE,
    measure,
    split_names,
)

# Semitones between the notes of each scale, from its tonic.
_SCALE_STEPS = {
    "major": "2212221", "lydian": "2221221", "lydian augmented": "2222121",
    "mixolydian": "2212212", "lydian dominant": "2221212", "altered": "1212222",
    "half-whole diminished": "12121212", "whole tone": "222222", "phrygian dominant": "1312122",
    "mixolydian b13": "2212122", "dorian": "2122212", "natural minor": "2122122",
    "phrygian": "1222122", "dorian b2": "1222212", "melodic minor": "2122221",
    "harmonic minor": "2122131", "locrian": "1221222", "locrian #2": "2121222",
    "locrian natural 6": "1221312", "whole-half diminished": "21212121", "blues": "321132",
    "superlocrian bb7": "1212213", "major blues": "211323",
}  # fmt: skip
# Where in a beat its notes begin, in twelfths; swung eighths are the first and last of a triplet.
_VALUES = {
    "quarter notes": ([0],),
    "eighth notes": ([0, 6], [0, 8]),
    "triplets": ([0, 4, 8],),
    "sixteenth notes": ([0, 3, 6, 9],),
}


def check_scale(claim: Claim) -> None:
    """Check which scale the notes are consistent with.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Over (?P<chord>{CHORD}) consistent with (?P<tonic>{NAME}) (?P<scale>[\w #-]+?)"
        rf"(?: but for (?P<outside>{NAMES}))?"
        r"(?:; (?P<rivals>[\w #,-]+) (?:is|are) not ruled out)?"
    )
    for at in range(len(claim.notes)):
        claim.has_chord(at, found["chord"])
    root = note_pitch_class(claim.symbol(0).root)
    claim.need(note_pitch_class(found["tonic"]) == root, f"a scale on {found['tonic']}")
    scale = _scale(claim, found["tonic"], found["scale"])
    outside = {note_pitch_class(one) for one in split_names(found["outside"] or "") if one}
    played = {one % 12 for one in claim.pitches}
    claim.need(played - scale == outside, "other notes outside it")
    for rival in re.split(r", | and ", found["rivals"] or ""):
        if rival:
            others = _scale(claim, found["tonic"], rival)
            claim.need(played & scale <= others, f"{rival} with these notes")


def _scale(claim: Claim, tonic: str, name: str) -> set[int]:
    claim.need(name in _SCALE_STEPS, f"a scale called {name}")
    found, at = set(), note_pitch_class(tonic)
    for step in _SCALE_STEPS[name]:
        found.add(at % 12)
        at += int(step)
    return found


def check_tension(claim: Claim) -> None:
    """Check which tensions are played.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(r"Tensions?: (?P<parts>.*?)")
    one = rf"({NAME}) \(({DEGREE}) of ({CHORD})\)"
    parts = re.findall(one, found["parts"])
    whole = re.fullmatch(rf"(?:{one}(?:, | and )?)+", found["parts"])
    claim.need(whole and len(parts) == len(claim.notes), "another number of notes")
    for at, (name, word, chord) in enumerate(parts):
        claim.is_tone(at, name, word, chord)
        claim.need(claim.above(at) not in plain_tones(claim.symbol(at)), f"tension {name}")


def check_shape(claim: Claim) -> None:
    """Check how long, wide and fast the lick is.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        r"(?P<count>\d+) notes?(?:, mostly (?P<value>[\w ]+?))?"
        rf"(?:, over (?P<size>{SIZE}) from (?P<low>{NAME}) to (?P<high>{NAME}))?"
    )
    claim.need(int(found["count"]) == len(claim.notes), "another number of notes")
    if found["value"]:
        inside = sum(_in_value(claim, at, found["value"]) for at in range(len(claim.notes)))
        claim.need(3 * inside >= 2 * len(claim.notes), f"mostly {found['value']}")
    low, high = min(claim.pitches), max(claim.pitches)
    claim.need((found["size"] is None) == (low == high), "a range")
    if found["size"]:
        spans(claim, found["size"], found["low"], found["high"])


def _in_value(claim: Claim, at: int, value: str) -> bool:
    """Tell whether the beat of a note holds this value and nothing else."""
    line, note = claim.line, claim.notes[at]
    beat = [
        one
        for one in claim.notes
        if line.bar[one] == line.bar[note] and line.beat[one] == line.beat[note]
    ]
    begun = sorted(12 * (int(line.tatum[one]) - 1) / int(line.division[one]) for one in beat)
    return begun in _VALUES.get(value, ())


def spans(claim: Claim, size: str, low: str, high: str) -> None:
    """Want the notes to lie between two of these names, this far apart.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    size, low, high : str
        As the sentence has them.
    """
    lowest, highest = min(claim.pitches), max(claim.pitches)
    claim.need(lowest % 12 == note_pitch_class(low), f"{low} as the lowest note")
    claim.need(highest % 12 == note_pitch_class(high), f"{high} as the highest note")
    claim.need(measure(size) == highest - lowest, size)
