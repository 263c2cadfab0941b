"""Tablature beside the player's own strings, the lowest frets, and a published package.

    python -m benchmarks.score.tab

Strings: the share that the player of the GuitarSet recordings chose (CC BY 4.0). Whether a tab can
be played is judged from strings and frets alone, by one measure for all. The fewest places of the
hand that reach every note are counted, a place being four frets and a fifth by stretching. Not
playable are frets further apart under notes that are struck together, and moves that leave the
hand less time than `move_sec`. The guitar solos are those of the Weimar Jazz Database (ODbL). The
peer is tabsynth (MIT), in an environment of its own; of chords it knows only some shapes, so it
gets single notes.

Prices were chosen with the solo of GuitarSet in view: the last table shows what its share is where
each price is half or double. The comping part was never chosen on.
"""

import json
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from synthesis.weimar import find_shared_data, read_solos

from licklab.domain.tab import TUNINGS, StringFret
from licklab.notation.grips import REACH_FRETS
from licklab.notation.left_hand import TabPrices, move_sec
from licklab.notation.tab import finger

Places = Sequence[StringFret | None]

PEER = Path(__file__).resolve().parents[2] / "build" / "tabsynth"
PEER_PACKAGE = "tabsynth==1.0.6"
# Run by the peer's Python: notes come and places go as JSON.
_ASK = """
import json, sys, time
from tabsynth.model import NoteEvent
from tabsynth.optimize import optimize_sequence
answers = []
for notes in json.load(sys.stdin):
    events = [NoteEvent(440 * 2 ** ((p - 69) / 12), t, max(e - t, 0.01)) for t, e, p in notes]
    began = time.perf_counter()
    states = optimize_sequence(events, max_fret=22)
    spent = time.perf_counter() - began
    answers.append([[list(one.frets_by_string.items())[0] for one in states], spent])
json.dump(answers, sys.stdout)
"""
_TUNING = TUNINGS["standard"]
# Struck together, as the fingering itself takes it.
_TOGETHER_SEC = 0.03
# Later notes are compared with: a move is no easier for a note between that any place reaches.
_LOOK_SEC = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be fingered.

    Attributes
    ----------
    name : str
        For the table.
    onsets_sec, offsets_sec : tuple of float, seconds
        Ordered by onset.
    pitches_midi : tuple of int
        Sounding.
    strings : tuple of int
        That the player chose, from 1; empty where unknown.
    """

    name: str
    onsets_sec: tuple[float, ...]
    offsets_sec: tuple[float, ...]
    pitches_midi: tuple[int, ...]
    strings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Playability:
    """How hard a tab is.

    Attributes
    ----------
    n_notes, n_unplaced : int
        Notes, and those without a place.
    n_moves : int
        Places of the hand after the first.
    n_wide, n_rushed : int
        Chords that no hand spans; notes that no hand reaches in time.
    """

    n_notes: int
    n_unplaced: int
    n_moves: int
    n_wide: int
    n_rushed: int


def main() -> None:
    """Measure and print the tables."""
    if not (find_shared_data() / "recordings").is_dir():
        sys.exit(f"want the shared data (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    pieces = [read_recording("guitarset_bn1_solo"), read_recording("guitarset_bn1_comp")]
    pieces += read_guitar_solos()
    theirs = _ask_peer(pieces)
    print("| piece | tab | as the player | moves / 8 notes | too wide | rushed | no place | ms |")
    print("|---|---|---|---|---|---|---|---|")
    for piece, (peer, peer_sec) in zip(pieces, theirs, strict=True):
        rows = {"licklab": _time(_ours, piece), "lowest fret": _time(lowest_frets, piece)}
        rows["tabsynth"] = (peer, peer_sec)
        if piece.strings:
            rows["the player"] = (_player(piece), 0.0)
        for name, (places, spent_sec) in rows.items():
            print(f"| {piece.name} | {name} | {_row(piece, places, spent_sec)} |")
    print("\n| price halved, doubled | solo | comp |\n|---|---|---|")
    for name, prices in _neighbours():
        shares = (_share(piece, _ours(piece, prices)) for piece in pieces[:2])
        print(f"| {name} | {' | '.join(f'{one:.3f}' for one in shares)} |")


def read_recording(name: str) -> Piece:
    """Read the notes and strings of a recording.

    Parameters
    ----------
    name : str
        Of its file.

    Returns
    -------
    Piece
        With the player's strings.
    """
    path = find_shared_data() / "recordings" / f"{name}.json"
    notes = sorted(json.loads(path.read_text())["notes"], key=lambda one: one["onset"])
    return Piece(
        name,
        tuple(one["onset"] for one in notes),
        tuple(one["offset"] for one in notes),
        tuple(round(one["pitch"]) for one in notes),
        tuple(one["string"] for one in notes),
    )


def read_guitar_solos() -> list[Piece]:
    """Read the guitar solos of the Weimar Jazz Database."""
    found = []
    for solo in read_solos():
        if solo.instrument == "g":
            rows = sorted(solo.notes.tolist())
            onsets = tuple(row[0] for row in rows)
            ends = tuple(row[0] + row[1] for row in rows)
            found.append(Piece(solo.sid, onsets, ends, tuple(round(row[2]) for row in rows)))
    return found


def lowest_frets(piece: Piece) -> Places:
    """Give every note the place with the lowest fret, whatever the others do."""
    found: list[StringFret | None] = []
    for pitch in piece.pitches_midi:
        frets = [(pitch - opened, k) for k, opened in enumerate(_TUNING.open_midi, 1)]
        reached = [one for one in frets if 0 <= one[0] <= _TUNING.n_frets]
        found.append(StringFret(min(reached)[1], min(reached)[0]) if reached else None)
    return found


def judge(piece: Piece, places: Places) -> Playability:
    """Measure how hard a tab is, by strings and frets alone.

    Parameters
    ----------
    piece : Piece
        Its notes.
    places : sequence of StringFret or None
        Its places.

    Returns
    -------
    Playability
        The same measure for any tab.
    """
    n_wide = n_rushed = n_moves = 0
    reached: list[tuple[float, int, int]] = []
    low, high = 1, _TUNING.n_frets
    for time_sec, chord in _chords(piece, places):
        frets = [one.fret for one in chord if one.fret]
        strings = [one.string for one in chord]
        is_wide = bool(frets) and max(frets) - min(frets) >= REACH_FRETS
        n_wide += is_wide or len(set(strings)) < len(strings)
        if not frets or is_wide:
            continue
        first, last = max(1, max(frets) - REACH_FRETS + 1), min(frets)
        n_rushed += any(
            move_sec(max(0, first - b, a - last)) > time_sec - before_sec
            for before_sec, a, b in reached
            if time_sec - before_sec < _LOOK_SEC
        )
        reached = [*reached[-8:], (time_sec, first, last)]
        if first > high or last < low:
            n_moves += 1
            low, high = first, last
        else:
            low, high = max(low, first), min(high, last)
    n_unplaced = sum(one is None for one in places)
    return Playability(len(places), n_unplaced, n_moves, n_wide, n_rushed)


def _chords(piece: Piece, places: Places) -> Iterator[tuple[float, list[StringFret]]]:
    began, chord = 0.0, list[StringFret]()
    for onset, place in zip(piece.onsets_sec, places, strict=True):
        if chord and onset - began > _TOGETHER_SEC:
            yield began, chord
            chord = []
        if place is not None:
            began = began if chord else onset
            if place not in chord:  # a doubled onset of one note
                chord.append(place)
    if chord:
        yield began, chord


def _ours(piece: Piece, prices: TabPrices | None = None) -> Places:
    return finger(piece.onsets_sec, piece.offsets_sec, piece.pitches_midi, _TUNING, prices)


def _time(tab: Callable[[Piece], Places], piece: Piece) -> tuple[Places, float]:
    began = time.perf_counter()
    places = tab(piece)
    return places, time.perf_counter() - began


def _player(piece: Piece) -> Places:
    return [
        StringFret(string, pitch - _TUNING.open_midi[string - 1])
        for string, pitch in zip(piece.strings, piece.pitches_midi, strict=True)
    ]


def _share(piece: Piece, places: Places) -> float:
    pairs = zip(places, piece.strings, strict=True)
    return sum(one is not None and one.string == string for one, string in pairs) / len(places)


def _row(piece: Piece, places: Places, spent_sec: float) -> str:
    found = judge(piece, places)
    share = f"{_share(piece, places):.3f}" if piece.strings else "-"
    cells = (
        share,
        f"{8 * found.n_moves / found.n_notes:.2f}",
        f"{found.n_wide}",
        f"{found.n_rushed}",
        f"{found.n_unplaced}",
        f"{1000 * spent_sec / found.n_notes:.3f}",
    )
    return " | ".join(cells)


def _neighbours() -> Iterator[tuple[str, TabPrices]]:
    usual = TabPrices()
    yield "none", usual
    for one in fields(usual):
        value = getattr(usual, one.name)
        if isinstance(value, float):
            for factor in (0.5, 2.0):
                changed: dict[str, Any] = {one.name: factor * value}
                yield f"{one.name} x {factor}", replace(usual, **changed)
    for one in fields(usual.grip):
        value = getattr(usual.grip, one.name)
        if isinstance(value, float):
            for factor in (0.5, 2.0):
                changed = {one.name: factor * value}
                yield f"{one.name} x {factor}", replace(usual, grip=replace(usual.grip, **changed))


def _ask_peer(pieces: Sequence[Piece]) -> list[tuple[Places, float]]:
    """Ask the peer, installed once under `build/`."""
    python = PEER / "bin" / "python"
    if not python.exists():
        print("installing tabsynth ...", flush=True)
        venv.create(PEER, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", PEER_PACKAGE]
        subprocess.run(pip, check=True)
    notes = [
        list(zip(one.onsets_sec, one.offsets_sec, one.pitches_midi, strict=True)) for one in pieces
    ]
    asked = subprocess.run(
        [str(python), "-c", _ASK],
        input=json.dumps(notes),
        capture_output=True,
        check=True,
        text=True,
    )
    return [
        ([StringFret(*one) for one in places], spent_sec)
        for places, spent_sec in json.loads(asked.stdout)
    ]


if __name__ == "__main__":
    main()
