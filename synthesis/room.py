"""What happens to sound on its way into a file: rooms, equalisers, old machines, MP3."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
from scipy.signal import fftconvolve

from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from synthesis.fluid import SAMPLE_RATE, fast_folder

Samples = npt.NDArray[np.float32]


def add_room(samples: Samples, rng: np.random.Generator, *, wet_db: float | None = None) -> Samples:
    """Put the sound in a room that is drawn at random; the direct sound keeps its time."""
    decay_sec = float(np.exp(rng.uniform(np.log(0.15), np.log(1.6))))
    wet = 10 ** ((wet_db if wet_db is not None else rng.uniform(-22, -7)) / 20)
    n = round(min(2.0, 1.2 * decay_sec) * SAMPLE_RATE)
    time = np.arange(n) / SAMPLE_RATE
    tail = rng.standard_normal(n) * 10 ** (-3 * time / decay_sec)
    # Walls swallow the treble sooner.
    tail = np.convolve(tail, np.full(int(rng.integers(1, 5)), 0.5), "same")
    tail[: round(rng.uniform(0.002, 0.02) * SAMPLE_RATE)] = 0
    tail /= np.sqrt((tail**2).sum()) + 1e-9
    for _ in range(int(rng.integers(2, 7))):
        tail[int(rng.uniform(0.003, 0.04) * SAMPLE_RATE)] += rng.uniform(-0.35, 0.35)
    tail *= wet
    tail[0] += 1.0
    out: Samples = fftconvolve(samples, tail)[: len(samples)].astype(np.float32)
    return out


def colour(samples: Samples, rng: np.random.Generator, *, old: bool = False) -> Samples:
    """Draw an equaliser; `old` narrows the band as a shellac record does."""
    spectrum = np.fft.rfft(samples)
    octave = np.log2(np.maximum(np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE), 20) / 20)
    knots = np.arange(0, 10.5, 1.5)
    gain_db = np.interp(octave, knots, rng.normal(0, 3.0, len(knots)))
    if old:
        low, high = np.log2(rng.uniform(90, 200) / 20), np.log2(rng.uniform(3500, 6000) / 20)
        gain_db -= 18 * np.maximum(0, low - octave) + 24 * np.maximum(0, octave - high)
    out: Samples = np.fft.irfft(spectrum * 10 ** (gain_db / 20), len(samples)).astype(np.float32)
    return out


def add_hiss(samples: Samples, rng: np.random.Generator, level_db: float) -> Samples:
    """Add noise so much below the sound."""
    noise = rng.standard_normal(len(samples)).astype(np.float32)
    if rng.random() < 0.5:
        noise = np.convolve(noise, np.full(4, 0.5), "same").astype(np.float32)
    return samples + noise * np.float32(rms(samples) * 10 ** (level_db / 20))


def through_mp3(samples: Samples, kbps: int) -> Samples:
    """Encode and decode again, with the product's own reader.

    Parameters
    ----------
    samples : array, shape=(n_samples,)
        Mono, at 22,050 Hz.
    kbps : int
        Bit rate; 64 for one channel is what 128 is for two.
    """
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        path = Path(folder) / "loop.mp3"
        write_mp3(path, samples, kbps)
        reader = AudioReader(path, probe_audio(path))
        back = np.concatenate(list(reader.blocks(SAMPLE_RATE)))
    out = np.zeros(len(samples), np.float32)
    out[: len(back)] = back[: len(out)]
    return out


def write_mp3(path: Path, samples: Samples, kbps: int, rate: int = SAMPLE_RATE) -> None:
    """Write an MP3 file of one channel at a constant bit rate, by LAME."""
    wave = path.with_suffix(".wav")
    sf.write(wave, samples, rate, subtype="PCM_16")
    command = ["lame", "--quiet", "--cbr", "-b", str(kbps), "-q", "7", str(wave), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    wave.unlink()


def rms(samples: Samples) -> float:
    """Root mean square of what is not silent."""
    loud = np.abs(samples) > 1e-3
    return float(np.sqrt(np.mean(samples[loud] ** 2))) if loud.any() else 1e-6
