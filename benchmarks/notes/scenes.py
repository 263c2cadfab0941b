"""The recordings of the benchmark: a solo's excerpt in one of several conditions, as an MP3.

Drawn from fixed seeds. Everything is played by the benchmark's own rotation of instruments and
soundfonts, of which one (`csound`) is in no training data.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from synthesis import accompaniment, room
from synthesis.excerpt import (
    LEAD,
    Excerpt,
    Lead,
    Source,
    cut_excerpt,
    fit,
    play_line,
    render_lead,
    truth_of,
)
from synthesis.expression import draw_habits
from synthesis.fluid import SAMPLE_RATE, render_parts
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, Solo, read_solos

from licklab.domain.note import Note

LENGTH_SEC = 30.0
_KBPS = 64  # of one channel: 128 of two
_SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Condition:
    """How a solo is recorded.

    Attributes
    ----------
    name : str
        For the table.
    expressive : bool
        With scoops, falls and vibrato.
    in_room : bool
        With reverberation and an equaliser.
    trio_db : float or None
        Level of the trio against the soloist; None without trio.
    """

    name: str
    expressive: bool
    in_room: bool
    trio_db: float | None


CONDITIONS = (
    Condition("alone, dry", expressive=False, in_room=False, trio_db=None),
    Condition("alone, room, expressive", expressive=True, in_room=True, trio_db=None),
    Condition("trio 0 dB", expressive=True, in_room=True, trio_db=0.0),
    Condition("trio -6 dB", expressive=True, in_room=True, trio_db=-6.0),
)

# Instrument of the product, what plays it, and its soundfont.
_F = Source.FLUID
ENSEMBLE = (
    ("tenor_sax", Lead(_F, "66", 44, 80, 1), "fluid"),
    ("alto_sax", Lead(_F, "65", 49, 84, 1), "csound"),
    ("trumpet", Lead(_F, "56", 53, 86, 1), "musescore"),
    ("trombone", Lead(_F, "57", 40, 75, 1), "fluid"),
    ("clarinet", Lead(_F, "71", 50, 92, 1), "csound"),
    ("tenor_sax", Lead(Source.SAMPLES, "saxophone", 46, 80, 1), ""),
    ("soprano_sax", Lead(_F, "64", 56, 88, 1), "musescore"),
    ("baritone_sax", Lead(_F, "67", 37, 72, 1), "csound"),
    ("flute", Lead(_F, "73", 60, 94, 1), "fluid"),
    ("trumpet", Lead(_F, "56", 53, 86, 1), "csound"),
    ("guitar", Lead(_F, "26", 40, 84, 1), "musescore"),
    ("vibraphone", Lead(_F, "11", 53, 89, 1, bends=False), "fluid"),
    ("tenor_sax", Lead(_F, "66", 44, 80, 1), "csound"),
    ("piano", Lead(_F, "0", 50, 94, 1, bends=False), "musescore"),
    ("alto_sax", Lead(_F, "65", 49, 84, 1), "fluid"),
    ("trombone", Lead(_F, "57", 40, 75, 1), "csound"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One recording of the benchmark.

    Attributes
    ----------
    path : Path
        The MP3.
    instrument : str
        Id of the lead's.
    notes : list of Note
        The lead as played.
    condition : str
        Its name.
    solo : str
        Which solo.
    tempo_bpm : float
        Its mean tempo.
    soundfont : str
        What the lead was rendered with.
    """

    path: Path
    instrument: str
    notes: list[Note]
    condition: str
    solo: str
    tempo_bpm: float
    soundfont: str


def choose_solos(part: str, count: int) -> list[Solo]:
    """Choose solos of the players of one part, spread over the players."""
    players = {"test": TEST_PLAYERS, "validation": VALIDATION_PLAYERS}[part]
    by_player: dict[str, list[Solo]] = {}
    for solo in read_solos():
        if solo.performer in players:
            by_player.setdefault(solo.performer, []).append(solo)
    chosen: list[Solo] = []
    turn = 0
    while len(chosen) < count and any(len(solos) > turn for solos in by_player.values()):
        chosen += [solos[turn] for _, solos in sorted(by_player.items()) if len(solos) > turn]
        turn += 1
    return chosen[:count]


def render_scene(solo: Solo, number: int, condition: Condition, folder: Path) -> Scene | None:
    """Render one recording, or find it rendered; None where the solo has too few notes."""
    instrument, lead, font = ENSEMBLE[number % len(ENSEMBLE)]
    rng = np.random.default_rng([_SEED, number])
    excerpt = _middle(solo)
    if len(excerpt.notes) < 15:
        return None
    habits = draw_habits(rng) if condition.expressive else None
    played = play_line(excerpt, lead, 0, habits, rng)
    path = folder / f"{number:03d}-{condition.name.replace(',', '').replace(' ', '-')}.mp3"
    if not path.exists():
        samples = fit(render_lead(played, lead, font, rng), round(LENGTH_SEC * SAMPLE_RATE))
        if condition.in_room:
            samples = room.add_room(samples, rng, wet_db=-14.0)
        if condition.trio_db is not None:
            samples = _with_trio(samples, excerpt, condition.trio_db, number, rng)
        if condition.in_room:
            samples = room.colour(samples, rng)
        folder.mkdir(parents=True, exist_ok=True)
        room.write_mp3(path, samples / np.abs(samples).max() * 0.8, _KBPS)
    notes = [
        Note(float(on), float(off), int(pitch), int(velocity), 1.0)
        for on, off, pitch, velocity, _ in truth_of(played, LEAD)
    ]
    return Scene(
        path, instrument, notes, condition.name, solo.sid, solo.tempo_bpm, font or "samples"
    )


def excerpt_start(solo: Solo) -> float:
    """Tell from which second of a solo its recordings are."""
    first, last = float(solo.notes[0, 0]), float(solo.notes[-1, 0])
    return max(first, (first + last - LENGTH_SEC) / 2) - 0.4


def _middle(solo: Solo) -> Excerpt:
    return cut_excerpt(solo, excerpt_start(solo), LENGTH_SEC)


def _with_trio(
    samples: np.ndarray, excerpt: Excerpt, level_db: float, number: int, rng: np.random.Generator
) -> np.ndarray:
    parts = [
        accompaniment.make_bass(excerpt.beats, 0, rng),
        accompaniment.make_drums(excerpt.beats, rng),
        accompaniment.make_comping(excerpt.beats, 0, rng),
    ]
    font = ("musescore", "csound", "fluid")[number % 3]
    sound = fit(render_parts(parts, font, reverb=True), len(samples))
    gain = 10 ** (level_db / 20) * room.rms(samples) / room.rms(sound)
    mixed: np.ndarray = samples + sound * np.float32(gain)
    return mixed
