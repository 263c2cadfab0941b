"""Chord symbols: how many spellings are read as what they mean, and come back.

    python -m benchmarks.licks.chord_symbols [--no-peers]

Spellings of lead sheets and of iReal Pro (`tests/unit/formats/lead_sheet_chords.csv`), those of the
shared solos of the Weimar Jazz Database, and every one that its parts can make: all triads,
sevenths, ninths, elevenths and thirteenths that it has, on every root. Beside it what music21 and
pychord make of the lead sheets' (installed under `build/`): right where root and tones are, a
thirteenth chord also with the ninth and the eleventh that they may give it.
"""

import argparse
import csv
import itertools
import json
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from synthesis.weimar import find_shared_data

from benchmarks.score.solos import read_table
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.errors import ChordError
from licklab.formats.weimar_chords import parse_weimar

_REPOSITORY = Path(__file__).resolve().parents[2]
_LIST = _REPOSITORY / "tests" / "unit" / "formats" / "lead_sheet_chords.csv"
_PEERS = _REPOSITORY / "build" / "chord-peers"
_PEER_PACKAGES = ("music21==10.5.1", "pychord==1.4.1")
_ROOTS = [letter + sign for letter in "ABCDEFG" for sign in ("", "b", "#")]
# Everything that the database's spellings are made of.
_PARTS = (
    ("", "-", "+", "+-", "o", "sus"), ("", "6", "7", "j7"), ("", "9", "9b", "9#"),
    ("", "11", "11#"), ("", "13", "13b"),
)  # fmt: skip
_WHOLE_KINDS = ("m7b5", "m7b59", "m7b511", "m7b5911", "7alt")
_Row = dict[str, str]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.licks.chord_symbols")
    parser.add_argument("--no-peers", action="store_true", help="ours only")
    options = parser.parse_args()
    with _LIST.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print("| spellings | number | read right | come back exactly |\n|---|---|---|---|")
    for habit in ("lead sheet", "iReal"):
        listed = [row for row in rows if row["habit"] == habit]
        n_right = sum(_is_right(row) for row in listed)
        print(f"| {habit} | {len(listed)} | {n_right} | {_count_back(listed)} |")
    beats = find_shared_data() / "wjazzd" / "beats.csv.gz"
    if beats.exists():
        texts = {row["chord"] for row in read_table(beats)} - {""}
        _print_weimar("Weimar, in the shared solos", texts)
    kinds = [*("".join(parts) for parts in itertools.product(*_PARTS)), *_WHOLE_KINDS]
    _print_weimar("Weimar, every kind its parts make, every root",
                  (root + kind for root in _ROOTS for kind in kinds))  # fmt: skip
    slashes = itertools.product(_ROOTS, ("", "-7", "7", "j7", "m7b5", "o7", "79b"), _ROOTS)
    _print_weimar("Weimar, every root over every bass",
                  (f"{root}{kind}/{bass}" for root, kind, bass in slashes))  # fmt: skip
    if not options.no_peers:
        _print_peers(rows)


def _is_right(row: _Row) -> bool:
    want = ChordSymbol(row["root"], tuple(row["degrees"].split()), row["bass"] or None)
    try:
        return parse_symbol(row["text"]) == want
    except ChordError:
        return False


def _count_back(rows: Iterable[_Row]) -> int:
    return sum(_comes_back(row["text"], parse_symbol) for row in rows)


def _comes_back(text: str, read: Callable[[str], ChordSymbol]) -> bool:
    try:
        symbol = read(text)
        written = parse_symbol(write_symbol(symbol))
        labelled = from_harte(to_harte(symbol))
    except ChordError:
        return False
    return written == symbol and labelled == symbol


def _print_weimar(name: str, texts: Iterable[str]) -> None:
    n_texts = n_read = n_back = 0
    for text in texts:
        n_texts += 1
        try:
            parse_weimar(text)
        except ChordError:
            continue
        n_read += 1
        n_back += _comes_back(text, parse_weimar)
    print(f"| {name} | {n_texts} | {n_read} (read) | {n_back} |")


def _print_peers(rows: list[_Row]) -> None:
    asked = [row for row in rows if row["root"]]
    python = _install_peers()
    answer = subprocess.run(
        [str(python), str(Path(__file__).with_name("chord_peers.py"))],
        input=json.dumps([row["text"] for row in asked]),
        capture_output=True,
        check=True,
        text=True,
    )
    print("\n| reader | lead sheet | iReal |\n|---|---|---|")
    results: dict[str, list[tuple[int, list[int]] | None]] = json.loads(answer.stdout)
    right = {name: [_is_same(*one) for one in zip(asked, each, strict=True)]
             for name, each in results.items()}  # fmt: skip
    right["ours, exact degrees"] = [_is_right(row) for row in asked]
    for name, each in right.items():
        cells = []
        for habit in ("lead sheet", "iReal"):
            mine = [one for row, one in zip(asked, each, strict=True) if row["habit"] == habit]
            cells.append(f"{sum(mine)}/{len(mine)}")
        print(f"| {name} | {' | '.join(cells)} |")


def _is_same(row: _Row, reading: tuple[int, list[int]] | None) -> bool:
    if reading is None:
        return False
    root = note_pitch_class(row["root"])
    degrees = row["degrees"].split()
    tones = {(root + degree_semitones(one)) % 12 for one in degrees}
    tones |= {note_pitch_class(row["bass"])} if row["bass"] else set()
    implied = {(root + 2) % 12, (root + 5) % 12} if "13" in degrees else set()
    return reading[0] == root and tones <= set(reading[1]) <= tones | implied


def _install_peers() -> Path:
    python = _PEERS / "bin" / "python"
    if not python.exists():
        print("installing music21 and pychord ...", file=sys.stderr, flush=True)
        venv.create(_PEERS, with_pip=True)
        pip = [str(_PEERS / "bin" / "pip"), "install", "--quiet", *_PEER_PACKAGES]
        subprocess.run(pip, check=True)
    return python


if __name__ == "__main__":
    main()
