"""Checks of what is to be listened for: times of this recording, other places, other players."""

import math
import re

from licklab.practice.coach.checking.claim import Claim
from licklab.practice.coach.checking.shape_claims import is_shift
from licklab.practice.coach.checking.words import CLOCK, NAME, SIZE, TONE

_BARS = r"(?: \(bars? (?P<first>-?\d+)(?:-(?P<last>-?\d+))?\))?"


def _seconds(text: str) -> int:
    minutes, seconds = text.split(":")
    return 60 * int(minutes) + int(seconds)


def _is_time(claim: Claim, text: str, note: int) -> None:
    onset = max(float(claim.line.onset_sec[note]), 0.0)
    claim.need(_seconds(text) == math.floor(onset), f"{text}")


def _is_stretch(claim: Claim, first: int, last: int) -> None:
    """Want the sentence to send to the stretch from one note to the end of another."""
    one = claim.sentence
    claim.need(one.from_sec is not None and one.to_sec is not None, "a time")
    assert one.from_sec is not None
    assert one.to_sec is not None
    start, end = float(claim.line.onset_sec[first]), float(claim.line.offset_sec[last])
    is_so = abs(one.from_sec - start) < 1e-6 and one.to_sec >= end - 1e-6
    claim.need(is_so, "another stretch of the recording")


def check_sing(claim: Claim) -> None:
    """Check from when until when the lick is heard.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        rf"Play the recording from (?P<start>{CLOCK}) to (?P<end>{CLOCK}) until you can sing "
        "along, and only then play it yourself"
    )
    _is_time(claim, found["start"], claim.notes[0])
    stop = claim.notes[-1] + 1
    end = float(claim.line.offset_sec[claim.notes[0] : stop].max())
    claim.need(_seconds(found["end"]) == max(math.ceil(end), 0), found["end"])
    _is_stretch(claim, claim.notes[0], claim.notes[-1])


def check_arrival(claim: Claim) -> None:
    """Check when a note gives way to a tone of the new chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"At (?P<time>{CLOCK}) hear (?P<from>{NAME}) give way to {TONE}{_BARS}: that is the "
        "moment when the chord changes in the line",
        where=[1],
    )
    claim.need(len(claim.notes) == 2, "two notes")
    claim.is_row()
    claim.has_names([found["from"]], [0])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    _is_time(claim, found["time"], claim.notes[1])
    _is_stretch(claim, claim.notes[0], claim.notes[1])


def check_top(claim: Claim) -> None:
    """Check when the highest note is played.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"At (?P<time>{CLOCK}) the line is at its top, (?P<name>{NAME}){_BARS}: hear how it gets "
        "there and how it leaves"
    )
    claim.need(len(claim.notes) == 1, "one note")
    claim.has_names([found["name"]])
    whole = claim.line.pitch_midi[claim.span.start : claim.span.stop]
    claim.need(claim.pitches[0] == whole.max(), "the highest note")
    claim.need(int((whole == whole.max()).sum()) == 1, "one highest note")
    _is_time(claim, found["time"], claim.notes[0])
    _is_stretch(claim, claim.notes[0], claim.notes[0])


def check_doubt(claim: Claim) -> None:
    """Check which notes were heard with doubt.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"Check (?P<parts>.*?) by ear: (?P<what>it was|they were) heard with doubt, and the "
        "recording is right"
    )
    one = rf"({NAME}) at ({CLOCK})"
    parts = re.findall(one, found["parts"])
    claim.need(re.fullmatch(rf"(?:{one}(?:, | and )?)+", found["parts"]), "words not known")
    claim.has_names([name for name, _ in parts])
    for note, (_, time) in zip(claim.notes, parts, strict=True):
        _is_time(claim, time, note)
        claim.need(float(claim.line.confidence[note]) < 0.5, "doubt")
    claim.need((found["what"] == "it was") == (len(parts) == 1), "another number")
    _is_stretch(claim, claim.notes[0], claim.notes[-1])


def check_again(claim: Claim) -> None:
    """Check another place of the lick in the same solo.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_row()
    is_same = claim.text.startswith("It comes")
    shift = rf"(?:at the same pitch|(?P<size>{SIZE}) (?P<way>higher|lower))"
    found = claim.match(
        rf"It comes at (?P<time>{CLOCK}) too{_BARS}, {shift}: hear where it is placed there"
        if is_same
        else rf"Something like it comes at (?P<time>{CLOCK}){_BARS}, starting {shift}: hear what "
        "is different"
    )
    inside = range(claim.span.start, claim.span.stop)
    claim.need(not set(claim.notes) & set(inside), "the lick itself")
    own = [int(claim.line.pitch_midi[i]) for i in inside]
    moved = claim.pitches[0] - own[0]
    if is_same:
        claim.need([one + moved for one in own] == claim.pitches, "the same notes")
    is_shift(claim, moved, found["size"], found["way"])
    _is_time(claim, found["time"], claim.notes[0])
    _is_stretch(claim, claim.notes[0], claim.notes[-1])


def check_match(claim: Claim) -> None:
    """Check who plays it where, by the match that the sentence carries.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    one = claim.sentence.match
    claim.need(one is not None and one in claim.matches, "a match that was not found")
    assert one is not None
    who = f"{one.performer} plays" if one.performer else "A solo of your library has"
    share = math.floor(100 * one.similarity)
    what = "exactly this" if one.similarity >= 1.0 else f"something {share}% like it"
    title = f' in "{one.title}"' if one.title else ""
    bar = f", bar {one.bars[0]}" if one.bars else ""
    told = f"{who} {what}{title}{bar}: hear where it starts there and how it ends."
    claim.need(claim.text == told, "another player, title, bar or share")
