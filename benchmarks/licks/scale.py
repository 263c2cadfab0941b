"""Search in a corpus of 50,000 solos: build time, bytes, times and recall.

    python -m benchmarks.licks.scale [--solos 50000] [--count 200]

The 370 Weimar solos among made-up ones (`made_solos`), some 22 million notes; the corpus is kept
under `build/licks-scale` between runs, its index is built anew. Queries are taken from the test
players. Times are of one process on one core, after the memory map is warm.
"""

import argparse
import itertools
import shutil
import time
from pathlib import Path

import numpy as np
from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.made_solos import make_solos
from benchmarks.licks.queries import Row, draw_queries, rank_of, to_corpus_solos
from benchmarks.licks.solos import read_lines
from licklab.corpus.index import SeedIndex, open_index
from licklab.corpus.search import search
from licklab.corpus.store import Corpus
from licklab.corpus.warming import warm_up

_FOLDER = Path(__file__).resolve().parents[2] / "build" / "licks-scale"
_NOTES_A_SOLO = 440  # as the Weimar solos have
_ROWS = (
    Row("16 notes 15 %", 16, 0.15),
    Row("12 notes 15 %", 12, 0.15),
    Row("8 notes 1 edit", 8, None, 1),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solos", type=int, default=50_000)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    annotated = read_lines()
    lines = [one.line for one in annotated]
    sids = [one.sid for one in annotated]
    solos = [at for at, one in enumerate(annotated) if one.performer in TEST_PLAYERS]
    warm_up()
    with Corpus(_FOLDER) as corpus:
        if len(corpus.numbers()) != asked.solos:
            corpus.remove(ids=[one.id for one in corpus.list_infos()])
            begin = time.perf_counter()
            made = make_solos(lines, asked.solos - len(lines), _NOTES_A_SOLO, 1)
            corpus.add(itertools.chain(to_corpus_solos(annotated), made))
            print(f"stored in {time.perf_counter() - begin:.0f} s", flush=True)
        shutil.rmtree(_FOLDER / "index", ignore_errors=True)
        begin, began = time.perf_counter(), time.process_time()
        index = open_index(corpus)
        print(
            f"{len(corpus.numbers())} solos, {index.n_notes} notes indexed in "
            f"{time.perf_counter() - begin:.1f} s ({time.process_time() - began:.1f} s of "
            f"processors), {len(index.segments)} segments; "
            f"{_seed_bytes(index) / index.n_notes:.2f} bytes a note for the seed index, "
            f"{index.n_bytes / index.n_notes:.2f} in all"
        )
        begin = time.perf_counter()
        index = open_index(corpus)
        print(f"opened again in {time.perf_counter() - begin:.2f} s", flush=True)
        for item in draw_queries(lines, solos, _ROWS[0], 30, 2):
            search(corpus, index, item.query)
        for row in _ROWS:
            ranks, wall, used = [], [], []
            for item in draw_queries(lines, solos, row, asked.count, 3):
                begin, began = time.perf_counter(), time.process_time()
                matches = search(corpus, index, item.query)
                wall.append((time.perf_counter() - begin) * 1000)
                used.append((time.process_time() - began) * 1000)
                ranks.append(rank_of(item, matches, sids))
            found = np.array(ranks)
            times = " ".join(
                f"{np.median(one):6.1f} {np.quantile(one, 0.95):6.1f}" for one in (wall, used)
            )
            print(
                f"{row.name:16} r@1 {np.mean(found < 1):.3f} r@10 {np.mean(found < 10):.3f}  "
                f"ms p50 p95 {times}",
                flush=True,
            )


def _seed_bytes(index: SeedIndex) -> int:
    return sum(one.arrays.order.nbytes + one.arrays.directory.nbytes for one in index.segments)


if __name__ == "__main__":
    main()
