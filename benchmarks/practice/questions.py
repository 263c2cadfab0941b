"""Questions about licks: how many there are, whether the key is right, and how long it takes.

    python -m benchmarks.practice.questions

Licks as the product finds them in solos of the Weimar Jazz Database (The Jazzomat Research Project,
Hochschule für Musik Franz Liszt Weimar; ODbL 1.0), by players that nothing was fitted or chosen on.
Every choice is looked at by the checker of the tests, which counts degrees and places from pitches
and metrical columns, and asks the analysis for whatever could make a choice true.
"""

import datetime
import time
from collections import Counter

import numpy as np
from synthesis.weimar import TEST_PLAYERS
from tests.unit.practice.questions.oracle import check_question

from benchmarks.licks.solos import read_lines
from licklab.practice.questions.asking import MOST_QUESTIONS, ask_questions
from licklab.practice.questions.question import QuestionKind
from licklab.studying.study import study_line

_LICKS_A_SOLO = 10


def main() -> None:
    """Print the table."""
    solos = [one for one in read_lines() if one.performer in TEST_PLAYERS]
    kinds: Counter[str] = Counter()
    counts, spent_sec, n_choices, wrong = [], [], 0, 0
    for one in solos:
        studied = study_line(one.line, limit=_LICKS_A_SOLO)
        for lick in studied.licks:
            begin = time.perf_counter()
            found = ask_questions(one.line, studied.analysis, lick.span, most=len(QuestionKind))
            spent_sec.append(time.perf_counter() - begin)
            counts.append(len(found))
            for question in found:
                kinds[question.kind.value] += 1
                n_choices += len(question.choices)
                try:
                    check_question(one.line, studied.analysis, lick.span, question)
                except AssertionError:
                    wrong += 1
    n_licks = len(counts)
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}, {n_licks} licks in {len(solos)} solos "
          f"of {len({one.performer for one in solos})} test players")  # fmt: skip
    print(f"{sum(counts)} questions with {n_choices} choices, {wrong} with a wrong key or two "
          "right answers")  # fmt: skip
    enough = np.mean(np.array(counts) >= MOST_QUESTIONS)
    print(f"a lick: {np.mean(counts):.1f} questions, at least {min(counts)}; {MOST_QUESTIONS} or "
          f"more of {enough:.0%}; {1000 * np.median(spent_sec):.1f} ms")  # fmt: skip
    for kind, count in kinds.most_common():
        print(f"  {kind:16} {count / n_licks:5.0%} of the licks")


if __name__ == "__main__":
    main()
