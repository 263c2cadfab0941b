"""Evidence as an imperfect network would give it, from charts: to try decoders before there is one.

A frame is seen as the twelve pitch classes that sound: the chord's tones, the bass, what the
soloist adds, and noise that lasts for half a second, blurred over a tenth either side. Every chord
is likened to that, so that what is mistaken is what shares tones, as by ear.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from synthesis.changes import Chart

from licklab.domain.chord import QUALITY_TONES, TENSION_TONES, TENSIONS
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.engine.chords.language import KINDS, N_CHORDS, ROOTS

FRAME_RATE, RHYTHM_RATE = 86.1328125 / 4, 86.1328125
Table = npt.NDArray[np.float64]

_TONE = np.array([1.0, 1.1, 0.6, 1.0])  # root, third, fifth, the fourth tone
_BLUR_SEC = 0.1


@dataclass(frozen=True, slots=True)
class Noise:
    """How badly is heard.

    Attributes
    ----------
    chroma : float
        Deviation of each pitch class's level; a chord's tones have about 1.
    sureness : float
        By which likeness is multiplied to make log odds.
    bass_error : float
        Share of beats whose bass is misheard.
    downbeat : float
        Deviation of the log odds of a downbeat, which are 2 apart.
    misplaced : float
        Share of the charts in which downbeats are heard on another beat for half of the time.
    """

    chroma: float = 0.37
    sureness: float = 14.0
    bass_error: float = 0.25
    downbeat: float = 2.0
    misplaced: float = 0.3


def templates() -> Table:
    """Give what each chord looks like.

    Returns
    -------
    array, shape=(n_chords, 12)
        Of length 1; no chord is flat.
    """
    table = np.zeros((N_CHORDS, 12))
    table[0] = 0.5
    for chord in range(1, N_CHORDS):
        for tone, level in zip(QUALITY_TONES[KINDS[chord]], _TONE, strict=False):
            table[chord, (ROOTS[chord] + tone) % 12] = level
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True))


def simulate_chords(chart: Chart, noise: Noise, rng: np.random.Generator) -> ChordEvidence:
    """Hear the chords of a chart.

    Parameters
    ----------
    chart : Chart
        With beats and chords.
    noise : Noise
        How badly.
    rng : Generator
        For all that varies.

    Returns
    -------
    ChordEvidence
        From time 0 until a second after the last beat.
    """
    n_frames = int((chart.pulses[-1].onset_sec + 1.5) * FRAME_RATE)
    chroma, bass = np.zeros((n_frames, 12)), np.full((n_frames, 13), 0.02)
    tensions = np.full((n_frames, 12, len(TENSIONS)), 0.1)
    voicing = np.ones(4)
    for pulse in chart.pulses:
        first = int(pulse.onset_sec * FRAME_RATE + 0.5)
        frames = slice(first, int((pulse.onset_sec + pulse.length_sec) * FRAME_RATE + 0.5))
        if pulse.change is None:
            bass[frames, 0] += 1
            continue
        if pulse.is_new:
            # Players leave out tones, for as long as a chord lasts.
            voicing = np.clip(rng.normal(1, 0.35, 4), 0.05, 1.6)
        for tone, level in zip(pulse.change.tones, voicing, strict=False):
            chroma[frames, (pulse.change.root + tone) % 12] += level
        for place in pulse.change.tensions:
            chroma[frames, (pulse.change.root + TENSION_TONES[place]) % 12] += 0.7
            tensions[frames, pulse.change.root, place] = 0.65
        tone = _draw_bass(pulse.change.bass, pulse.change.tones, noise, rng, is_new=pulse.is_new)
        chroma[frames, tone] += 0.5
        bass[frames, 1 + tone] += 1
    chroma = _blur(chroma) + _drift((n_frames, 12), rng) * noise.chroma
    likeness = chroma / (np.linalg.norm(chroma, axis=1, keepdims=True) + 0.3) @ templates().T
    chords = _log_softmax(noise.sureness * likeness)
    bass = _blur(bass)
    bass = np.log(bass / bass.sum(axis=1, keepdims=True))
    return ChordEvidence(0.5 / FRAME_RATE, FRAME_RATE, chords.astype(np.float32),
                         bass.astype(np.float32), tensions.astype(np.float32))  # fmt: skip


def simulate_rhythm(chart: Chart, noise: Noise, rng: np.random.Generator) -> RhythmEvidence:
    """Hear the beats of a chart.

    Parameters
    ----------
    chart : Chart
        With beats.
    noise : Noise
        How badly.
    rng : Generator
        For all that varies.

    Returns
    -------
    RhythmEvidence
        From time 0 until a second after the last beat.
    """
    n_frames = int((chart.pulses[-1].onset_sec + 1.5) * RHYTHM_RATE)
    beat, downbeat, offbeat = (np.full(n_frames, 0.02) for _ in range(3))
    moved = int(rng.integers(1, 4)) if rng.random() < noise.misplaced else 0
    half = len(chart.pulses) // 2
    for number, pulse in enumerate(chart.pulses):
        place = int(pulse.onset_sec * RHYTHM_RATE + 0.5)
        first = 1 + (moved if number < half else 0) % pulse.per_bar
        odds = rng.normal(0.0 if pulse.position == first else -2.0, noise.downbeat)
        for reach, share in ((0, 1.0), (-1, 0.5), (1, 0.5)):
            at = min(max(place + reach, 0), n_frames - 1)
            beat[at] = max(beat[at], share * 0.9)
            downbeat[at] = max(downbeat[at], share / (1 + np.exp(-odds)))
        at = min(int((pulse.onset_sec + 0.62 * pulse.length_sec) * RHYTHM_RATE), n_frames - 1)
        offbeat[at] = 0.8
    tables = [one.astype(np.float32) for one in (beat, downbeat, offbeat, beat)]
    return RhythmEvidence(0.0, RHYTHM_RATE, tables[0], tables[1], tables[2], tables[3])


def _draw_bass(
    written: int, tones: tuple[int, ...], noise: Noise, rng: np.random.Generator, *, is_new: bool
) -> int:
    if rng.random() < noise.bass_error:
        return int(rng.integers(12))
    if rng.random() < (0.85 if is_new else 0.35):
        return written
    if rng.random() < 0.7:
        return (written + int(rng.choice(tones))) % 12
    return (written + int(rng.integers(12))) % 12


def _blur(values: Table) -> Table:
    width = 2 * round(_BLUR_SEC * FRAME_RATE) + 1
    padded = np.pad(values, ((width // 2, width // 2), (0, 0)), mode="edge")
    totals = np.vstack([np.zeros(values.shape[1]), np.cumsum(padded, axis=0)])
    return np.asarray((totals[width:] - totals[:-width]) / width)


def _drift(shape: tuple[int, int], rng: np.random.Generator) -> Table:
    """Noise that lasts for about half a second."""
    keep = float(np.exp(-1 / (0.5 * FRAME_RATE)))
    steps = rng.normal(0, np.sqrt(1 - keep**2), shape)
    drift = np.zeros(shape)
    drift[0] = rng.normal(0, 1, shape[1])
    for i in range(1, len(drift)):
        drift[i] = keep * drift[i - 1] + steps[i]
    return drift


def _log_softmax(odds: Table) -> Table:
    odds = odds - odds.max(axis=1, keepdims=True)
    return np.asarray(odds - np.log(np.exp(odds).sum(axis=1, keepdims=True)))
