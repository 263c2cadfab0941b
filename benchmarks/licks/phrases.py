"""Phrases against those that are annotated, as annotated and with errors of a transcriber.

    python -m benchmarks.licks.phrases

Boundaries of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz
Liszt Weimar; ODbL 1.0), players that nothing was fitted or chosen on. Beside the product stand
rules on rests in the same run. Clean notes: the very note; with a tenth of the notes wrong: the
note or its neighbour.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.noise import Errors, HeardLine, hear
from benchmarks.licks.solos import read_lines
from licklab.domain.solo_line import SoloLine
from licklab.licks.phrases import find_phrases

Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

_DRAWS = 2000


def main() -> None:
    """Print the tables."""
    solos = [one for one in read_lines() if one.performer in TEST_PLAYERS]
    players = [one.performer for one in solos]
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}, {len(solos)} solos of "
          f"{len(set(players))} test players")  # fmt: skip
    heard = {
        "clean": [hear(one) for one in solos],
        "10 % noise": [hear(one, Errors(), seed=7) for one in solos],
    }
    rows: dict[str, Callable[[SoloLine], Bools]] = {
        "rest >= .30 s": lambda line: _rests(line) >= 0.30,
        "rest >= .40 s": lambda line: _rests(line) >= 0.40,
        "find_phrases": _ends,
    }
    counted: dict[tuple[str, str], list[Counts]] = {}
    for condition, lines in heard.items():
        tolerance = 0 if condition == "clean" else 1
        for name, tell in rows.items():
            counted[condition, name] = [
                count_hits(tell(one.draw()), one.ends_phrase, tolerance) for one in lines
            ]
    print(f"{'boundary F1':16}" + "".join(f"{one:>26}" for one in heard))
    for name in rows:
        cells = (_with_interval(players, counted[one, name]) for one in heard)
        print(f"{name:16}" + "".join(f"{one:>26}" for one in cells))
    _print_players(players, counted)
    _print_excerpts(heard["clean"])


def count_hits(found: Bools, wanted: Bools, tolerance: int) -> Counts:
    """Count boundaries that are found, in order, each once.

    Parameters
    ----------
    found, wanted : shape=(n_gaps,)
        Whether there is a boundary.
    tolerance : int, notes
        How far off a found one may be.

    Returns
    -------
    shape=(3,)
        Hits, found ones and wanted ones.
    """
    found_at, wanted_at = np.flatnonzero(found).tolist(), np.flatnonzero(wanted).tolist()
    i = j = hits = 0
    while i < len(found_at) and j < len(wanted_at):
        if abs(found_at[i] - wanted_at[j]) <= tolerance:
            i, j, hits = i + 1, j + 1, hits + 1
        elif found_at[i] < wanted_at[j]:
            i += 1
        else:
            j += 1
    return np.array([hits, len(found_at), len(wanted_at)])


def to_f1(counts: Sequence[Counts]) -> float:
    """Give the F1 of counts that are pooled."""
    hits, found, wanted = np.sum(counts, axis=0)
    return float(2 * hits / max(found + wanted, 1))


def _ends(line: SoloLine) -> Bools:
    is_end = np.zeros(len(line) - 1, np.bool_)
    is_end[[one.stop - 1 for one in find_phrases(line)][:-1]] = True
    return is_end


def _rests(line: SoloLine) -> npt.NDArray[np.float64]:
    rests: npt.NDArray[np.float64] = line.onset_sec[1:] - line.offset_sec[:-1]
    return rests


def _with_interval(players: Sequence[str], counts: Sequence[Counts]) -> str:
    """Draw players anew: solos of one player are alike."""
    sums: dict[str, Counts] = defaultdict(lambda: np.zeros(3, np.int64))
    for player, one in zip(players, counts, strict=True):
        sums[player] += one
    each = np.array(list(sums.values()))
    rng = np.random.default_rng(0)
    drawn = each[rng.integers(0, len(each), (_DRAWS, len(each)))].sum(axis=1)
    low, high = np.quantile(2 * drawn[:, 0] / (drawn[:, 1] + drawn[:, 2]), (0.025, 0.975))
    return f"{to_f1(counts):.3f} [{low:.3f}, {high:.3f}]"


def _print_players(players: Sequence[str], counted: dict[tuple[str, str], list[Counts]]) -> None:
    print("\nby player         " + "".join(f"{where + ', ' + name:>28}" for where, name in counted))
    for player in sorted(set(players)):
        cells = (
            to_f1([one for one, by in zip(counts, players, strict=True) if by == player])
            for counts in counted.values()
        )
        print(f"{player:18}" + "".join(f"{one:28.3f}" for one in cells))


def _print_excerpts(lines: Sequence[HeardLine]) -> None:
    """Print how excerpts do: a line has its pace from itself."""
    print()
    for n_notes in (20, 50, 150):
        cut = [
            one.cut(start, start + n_notes)
            for one in lines for start in range(0, len(one.pitch_midi) - n_notes, n_notes)
        ]  # fmt: skip
        scores = [
            to_f1([count_hits(tell(one.draw()), one.ends_phrase, 0) for one in cut])
            for tell in (lambda line: _rests(line) >= 0.30, _ends)
        ]
        print(f"excerpts of {n_notes:3} notes, clean: rest >= .30 s {scores[0]:.3f}, "
              f"find_phrases {scores[1]:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
