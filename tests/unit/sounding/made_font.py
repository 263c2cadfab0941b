"""Soundfonts that are made for tests: tones whose pitch, level and length are known."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from licklab.sounding.generators import Generator

ROOT_MIDI = 69
RATE_HZ = 44_000  # so that a period of 440 Hz is 100 samples
_PERIOD = 100


@dataclass(frozen=True, slots=True)
class MadeSample:
    """A sample with its header; its loop is counted from its beginning."""

    samples: npt.NDArray[np.int16]
    loop: tuple[int, int] = (0, 0)
    rate_hz: int = RATE_HZ
    root_midi: int = ROOT_MIDI
    tuning_cents: int = 0
    packed: bytes | None = None  # Ogg Vorbis instead


@dataclass(frozen=True, slots=True)
class MadePreset:
    """A preset of one instrument: what zones say; a first one without a sample counts for all."""

    zones: Sequence[Mapping[int, int]]
    program: int = 0
    bank: int = 0
    adds: Mapping[int, int] = field(default_factory=dict)


def tone(n_periods: int = 40, period: float = _PERIOD, level: float = 0.5) -> MadeSample:
    """Make a sine that can be repeated from its second half on."""
    n_samples = round(n_periods * period)
    wave = level * np.sin(2 * np.pi * np.arange(n_samples) / period)
    half = round(n_periods // 2 * period)
    return MadeSample((wave * 32767).astype(np.int16), (half, n_samples))


def key_range(least: int, most: int) -> int:
    """Write a range as a generator does."""
    return least | most << 8


def plain_zone(sample: int = 0, **more: int) -> dict[int, int]:
    """Say that a sample is repeated and neither fades nor lingers."""
    zone = {
        Generator.VOLUME_RELEASE: -7973,  # 10 ms
        Generator.SAMPLE_MODES: 1,
        **{Generator[name.upper()]: value for name, value in more.items()},
        Generator.SAMPLE: sample,
    }
    return {int(one): value for one, value in zone.items()}


def make_font(samples: Sequence[MadeSample], presets: Sequence[MadePreset]) -> bytes:
    """Write a soundfont in which each preset has an instrument of its own."""
    sound, shdr = b"", b""
    for one in samples:
        if one.packed is not None:  # places are bytes, the loop's are samples from the beginning
            begin, loops_from, kind = len(sound), 0, 0x11
            sound += one.packed
            end = len(sound)
        else:
            begin = loops_from = len(sound) // 2
            kind, end = 1, begin + len(one.samples)
            sound += one.samples.astype("<i2").tobytes() + bytes(92)  # 46 silent samples follow
        shdr += struct.pack(
            "<20s5IBbHH", b"tone", begin, end, loops_from + one.loop[0], loops_from + one.loop[1],
            one.rate_hz, one.root_midi, one.tuning_cents, 0, kind,
        )  # fmt: skip
    shdr += struct.pack("<20s5IBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    phdr = pbag = pgen = inst = ibag = igen = b""
    for number, preset in enumerate(presets):
        phdr += struct.pack("<20sHHH12x", b"preset", preset.program, preset.bank, len(pbag) // 4)
        pbag += struct.pack("<HH", len(pgen) // 4, 0)
        pgen += _generators({**preset.adds, Generator.INSTRUMENT: number})
        inst += struct.pack("<20sH", b"instrument", len(ibag) // 4)
        for zone in preset.zones:
            ibag += struct.pack("<HH", len(igen) // 4, 0)
            igen += _generators(zone)
    phdr += struct.pack("<20sHHH12x", b"EOP", 0, 0, len(pbag) // 4)
    pbag += struct.pack("<HH", len(pgen) // 4, 0)
    inst += struct.pack("<20sH", b"EOI", len(ibag) // 4)
    ibag += struct.pack("<HH", len(igen) // 4, 0)
    tables = [
        ("phdr", phdr), ("pbag", pbag), ("pmod", bytes(10)), ("pgen", pgen + bytes(4)),
        ("inst", inst), ("ibag", ibag), ("imod", bytes(10)), ("igen", igen + bytes(4)),
        ("shdr", shdr),
    ]  # fmt: skip
    body = _list("INFO", [("ifil", struct.pack("<HH", 2, 1))])
    body += _list("sdta", [("smpl", sound)]) + _list("pdta", tables)
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"sfbk") + body


def _generators(said: Mapping[int, int]) -> bytes:
    return b"".join(struct.pack("<HH", kind, value & 0xFFFF) for kind, value in said.items())


def _list(name: str, chunks: Sequence[tuple[str, bytes]]) -> bytes:
    body = name.encode()
    for kind, content in chunks:
        body += struct.pack("<4sI", kind.encode(), len(content)) + content + bytes(len(content) % 2)
    return struct.pack("<4sI", b"LIST", len(body)) + body
