"""How the sound of practice packs is, and how long it takes.

    python -m benchmarks.practice.sound [--licks 4] [--soundfont FILE]

Licks of the test players of the Weimar Jazz Database, as annotated, two to four bars each. Of each
a pack: twelve keys at three tempos (60, 80 and 100 % of its own) with rhythm section and a bar
counted in. Seconds are processor time of one core; the first note of a process also compiles the
sampler, which is told apart. Then what is heard, told in numbers: loudness of the parts, peaks,
tuning, the ride, and steps at the ends of notes.
"""

import argparse
import datetime
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.practice.attempt_scenes import read_licks
from licklab.domain.instrument import INSTRUMENTS, Instrument, find_instrument
from licklab.domain.passage import Passage
from licklab.practice.accompaniment.walking import HIGHEST_MIDI, LOWEST_MIDI
from licklab.practice.play_along import count_in_sec, play_along, play_along_parts
from licklab.sounding.audio_file import write_audio
from licklab.sounding.installed import load_sampler
from licklab.sounding.loudness import SILENCE_DB, loudness_db
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import Sampler, Samples
from licklab.sounding.voice import SAMPLE_RATE

_INSTRUMENT = "tenor_sax"
_TEMPOS = (0.6, 0.8, 1.0)
_KINDS = ("wav", "flac", "mp3", "mp3, mono")
_BARS = range(2, 5)
_DRUMS_AT = 1  # among the parts with a band: melody, drums, shells, bass, count
_NAMES = ("melody", "drums", "shells", "bass", "count-in")
_RIDE_HZ = 6000.0
T = TypeVar("T")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.practice.sound")
    parser.add_argument("--licks", type=int, default=4)
    parser.add_argument("--soundfont", type=Path)
    options = parser.parse_args()
    found = [one.passage for one in read_licks("test", 60) if one.passage.n_bars in _BARS]
    passages = [_fitted(one) for one in found[: options.licks]]
    sampler = load_sampler(options.soundfont)
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {len(passages)} licks\n")
    seconds, _ = _timed(lambda: play_along(passages[0], instrument=_INSTRUMENT, sampler=sampler))
    print(f"first sound of a process (compiles): {seconds:.1f} CPU-s\n")
    _time_packs(passages, sampler)
    _hear_parts(passages, sampler)
    _hear_tuning(sampler)
    _hear_ends(sampler)


def _fitted(passage: Passage) -> Passage:
    """Move a passage by octaves to the middle of the instrument."""
    one = find_instrument(_INSTRUMENT)
    middle = (one.lowest_midi + one.highest_midi) / 2
    return passage.moved(12 * round((middle - float(np.mean(passage.pitches_midi))) / 12))


def _time_packs(passages: list[Passage], sampler: Sampler) -> None:
    print("| lick | bars | bpm | audio, s | sound, CPU-s | " + " | ".join(_KINDS) + " |")
    print("|---|" + "---|" * (4 + len(_KINDS)))
    whole = np.zeros(2 + len(_KINDS))
    for number, passage in enumerate(passages, 1):
        row = np.zeros(2 + len(_KINDS))
        fresh = Sampler(sampler.font)
        for key in range(-6, 6):
            moved = passage.moved(key)
            for share in _TEMPOS:
                row += _time_one(moved, share * passage.tempo_bpm, fresh)
        whole += row
        told = " | ".join(f"{one:.2f}" for one in row[1:])
        print(f"| {number} | {passage.n_bars} | {passage.tempo_bpm:.0f} | {row[0]:.0f} | {told} |")
    told = " | ".join(f"{1000 * one / whole[0]:.1f}" for one in whole[1:])
    print(f"| ms for each second of audio | | | | {told} |\n", flush=True)


def _time_one(passage: Passage, tempo_bpm: float, sampler: Sampler) -> npt.NDArray[np.float64]:
    seconds, sound = _timed(
        lambda: play_along(passage, instrument=_INSTRUMENT, sampler=sampler, tempo_bpm=tempo_bpm)
    )
    mono = sound.mean(axis=1, keepdims=True)
    written = [(sound, "wav"), (sound, "flac"), (sound, "mp3"), (mono, "mp3")]
    encoding = [_timed(partial(write_audio, one, kind))[0] for one, kind in written]
    return np.array([len(sound) / SAMPLE_RATE, seconds, *encoding])


def _timed(function: Callable[[], T]) -> tuple[float, T]:
    begin = time.process_time()
    made = function()
    return time.process_time() - begin, made


def _hear_parts(passages: list[Passage], sampler: Sampler) -> None:
    """Tell how loud the parts are, and how much of what is high is the ride's."""
    levels, peaks, rides = [], [], []
    for passage in passages:
        for key in range(-6, 6):
            moved = passage.moved(key)
            parts = play_along_parts(moved, instrument=_INSTRUMENT)
            length_sec = count_in_sec(moved) * (1 + moved.n_bars)
            sounds = [sampler.play(one, round(length_sec * SAMPLE_RATE)) for one in parts]
            if len(sounds) == len(_NAMES):
                levels.append([loudness_db(one) for one in sounds])
                peaks.append(float(np.abs(sum(sounds)).max()))
                rest = sum(sounds[:_DRUMS_AT] + sounds[_DRUMS_AT + 1 :])
                assert isinstance(rest, np.ndarray)
                rides.append(_high_db(sounds[_DRUMS_AT]) - _high_db(rest))
    print("| part | loudness, dB: least, median, most |\n|---|---|")
    for name, column in zip(_NAMES, np.array(levels).T, strict=True):
        heard = column[column > SILENCE_DB]
        told = ", ".join(f"{one:.1f}" for one in np.quantile(heard, (0, 0.5, 1)))
        print(f"| {name} | {told} |")
    told = ", ".join(f"{one:.2f}" for one in np.quantile(peaks, (0, 0.5, 1)))
    print(f"| peak of all, before it is turned down (1 is full scale) | {told} |")
    told = ", ".join(f"{one:+.1f}" for one in np.quantile(rides, (0, 0.5, 1)))
    print(f"| drums over all others above {_RIDE_HZ / 1000:.0f} kHz | {told} |\n", flush=True)


def _high_db(sound: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    return float(10 * np.log10(spectrum[frequency >= _RIDE_HZ].sum() + 1e-12))


def _hear_tuning(sampler: Sampler) -> None:
    print("| instrument | notes | off, cents: median | most |\n|---|---|---|---|")
    bass = find_instrument("bass")
    rows: list[tuple[str, Instrument, range]] = [
        ("bass of the band", bass, range(LOWEST_MIDI, HIGHEST_MIDI + 1))
    ]
    rows += [
        (one.id, one, range(one.lowest_midi, one.highest_midi + 1)) for one in INSTRUMENTS.values()
    ]
    for name, one, keys in rows:
        off = [abs(_off_cents(_note(sampler, one.gm_program, key, 0.6), key)) for key in keys]
        print(f"| {name} | {len(off)} | {np.median(off):.1f} | {max(off):.1f} |")
    print(flush=True)


def _note(sampler: Sampler, program: int, key: int, length_sec: float) -> Samples:
    part = SoundingPart((SoundingNote(0.05, length_sec, key, 90),), program, -20.0, (key,))
    return sampler.play(part, round((length_sec + 1.0) * SAMPLE_RATE))


def _off_cents(sound: Samples, key: int) -> float:
    """Measure the pitch, by the likeness of a tone to itself many periods later."""
    steady = sound[6000:28_000].mean(axis=1).astype(float)
    steady -= steady.mean()
    size = 1 << (2 * len(steady)).bit_length()
    likeness = np.fft.irfft(np.abs(np.fft.rfft(steady, size)) ** 2)[: len(steady)]
    likeness /= np.arange(len(steady), 0, -1)
    period = SAMPLE_RATE / (440.0 * 2 ** ((key - 69) / 12))
    n_periods = max(1, int(len(steady) * 0.4 / period))
    # Half of a period to both sides, at most a semitone: farther off is another period.
    reach = min(0.5 * period, 0.06 * n_periods * period)
    lags = np.arange(int(n_periods * period - reach), int(n_periods * period + reach) + 2)
    best = int(lags[likeness[lags].argmax()])
    before, here, after = likeness[best - 1 : best + 2]
    lag = best + 0.5 * (before - after) / (before - 2 * here + after)
    return 1200 * float(np.log2(n_periods * period / lag))


def _hear_ends(sampler: Sampler) -> None:
    """Tell the largest step of the sound around the end of a key, of the largest while it sounds.

    Steps are third differences: a tone has little of them, a click has all.
    """
    print("| instrument | step at the end, of the largest before: median | most |\n|---|---|---|")
    for one in INSTRUMENTS.values():
        shares = []
        for key in range(one.lowest_midi, one.highest_midi + 1, 4):
            for length_sec in (0.11, 0.237, 0.41):
                sound = _note(sampler, one.gm_program, key, length_sec).mean(axis=1)
                end = round((0.05 + length_sec) * SAMPLE_RATE)
                steps = np.abs(np.diff(sound, 3))
                shares.append(steps[end - 200 :].max() / steps[: end - 200].max())
        print(f"| {one.id} | {np.median(shares):.2f} | {max(shares):.2f} |")


if __name__ == "__main__":
    main()
