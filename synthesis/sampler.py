"""A line played by recorded single notes, bent and repitched.

The samples are the npm packages `tonejs-instrument-*-mp3`; `install_samples` fetches them into
`build/samples`. They are recordings of real instruments, unlike most of a General MIDI bank.
"""

import functools
import re
import subprocess
import tarfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from synthesis.fluid import SAMPLE_RATE
from synthesis.score import PlayedNote

Samples = npt.NDArray[np.float32]

FOLDER = Path(__file__).resolve().parents[1] / "build" / "samples"
INSTRUMENTS = ("saxophone", "trumpet", "trombone", "clarinet", "flute", "french-horn", "bassoon",
               "contrabass", "cello", "violin", "guitar-electric", "guitar-acoustic",
               "guitar-nylon", "bass-electric", "piano")  # fmt: skip
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_STARTED = 0.05  # of a sample's peak


def install_samples() -> None:
    """Fetch the packages that are missing, with npm."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in INSTRUMENTS:
        target = FOLDER / name
        if target.is_dir():
            continue
        command = ["npm", "pack", "--silent", f"tonejs-instrument-{name}-mp3"]
        archive = subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, text=True)
        with tarfile.open(FOLDER / archive.stdout.strip().splitlines()[-1]) as file:
            members = [one for one in file.getmembers() if one.name.endswith(".mp3")]
            for one in members:
                one.name = Path(one.name).name
            file.extractall(target, members, filter="data")


@functools.cache
def _load(name: str) -> dict[int, Samples]:
    notes = {}
    for path in sorted((FOLDER / name).glob("*.mp3")):
        match = re.fullmatch(r"([A-G])(s?)(\d)", path.stem)
        if match is None:
            continue
        samples, rate = sf.read(path, dtype="float32", always_2d=True)
        mono = soxr.resample(samples.mean(axis=1), rate, SAMPLE_RATE)
        level = np.abs(mono)
        if level.max() < 1e-3:
            continue
        # The sound begins where it is first heard: the truth is when a note is struck.
        begin = max(0, int(np.argmax(level > _STARTED * level.max())) - round(0.002 * SAMPLE_RATE))
        mono = mono[begin:]
        steady = mono[:SAMPLE_RATE]
        pitch = 12 * (int(match[3]) + 1) + _STEPS[match[1]] + len(match[2])
        notes[pitch] = (mono * 0.1 / np.sqrt(np.mean(steady**2) + 1e-9)).astype(np.float32)
    return notes


def render_samples(notes: list[PlayedNote], name: str, rng: np.random.Generator) -> Samples:
    """Render one part.

    Parameters
    ----------
    notes : list of PlayedNote
        What is played.
    name : str
        One of `INSTRUMENTS`.
    rng : Generator
        For the small differences between notes.

    Returns
    -------
    array, shape=(n_samples,)
        Mono, at 22,050 Hz.
    """
    recorded = _load(name)
    pitches = np.array(sorted(recorded))
    out = np.zeros(round((max(one.offset_sec for one in notes) + 1.0) * SAMPLE_RATE), np.float32)
    release_sec = rng.uniform(0.02, 0.12)
    for note in notes:
        jitter = float(rng.normal(0, 0.7))
        source = int(pitches[np.abs(pitches - note.pitch_midi + jitter).argmin()])
        sound = recorded[source]
        length = note.offset_sec - note.onset_sec + release_sec
        time = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
        cents = np.full(len(time), (note.pitch_midi - source) * 100.0 + rng.normal(0, 4))
        if note.bend is not None:
            cents += np.interp(time, note.bend[:, 0], note.bend[:, 1])
        # A slurred note skips the tongue's noise at the beginning of the recorded one.
        position = np.cumsum(2 ** (cents / 1200)) + (
            rng.uniform(0.02, 0.08) * SAMPLE_RATE if note.legato else 0
        )
        tone = np.interp(position, np.arange(len(sound)), sound, right=0.0).astype(np.float32)
        gain = 10 ** ((note.velocity - 90) * 0.35 / 20)
        envelope = np.clip((length - time) / release_sec, 0, 1) * np.clip(time / 0.003, 0, 1)
        begin = round(note.onset_sec * SAMPLE_RATE)
        end = min(len(out), begin + len(tone))
        out[begin:end] += (tone * envelope * gain)[: end - begin]
    return out
