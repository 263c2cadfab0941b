"""What the coach says of licks of the Weimar solos, each sentence read again by the checker.

    python -m benchmarks.practice.coach [--licks 300] [--show 3]

Licks are those that are found in the solos of the test players, the same number in each, each
explained at one level after the other and on one instrument after the other; one of three has its
changes as a guess. Beside it, how many lies are noticed: each sentence is changed in each note,
chord and number that it names, one at a time, and read by the checker and by the guard of
rephrasings.
"""

import argparse
import datetime
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice

from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.solos import read_lines
from licklab.cli.line_text import draw_line_text
from licklab.domain.coaching import (
    SUBJECT_TITLES,
    CoachLevel,
    CoachMatch,
    CoachSentence,
    CoachSubject,
    CoachText,
)
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.lick import Lick
from licklab.practice.coach.checking.unsupported import unsupported
from licklab.practice.coach.coach import coach
from licklab.practice.coach.rephrasing.guard import refuse_rephrasing
from licklab.studying.study import Study, study_line

_MATCH = CoachMatch("Somebody", "Some tune", (17,), 0.87)
_FACT = re.compile(r"(?<![\w#])[A-G][b#]?(?![\w#])|(?<![\w#])[A-G][b#]?[\w#()+,]*\d[\w#(),]*|\d+")
_NEXT = dict(zip("ABCDEFG", "BCDEFGA", strict=True))


@dataclass(frozen=True, slots=True)
class Explained:
    """A lick with what is said of it."""

    solo: str
    study: Study
    lick: Lick
    text: CoachText


def explain(count: int) -> Iterator[Explained]:
    """Explain licks, the best of each solo first."""
    solos = [one for one in read_lines() if one.performer in TEST_PLAYERS]
    levels, instruments = cycle(CoachLevel), cycle(INSTRUMENTS)
    guesses = cycle((True, False, False))
    each = -(-count // len(solos))
    for solo in solos:
        study = study_line(solo.line)
        for lick in study.licks[:each]:
            line = study.line
            if next(guesses):
                chords = tuple(replace(one, confidence=0.4) for one in line.chords)
                line = replace(line, chords=chords)
            text = coach(
                line, study.analysis, lick.span, instrument=next(instruments),
                level=next(levels), again=lick.occurrences[1:], matches=[_MATCH],
            )  # fmt: skip
            name = f"{solo.performer}, {solo.title}"
            yield Explained(name, replace(study, line=line), lick, text)


def change_facts(text: str) -> Iterator[str]:
    """Move each note and chord up a letter, and each number by one; one change at a time."""
    for fact in _FACT.finditer(text):
        old = fact[0]
        new = str(int(old) + 1) if old.isdigit() else _NEXT[old[0]] + old[1:]
        yield text[: fact.start()] + new + text[fact.end() :]


def find_unsupported(one: Explained, sentences: tuple[CoachSentence, ...]) -> tuple[str, ...]:
    """Read sentences about a lick."""
    text = replace(one.text, sentences=sentences)
    return unsupported(text, one.study.line, one.study.analysis, one.lick.span, [_MATCH])


def show(one: Explained) -> None:
    """Print a text beside its notes."""
    print(f"\n{one.solo}: {one.text.level}, {one.text.instrument}\n")
    print("\n".join(draw_line_text(one.study.line, one.lick.span, one.study.analysis)))
    for subject in CoachSubject:
        print(f"\n{SUBJECT_TITLES[subject]}")
        for sentence in one.text.about(subject):
            print(f"- {sentence.text}")


def main() -> None:
    """Explain, check, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.practice.coach")
    parser.add_argument("--licks", type=int, default=300)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    licks = list(islice(explain(options.licks), options.licks))
    began = time.process_time()
    refused = [told for one in licks for told in find_unsupported(one, one.text.sentences)]
    check_sec = time.process_time() - began
    lies = passed_checker = passed_guard = own_refused = 0
    for one in licks:
        for sentence in one.text.sentences:
            own_refused += refuse_rephrasing(sentence, sentence.text) is not None
            for changed in change_facts(sentence.text):
                lies += 1
                lie = replace(sentence, text=changed)
                passed_checker += not find_unsupported(one, (lie,))
                passed_guard += refuse_rephrasing(sentence, changed) is None
    sentences = [sentence for one in licks for sentence in one.text.sentences]
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}\n")
    print("| what | count |\n|---|---|")
    for name, value in (
        ("licks", len(licks)),
        ("solos", len({one.solo for one in licks})),
        ("sentences", len(sentences)),
        ("kinds of sentences", len({one.kind for one in sentences})),
        ("unsupported", len(refused)),
        ("rules' own words that the guard refuses", own_refused),
        ("changed sentences", lies),
        ("of them not noticed by the checker", passed_checker),
        ("of them let through by the guard", passed_guard),
    ):
        print(f"| {name} | {value} |")
    print(f"\n{1000 * check_sec / max(len(licks), 1):.1f} ms of processor time to check a text")
    for told in refused:
        print(told)
    for one in licks[:: max(len(licks) // max(options.show, 1), 1)][: options.show]:
        show(one)


if __name__ == "__main__":
    main()
