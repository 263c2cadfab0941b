"""Checks of what is to be practised: few notes, pairs, places, tempo, keys, ends."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.coaching import CoachLevel
from licklab.domain.note_name import note_pitch_class
from licklab.practice.coach.checking.claim import Claim, degree_of, is_spelled, plain_tones
from licklab.practice.coach.checking.words import (
    CHORD,
    CHORDS,
    DEGREE,
    NAME,
    NAMES,
    SIZE,
    measure,
    split_names,
)

_STARTS = {CoachLevel.BEGINNER: 0.5, CoachLevel.INTERMEDIATE: 0.6, CoachLevel.ADVANCED: 0.7}
_FOURTH = 5


def check_targets(claim: Claim) -> None:
    """Check one note for each chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"First play only these notes, (?P<parts>.*?), and hold each until the next one comes"
    )
    one = rf"({NAME}) over ({CHORD})"
    parts = re.findall(rf"{one}(?:, | and |$)", found["parts"])
    is_list = re.fullmatch(rf"(?:{one}(?:, | and )?)+", found["parts"])
    claim.need(is_list and len(parts) == len(claim.notes), "another number of notes")
    claim.has_names([name for name, _ in parts])
    for at, (_, chord) in enumerate(parts):
        claim.has_chord(at, chord)
        claim.is_chord_tone(at)
        claim.is_on_beat(at)
    under = [int(claim.line.chord[note]) for note in claim.notes]
    claim.need(len(set(under)) == len(under), "two notes for a chord")


def check_pairs(claim: Claim) -> None:
    """Check what leads to notes on beats.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"(?:Then add|Play) what leads to a beat, (?P<parts>.*?), and lean on the "
        "second(?P<each> of each)?"
    )
    one = rf"({NAME}) before ({NAME})"
    parts = re.findall(rf"{one}(?:, | and |$)", found["parts"])
    claim.need(re.fullmatch(rf"(?:{one}(?:, | and )?)+", found["parts"]), "words not known")
    there = iter(
        (note, note + 1) for note in claim.notes
        if note + 1 in claim.notes and claim.line.is_on_beat[note + 1]
    )  # fmt: skip
    used = set()
    for named in parts:
        wanted = [note_pitch_class(name) for name in named]
        pair = next(
            (one for one in there if [claim.pitch(note) % 12 for note in one] == wanted), None
        )
        claim.need(pair, f"{named[0]} before {named[1]}")
        assert pair is not None
        claim.need(1 <= abs(claim.pitch(pair[1]) - claim.pitch(pair[0])) <= 2, "a step")
        used |= set(pair)
    claim.need(bool(found["each"]) == (len(parts) > 1), "another number of pairs")
    claim.need(used == set(claim.notes), "other notes than those")


def check_from_the_end(claim: Claim) -> None:
    """Check the last notes.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        rf"Learn it from the end: (?P<names>{NAMES}), the last (?P<count>\d+) notes, then always "
        "one note more"
    )
    count = int(found["count"])
    last = list(range(claim.span.stop - count, claim.span.stop))
    claim.need(claim.notes == last, "other notes than the last")
    claim.is_inside()
    claim.has_names(split_names(found["names"]))


def check_leap_alone(claim: Claim) -> None:
    """Check the widest leap.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"The widest leap is (?P<size>{SIZE}) (?P<way>up|down), from (?P<low>{NAME}) to "
        rf"(?P<high>{NAME}): play these two alone until you need not think"
    )
    claim.is_row()
    claim.has_names([found["low"], found["high"]])
    moves = claim.pitches[1] - claim.pitches[0]
    claim.need(measure(found["size"]) == abs(moves), found["size"])
    claim.need((moves > 0) == (found["way"] == "up"), found["way"])
    whole = claim.line.pitch_midi[claim.span.start : claim.span.stop]
    claim.need(abs(moves) == max(abs(b - a) for a, b in pairwise(whole.tolist())), "the widest")


def check_quick(claim: Claim) -> None:
    """Check the beat with the most notes.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"The quickest place is beat (?P<beat>\d+) of bar (?P<bar>-?\d+), with (?P<count>\d+) "
        "notes: loop this beat and the note after it, slowly, before you play the whole"
    )
    line = claim.line
    rest = range(claim.span.start, claim.span.stop)
    beats = Counter((int(line.beat[i]), int(line.bar[i])) for i in rest)
    for at in range(len(claim.notes)):
        claim.is_at(at, found["beat"], found["bar"])
    claim.need(len(claim.notes) == int(found["count"]), "another number of notes")
    claim.need(max(beats.values()) == len(claim.notes), "the quickest place")
    there = beats[int(found["beat"]), int(found["bar"])]
    claim.need(there == len(claim.notes), "all notes of the beat")


def check_tempo(claim: Claim) -> None:
    """Check the tempo of the recording, and that which is to be begun with.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        r"The recording runs at about (?P<tempo>\d+) bpm(?:, or (?P<half>\d+) half beats a minute)?"
        r": start at (?P<start>\d+) (?P<unit>bpm|half beats a minute), and go up by 5% when 3 "
        "passes one after another are clean"
    )
    claim.need(claim.line.has_beats, "beats")
    beat_sec = np.median(claim.line.beat_sec[claim.span.start : claim.span.stop])
    tempo = round(60.0 / float(beat_sec))
    claim.need(int(found["tempo"]) == tempo, "another tempo")
    pace = tempo
    if found["half"]:
        pace = 2 * tempo
        claim.need(int(found["half"]) == pace, "another tempo")
    claim.need(bool(found["half"]) == (found["unit"] != "bpm"), "another unit")
    shares = {round(share * pace) for share in _STARTS.values()}
    claim.need(int(found["start"]) in shares, "another start")


def check_keys(claim: Claim) -> None:
    """Check what the lick is a fourth higher.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"Take it through the keys in fourths\. Up a 4th it starts on (?P<start>{NAME})"
        rf"(?:, and the (?:chord is|chords are) (?P<so_far>first )?(?P<chords>{CHORDS}))?"
    )
    claim.need(claim.notes[0] == claim.span.start, "the first note")
    there = (claim.pitches[0] + _FOURTH) % 12
    claim.need(note_pitch_class(found["start"]) == there, f"{found['start']} a 4th up")
    rest = range(claim.span.start, claim.span.stop)
    under = list(dict.fromkeys(int(claim.line.chord[i]) for i in rest if claim.line.symbol_at(i)))
    told = re.split(r", | and ", found["chords"]) if found["chords"] else []
    is_all = found["so_far"] is None
    claim.need((len(told) == len(under)) if is_all else (len(told) < len(under)), "other chords")
    for at, name in zip(under, told, strict=False):
        old, new = claim.line.chords[at].symbol, parse_symbol(name)
        moved = (note_pitch_class(old.root) + _FOURTH) % 12
        is_same = note_pitch_class(new.root) == moved and new.degrees == old.degrees
        claim.need(is_same and bool(new.bass) == bool(old.bass), f"{name} a 4th up")
        if old.bass and new.bass:
            bass = (note_pitch_class(old.bass) + _FOURTH) % 12
            claim.need(note_pitch_class(new.bass) == bass, f"{name} a 4th up")


def check_other_end(claim: Claim) -> None:
    """Check which other notes the chord has to end on.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        rf"Give it other ends over (?P<chord>{CHORD}): (?P<one>{NAME}), the (?P<as_one>{DEGREE}), "
        rf"or (?P<two>{NAME}), the (?P<as_two>{DEGREE}), in place of (?P<now>{NAME})"
    )
    claim.need(claim.notes == [claim.span.stop - 1], "another note than the last")
    claim.has_chord(0, found["chord"])
    claim.has_names([found["now"]])
    symbol = claim.symbol(0)
    root = note_pitch_class(symbol.root)
    for name, word in ((found["one"], found["as_one"]), (found["two"], found["as_two"])):
        above = (note_pitch_class(name) - root) % 12
        claim.need(above == degree_of(symbol, word), f"{name} as the {word}")
        claim.need(is_spelled(name, word, symbol.root), f"{name} as the {word}")
        is_good = above in plain_tones(symbol) or word == "9th"
        claim.need(is_good and above != claim.above(0), f"{name} to end on")


def check_shift(claim: Claim) -> None:
    """Check where the lick starts, and the beat after it.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        r"It starts (?P<word>on|after) beat (?P<beat>\d+) \(bars? (?P<first>-?\d+)"
        r"(?:-(?P<last>-?\d+))?\)\. Start it (?P<again>on|after) beat (?P<later>\d+) too: the same "
        "notes get other accents"
    )
    claim.need(claim.notes == [claim.span.start], "another note than the first")
    beat = int(claim.line.beat[claim.notes[0]])
    claim.need(int(found["beat"]) == beat, f"beat {found['beat']}")
    claim.is_on_beat(0, wanted=found["word"] == "on")
    claim.need(found["again"] == found["word"], "another place in the beat")
    later = 1 if beat >= claim.line.beats_per_bar else beat + 1
    claim.need(int(found["later"]) == later, f"beat {found['later']}")
