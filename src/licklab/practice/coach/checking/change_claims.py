"""Checks of what is said about the changes: cadences, arrivals, guide-tone lines, guesses."""

import re
from itertools import pairwise

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import CadenceKind
from licklab.domain.note_name import degree_semitones
from licklab.domain.solo_line import SURE_OF_CHORDS
from licklab.practice.coach.checking.claim import Claim
from licklab.practice.coach.checking.words import BEAT, CHORD, CHORDS, DEGREE, NAME, TONE

_CADENCES = {
    "a ii-V-I": CadenceKind.II_V_I_MAJOR,
    "a minor ii-V-i": CadenceKind.II_V_I_MINOR,
    "a ii-V-I onto a seventh chord": CadenceKind.II_V_I_BLUES,
    "a ii-V": CadenceKind.II_V,
    "a V-I": CadenceKind.V_I,
    "a tritone substitution": CadenceKind.TRITONE,
    "a backdoor cadence": CadenceKind.BACKDOOR,
    "a turnaround": CadenceKind.TURNAROUND,
    "Coltrane changes": CadenceKind.COLTRANE,
}
_KEY = rf"(?P<cadence>[\w -]+) in (?P<tonic>{NAME}) (?P<mode>\w+)"


def check_cadence(claim: Claim) -> None:
    """Check which cadence the lick is played over, or which chords.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    text = claim.text
    if text.startswith("Spans"):
        found = claim.match(rf"Spans {_KEY}: (?P<chords>.*?)")
    elif " of " in text and " in " in text:
        found = claim.match(rf"Plays over (?P<chords>.*?) of {_KEY}")
    else:
        found = claim.match(r"(?:Plays|Begins) over (?P<chords>.*?)")
    listed = re.findall(rf"(?:^|, | and )({CHORD})(?: \(([^ ]*)\))?(?=, | and |$)", found["chords"])
    claim.need([name for name, _ in listed] == claim.chords(), "other chords")
    under = list(dict.fromkeys(int(claim.line.chord[note]) for note in claim.notes))
    romans = {one.chord: one.roman for one in claim.analysis.harmony.functions}
    told = [romans.get(at, "") for at in under]
    claim.need([roman for _, roman in listed] == told, "other numerals")
    if "cadence" in found.groupdict():
        _is_cadence(claim, found["cadence"], f"{found['tonic']} {found['mode']}", under)
    elif text.startswith("Plays"):
        rest = range(claim.span.start, claim.span.stop)
        played = {int(claim.line.chord[i]) for i in rest if claim.line.symbol_at(i)}
        claim.need(played == set(under), "more chords than those")


def _is_cadence(claim: Claim, name: str, key: str, under: list[int]) -> None:
    is_whole = claim.text.startswith("Spans")
    same = [
        one for one in claim.analysis.harmony.cadences
        if one.kind is _CADENCES.get(name) and f"{one.key.tonic} {one.key.mode}" == key
        and set(under) <= set(range(one.first_chord, one.last_chord + 1))
    ]  # fmt: skip
    claim.need(same, f"{name} in {key}")
    sizes = [one.last_chord - one.first_chord + 1 for one in same]
    claim.need(any((size == len(under)) == is_whole for size in sizes), "another part of it")


def check_resolution(claim: Claim) -> None:
    """Check how a dominant resolves.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?:{TONE}, resolves|Resolves) by (?P<how>half|whole) step"
        rf"(?: from (?P<side>below|above))? to (?P<goal>{NAME}), the "
        rf"(?P<degree>{DEGREE}) of (?P<to>{CHORD})",
        where=[1],
    )
    is_pair(claim)
    if found["name"]:
        claim.is_tone(0, found["name"], found["word"], found["chord"])
    else:
        is_from(claim, found["side"])
    claim.is_tone(1, found["goal"], found["degree"], found["to"])
    is_step(claim, found["how"])
    claim.need(claim.line.chord[claim.notes[0]] != claim.line.chord[claim.notes[1]], "one chord")


def check_delay(claim: Claim) -> None:
    """Check what resolves late.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"(?P<late>{NAME}) still belongs to (?P<old>{CHORD}) and resolves late, by "
        rf"(?P<how>half|whole) step, to {TONE}",
        where=[1],
    )
    is_pair(claim)
    claim.has_names([found["late"], found["name"]])
    claim.is_tone(1, found["name"], found["word"], found["chord"])
    is_step(claim, found["how"])
    belongs_to_last(claim, found["old"])


def belongs_to_last(claim: Claim, old: str) -> None:
    """Want the first note to be a tone of the chord before that of the second.

    Parameters
    ----------
    claim : Claim
        The sentence beside its two notes.
    old : str
        Name of that chord.
    """
    at = int(claim.line.chord[claim.notes[1]])
    claim.need(at > 0, "a chord before")
    before = claim.line.chords[at - 1].symbol
    claim.need(write_symbol(before) == old, f"{old} before")
    claim.is_chord_tone(0, before)


def check_ending(claim: Claim) -> None:
    """Check where the lick ends.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(rf"Ends on {TONE}(?:, (?P<on>on|after) {BEAT})?")
    claim.need(claim.notes == [claim.span.stop - 1], "another note than the last")
    claim.is_tone(0, found["name"], found["word"], found["chord"])
    claim.need(bool(found["on"]) == claim.line.has_beats, "a beat where there are none")
    if found["on"]:
        claim.is_at(0, found["beat"], found["bar"])
        claim.is_on_beat(0, wanted=found["on"] == "on")


def check_guide_line(claim: Claim) -> None:
    """Check a guide-tone line.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(rf"Guide-tone line (?P<names>{NAME}(?:-{NAME})+): (?P<parts>.*?)")
    names = found["names"].split("-")
    claim.has_names(names)
    parts = re.findall(rf"the (3rd|7th) of ({CHORD})(?:, then |$)", found["parts"])
    claim.need(len(parts) == len(claim.notes), "another number of notes")
    for at, (word, chord) in enumerate(parts):
        claim.is_tone(at, names[at], word, chord)
    claim.need(all(b - a in {0, -1, -2} for a, b in pairwise(claim.pitches)), "a fall by step")


def check_guess(claim: Claim) -> None:
    """Check how sure the changes are.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"The changes here are a guess, (?P<percent>\d+)% sure: what is said of chords holds if "
        "they are right"
    )
    sure = [claim.line.chords[int(claim.line.chord[note])].confidence for note in claim.notes]
    mean = sum(sure) / len(sure)
    claim.need(abs(100 * mean - int(found["percent"])) <= 0.5 + 1e-6, "another share")
    claim.need(mean < SURE_OF_CHORDS, "a guess")


def check_guide_tones(claim: Claim) -> None:
    """Check over how many chords a guide tone falls on a beat.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        r"A 3rd or 7th falls on a beat over (?P<count>\d+) of the (?P<all>\d+) chords"
        rf"(?:, (?P<chords>{CHORDS}))?"
    )
    rest = range(claim.span.start, claim.span.stop)
    played = {int(claim.line.chord[i]) for i in rest if claim.line.symbol_at(i)}
    claim.need(int(found["count"]) == len(claim.notes), "another number of notes")
    claim.need(int(found["all"]) == len(played), "another number of chords")
    for at in range(len(claim.notes)):
        claim.is_on_beat(at)
        symbol = claim.symbol(at)
        is_guide(claim, at, (symbol.third, symbol.seventh, symbol.suspension))
    if found["chords"]:
        claim.need(re.split(r", | and ", found["chords"]) == claim.chords(), "other chords")


def is_guide(claim: Claim, at: int, degrees: tuple[str | None, ...]) -> None:
    """Want a note to be one of some degrees of its chord.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    at : int
        Which of them.
    degrees : tuple of str or None
        Those that the chord does not have are None.
    """
    guides = {degree_semitones(one) % 12 for one in degrees if one}
    claim.need(claim.above(at) in guides, "a 3rd or 7th")


def is_pair(claim: Claim) -> None:
    """Want two notes, one after the other.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.need(len(claim.notes) == 2, "two notes")
    claim.is_row()


def is_step(claim: Claim, how: str) -> None:
    """Want the second note a half or whole step from the first.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    how : str
        ``half`` or ``whole``.
    """
    size = abs(claim.pitches[1] - claim.pitches[0])
    claim.need(size == (1 if how == "half" else 2), f"a {how} step")


def is_from(claim: Claim, side: str) -> None:
    """Want the first note below or above the second.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    side : str
        ``below`` or ``above``.
    """
    claim.need((claim.pitches[0] < claim.pitches[1]) == (side == "below"), f"from {side}")
