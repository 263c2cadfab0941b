"""Search over the Weimar solos: how often the source is found, and how fast, peers beside it.

    python -m benchmarks.licks.search [--part test|others] [--count 200] [--no-peers]

Queries are taken from the players of one part, in an index of all 370 solos (`queries`). Times are
those of one process on one core, wall and processor time; they are taken with the solos of the
store in the cache, after 50 queries.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.queries import ROWS, KnownItem, draw_queries, rank_of, to_corpus_solos
from benchmarks.licks.search_peers import find_with_peers
from benchmarks.licks.solos import read_lines
from licklab.corpus.index import SeedIndex, open_index
from licklab.corpus.players import count_players_batch
from licklab.corpus.search import search
from licklab.corpus.store import Corpus
from licklab.corpus.warming import warm_up
from licklab.domain.solo_line import SoloLine

_SEED = {"test": 20_261_128, "others": 77}
_WARMING = 50


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("test", "others"), default="test")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    annotated = read_lines()
    lines = [one.line for one in annotated]
    sids = [one.sid for one in annotated]
    is_test = [one.performer in TEST_PLAYERS for one in annotated]
    solos = [at for at, one in enumerate(is_test) if one == (asked.part == "test")]
    begin = time.perf_counter()
    warm_up()
    print(f"compiled or taken from the cache in {time.perf_counter() - begin:.1f} s")
    with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder)) as corpus:
        corpus.add(to_corpus_solos(annotated))
        begin = time.perf_counter()
        index = open_index(corpus)
        print(
            f"{index.n_notes} notes indexed in {time.perf_counter() - begin:.2f} s; "
            f"{_seed_bytes(index) / index.n_notes:.2f} bytes a note for the seed index, "
            f"{index.n_bytes / index.n_notes:.2f} in all"
        )
        begin = time.perf_counter()
        open_index(corpus)
        print(f"opened again in {(time.perf_counter() - begin) * 1000:.1f} ms")
        warm = draw_queries(lines, solos, ROWS[0], _WARMING, 1)
        _time_queries(corpus, index, warm, sids)
        for row in ROWS:
            items = draw_queries(lines, solos, row, asked.count, _SEED[asked.part])
            ranks, wall, used = _time_queries(corpus, index, items, sids)
            _print_row(row.name, "ours", ranks, wall, used, row.wanted)
            if not asked.no_peers:
                _print_peers(row.name, items, lines, sids)
        _time_counting(index, lines)


def _time_queries(
    corpus: Corpus, index: SeedIndex, items: Sequence[KnownItem], sids: Sequence[str]
) -> tuple[list[int], list[float], list[float]]:
    ranks, wall, used = [], [], []
    for item in items:
        begin, began = time.perf_counter(), time.process_time()
        matches = search(corpus, index, item.query, limit=10)
        wall.append((time.perf_counter() - begin) * 1000)
        used.append((time.process_time() - began) * 1000)
        ranks.append(rank_of(item, matches, sids))
    return ranks, wall, used


def _print_row(
    row: str,
    system: str,
    ranks: Sequence[int],
    wall: Sequence[float],
    used: Sequence[float],
    wanted: float | None = None,
) -> None:
    found = np.array(ranks)
    times = " ".join(
        f"{np.median(one):6.1f} {np.quantile(one, 0.95):6.1f}" for one in (wall, used) if len(one)
    )
    bar = "" if wanted is None else f"  wanted {wanted}"
    print(
        f"{row:16} {system:10} r@1 {np.mean(found < 1):.3f} r@10 {np.mean(found < 10):.3f}  "
        f"ms p50 p95 {times}{bar}",
        flush=True,
    )


def _print_peers(
    row: str, items: Sequence[KnownItem], lines: Sequence[SoloLine], sids: Sequence[str]
) -> None:
    pitches = [one.query.pitch_midi for one in items]
    found = find_with_peers(
        [one.pitch_midi.tolist() for one in lines],
        [one.tolist() for one in pitches if one is not None],
    )
    assert len(sids) == len(lines)
    for name, answer in found.items():
        ranks = [
            next(
                (
                    rank
                    for rank, (solo, start, stop) in enumerate(matches)
                    if solo == item.solo
                    and min(item.span.stop, stop) - max(item.span.start, start)
                    >= len(item.span) / 2
                ),
                99,
            )
            for item, matches in zip(items, answer["matches"], strict=True)
        ]
        _print_row(row, name, ranks, answer["ms"], [])


def _seed_bytes(index: SeedIndex) -> int:
    return sum(one.arrays.order.nbytes + one.arrays.directory.nbytes for one in index.segments)


def _time_counting(index: SeedIndex, lines: Sequence[SoloLine]) -> None:
    rng = np.random.default_rng(1)
    patterns: list[list[int]] = []
    while len(patterns) < 500:
        line = lines[int(rng.integers(len(lines)))]
        length = int(rng.integers(5, 16))
        start = int(rng.integers(0, len(line) - length))
        patterns.append(line.pitch_midi[start : start + length].tolist())
    count_players_batch(index, patterns[:1])
    begin = time.perf_counter()
    count_players_batch(index, patterns)
    each = (time.perf_counter() - begin) * 1000 / len(patterns)
    print(f"performers of a pattern counted in {each:.3f} ms each")


if __name__ == "__main__":
    main()
