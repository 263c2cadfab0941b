"""Exercises of Weimar licks: how many of each kind, and whether each is what it says.

    python -m benchmarks.practice.exercises [--licks 500] [--seed 1] [--show 3]

Licks are the units that the database names so, of 5 to 24 notes, drawn from all solos alike. Each
goes through the page, as in the product, and is to lead into the next one of its solo. All of them
count, and all exercises are checked with and without the range of the player's instrument. Nothing
was fitted to them.
"""

import argparse
import datetime
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.licks.solos import AnnotatedLine, read_lines
from licklab.domain.chord_writing import write_symbol
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.passage import Passage
from licklab.domain.solo_line import NoteSpan
from licklab.notation.passages import draw_passage
from licklab.practice.exercises.checking import check_exercise
from licklab.practice.exercises.exercise import Exercise, ExerciseKind
from licklab.practice.exercises.generate import make_exercises

_FEWEST, _MOST = 5, 24
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True)
class DrawnLick:
    """A lick of a solo, and the next one.

    Attributes
    ----------
    solo : str
        Id of the solo.
    instrument : str
        Id of the instrument.
    passage : Passage
        The lick.
    following : Passage or None
        The next lick of the solo.
    """

    solo: str
    instrument: str
    passage: Passage
    following: Passage | None


def draw_licks(count: int, seed: int) -> Iterator[DrawnLick]:
    """Draw licks at random, the solos in turn."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    lines = list(read_lines())
    chance.shuffle(lines)
    waiting = {one.sid: _licks(one, chance) for one in lines}
    given = 0
    while given < count and any(waiting.values()):
        for line in lines:
            if waiting[line.sid] and given < count:
                span, after = waiting[line.sid].pop()
                given += 1
                following = None if after is None else _draw(line, after)
                yield DrawnLick(
                    line.sid, line.solo.transcription.instrument, _draw(line, span), following
                )


def _licks(line: AnnotatedLine, chance: random.Random) -> list[tuple[NoteSpan, NoteSpan | None]]:
    spans = [
        one.span for one in line.units if one.kind == "lick" and _FEWEST <= len(one.span) <= _MOST
    ]
    pairs = list(zip(spans, [*spans[1:], None], strict=True)) if spans else []
    chance.shuffle(pairs)
    return pairs


def _draw(line: AnnotatedLine, span: NoteSpan) -> Passage:
    return draw_passage(line.solo.transcription, line.line.note_ids[span.start : span.stop])


def write_notes(passage: Passage) -> str:
    """Write a passage in a row: chords, bar lines, and notes with their lengths in eighths."""
    words = [(one.onset_quarter, 0, f"[{write_symbol(one.symbol)}]") for one in passage.chords]
    words += [(k * passage.bar_quarter, -1, "|") for k in range(1, passage.n_bars)]
    for one in passage.notes:
        name = f"{_NAMES[one.pitch_midi % 12]}{one.pitch_midi // 12 - 1}"
        eighths = 2 * one.length_quarter
        words.append((one.onset_quarter, 2, name if eighths == 1 else f"{name}:{eighths}"))
    ends = [Fraction(0), *(one.offset_quarter for one in passage.notes)]
    for one, end in zip(passage.notes, ends, strict=False):
        if one.onset_quarter > end:
            words.append((end, 1, f"r:{2 * (one.onset_quarter - end)}"))
    return " ".join(word for _, _, word in sorted(words))


def main() -> None:
    """Make, check, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.practice.exercises")
    parser.add_argument("--licks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="licks to show with all exercises")
    options = parser.parse_args()
    counts: Counter[ExerciseKind] = Counter()
    of_licks: dict[ExerciseKind, set[int]] = defaultdict(set)
    failures: list[str] = []
    n_in_range, cost_sec = 0, []
    licks = list(draw_licks(options.licks, options.seed))
    for number, lick in enumerate(licks):
        begin = time.process_time()
        made = make_exercises(lick.passage, following=lick.following)
        cost_sec.append(time.process_time() - begin)
        for one in made:
            counts[one.kind] += 1
            of_licks[one.kind].add(number)
            failures += _say(lick, one, check_exercise(one, lick.passage))
        for one in make_exercises(
            lick.passage, following=lick.following, instrument_id=lick.instrument
        ):
            n_in_range += 1
            problems = check_exercise(one, lick.passage, instrument_id=lick.instrument)
            failures += _say(lick, one, problems)
        if number < options.show:
            _show(lick, made)
    print(
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {len(licks)} licks of "
        f"{len({one.solo for one in licks})} solos, {sum(counts.values())} exercises, "
        f"{n_in_range} more in range of their instrument, {len(failures)} failures, "
        f"{sorted(cost_sec)[len(cost_sec) // 2] * 1000:.0f} ms a lick (median)\n"
    )
    print("| kind | exercises | licks that have it |\n|---|---|---|")
    for kind in ExerciseKind:
        print(f"| {kind} | {counts[kind]} | {len(of_licks[kind]) / len(licks):.0%} |")
    for failure in failures[:20]:
        print(failure)


def _say(lick: DrawnLick, exercise: Exercise, problems: tuple[str, ...]) -> list[str]:
    return [f"{lick.solo}, {exercise.kind}: {problem}" for problem in problems]


def _show(lick: DrawnLick, made: tuple[Exercise, ...]) -> None:
    passage = lick.passage
    name = INSTRUMENTS[lick.instrument].name
    print(f"## {lick.solo} ({name}, bar {passage.first_bar}, {passage.tempo_bpm:.0f})")
    print(f"   {write_notes(passage)}")
    for one in made:
        print(f"- {one.kind}: {one.sentence}\n   {write_notes(one.passage)}")


if __name__ == "__main__":
    main()
