"""A band that plays a chart, as a recording with the truth of its beats, chords and bass.

A recipe draws everything from one seed, as `synthesis.excerpt` does for solos; the same seed gives
the same recording.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import TENSIONS
from licklab.domain.key import Key, KeyMode
from synthesis import room
from synthesis.bassists import Bassist
from synthesis.changes import Chart, take_chart, vary_changes
from synthesis.comping import RHYTHMS, Comper
from synthesis.drumming import STYLES, Drummer
from synthesis.excerpt import LEADS, Excerpt, draw_file, fit, play_line, render_lead
from synthesis.expression import draw_habits
from synthesis.fluid import SAMPLE_RATE, render_parts
from synthesis.score import Part
from synthesis.weimar import Solo

Samples = npt.NDArray[np.float32]
Table = npt.NDArray[np.float32]

LINEUPS = {
    "quartet": ("bass", "drums", "chords", "lead"),
    "trio": ("bass", "drums", "chords"),
    "no drums": ("bass", "chords", "lead"),
    "duo": ("chords", "lead"),
    "bass duo": ("bass", "lead"),
    "pianoless": ("bass", "drums", "lead"),
    "bass and chords": ("bass", "chords"),
    "chords": ("chords",),
    "line": ("lead",),
}
"""Who plays."""

_LINEUP_SHARES = (0.36, 0.13, 0.09, 0.07, 0.03, 0.05, 0.05, 0.07, 0.15)
_METRES = ("4/4", "3/4", "5/4", "6/8")
_METRE_SHARES = (0.74, 0.15, 0.04, 0.07)
_STYLE_SHARES = (0.46, 0.1, 0.07, 0.06, 0.11, 0.08, 0.06, 0.06)
_BAND_FONTS = ("fluid", "musescore", "timgm", "mono", "opl3")
_LEAD_FONTS = ("fluid", "musescore", "timgm", "mono")
_SLOWEST_BPM, _FASTEST_BPM = 55.0, 325.0
_LEAST_NOTES = 12
# Of bands without a soloist: chords that the charts seldom have, so that all are learned by ear.
_INVENTED = 0.4
UNKNOWN = -1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is to be played; None is drawn.

    Attributes
    ----------
    lineup : str, optional
        Of `LINEUPS`.
    metre : str, optional
        ``4/4``, ``3/4``, ``5/4`` or ``6/8``.
    style : str, optional
        Of `synthesis.drumming.STYLES`.
    tempo_bpm : float, optional
        Beats a minute.
    fonts : tuple of str
        Soundfonts of the band.
    length_sec : float
        Of the recording.
    """

    lineup: str | None = None
    metre: str | None = None
    style: str | None = None
    tempo_bpm: float | None = None
    fonts: tuple[str, ...] = _BAND_FONTS
    length_sec: float = 50.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A recording and what was played.

    Attributes
    ----------
    samples : shape=(n_samples,)
        Mono, at 22,050 Hz.
    beats : shape=(n_beats, 4)
        Seconds, position in the bar from 1, beats a bar, and the place of the second eighth in the
        beat (.5 straight, .667 a triplet), `UNKNOWN` where nobody plays eighths by plan.
    chords : shape=(n_chords, 9)
        Onset and offset in seconds, root and bass (pitch classes, -1 for no chord), quality, and
        whether each of the tensions is written.
    notes : shape=(n_notes, 5)
        Of the lead: onset, offset, pitch, velocity, 0.
    bass : shape=(n_notes, 5)
        Of the bass.
    label : str
        What was drawn, for people.
    lineup, metre, style : str
        What was drawn.
    key : str
        Of the tune, such as ``Bb:major``, where the database tells and its changes are played.
    """

    samples: Samples
    beats: Table
    chords: Table
    notes: Table
    bass: Table
    label: str
    lineup: str
    metre: str
    style: str
    key: str


def draw_scene(solos: Sequence[Solo], seed: int, recipe: Recipe | None = None) -> Scene | None:
    """Draw a recording of a band.

    Parameters
    ----------
    solos : sequence of Solo
        Whose charts and notes may be played.
    seed : int
        Of everything that is drawn.
    recipe : Recipe, optional
        What is not left to chance.

    Returns
    -------
    Scene or None
        None where the chart drawn has too little in it.
    """
    recipe = recipe or Recipe()
    rng = np.random.default_rng(seed)
    lineup = recipe.lineup or str(rng.choice(list(LINEUPS), p=_LINEUP_SHARES))
    metre = recipe.metre or str(rng.choice(_METRES, p=_METRE_SHARES))
    solo = solos[int(rng.integers(len(solos)))]
    style = recipe.style or str(rng.choice(STYLES, p=_STYLE_SHARES))
    if metre == "6/8":
        style = "afro"
    tempo = recipe.tempo_bpm or _draw_tempo(solo, style, rng)
    wanted = int(recipe.length_sec * tempo / 60 * rng.uniform(0.7, 1.3))
    chart = take_chart(
        solo, int(rng.integers(max(1, len(solo.beats) - wanted))), recipe.length_sec, tempo,
        transpose := int(rng.integers(-5, 7)), metre="2/2" if metre == "6/8" else metre,
        steadiness=float(rng.choice((0.0, 0.6, 1.0))), lead_in_sec=float(rng.uniform(0.05, 3.0)),
    )  # fmt: skip
    invented = False
    if chart is not None and "lead" not in LINEUPS[lineup] and rng.random() < _INVENTED:
        chart, invented = vary_changes(chart, rng), True
    if chart is None or sum(one.change is not None for one in chart.pulses) < len(chart.pulses) / 2:
        return None
    if "lead" in LINEUPS[lineup] and len(chart.notes) < _LEAST_NOTES:
        return None
    upbeat = _draw_upbeat(style, tempo, rng)
    mix, bass, notes = _play(chart, lineup, style, upbeat, recipe, rng)
    if not np.abs(mix).max() > 1e-4:
        return None
    known = upbeat if "drums" in LINEUPS[lineup] and style != "afro" else UNKNOWN
    beats, chords = _beats_of(chart, known), _chords_of(chart)
    tables = (beats, chords, notes, bass)
    # The file moves all times alike.
    samples, moved = draw_file(mix, np.array([[1.0, 1.0]], np.float32), rng)
    rate = float(moved[0, 0])
    beats[:, 0] *= rate
    for table in tables[1:]:
        table[:, :2] *= rate
    label = f"{lineup} {metre} {style} {tempo:.0f} bpm {solo.sid}"
    key = "" if invented else transpose_key(solo.key, transpose)
    return Scene(samples, *tables, label, lineup, metre, style, key)


def transpose_key(text: str, semitones: int) -> str:
    """Give a key of the database, such as ``Bb-maj``, so much higher; empty for a mode."""
    tonic, _, mode = text.partition("-")
    modes = {"maj": KeyMode.MAJOR, "min": KeyMode.MINOR, "blues": KeyMode.MAJOR}
    if mode not in modes:
        return ""
    return str(Key.of_pitch_class(Key(tonic).pitch_class + semitones, modes[mode]))


def _draw_tempo(solo: Solo, style: str, rng: np.random.Generator) -> float:
    own = solo.tempo_bpm * float(np.exp(rng.normal(0, 0.12)))
    anything = float(np.exp(rng.uniform(np.log(60), np.log(320))))
    tempo = own if rng.random() < 0.5 else anything
    highest = {"brushes": 160, "funk": 140, "shuffle": 200, "bossa": 200, "afro": 190}
    while tempo > highest.get(style, _FASTEST_BPM):
        tempo /= 1.5
    return float(np.clip(tempo, _SLOWEST_BPM, _FASTEST_BPM))


def _draw_upbeat(style: str, tempo_bpm: float, rng: np.random.Generator) -> float:
    """Draw the place of the second eighth; drummers swing less when they play fast."""
    if style in ("bossa", "even", "funk"):
        return 0.5
    if style == "afro":
        return 2 / 3
    # Ride patterns: 3 : 1 when slow, straight at 300 bpm (Friberg and Sundstrom, 2002).
    middle = np.clip(3.2 - (tempo_bpm - 90) * 0.0095, 1.15, 2.6)
    ratio = float(np.clip(middle * np.exp(rng.normal(0, 0.22)), 1.0, 3.0))
    return ratio / (1 + ratio)


def _play(
    chart: Chart, lineup: str, style: str, upbeat: float, recipe: Recipe, rng: np.random.Generator
) -> tuple[Samples, Table, Table]:
    players = LINEUPS[lineup]
    n_samples = round(recipe.length_sec * SAMPLE_RATE)
    band: list[Part] = []
    bass = np.zeros((0, 5), np.float32)
    if "bass" in players:
        part = Bassist(style, upbeat, rng).play(chart.pulses)
        bass = _table(part)
        band.append(part)
    if "drums" in players:
        band.append(Drummer(style, upbeat, rng).play(chart.pulses))
    if "chords" in players:
        rhythm = _draw_rhythm(style, rng)
        alone = "bass" not in players
        band.append(Comper(rhythm, upbeat, rng, alone=alone).play(chart.pulses))
        if rng.random() < 0.12:
            band.append(Comper("held", upbeat, rng).play(chart.pulses))
    mix = np.zeros(n_samples, np.float32)
    if band:
        font = str(rng.choice(recipe.fonts))
        band = _balance(band, rng)
        mix = fit(render_parts(band, font, reverb=bool(rng.random() < 0.4)), n_samples)
    notes = np.zeros((0, 5), np.float32)
    if "lead" in players:
        lead_sound, notes = _play_lead(chart, recipe.length_sec, rng)
        lead_sound = fit(lead_sound, n_samples)
        level_db = rng.uniform(-5, 9)
        if band:
            lead_sound *= np.float32(10 ** (level_db / 20) * room.rms(mix) / room.rms(lead_sound))
        mix = mix + lead_sound
    return mix, bass, notes


def _draw_rhythm(style: str, rng: np.random.Generator) -> str:
    if style == "bossa":
        return str(rng.choice(("bossa", "bossa", "held", "free")))
    if style in ("funk", "afro", "even"):
        return str(rng.choice(("free", "stabs", "held", "arpeggio")))
    return str(rng.choice(RHYTHMS, p=(0.5, 0.12, 0.13, 0.09, 0.02, 0.08, 0.06)))


def _balance(band: list[Part], rng: np.random.Generator) -> list[Part]:
    """Give every player a loudness of its own."""
    balanced = []
    for part in band:
        gain = float(rng.uniform(0.55, 1.15))
        notes = [
            type(one)(one.onset_sec, one.offset_sec, one.pitch_midi,
                      int(np.clip(one.velocity * gain, 5, 127)))
            for one in part.notes
        ]  # fmt: skip
        balanced.append(Part(part.program, notes, part.drums))
    return balanced


def _play_lead(chart: Chart, length_sec: float, rng: np.random.Generator) -> tuple[Samples, Table]:
    weights = np.array([one.weight for one in LEADS])
    lead = LEADS[int(rng.choice(len(LEADS), p=weights / weights.sum()))]
    habits = draw_habits(rng) if rng.random() < 0.6 else None
    played = play_line(Excerpt(chart.notes, (), length_sec), lead, 0, habits, rng)
    sound = render_lead(played, lead, str(rng.choice(_LEAD_FONTS)), rng)
    if rng.random() < 0.5:
        sound = room.add_room(sound, rng)
    return sound, _table(Part(0, played))


def _table(part: Part) -> Table:
    rows = [(one.onset_sec, one.offset_sec, one.pitch_midi, one.velocity, 0) for one in part.notes]
    return np.array(rows, np.float32).reshape(-1, 5)


def _beats_of(chart: Chart, upbeat: float) -> Table:
    rows = [(one.onset_sec, one.position, one.per_bar, upbeat) for one in chart.pulses]
    return np.array(rows, np.float32)


def _chords_of(chart: Chart) -> Table:
    rows: list[list[float]] = []
    last: object = ()
    for one in chart.pulses:
        end = one.onset_sec + one.length_sec
        if rows and one.change == last:
            rows[-1][1] = end
            continue
        last = one.change
        change = one.change
        if change is None:
            rows.append([one.onset_sec, end, -1, -1, -1, *([0.0] * len(TENSIONS))])
        else:
            written = [float(place in change.tensions) for place in range(len(TENSIONS))]
            rows.append([one.onset_sec, end, change.root, change.bass, change.quality, *written])
    return np.array(rows, np.float32)
