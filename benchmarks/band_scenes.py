"""Rendered bands with the truth of their beats and chords, for `benchmarks.rhythm` and `.harmony`.

Players, and with them charts as they played them, that nothing was trained or chosen on, and a
soundfont that no training data were rendered with. Two bands: that of `synthesis.combo`, whose
recipe also made the training data, and that of `synthesis.accompaniment`, which did not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
from synthesis import accompaniment, room
from synthesis.changes import read_change
from synthesis.combo import UNKNOWN, Recipe, draw_scene, transpose_key
from synthesis.excerpt import LEADS, cut_excerpt, fit, play_line, render_lead
from synthesis.fluid import SAMPLE_RATE, render_parts
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, Beat, Solo, read_solos

Table = npt.NDArray[np.float32]

_SEED = {"test": 40_000_000, "validation": 50_000_000}
_FONTS = ("csound",)
_LENGTH_SEC = 60.0
CONDITIONS: dict[str, tuple[Recipe, tuple[float, float]]] = {
    "quartet <= 180": (Recipe(lineup="quartet", metre="4/4"), (80, 180)),
    "quartet > 180": (Recipe(lineup="quartet", metre="4/4", style="swing"), (181, 300)),
    "trio": (Recipe(lineup="trio", metre="4/4"), (90, 250)),
    "no drums": (Recipe(lineup="no drums", metre="4/4"), (90, 250)),
    "duo": (Recipe(lineup="duo", metre="4/4"), (90, 220)),
    "waltz": (Recipe(lineup="quartet", metre="3/4"), (90, 220)),
    "5/4 and 6/8": (Recipe(lineup="quartet"), (90, 180)),
    "line alone": (Recipe(lineup="line", metre="4/4"), (100, 240)),
}
"""Recipes, and the tempi between which theirs are drawn."""

OTHER_BAND = "other band"


@dataclass(frozen=True, slots=True)
class BandScene:
    """A recording and what was played.

    Attributes
    ----------
    path : Path
        The recording.
    condition : str
        Of `CONDITIONS`, or the other band's.
    beats : shape=(n_beats, 4)
        As in `synthesis.combo.Scene`.
    chords : shape=(n_chords, 9)
        As there.
    key : str
        Such as ``Bb:major``; empty where unknown.
    """

    path: Path
    condition: str
    beats: Table
    chords: Table
    key: str


def choose_players(part: str) -> list[Solo]:
    """Choose the solos of one part of the players."""
    players = TEST_PLAYERS if part == "test" else VALIDATION_PLAYERS
    return [one for one in read_solos() if one.performer in players]


def render_scenes(part: str, n_each: int, folder: Path) -> list[BandScene]:
    """Render what is missing, and read the truth of all.

    Parameters
    ----------
    part : str
        ``test`` or ``validation``.
    n_each : int
        Recordings of each condition.
    folder : Path
        Where they are kept.

    Returns
    -------
    list of BandScene
        By condition.
    """
    folder.mkdir(parents=True, exist_ok=True)
    solos = choose_players(part)
    scenes = []
    for condition in (*CONDITIONS, OTHER_BAND):
        drawn = _draw_condition(condition, solos, _SEED[part], folder)
        scenes += [one for _, one in zip(range(n_each), drawn, strict=False)]
    return scenes


def _draw_condition(
    condition: str, solos: list[Solo], seed: int, folder: Path
) -> Iterator[BandScene]:
    number = 0
    slug = "".join(one if one.isalnum() else "-" for one in condition)
    place = ([*CONDITIONS, OTHER_BAND]).index(condition)
    while True:
        path = folder / f"{slug}-{number:03d}.flac"
        truth = path.with_suffix(".npz")
        if not truth.exists() and not path.with_suffix(".none").exists():
            _render(condition, solos, seed + place * 10_000 + number, path, number)
        number += 1
        if truth.exists():
            with np.load(truth) as data:
                yield BandScene(path, condition, data["beats"], data["chords"], str(data["key"]))


def _render(condition: str, solos: list[Solo], seed: int, path: Path, number: int) -> None:
    rng = np.random.default_rng(seed)
    found: tuple[Table, Table, Table, str] | None = None
    if condition == OTHER_BAND:
        found = _play_other_band(solos, rng)
    else:
        recipe, (slowest, fastest) = CONDITIONS[condition]
        metre = recipe.metre or ("5/4", "6/8")[number % 2]
        drawn = draw_scene(solos, seed, Recipe(
            recipe.lineup, metre, recipe.style, float(rng.uniform(slowest, fastest)), _FONTS,
            _LENGTH_SEC,
        ))  # fmt: skip
        if drawn is not None:
            found = drawn.samples, drawn.beats, drawn.chords, drawn.key
    if found is None:
        path.with_suffix(".none").touch()
        return
    samples, beats, chords, key = found
    sf.write(path, np.clip(samples, -1, 1), SAMPLE_RATE)
    draft = path.with_suffix(".tmp")
    with draft.open("wb") as file:
        np.savez(file, beats=beats, chords=chords, key=key)
    draft.replace(path.with_suffix(".npz"))


def _play_other_band(
    solos: list[Solo], rng: np.random.Generator
) -> tuple[Table, Table, Table, str] | None:
    """Play a minute as the record has it: its tempo, key and bass line."""
    solo = solos[int(rng.integers(len(solos)))]
    first, last = float(solo.notes[0, 0]), float(solo.notes[-1, 0])
    excerpt = cut_excerpt(solo, rng.uniform(first, max(first, last - _LENGTH_SEC)), _LENGTH_SEC)
    known = [one for one in excerpt.beats if one.root is not None and one.per_bar == 4]
    if len(known) < 0.9 * len(excerpt.beats) or len(excerpt.beats) < 60 or len(excerpt.notes) < 20:
        return None
    n_samples = round(_LENGTH_SEC * SAMPLE_RATE)
    # The database tells the bass as a program heard it: roots and chord tones are played instead.
    unheard = [replace(one, bass_midi=None) for one in excerpt.beats]
    band = [accompaniment.make_bass(unheard, 0, rng),
            accompaniment.make_drums(excerpt.beats, rng),
            accompaniment.make_comping(excerpt.beats, 0, rng)]  # fmt: skip
    mix = fit(render_parts(band, _FONTS[0]), n_samples)
    lead = LEADS[int(rng.integers(0, 8))]
    sound = fit(
        render_lead(play_line(excerpt, lead, 0, None, rng), lead, _FONTS[0], rng), n_samples
    )
    level_db = float(rng.choice((0.0, 6.0)))
    mix = mix + sound * np.float32(10 ** (level_db / 20) * room.rms(mix) / room.rms(sound))
    key = transpose_key(solo.key, 0)
    beats = np.array([(one.onset_sec, one.number, 4, UNKNOWN) for one in excerpt.beats], np.float32)
    return mix / np.abs(mix).max() * np.float32(0.8), beats, _chords_of(excerpt.beats), key


def _chords_of(beats: Sequence[Beat]) -> Table:
    rows: list[list[float]] = []
    last = ""
    for one in beats:
        if rows:
            rows[-1][1] = one.onset_sec
        if one.chord != last:
            last = one.chord
            change = read_change(one.chord)
            if change is None:
                rows.append([one.onset_sec, one.onset_sec, -1, -1, -1, 0, 0, 0, 0])
            else:
                rows.append([one.onset_sec, one.onset_sec, change.root, change.bass, change.quality,
                             *(float(place in change.tensions) for place in range(4))])  # fmt: skip
    rows[-1][1] += 0.3
    return np.array(rows, np.float32)
