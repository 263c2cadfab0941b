"""Recordings of lines whose every bend is known, alone and with a trio."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from synthesis import accompaniment, room
from synthesis.excerpt import Excerpt, Lead, Source, cut_excerpt, fit, play_line, render_lead
from synthesis.fluid import SAMPLE_RATE, render_parts

from benchmarks.expression.gestures import Gesture, draw_gesture
from benchmarks.notes.scenes import choose_solos
from licklab.domain.note import Note

LENGTH_SEC = 20.0
TRIO_DB = -6.0
_SEED = 20_261_124
_LEADS = {
    "additive": (Lead(Source.ADDITIVE, "", 44, 90, 1), Lead(Source.VOICE, "", 45, 82, 1)),
    "samples": (
        Lead(Source.SAMPLES, "saxophone", 46, 84, 1),
        Lead(Source.SAMPLES, "trumpet", 53, 86, 1),
        Lead(Source.SAMPLES, "trombone", 38, 74, 1),
        Lead(Source.SAMPLES, "clarinet", 50, 91, 1),
    ),
    "fluid": (
        Lead(Source.FLUID, "66", 44, 80, 1),
        Lead(Source.FLUID, "56", 53, 86, 1),
        Lead(Source.FLUID, "57", 40, 75, 1),
        Lead(Source.FLUID, "65", 49, 84, 1),
    ),
}
SOURCES = tuple(_LEADS)
_FONTS = ("fluid", "musescore", "csound")


@dataclass(frozen=True, slots=True)
class Scene:
    """One recording.

    Attributes
    ----------
    source : str
        One of `SOURCES`.
    with_trio : bool
        Whether bass, drums and comping play, 6 dB below the line.
    samples : shape=(n_samples,)
        Mono, at 22,050 Hz.
    notes : list of Note
        As played.
    gestures : list of Gesture
        One for each note.
    """

    source: str
    with_trio: bool
    samples: npt.NDArray[np.float32]
    notes: list[Note]
    gestures: list[Gesture]


def render_scenes(part: str, count: int) -> Iterator[Scene]:
    """Render the solos of a part's players by each source, alone and with a trio.

    Parameters
    ----------
    part : str
        ``test`` or ``validation``.
    count : int
        How many solos.
    """
    for number, solo in enumerate(choose_solos(part, count)):
        first, last = float(solo.notes[0, 0]), float(solo.notes[-1, 0])
        start = max(first, (first + last - LENGTH_SEC) / 2) - 0.4
        # Every other solo as a ballad: at tempo few notes are long enough for vibrato.
        excerpt = cut_excerpt(solo, start, LENGTH_SEC, speed=0.4 if number % 2 else 1.0)
        if len(excerpt.notes) < 10 or len(excerpt.beats) < 8:
            continue
        for source, leads in _LEADS.items():
            yield from _render(excerpt, source, leads[number % len(leads)], number)


def _render(excerpt: Excerpt, source: str, lead: Lead, number: int) -> Iterator[Scene]:
    rng = np.random.default_rng([_SEED, number, SOURCES.index(source)])
    played = play_line(excerpt, lead, 0, None, rng)
    gestures = [draw_gesture(one.offset_sec - one.onset_sec, rng) for one in played]
    played = [replace(one, bend=g.curve) for one, g in zip(played, gestures, strict=True)]
    notes = [
        Note(one.onset_sec, one.offset_sec, one.pitch_midi, one.velocity, 1.0) for one in played
    ]
    n_samples = round(LENGTH_SEC * SAMPLE_RATE)
    alone = fit(render_lead(played, lead, _FONTS[number % len(_FONTS)], rng), n_samples)
    alone *= np.float32(0.1 / room.rms(alone))
    trio = _render_trio(excerpt, number, n_samples)
    trio = trio * np.float32(10 ** (TRIO_DB / 20) * room.rms(alone) / room.rms(trio))
    yield Scene(source, with_trio=False, samples=alone, notes=notes, gestures=gestures)
    yield Scene(source, with_trio=True, samples=alone + trio, notes=notes, gestures=gestures)


def _render_trio(excerpt: Excerpt, number: int, n_samples: int) -> npt.NDArray[np.float32]:
    rng = np.random.default_rng([_SEED, number])
    parts = [
        accompaniment.make_bass(excerpt.beats, 0, rng),
        accompaniment.make_drums(excerpt.beats, rng),
        accompaniment.make_comping(excerpt.beats, 0, rng),
    ]
    return fit(render_parts(parts, _FONTS[(number + 1) % len(_FONTS)], reverb=True), n_samples)
