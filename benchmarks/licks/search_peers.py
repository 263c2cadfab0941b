"""Searching by others: edlib and rapidfuzz over intervals, in an environment of their own.

edlib aligns the query's intervals to every solo; rapidfuzz compares them with every stretch of the
same length. Neither knows rhythm. Run by `find_with_peers`; as a program it reads the queries from
its input.
"""

import itertools
import json
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PEERS = Path(__file__).resolve().parents[2] / "build" / "search-peers"
_PACKAGES = ("edlib==1.3.9.post1", "rapidfuzz==3.14.6")
_LETTER = 0x100  # intervals are letters from here on
_BEST = 10


def find_with_peers(
    solos: Sequence[Sequence[int]], queries: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Search by both peers.

    Parameters
    ----------
    solos, queries : sequence of sequence of int
        Pitches.

    Returns
    -------
    dict
        By name of the peer: ``matches``, ten (solo, start, stop) for each query, and ``ms``.
    """
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        pip = [str(PEERS / "bin" / "pip"), "install", "--quiet", *_PACKAGES]
        subprocess.run(pip, check=True)
    asked = json.dumps({"solos": [list(one) for one in solos], "queries": list(queries)})
    done = subprocess.run(
        [str(python), __file__], input=asked, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _to_text(pitches: Sequence[int]) -> str:
    return "".join(chr(_LETTER + right - left + 128) for left, right in itertools.pairwise(pitches))


def _search_edlib(edlib: Any, solos: list[str], query: str) -> list[tuple[int, int, int]]:
    found = []
    for number, solo in enumerate(solos):
        answer = edlib.align(query, solo, mode="HW", task="locations")
        for start, end in answer["locations"][:_BEST]:
            found.append((answer["editDistance"], number, start or 0, end + 2))
    return [one[1:] for one in sorted(found)[:_BEST]]


def _search_rapidfuzz(process: Any, scorer: Any, windows: Any, query: str) -> list[Any]:
    texts, places = windows[len(query)]
    best = process.extract(query, texts, scorer=scorer, limit=3 * _BEST, processor=None)
    return [places[one[2]] for one in best][:_BEST]


def _main() -> None:
    import edlib
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    asked = json.load(sys.stdin)
    solos = [_to_text(one) for one in asked["solos"]]
    queries = [_to_text(one) for one in asked["queries"]]
    windows = {}
    for length in {len(one) for one in queries}:
        places = [
            (number, start, start + length + 1)
            for number, solo in enumerate(solos)
            for start in range(len(solo) - length + 1)
        ]
        windows[length] = ([solos[n][start : stop - 1] for n, start, stop in places], places)
    found: dict[str, Any] = {name: {"matches": [], "ms": []} for name in ("edlib", "rapidfuzz")}
    for query in queries:
        begin = time.perf_counter()
        found["edlib"]["matches"].append(_search_edlib(edlib, solos, query))
        middle = time.perf_counter()
        found["rapidfuzz"]["matches"].append(
            _search_rapidfuzz(process, Levenshtein.distance, windows, query)
        )
        end = time.perf_counter()
        found["edlib"]["ms"].append((middle - begin) * 1000)
        found["rapidfuzz"]["ms"].append((end - middle) * 1000)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
