"""Checks of what an instrument asks for: range, registers, breath, hands."""

import re

from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.domain.pitch_name import SpelledPitch
from licklab.practice.coach.checking.claim import Claim
from licklab.practice.coach.checking.words import (
    CHORD,
    NAME,
    NAMES,
    SIZE,
    measure,
    split_names,
)

_OCTAVES = {"an octave lower": -12, "an octave higher": 12, "two octaves lower": -24,
            "two octaves higher": 24}  # fmt: skip
# Written notes between which the fingering changes register, and from where on it is high.
_BREAKS = {"saxophone": ("C#5", "D5"), "clarinet": ("Bb4", "B4"), "flute": ("C#5", "D5")}
_HIGH = {"saxophone": "G6", "clarinet": "C#6", "flute": "D6", "trumpet": "C6", "cornet": "C6",
         "flugelhorn": "C6", "trombone": "Bb4"}  # fmt: skip
_STANDARD_TUNING = ("E2", "A2", "D3", "G3", "B3", "E4")
_FIRST_POSITION = ("G3", "B5")
_OCTAVE_NAME = rf"{NAME}-?\d"
_REST_BEATS, _LINKED_BEATS = 0.5, 0.6


def check_written(claim: Claim) -> None:
    """Check how a transposing instrument reads the first note.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        rf"Names here are as they sound: the first note, (?P<sounds>{NAME}), is written "
        rf"(?P<reads>{NAME}) for (?P<who>[a-z ]+)"
    )
    claim.need(claim.notes == [claim.span.start], "another note than the first")
    is_instrument(claim, found["who"])
    claim.has_names([found["sounds"]])
    written = claim.pitches[0] + claim.instrument.transposition_semitones
    claim.need(note_pitch_class(found["reads"]) == written % 12, f"{found['reads']} written")


def is_instrument(claim: Claim, name: str) -> None:
    """Want this to be the instrument.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    name : str
        As the sentence has it.
    """
    claim.need(name == claim.instrument.name.lower(), f"a {name}")


def check_range(claim: Claim) -> None:
    """Check a note that the instrument does not have.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        rf"Its (?P<end>lowest|highest) note, (?P<note>{_OCTAVE_NAME}), is (?P<side>below|above) "
        r"the usual range of (?P<who>[a-z ]+): (?:play all of it (?P<shift>[a-z ]+)|move the notes "
        "that you cannot reach by an octave)"
    )
    is_instrument(claim, found["who"])
    claim.is_inside()
    pitch = SpelledPitch.parse(found["note"]).midi
    claim.need(claim.pitches == [pitch], f"{found['note']}")
    whole = claim.line.pitch_midi[claim.span.start : claim.span.stop]
    one = claim.instrument
    is_low = found["end"] == "lowest"
    claim.need(pitch == (whole.min() if is_low else whole.max()), f"the {found['end']} note")
    claim.need((found["side"] == "below") == is_low, found["side"])
    claim.need(pitch < one.lowest_midi if is_low else pitch > one.highest_midi, "out of range")
    if found["shift"]:
        claim.need(found["shift"] in _OCTAVES, found["shift"])
        moved = whole + _OCTAVES[found["shift"]]
        is_fine = moved.min() >= one.lowest_midi and moved.max() <= one.highest_midi
        claim.need(is_fine, "all of it in range there")


def check_break(claim: Claim) -> None:
    """Check how often the lick crosses the break.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"It crosses the break of (?P<who>[a-z ]+) (?P<times>once|twice|\d+ times), "
        r"(?P<so_far>first )?(?P<pairs>.*?): play these steps alone with an even tone"
    )
    is_instrument(claim, found["who"])
    family = next((one for one in _BREAKS if one in found["who"]), None)
    claim.need(family, f"a break of {found['who']}")
    assert family is not None
    below, above = (
        SpelledPitch.parse(one).midi - claim.instrument.transposition_semitones
        for one in _BREAKS[family]
    )
    places = {note: at for at, note in enumerate(claim.notes)}
    pairs = []
    for note, at in places.items():
        if note + 1 in places:
            two = (claim.pitches[at], claim.pitches[places[note + 1]])
            rest = float(claim.line.onset_sec[note + 1] - claim.line.offset_sec[note])
            is_linked = rest < _LINKED_BEATS * float(claim.line.beat_sec[note])
            if min(two) <= below and max(two) >= above and is_linked:
                pairs.append(two)
    times = {"once": 1, "twice": 2}.get(found["times"]) or int(found["times"].split()[0])
    claim.need(times == len(pairs), "another number of times")
    one = rf"({NAME}) to ({NAME})"
    claim.need(re.fullmatch(rf"(?:{one}(?:, | and )?)+", found["pairs"]), "words not known")
    told = [
        tuple(note_pitch_class(name) for name in pair) for pair in re.findall(one, found["pairs"])
    ]  # fmt: skip
    there = [(first % 12, second % 12) for first, second in pairs]
    claim.need(told == there[: len(told)], "other pairs")
    claim.need((len(told) < len(pairs)) == bool(found["so_far"]), "another number of pairs")


def check_high(claim: Claim) -> None:
    """Check a note that is high on the instrument.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<note>{_OCTAVE_NAME}) is high on (?P<who>[a-z ]+): practise the lick an octave lower "
        "first, and rest often"
    )
    is_instrument(claim, found["who"])
    family = next((one for one in _HIGH if one in found["who"]), None)
    claim.need(family, f"high notes of {found['who']}")
    assert family is not None
    pitch = SpelledPitch.parse(found["note"]).midi
    claim.need(claim.pitches == [pitch], found["note"])
    first = SpelledPitch.parse(_HIGH[family]).midi - claim.instrument.transposition_semitones
    claim.need(pitch >= first, "high")


def check_breath(claim: Claim) -> None:
    """Check where there is a rest to breathe in.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    line = claim.line
    rests = [
        note for note in range(claim.span.start, claim.span.stop - 1)
        if float(line.onset_sec[note + 1] - line.offset_sec[note])
        >= _REST_BEATS * float(line.beat_sec[note])
    ]  # fmt: skip
    if claim.text.startswith("It has no rest"):
        claim.is_whole()
        claim.match(
            "It has no rest to breathe in: take the air before the first note, for all of it"
        )
        claim.need(not rests, "no rest")
        return
    bars = r"(?: \(bars? (?P<first>-?\d+)(?:-(?P<last>-?\d+))?\))?"
    found = claim.match(
        rf"Breathe in the (?:rest after (?P<one>{NAME}){bars}, and nowhere else|"
        rf"rests, first after (?P<more>{NAME})"
        + bars.replace("first", "first_of").replace("last", "last_of")
        + ")",
        where=[0],
    )
    claim.need(claim.notes == rests, "other rests")
    claim.has_names([found["one"] or found["more"]], [0])
    claim.need(bool(found["one"]) == (len(rests) == 1), "another number of rests")
    if found["first_of"]:
        claim.need(int(found["first_of"]) == line.bar[rests[0]], "another bar")


def check_position(claim: Claim) -> None:
    """Check whether a position of a guitarist's hand holds the lick.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        r"(?:Your hand can stay in one position: all of it lies between frets (?P<low>\d+) and "
        r"(?P<high>\d+)|No position of 4 frets holds all of it: choose where the hand moves before "
        "you play it fast)"
    )
    claim.need(claim.instrument.id == "guitar", "another instrument")
    strings = [SpelledPitch.parse(one).midi for one in _STANDARD_TUNING]
    if found["low"]:
        low, high = int(found["low"]), int(found["high"])
        claim.need(high == low + 3 and low >= 1, "four frets")
        is_held = all(any(low <= one - s <= high for s in strings) for one in claim.pitches)
        claim.need(is_held, "all notes there")
        return
    for low in range(1, 16):
        held = [any(low <= one - s <= low + 3 for s in strings) for one in claim.pitches]
        claim.need(not all(held), f"no position; there is one at fret {low}")


def check_left_hand(claim: Claim) -> None:
    """Check third and seventh of each chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(r"Let the left hand hold two notes of each chord: (?P<parts>.*?)")
    one = rf"({NAME}) and ({NAME}) for ({CHORD})"
    parts = re.findall(rf"{one}(?:, then |$)", found["parts"])
    claim.need(re.fullmatch(rf"(?:{one}(?:, then )?)+", found["parts"]), "words not known")
    claim.need(len(parts) == len(claim.notes), "another number of chords")
    for at, (third, seventh, chord) in enumerate(parts):
        claim.has_chord(at, chord)
        symbol = claim.symbol(at)
        root = note_pitch_class(symbol.root)
        told = [(note_pitch_class(name) - root) % 12 for name in (third, seventh)]
        wanted = [one and degree_semitones(one) % 12 for one in (symbol.third, symbol.seventh)]
        claim.need(told == wanted, f"3rd and 7th of {chord}")


def check_first_position(claim: Claim) -> None:
    """Check whether a violinist can stay where the hand lies first.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    low, high = (SpelledPitch.parse(one).midi for one in _FIRST_POSITION)
    claim.need(claim.instrument.id == "violin", "another instrument")
    found = claim.match(
        r"(?:(?P<all>All of it lies in first position: start there, with one bow for each note)|"
        rf"(?P<name>{NAME}) lies above first position: choose where the hand moves before you play "
        "it fast)"
    )
    if found["all"]:
        claim.is_whole()
        claim.need(low <= min(claim.pitches) and max(claim.pitches) <= high, "all notes there")
        return
    claim.is_inside()
    claim.has_names([found["name"]])
    claim.need(claim.pitches[0] > high, "a note above it")


def check_mallets(claim: Claim) -> None:
    """Check what the mallets have to reach.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.need(claim.instrument.id == "vibraphone", "another instrument")
    found = claim.match(
        r"(?:(?P<all>Play it hand to hand first, left and right in turn, and only then choose "
        r"doublings)|Play it hand to hand, and choose first which mallets take "
        rf"(?P<one>{NAME}) and (?P<two>{NAME}), (?P<size>{SIZE}) apart)"
    )
    if found["all"]:
        claim.is_whole()
        return
    claim.is_inside()
    claim.is_row()
    claim.has_names([found["one"], found["two"]])
    claim.need(measure(found["size"]) == abs(claim.pitches[1] - claim.pitches[0]), found["size"])


def check_roots(claim: Claim) -> None:
    """Check the roots under the lick.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?:Play the roots (?P<play>{NAMES}) in time first, and hear the lick above them|"
        rf"Sing the roots (?P<sing>{NAMES}) while the recording plays, and hear each note of the "
        "lick against them)"
    )
    names = split_names(found["play"] or found["sing"])
    roots = [claim.symbol(at).root for at in range(len(claim.notes))]
    claim.need(names == roots, "other roots")
    # Each note is the first over its root: the one before it has another, or no chord.
    there: list[tuple[int, str]] = []
    for note in range(claim.span.start, claim.span.stop):
        symbol = claim.line.symbol_at(note)
        if symbol is not None and (not there or there[-1][1] != symbol.root):
            there.append((note, symbol.root))
    claim.need(claim.notes == [note for note, _ in there], "other chords")
