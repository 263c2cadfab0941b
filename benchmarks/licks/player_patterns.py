"""Patterns told from half of a player's tunes, listened for in the other half.

    python -m benchmarks.licks.player_patterns

What is typical of a player comes back in tunes that were held back, and would not be expected from
how often the others play it. By strength of the prior, and beside the most frequent patterns, on
solos of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz Liszt
Weimar; ODbL 1.0). The prior was chosen on the first table; the second is of players kept aside. The
third has how many patterns are told of players, and of as many solos drawn by lot.
"""

import datetime
import gzip
import random
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from synthesis.weimar import TEST_PLAYERS, find_shared_data

from licklab.corpus.import_report import ImportFailure
from licklab.corpus.interval_words import IntervalText, read_text
from licklab.corpus.pattern_counting import LengthCount, count_words, group_solos
from licklab.corpus.pattern_ranking import (
    LEAST_Z,
    RankedWord,
    leave_out_overlaps,
    rank_words,
)
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.weimar_db import read_weimar

_LENGTHS = range(6, 12)
_PRIORS = (0.01, 0.03, 0.1, 0.25, 0.5)
_FREQUENT = "most frequent"
_KNOWN = ("Charlie Parker", "Clifford Brown", "Miles Davis", "John Coltrane", "Sonny Rollins")
_N_SPLITS, _N_PATTERNS, _FEWEST_TUNES = 4, 10, 5


@dataclass(frozen=True, slots=True)
class Half:
    """A player's tunes in two halves: one told from, one listened to.

    Attributes
    ----------
    text : IntervalText
        All solos but those that are held back.
    counted : list of LengthCount
        Of the player against the others.
    held : IntervalText
        Those that are held back.
    """

    text: IntervalText
    counted: list[LengthCount]
    held: IntervalText


def main() -> None:
    """Print the tables."""
    solos = _read_solos()
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}, {len(solos)} solos, the "
          f"{_N_PATTERNS} best patterns of each of {_N_SPLITS} halves")  # fmt: skip
    players = {one.info.performer for one in solos}
    for what, chosen in (
        ("players to choose on", players - TEST_PLAYERS), ("test players", players & TEST_PLAYERS),
    ):  # fmt: skip
        _print_table(what, list(_halve(solos, chosen)))
    _print_chance(solos)


def _print_table(what: str, halves: Sequence[Half]) -> None:
    print(f"\n{what:22}{'patterns':>9}{'came back':>11}{'expected':>10}")
    for name in (_FREQUENT, *_PRIORS):
        found = np.zeros(3)
        for half in halves:
            for one in _rank(half, name):
                found += (1, *_listen(half, one))
        label = name if isinstance(name, str) else f"prior {name:g}"
        print(f"{label:22}{found[0]:9.0f}{found[1]:11.0f}{found[2]:10.1f}")


def _print_chance(solos: Sequence[CorpusSolo]) -> None:
    """Print how many patterns are told of players, and of solos that have nothing in common."""
    chance = random.Random(1)  # noqa: S311 -- no secret
    text = _text(solos)
    print(f"\npatterns above z {LEAST_Z}" + "".join(f"{f'prior {one:g}':>24}" for one in _PRIORS))
    for player in _KNOWN:
        own = {i for i, one in enumerate(solos) if one.info.performer == player}
        drawn = [set(chance.sample(range(len(solos)), len(own))) for _ in range(_N_SPLITS)]
        counts = []
        for group in (own, *drawn):
            inside = [i in group for i in range(len(solos))]
            grouping = group_solos([one.info for one in solos], inside)
            counted = list(count_words(text, grouping, _LENGTHS, 1))
            counts.append([len(rank_words(text, counted, prior_share=one)) for one in _PRIORS])
        mean = np.mean(counts[1:], axis=0)
        cells = (
            f"{one} (by lot {by_lot:.1f})" for one, by_lot in zip(counts[0], mean, strict=True)
        )
        print(f"{player:22}" + "".join(f"{one:>24}" for one in cells))


def _rank(half: Half, name: str | float) -> tuple[RankedWord, ...]:
    if isinstance(name, float):
        return rank_words(
            half.text, half.counted, limit=_N_PATTERNS, prior_share=name, least_z=-np.inf
        )
    ranked = [
        RankedWord(word, 0.0, one.n_inside, one.n_outside)
        for one in half.counted
        for word in one.words
    ]
    ranked.sort(key=lambda one: (-one.word.n_inside, -len(one.word.intervals)))
    return leave_out_overlaps(half.text, ranked, _N_PATTERNS)


def _listen(half: Half, one: RankedWord) -> tuple[float, float]:
    """Tell whether a pattern comes back, and how likely it would if the player were any other."""
    length = len(one.word.intervals)
    starts = half.held.starts(length)
    hashes = half.held.hashes(starts, length)
    own = half.text.hashes(one.word.starts[:1], length)
    expected = 1 - np.exp(-one.word.n_outside / one.n_outside * len(starts))
    return float(np.any(hashes == own)), float(expected)


def _halve(solos: Sequence[CorpusSolo], players: Collection[str]) -> Iterator[Half]:
    chance = random.Random(0)  # noqa: S311 -- no secret
    for player in sorted(players):
        titles = sorted({one.info.title for one in solos if one.info.performer == player})
        if len(titles) < _FEWEST_TUNES:
            continue
        for _ in range(_N_SPLITS):
            chance.shuffle(titles)
            held_titles = set(titles[: len(titles) // 2])
            held = [one.info.performer == player and one.info.title in held_titles for one in solos]
            told = [one for one, is_held in zip(solos, held, strict=True) if not is_held]
            text = _text(told)
            grouping = group_solos(
                [one.info for one in told], [one.info.performer == player for one in told]
            )
            counted = list(count_words(text, grouping, _LENGTHS, 1))
            kept = [one for one, is_held in zip(solos, held, strict=True) if is_held]
            yield Half(text, counted, _text(kept))


def _text(solos: Sequence[CorpusSolo]) -> IntervalText:
    return read_text(
        (i, one.line.pitch_midi, one.line.onset_sec, one.line.offset_sec)
        for i, one in enumerate(solos)
    )


def _read_solos() -> list[CorpusSolo]:
    content = gzip.decompress((find_shared_data() / "wjazzd" / "wjazzd_dev.db.gz").read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wjazzd.db"
        path.write_bytes(content)
        return [one for one in read_weimar(path) if not isinstance(one, ImportFailure)]


if __name__ == "__main__":
    main()
