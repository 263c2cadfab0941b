"""Licks ranked above what is no lick.

    python -m benchmarks.licks.ranking

Units of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz Liszt
Weimar; ODbL 1.0), players that nothing was fitted or chosen on: average precision of those that are
annotated as licks against themes, quotes, voids and rhythms. Beside the product stands the naive
score in the same run: surprise in bits times players who play it. Who plays what is counted among
all other players, the solo's own left out. A second table ranks all proposed spans: right is what
meets an annotated lick at an overlap of .7 or more.
"""

import datetime
import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from synthesis.weimar import TEST_PLAYERS
from training.licks.lickness import OTHERS, MeasuredUnits, measure_units
from training.licks.player_counts import PlayerCounts

from benchmarks.licks.solos import AnnotatedLine, read_lines
from licklab.licks.candidates import propose_spans
from licklab.licks.lick_features import LickFeatures, measure_spans
from licklab.licks.lickness import weigh
from licklab.licks.phrases import find_phrases
from licklab.licks.ranking import find_licks
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_DRAWS = 1000
_MET = 0.7


def main() -> None:
    """Print the tables."""
    solos = read_lines()
    tested = [one for one in solos if one.performer in TEST_PLAYERS]
    counts = PlayerCounts([one for one in solos if one.performer not in TEST_PLAYERS])
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}, {len(tested)} solos of "
          f"{len({one.performer for one in tested})} test players\n")  # fmt: skip
    units = list(measure_units(tested, counts))
    _print_units("units of 5 to 24 notes", units, [one.fits for one in units])
    everything = [np.ones(len(one.kinds), np.bool_) for one in units]
    _print_units("units of 3 notes or more", units, everything)
    _print_kinds(units)
    _print_players(units)
    _print_proposals(tested, counts)
    _print_time(max((one for one in solos if len(one.line) < 1600), key=lambda one: len(one.line)))


def average_precision(is_right: Bools, score: Floats) -> float:
    """Give the average precision of a ranking.

    Parameters
    ----------
    is_right : shape=(n,)
        What is wanted.
    score : shape=(n,)
        Equal ones are found together.

    Returns
    -------
    float, 0 to 1
        Mean of the precisions at each level of the score, by what is newly found there.
    """
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(is_right[order])
    last = np.append(np.flatnonzero(np.diff(score[order])), len(order) - 1)
    new = np.diff(hits[last], prepend=0)
    return float((new * hits[last] / (last + 1)).sum() / max(hits[-1], 1))


def score_all(features: LickFeatures) -> dict[str, Floats]:
    """Score spans in each way that is compared.

    Parameters
    ----------
    features : LickFeatures
        With players.

    Returns
    -------
    dict of str to shape=(n_spans,)
        By the name of the way.
    """
    assert features.players is not None
    alone = LickFeatures(
        features.repeats, None, features.bits, features.cadence, features.run, features.repeated,
        features.edges, features.table[:, :-1],
    )  # fmt: skip
    return {
        "naive": features.bits * features.players,
        "naive, 1 + players": features.bits * (1.0 + features.players),
        "lickness, no corpus": weigh(alone),
        "lickness": weigh(features),
    }


def _print_units(title: str, units: Sequence[MeasuredUnits], chosen: Sequence[Bools]) -> None:
    performers = np.concatenate(
        [np.full(int(some.sum()), one.performer) for one, some in zip(units, chosen, strict=True)]
    )
    is_lick = np.concatenate([one.is_lick[some] for one, some in zip(units, chosen, strict=True)])
    scores = _join(
        [
            {name: score[some] for name, score in score_all(one.features).items()}
            for one, some in zip(units, chosen, strict=True)
        ]
    )
    _print_scores(f"{title}: {len(is_lick)}, {is_lick.sum()} licks", performers, is_lick, scores)


def _join(each: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([one[name] for one in each]) for name in each[0]}


def _print_scores(
    title: str, performers: npt.NDArray[np.str_], is_right: Bools, scores: dict[str, Floats]
) -> None:
    """Draw players anew for the intervals: solos of one player are alike."""
    print(f"{title}; by chance {is_right.mean():.3f}")
    by_player = [np.flatnonzero(performers == one) for one in sorted(set(performers.tolist()))]
    rng = np.random.default_rng(0)
    drawn: dict[str, list[float]] = {name: [] for name in scores}
    for _ in range(_DRAWS):
        some = np.concatenate(
            [by_player[i] for i in rng.integers(0, len(by_player), len(by_player))]
        )
        for name, score in scores.items():
            drawn[name].append(average_precision(is_right[some], score[some]))
    for name, score in scores.items():
        low, high = np.quantile(drawn[name], (0.025, 0.975))
        more = np.array(drawn[name]) - np.array(drawn["naive"])
        least, most = np.quantile(more, (0.025, 0.975))
        print(f"  {name:20} {average_precision(is_right, score):.3f} [{low:.3f}, {high:.3f}]"
              f"   above naive {more.mean():+.3f} [{least:+.3f}, {most:+.3f}]")  # fmt: skip
    print()


def _print_kinds(units: Sequence[MeasuredUnits]) -> None:
    print("a lick above one of these, by chance .500")
    kinds = np.concatenate([np.array(one.kinds)[one.fits] for one in units])
    scores = _join(
        [
            {name: score[one.fits] for name, score in score_all(one.features).items()}
            for one in units
        ]
    )
    for kind in OTHERS:
        cells = "".join(
            f"  {name} {_order_right(score[kinds == 'lick'], score[kinds == kind]):.3f}"
            for name, score in scores.items()
        )
        print(f"  {kind:8}{(kinds == kind).sum():4}{cells}")
    print()


def _order_right(high: Floats, low: Floats) -> float:
    above = (high[:, None] > low).mean() + (high[:, None] == low).mean() / 2
    return float(above)


def _print_players(units: Sequence[MeasuredUnits]) -> None:
    print("by player, units of 5 to 24 notes")
    for performer in sorted({one.performer for one in units}):
        some = [one for one in units if one.performer == performer]
        is_lick = np.concatenate([one.is_lick[one.fits] for one in some])
        scores = _join(
            [
                {name: score[one.fits] for name, score in score_all(one.features).items()}
                for one in some
            ]
        )
        cells = "".join(
            f"  {name} {average_precision(is_lick, score):.3f}" for name, score in scores.items()
        )
        print(f"  {performer:20}{len(is_lick):4}  by chance {is_lick.mean():.3f}{cells}")
    print()


def _print_proposals(solos: Sequence[AnnotatedLine], counts: PlayerCounts) -> None:
    performers, is_right, scores = [], [], []
    for solo in solos:
        spans = propose_spans(solo.line)
        if not spans:
            continue
        licks = [one.span for one in solo.units if one.kind == "lick"]
        is_right.append(
            np.array([any(one.overlap(lick) >= _MET for lick in licks) for one in spans])
        )
        performers.append(np.full(len(spans), solo.performer))
        harmony = analyze_harmony(solo.line.chords, solo.line.key, solo.line.beats_per_bar)
        features = measure_spans(
            solo.line, analyze_line(solo.line, harmony), spans,
            lambda pitches, who=solo.performer: counts.count(pitches, who),  # type: ignore[misc]
        )  # fmt: skip
        scores.append(score_all(features))
    right = np.concatenate(is_right)
    title = f"proposed spans: {len(right)}, {right.sum()} meet an annotated lick"
    _print_scores(title, np.concatenate(performers), right, _join(scores))


def _print_time(solo: AnnotatedLine) -> None:
    line = solo.line
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    analysis = analyze_line(line, harmony)
    taken = []
    for _ in range(6):
        begun = time.perf_counter()
        find_licks(line, analysis, find_phrases(line))
        taken.append(time.perf_counter() - begun)
    print(f"phrases and licks of {len(line)} notes, no corpus: {min(taken[1:]):.3f} s, "
          f"the first time {taken[0]:.3f} s")  # fmt: skip


if __name__ == "__main__":
    main()
