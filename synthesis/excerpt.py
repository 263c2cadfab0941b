"""One excerpt of a solo as a recording, with the truth of every part.

A recipe draws everything from one seed: the excerpt, the instrument and its bank, the player's
expression, the band and its level, the room and the file. The same seed gives the same recording.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import soxr

from synthesis import accompaniment, room
from synthesis.additive import render_additive
from synthesis.expression import Habits, bend_note, draw_habits
from synthesis.fluid import SAMPLE_RATE, render_parts
from synthesis.sampler import render_samples
from synthesis.score import Part, PlayedNote
from synthesis.weimar import Beat, Solo

Samples = npt.NDArray[np.float32]

LEAD, BASS, CHORDS = 0, 1, 2
"""Parts in the truth."""


class Source(StrEnum):
    """What makes a sound."""

    FLUID = "fluid"
    SAMPLES = "samples"
    ADDITIVE = "additive"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Lead:
    """An instrument that plays solos.

    Attributes
    ----------
    source : Source
        What makes its sound.
    name : str
        General MIDI program or name of the samples.
    lowest_midi, highest_midi : int
        Where its solos lie.
    weight : float
        How often it is drawn.
    bends : bool
        Whether it can bend notes.
    """

    source: Source
    name: str
    lowest_midi: int
    highest_midi: int
    weight: float
    bends: bool = True


_F, _S = Source.FLUID, Source.SAMPLES
LEADS = (
    Lead(_F, "66", 44, 80, 10), Lead(_F, "65", 49, 84, 6), Lead(_F, "64", 56, 90, 3),
    Lead(_F, "67", 37, 72, 3), Lead(_F, "56", 53, 86, 6), Lead(_F, "59", 53, 84, 3),
    Lead(_F, "57", 40, 75, 4), Lead(_F, "71", 50, 92, 4), Lead(_F, "73", 60, 94, 2),
    Lead(_F, "11", 53, 89, 2.5, bends=False), Lead(_F, "26", 40, 86, 3),
    Lead(_F, "27", 40, 86, 1.5), Lead(_F, "24", 40, 84, 1.5), Lead(_F, "25", 40, 84, 2),
    Lead(_F, "0", 45, 98, 3, bends=False), Lead(_F, "4", 45, 92, 0.7, bends=False),
    Lead(_F, "40", 55, 96, 1.5), Lead(_F, "68", 58, 90, 0.7), Lead(_F, "22", 55, 88, 0.7),
    Lead(_F, "32", 30, 64, 1, bends=False), Lead(_F, "60", 45, 77, 0.5), Lead(_F, "53", 48, 80, 1),
    Lead(_S, "saxophone", 46, 84, 9), Lead(_S, "trumpet", 53, 86, 4),
    Lead(_S, "clarinet", 50, 91, 3), Lead(_S, "trombone", 38, 74, 3),
    Lead(_S, "flute", 60, 94, 1.5), Lead(_S, "violin", 55, 96, 1.5),
    Lead(_S, "guitar-acoustic", 40, 84, 4), Lead(_S, "guitar-electric", 40, 86, 3),
    Lead(_S, "guitar-nylon", 40, 84, 2), Lead(_S, "piano", 45, 96, 1, bends=False),
    Lead(_S, "contrabass", 30, 64, 1, bends=False), Lead(_S, "french-horn", 45, 77, 0.5),
    Lead(_S, "bassoon", 36, 72, 0.5), Lead(_S, "cello", 38, 76, 0.7),
    Lead(Source.ADDITIVE, "", 44, 90, 14), Lead(Source.VOICE, "", 45, 82, 7),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a solo.

    Attributes
    ----------
    notes : shape=(n, 4)
        Onset and duration in seconds of the excerpt, MIDI pitch, loudness in dB.
    beats : tuple of Beat
        Inside it.
    length_sec : float
        Its length.
    """

    notes: npt.NDArray[np.float64]
    beats: tuple[Beat, ...]
    length_sec: float


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound and what was played.

    Attributes
    ----------
    samples : shape=(n_samples,)
        Mono, at 22,050 Hz.
    notes : shape=(n, 5)
        Onset and offset in seconds, MIDI pitch, velocity, part.
    range_midi : tuple of int
        Lowest and highest pitch of the lead's instrument.
    label : str
        What was drawn, for people.
    """

    samples: Samples
    notes: npt.NDArray[np.float32]
    range_midi: tuple[int, int]
    label: str


def cut_excerpt(solo: Solo, start_sec: float, length_sec: float, speed: float = 1.0) -> Excerpt:
    """Cut a piece out of a solo and play it so much faster."""
    begin, length = start_sec, length_sec * speed
    notes = solo.notes[
        (solo.notes[:, 0] >= begin) & (solo.notes[:, 0] < begin + length - 0.5)
    ].copy()
    notes[:, 0] = (notes[:, 0] - begin) / speed
    notes[:, 1] /= speed
    beats = tuple(
        replace(one, onset_sec=(one.onset_sec - begin) / speed)
        for one in solo.beats
        if begin <= one.onset_sec < begin + length
    )
    return Excerpt(notes, beats, length_sec)


def place_pitches(
    pitches: npt.NDArray[np.float64], lowest: int, highest: int
) -> npt.NDArray[np.int64]:
    """Move a line by octaves to the middle of a range, and strays into it."""
    whole = np.rint(pitches).astype(np.int64)
    whole += 12 * round(((lowest + highest) / 2 - float(np.median(whole))) / 12)
    whole = np.where(whole < lowest, whole + 12 * np.ceil((lowest - whole) / 12), whole)
    whole = np.where(whole > highest, whole - 12 * np.ceil((whole - highest) / 12), whole)
    return whole.astype(np.int64)


def play_line(
    excerpt: Excerpt, lead: Lead, transpose: int, habits: Habits | None, rng: np.random.Generator
) -> list[PlayedNote]:
    """Give the notes of an excerpt to a player.

    Parameters
    ----------
    excerpt : Excerpt
        What is played.
    lead : Lead
        On what.
    transpose : int
        Semitones, before the line is put into the instrument's range.
    habits : Habits or None
        How the player bends; None for one who does not.
    rng : Generator
        For all that varies.
    """
    pitches = place_pitches(excerpt.notes[:, 2] + transpose, lead.lowest_midi, lead.highest_midi)
    loudness = excerpt.notes[:, 3]
    spread = rng.uniform(1.5, 3.5)
    loud = 82 + (loudness - np.median(loudness)) * spread + rng.normal(0, 5, len(loudness))
    slurred = rng.uniform(0.2, 0.85)
    played: list[PlayedNote] = []
    for i, (onset, duration, _, _) in enumerate(excerpt.notes):
        follows = excerpt.notes[i + 1, 0] if i + 1 < len(excerpt.notes) else np.inf
        offset = min(onset + max(0.035, duration), max(follows, onset + 0.03))
        bend = bend_note(offset - onset, habits, rng) if habits and lead.bends else None
        legato = bool(
            played and onset - played[-1].offset_sec < 0.03
            and pitches[i] != played[-1].pitch_midi and rng.random() < slurred
        )  # fmt: skip
        velocity = int(np.clip(loud[i], 22, 124))
        played.append(
            PlayedNote(float(onset), float(offset), int(pitches[i]), velocity, bend, legato)
        )
    return played


def render_lead(
    notes: list[PlayedNote], lead: Lead, soundfont: str, rng: np.random.Generator
) -> Samples:
    """Render a line on its instrument."""
    if lead.source is Source.FLUID:
        return render_parts(
            [Part(int(lead.name), notes)], soundfont, reverb=bool(rng.random() < 0.3)
        )
    if lead.source is Source.SAMPLES:
        return render_samples(notes, lead.name, rng)
    return render_additive(notes, rng, voice=lead.source is Source.VOICE)


def truth_of(notes: Sequence[PlayedNote], part: int) -> npt.NDArray[np.float32]:
    """Tell what was played; shape=(n, 5)."""
    rows = [(one.onset_sec, one.offset_sec, one.pitch_midi, one.velocity, part) for one in notes]
    return np.array(rows, np.float32).reshape(-1, 5)


def fit(samples: Samples, n_samples: int) -> Samples:
    """Cut or fill up with silence."""
    out = np.zeros(n_samples, np.float32)
    out[: min(n_samples, len(samples))] = samples[:n_samples]
    return out


_SOLO_FONTS = ("fluid", "musescore", "timgm", "mono")
_BAND_FONTS = ("fluid", "musescore", "timgm", "mono", "opl3")
KINDS = ("band", "alone", "chords", "both hands", "no lead")
"""Of recordings: a line with band, a line alone, chords alone, a line over the same instrument's
chords, a band without soloist."""

_KIND_SHARES = (0.63, 0.2, 0.06, 0.05, 0.06)
_CHORD_PROGRAMS = (0, 0, 0, 24, 25, 25, 26, 26, 27, 4, 11)


def draw_recording(
    solos: Sequence[Solo], seed: int, length_sec: float = 40.0, kind: str | None = None
) -> Recording | None:
    """Draw a recording for training.

    Parameters
    ----------
    solos : sequence of Solo
        What may be played.
    seed : int
        Of everything that is drawn.
    length_sec : float
        Before it is played a little faster or slower.
    kind : str, optional
        One of `KINDS`; drawn if omitted.

    Returns
    -------
    Recording or None
        None where the solo has too few notes there.
    """
    rng = np.random.default_rng(seed)
    solo = solos[int(rng.integers(len(solos)))]
    speed = float(np.exp(rng.normal(0.03, 0.12)))
    first, last = float(solo.notes[0, 0]), float(solo.notes[-1, 0])
    start = rng.uniform(first, max(first, last - length_sec * speed)) - 0.4
    excerpt = cut_excerpt(solo, start, length_sec, speed)
    if len(excerpt.notes) < 15:
        return None
    transpose = int(rng.integers(-5, 7))
    drawn = str(rng.choice(KINDS, p=_KIND_SHARES))
    kind = kind or drawn
    weights = np.array([one.weight for one in LEADS])
    lead = LEADS[int(rng.choice(len(LEADS), p=weights / weights.sum()))]
    font = str(rng.choice(_SOLO_FONTS))
    truth: list[npt.NDArray[np.float32]] = []
    n_samples = round(length_sec * SAMPLE_RATE)
    mix = np.zeros(n_samples, np.float32)
    label = f"{kind} {solo.sid}"
    if kind in ("band", "alone"):
        voice = lead.source is Source.VOICE
        habits = draw_habits(rng, strong=voice) if rng.random() < 0.65 else None
        notes = play_line(excerpt, lead, transpose, habits, rng)
        mix = fit(render_lead(notes, lead, font, rng), n_samples)
        truth.append(truth_of(notes, LEAD))
        label += f" {lead.source}{lead.name} {font}"
        if rng.random() < 0.6:
            mix = room.add_room(mix, rng)
    has_beats = len(excerpt.beats) > 8 and any(one.root is not None for one in excerpt.beats)
    if kind == "both hands" and has_beats:
        program = int(rng.choice((0, 0, 0, 25, 26, 11)))
        hands = Lead(Source.FLUID, str(program), 60, 96, 1, bends=False)
        notes = play_line(excerpt, hands, transpose, None, rng)
        left = accompaniment.make_comping(excerpt.beats, transpose, rng, program)
        mix = fit(render_parts([Part(program, notes), left], font), n_samples)
        truth += [truth_of(notes, LEAD), truth_of(left.notes, CHORDS)]
        lead = hands
    if kind == "chords" and has_beats:
        program = int(rng.choice(_CHORD_PROGRAMS))
        chords = accompaniment.make_comping(excerpt.beats, transpose, rng, program)
        mix = fit(render_parts([chords], font), n_samples)
        truth.append(truth_of(chords.notes, CHORDS))
    if kind in ("band", "no lead") and has_beats:
        band, parts = _draw_band(excerpt.beats, transpose, rng)
        sound = fit(
            render_parts(band, str(rng.choice(_BAND_FONTS)), reverb=bool(rng.random() < 0.5)),
            n_samples,
        )
        level_db = rng.uniform(-10, 5)
        mix = (
            mix + sound * np.float32(10 ** (level_db / 20) * room.rms(mix) / room.rms(sound))
            if kind == "band"
            else sound
        )
        truth += parts
        label += f" {level_db:.0f} dB"
    if not np.abs(mix).max() > 1e-4:
        return None
    samples, notes_table = draw_file(
        mix, np.concatenate(truth) if truth else np.zeros((0, 5), np.float32), rng
    )
    return Recording(samples, notes_table, (lead.lowest_midi, lead.highest_midi), label)


def _draw_band(
    beats: Sequence[Beat], transpose: int, rng: np.random.Generator
) -> tuple[list[Part], list[npt.NDArray[np.float32]]]:
    parts, truth = [], []
    if rng.random() < 0.93:
        bass = accompaniment.make_bass(beats, transpose, rng)
        parts.append(bass)
        truth.append(truth_of(bass.notes, BASS))
    if rng.random() < 0.85:
        parts.append(accompaniment.make_drums(beats, rng))
    if rng.random() < 0.85:
        chords = accompaniment.make_comping(beats, transpose, rng)
        parts.append(chords)
        truth.append(truth_of(chords.notes, CHORDS))
    if rng.random() < 0.1:
        pad = accompaniment.make_pad(beats, transpose, rng)
        parts.append(pad)
        truth.append(truth_of(pad.notes, CHORDS))
    if not parts:
        parts.append(accompaniment.make_drums(beats, rng))
    return parts, truth


def draw_file(
    mix: Samples, truth: npt.NDArray[np.float32], rng: np.random.Generator
) -> tuple[Samples, npt.NDArray[np.float32]]:
    """Draw room, equaliser, tuning, noise, level and MP3, and move times with the tuning.

    Parameters
    ----------
    mix : shape=(n_samples,)
        Mono, at 22,050 Hz.
    truth : shape=(n, 2 or more)
        Its first two columns are seconds.
    rng : Generator
        For all that varies.

    Returns
    -------
    samples : shape=(n_samples,)
        The sound as a file would give it.
    truth : shape=(n, 2 or more)
        With the times of that sound.
    """
    if rng.random() < 0.35:
        mix = room.add_room(mix, rng, wet_db=float(rng.uniform(-26, -12)))
    old = bool(rng.random() < 0.1)
    if old or rng.random() < 0.6:
        mix = room.colour(mix, rng, old=old)
    # A machine that runs fast plays higher and sooner: tunings from A = 433 to 447 Hz.
    ratio = 2 ** (float(np.clip(rng.normal(0, 10), -25, 25)) / 1200)
    mix = soxr.resample(mix, SAMPLE_RATE * ratio, SAMPLE_RATE).astype(np.float32)
    truth = truth.copy()
    truth[:, :2] /= ratio
    if old or rng.random() < 0.25:
        mix = room.add_hiss(mix, rng, float(rng.uniform(-50, -24)))
    mix = mix / np.abs(mix).max() * np.float32(rng.uniform(0.2, 0.95))
    if rng.random() < 0.12:
        mix = np.tanh(mix * np.float32(rng.uniform(1, 2.5)))
    if rng.random() < 0.5:
        mix = room.through_mp3(mix, int(rng.choice((40, 48, 64, 80))))
    return mix.astype(np.float32), truth
