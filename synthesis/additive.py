"""An invented wind instrument or voice: harmonics under a random envelope, in one breath.

Sampled banks strike every note anew. Horns and singers do not: pitch glides, the tone goes on, the
tongue or a consonant interrupts it. Each call draws an instrument that nobody has heard, so that a
network cannot learn the timbres of a few banks by heart.
"""

import numpy as np
import numpy.typing as npt

from synthesis.fluid import SAMPLE_RATE
from synthesis.score import PlayedNote

Samples = npt.NDArray[np.float32]

_HOP = 32  # control curves are drawn at 689 Hz
_MAX_HARMONICS = 32


def render_additive(
    notes: list[PlayedNote], rng: np.random.Generator, *, voice: bool = False
) -> Samples:
    """Render one part.

    Parameters
    ----------
    notes : list of PlayedNote
        A single line.
    rng : Generator
        Draws the instrument and the player.
    voice : bool
        Vowels and consonants instead of a reed.

    Returns
    -------
    array, shape=(n_samples,)
        Mono, at 22,050 Hz.
    """
    n_samples = round((max(one.offset_sec for one in notes) + 0.6) * SAMPLE_RATE)
    n_control = -(-n_samples // _HOP) + 1
    control_sec = np.arange(n_control) * _HOP / SAMPLE_RATE
    pitch, level, noise = _draw_curves(notes, control_sec, rng, voice=voice)
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    formants = _draw_formants(rng, voice=voice)
    tilt_db = rng.uniform(-14, -5)  # an octave
    even_db = rng.uniform(-18, 0) if rng.random() < 0.3 else 0.0
    brightness = rng.uniform(0.0, 8.0)  # dB an octave that loudness adds
    position = np.arange(n_samples) / _HOP
    base = position.astype(np.int64)
    part = (position - base).astype(np.float32)

    def stretch(curve: npt.NDArray[np.float64]) -> Samples:
        short = curve.astype(np.float32)
        out: Samples = short[base] + (short[base + 1] - short[base]) * part
        return out

    f0 = stretch(np.append(frequency, frequency[-1]))
    phase = np.cumsum(f0, dtype=np.float64) * (2 * np.pi / SAMPLE_RATE)
    out = np.zeros(n_samples, np.float32)
    # sin(k phase) by recurrence: two multiplications a harmonic instead of a sine.
    twice_cos = (2 * np.cos(phase)).astype(np.float64)
    before, now = np.zeros(n_samples), np.sin(phase)
    n_harmonics = min(
        _MAX_HARMONICS,
        int(0.47 * SAMPLE_RATE / frequency[level > 0].min()) if (level > 0).any() else 1,
    )
    for k in range(1, n_harmonics + 1):
        of_k = k * frequency
        gain_db = (tilt_db + brightness * (level - 0.5)) * np.log2(k) + _formant_db(of_k, formants)
        gain_db += even_db if k % 2 == 0 else 0.0
        gain = level * 10 ** (gain_db / 20) * (of_k < 0.47 * SAMPLE_RATE)
        out += (stretch(np.append(gain, 0.0)) * now).astype(np.float32)
        before, now = now, twice_cos * now - before
    breath = rng.standard_normal(n_samples).astype(np.float32)
    breath[1:] -= 0.7 * breath[:-1]
    out += breath * stretch(np.append(noise, 0.0))
    return out


def _draw_curves(
    notes: list[PlayedNote],
    control_sec: npt.NDArray[np.float64],
    rng: np.random.Generator,
    *,
    voice: bool,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Pitch in semitones, level and noise on the control grid."""
    pitch = np.full(len(control_sec), float(notes[0].pitch_midi))
    level, noise = np.zeros(len(control_sec)), np.zeros(len(control_sec))
    attack = rng.uniform(0.006, 0.045 if not voice else 0.07)
    release = rng.uniform(0.02, 0.09)
    glide = rng.uniform(0.004, 0.03 if not voice else 0.08)
    breath = 10 ** (rng.uniform(-46, -26) / 20)
    chiff = 10 ** (rng.uniform(-40, -12 if voice else -20) / 20)
    dip = rng.uniform(0.0, 0.7)
    decay = rng.uniform(0.0, 1.2)
    rate = SAMPLE_RATE / _HOP
    last_pitch = float(notes[0].pitch_midi)
    for i, note in enumerate(notes):
        begin, end = round(note.onset_sec * rate), round(note.offset_sec * rate)
        joined = note.legato and i > 0 and note.onset_sec - notes[i - 1].offset_sec < 0.03
        following = notes[i + 1] if i + 1 < len(notes) else None
        tied = (
            following is not None
            and following.legato
            and following.onset_sec - note.offset_sec < 0.03
        )
        stop = (
            round(following.onset_sec * rate) if tied and following else end + round(release * rate)
        )
        stop = min(stop, len(pitch))
        after = control_sec[begin:stop] - control_sec[min(begin, len(control_sec) - 1)]
        if not len(after):
            continue
        cents = (
            np.zeros(len(after))
            if note.bend is None
            else np.interp(after, note.bend[:, 0], note.bend[:, 1])
        )
        own = note.pitch_midi + cents / 100 + float(rng.normal(0, 0.05))
        if joined:
            # The ear takes the middle of a glide for the onset.
            own += (last_pitch - note.pitch_midi) * np.clip(0.5 - after / (glide + 1e-3), 0, 1)
        pitch[begin:stop] = own
        pitch[stop:] = own[-1]
        gain = 10 ** ((note.velocity - 90) * rng.uniform(0.2, 0.3) / 20)
        length = max(0.03, note.offset_sec - note.onset_sec)
        rise = np.clip((after + 0.3 * attack) / min(attack, 0.5 * length), 0, 1)
        if joined:
            rise = 1 - dip * np.exp(-after / 0.012)
        fall = np.ones(len(after)) if tied else np.clip((length + release - after) / release, 0, 1)
        shape = rise * fall * np.exp(-decay * after)
        level[begin:stop] = np.maximum(level[begin:stop], 0.5 * gain * shape)
        noise[begin:stop] += breath * gain * shape
        if not joined:
            lead = max(0, begin - round(0.03 * rate)) if voice and rng.random() < 0.5 else begin
            noise[lead : begin + round(0.02 * rate)] += chiff * gain * rng.random()
        last_pitch = float(own[-1])
    smooth = np.hanning(7)
    return pitch, np.convolve(level, smooth / smooth.sum(), "same"), noise


def _draw_formants(rng: np.random.Generator, *, voice: bool) -> npt.NDArray[np.float64]:
    """Centre in octaves above 100 Hz, width in octaves, height in dB; shape=(n, 3)."""
    n = int(rng.integers(3, 6)) if voice else int(rng.integers(1, 5))
    centre = rng.uniform(1.5, 5.5, n)
    return np.stack([centre, rng.uniform(0.15, 0.8, n), rng.uniform(4, 20 if voice else 14, n)], 1)


def _formant_db(
    frequency: npt.NDArray[np.float64], formants: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    octave = np.log2(np.maximum(frequency, 20) / 100)
    total = np.zeros(len(frequency))
    for centre, width, height in formants:
        total += height * np.exp(-0.5 * ((octave - centre) / width) ** 2)
    return total
