"""Checks of the reasons that are given for a line as such: cells, leaps, direction, placement."""

from itertools import pairwise

from licklab.practice.coach.checking.claim import Claim
from licklab.practice.coach.checking.colour_claims import spans
from licklab.practice.coach.checking.words import NAME, ROW, SIZE, measure, split_names

_MOSTLY = 0.75


def check_cell(claim: Claim) -> None:
    """Check a cell that comes twice.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"The cell (?P<cell>{ROW}) comes at once again, (?:at the same pitch|(?P<size>{SIZE}) "
        r"(?P<way>higher|lower)): the ear knows it already"
    )
    claim.is_row()
    size = len(claim.notes) // 2
    claim.has_names(split_names(found["cell"]), range(size))
    shift = claim.pitches[size] - claim.pitches[0]
    moved = [one + shift for one in claim.pitches[:size]]
    claim.need(moved == claim.pitches[size:], "the same cell")
    is_shift(claim, shift, found["size"], found["way"])


def is_shift(claim: Claim, semitones: int, size: str | None, way: str | None) -> None:
    """Want something to be so much higher or lower.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    semitones : int
        As it is.
    size, way : str or None
        As the sentence has it; None for the same pitch.
    """
    told = 0 if size is None else measure(size)
    claim.need(told == abs(semitones), "another distance")
    claim.need(semitones == 0 or (semitones > 0) == (way == "higher"), "the other way")


def check_leap(claim: Claim) -> None:
    """Check a leap that is balanced by a step.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_inside()
    found = claim.match(
        rf"The line leaps (?P<way>up|down) (?P<size>{SIZE}) from (?P<low>{NAME}) to "
        rf"(?P<high>{NAME}) and at once turns back by (?P<how>half|whole) step to (?P<goal>{NAME})"
        ": that keeps it in balance"
    )
    claim.is_row()
    claim.has_names([found["low"], found["high"], found["goal"]])
    leap, back = (b - a for a, b in pairwise(claim.pitches))
    claim.need(measure(found["size"]) == abs(leap), found["size"])
    claim.need((leap > 0) == (found["way"] == "up"), found["way"])
    claim.need(leap * back < 0, "a turn")
    claim.need(abs(back) == (1 if found["how"] == "half" else 2), f"a {found['how']} step")


def check_arch(claim: Claim) -> None:
    """Check a line that goes up and comes down.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        rf"The line climbs (?P<size>{SIZE}) from (?P<low>{NAME}) to (?P<top>{NAME}), its highest "
        rf"note, and comes down again to (?P<end>{NAME}): one arch, easy to follow"
    )
    top = claim.pitches.index(max(claim.pitches))
    claim.need(claim.pitches.count(claim.pitches[top]) == 1, "one highest note")
    claim.has_names([found["low"], found["top"], found["end"]], [0, top, len(claim.notes) - 1])
    claim.need(measure(found["size"]) == claim.pitches[top] - claim.pitches[0], found["size"])
    moves = [b - a for a, b in pairwise(claim.pitches)]
    rises, falls = moves[:top], moves[top:]
    claim.need(rises and falls, "a way up and a way down")
    claim.need(sum(one > 0 for one in rises) >= _MOSTLY * len(rises), "a way up")
    claim.need(sum(one < 0 for one in falls) >= _MOSTLY * len(falls), "a way down")


def check_slope(claim: Claim) -> None:
    """Check a line that mostly goes one way.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        rf"(?P<count>\d+) of its (?P<all>\d+) moves go (?P<way>up|down), (?P<size>{SIZE}) in all, "
        rf"from (?P<first_name>{NAME}) to (?P<last_name>{NAME}): the line knows where it is going"
    )
    claim.has_names([found["first_name"], found["last_name"]], [0, len(claim.notes) - 1])
    moves = [b - a for a, b in pairwise(claim.pitches)]
    sign = 1 if found["way"] == "up" else -1
    count = sum(one * sign > 0 for one in moves)
    told = (int(found["count"]), int(found["all"]))
    claim.need(told == (count, len(moves)), "another number")
    claim.need(count >= _MOSTLY * len(moves), "most of them")
    claim.need(measure(found["size"]) == sign * sum(moves), found["size"])


def check_placement(claim: Claim) -> None:
    """Check where the line begins and ends between beats.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    found = claim.match(
        r"It starts between the beats, after beat (?P<from_beat>\d+) of bar (?P<from_bar>-?\d+), "
        r"and ends (?:on beat (?P<on_beat>\d+) of bar (?P<on_bar>-?\d+): it pulls forward until it "
        r"has arrived|between them too, after beat (?P<off_beat>\d+) of bar (?P<off_bar>-?\d+): "
        r"that keeps it light)"
    )
    ends = sorted({claim.span.start, claim.span.stop - 1})
    claim.need(claim.notes == ends, "other notes than the ends")
    last = len(claim.notes) - 1
    claim.is_on_beat(0, wanted=False)
    claim.is_at(0, found["from_beat"], found["from_bar"])
    is_on = found["on_beat"] is not None
    claim.is_on_beat(last, wanted=is_on)
    where = ("on_beat", "on_bar") if is_on else ("off_beat", "off_bar")
    claim.is_at(last, found[where[0]], found[where[1]])


def check_motion(claim: Claim) -> None:
    """Check how the line moves.

    Parameters
    ----------
    claim : Claim
        The sentence beside its notes.
    """
    claim.is_whole()
    found = claim.match(
        rf"(?:All of it is one note, (?P<only>{NAME}): what counts is the rhythm|"
        r"(?P<steps>\d+) of its (?P<all>\d+) moves are steps: a line like that can be sung|"
        rf"All of it lies within (?P<small>{SIZE}), from (?P<low>{NAME}) to (?P<high>{NAME}): so "
        "little is easy to keep in the ear|"
        rf"It leaps more than it steps and covers (?P<wide>{SIZE}), from (?P<low2>{NAME}) to "
        rf"(?P<high2>{NAME}): that gives it its energy)"
    )
    moves = [b - a for a, b in pairwise(claim.pitches)]
    steps = sum(abs(one) in {1, 2} for one in moves)
    if found["only"]:
        claim.need(set(moves) <= {0}, "one note")
        claim.has_names([found["only"]], [0])
    elif found["steps"]:
        claim.need((int(found["steps"]), int(found["all"])) == (steps, len(moves)), "other steps")
    elif found["small"]:
        spans(claim, found["small"], found["low"], found["high"])
    else:
        spans(claim, found["wide"], found["low2"], found["high2"])
        claim.need(2 * steps <= len(moves), "leaps")
