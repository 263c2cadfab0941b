"""A soundfont: samples, and the zones of each preset.

In goes a file of the format SoundFont 2 (.sf2), out come zones. Every place that the file names is
held against what is there; what does not fit is refused, or, of a single sample, silent.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.errors import SoundFontError
from licklab.sounding.chunks import read_chunks
from licklab.sounding.generators import Generator
from licklab.sounding.zone import SampleSpan, Zone, resolve_zone

DRUM_BANK = 128
"""Bank of the percussion."""

_LARGEST_BYTES = 1_000_000_000
# Of one preset: a piano of 88 keys with sixteen layers in stereo has 2816.
_MOST_ZONES = 4_000
_RATES_HZ = (400, 192_000)
_FULL_SCALE = 32768.0

_Records = npt.NDArray[Any]
_TABLES: dict[str, list[tuple[str, str]]] = {
    "phdr": [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "V12")],
    "pbag": [("generator", "<u2"), ("modulator", "<u2")],
    "pgen": [("kind", "<u2"), ("value", "<i2")],
    "inst": [("name", "S20"), ("bag", "<u2")],
    "ibag": [("generator", "<u2"), ("modulator", "<u2")],
    "igen": [("kind", "<u2"), ("value", "<i2")],
    "shdr": [
        ("name", "S20"), ("start", "<u4"), ("end", "<u4"), ("loop_start", "<u4"),
        ("loop_end", "<u4"), ("rate", "<u4"), ("root", "u1"), ("tuning", "i1"), ("link", "<u2"),
        ("type", "<u2"),
    ],
}  # fmt: skip
_COMPRESSED = 0x10  # of a sample's type: Ogg Vorbis, in .sf3
_UNSIGNED = frozenset(
    {Generator.KEY_RANGE, Generator.VELOCITY_RANGE, Generator.INSTRUMENT, Generator.SAMPLE}
)


class SoundFont:
    """The instruments of a file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Attributes
    ----------
    samples : array, shape=(n_samples,), float32, -1 to 1
        Of all instruments, one after the other.

    Raises
    ------
    SoundFontError
        If it is no soundfont, is cut short, or is of a kind that is not read here.
    """

    def __init__(self, data: bytes) -> None:
        chunks = read_chunks(data)
        self._tables = {name: _read_table(name, chunks) for name in _TABLES}
        _require_bags(self._tables["phdr"]["bag"], self._tables["pbag"], "presets")
        _require_bags(self._tables["inst"]["bag"], self._tables["ibag"], "instruments")
        _require_bags(self._tables["pbag"]["generator"], self._tables["pgen"], "preset zones")
        _require_bags(self._tables["ibag"]["generator"], self._tables["igen"], "instrument zones")
        sound = chunks.get("smpl", memoryview(b""))
        whole = np.frombuffer(sound[: len(sound) // 2 * 2], dtype="<i2")
        self.samples: npt.NDArray[np.float32] = (whole / _FULL_SCALE).astype(np.float32)
        if (self._tables["shdr"]["type"][:-1] & _COMPRESSED).any():
            raise SoundFontError(
                "want a soundfont with plain samples (.sf2), got packed ones (.sf3)"
            )
        self._zones = lru_cache(maxsize=None)(self._find_zones)
        # Once for each instrument, however many presets and zones name it.
        self._instrument = lru_cache(maxsize=None)(self._read_instrument)

    def zones(self, program: int, *, is_drums: bool = False) -> tuple[Zone, ...]:
        """Find the zones of a preset.

        Parameters
        ----------
        program : int, 0 to 127
            Of General MIDI.
        is_drums : bool
            Whether it is a drum set.

        Returns
        -------
        tuple of Zone
            As in the file. A soundfont without this preset gives its first one of the same kind;
            with none, nothing.
        """
        return self._zones(program, is_drums)

    def _find_zones(self, program: int, is_drums: bool) -> tuple[Zone, ...]:  # noqa: FBT001
        headers = self._tables["phdr"][:-1]
        right_bank = headers["bank"] == DRUM_BANK if is_drums else headers["bank"] == 0
        right = np.flatnonzero(right_bank & (headers["program"] == program))
        others = np.flatnonzero(right_bank)
        if not len(others):
            return ()
        at = int(right[0]) if len(right) else int(others[headers["program"][others].argmin()])
        zones: list[Zone | None] = []
        for preset in self._said("phdr", "pbag", "pgen", at, Generator.INSTRUMENT):
            for sample, instrument in self._instrument(preset[Generator.INSTRUMENT]):
                zones.append(resolve_zone(sample, instrument, preset))
                if len(zones) > _MOST_ZONES:
                    raise SoundFontError(
                        f"want at most {_MOST_ZONES} zones in a preset of a soundfont, got more"
                    )
        return tuple(one for one in zones if one is not None)

    def _read_instrument(self, at: int) -> list[tuple[SampleSpan, dict[int, int]]]:
        if at >= len(self._tables["inst"]) - 1:
            raise SoundFontError(
                f"want an instrument of a soundfont, got number {at}: none is there"
            )
        said = self._said("inst", "ibag", "igen", at, Generator.SAMPLE)
        found = ((self._sample(one[Generator.SAMPLE]), one) for one in said)
        return [(sample, one) for sample, one in found if sample is not None]

    def _said(
        self, headers: str, bags: str, generators: str, at: int, last: int
    ) -> list[dict[int, int]]:
        """List what the zones of a preset or an instrument say; those without their end are left.

        A first zone that does not end with what it should lead to counts for all.
        """
        begin, end = (int(one) for one in self._tables[headers]["bag"][at : at + 2])
        places = self._tables[bags]["generator"]
        everywhere: dict[int, int] = {}
        found = []
        for i in range(begin, end):
            said: dict[int, int] = {}
            for kind, value in self._tables[generators][int(places[i]) : int(places[i + 1])]:
                said[int(kind)] = int(value) & 0xFFFF if int(kind) in _UNSIGNED else int(value)
            if last in said:
                found.append(everywhere | said)
            elif i == begin:
                everywhere = said
        return found

    def _sample(self, at: int) -> SampleSpan | None:
        """Give a sample; None for one that does not lie among the samples."""
        headers = self._tables["shdr"]
        if at >= len(headers) - 1:
            return None
        one = headers[at]
        start, end = int(one["start"]), int(one["end"])
        rate = int(one["rate"])
        if not (start < end <= len(self.samples) and _RATES_HZ[0] <= rate <= _RATES_HZ[1]):
            return None
        root = int(one["root"])
        return SampleSpan(
            start,
            end,
            min(max(int(one["loop_start"]), start), end),
            min(max(int(one["loop_end"]), start), end),
            rate,
            root if root <= 127 else 60,  # 255 is without pitch
            int(one["tuning"]),
        )


def read_soundfont(path: Path) -> SoundFont:
    """Read a soundfont.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    SoundFont
        Its instruments.

    Raises
    ------
    SoundFontError
        If it is not there, cannot be read, or is no soundfont that is understood.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SoundFontError(f"want a soundfont of at most 1 GB, got a larger one: {path.name}")
        data = path.read_bytes()
    except OSError as error:
        raise SoundFontError(f"want a soundfont at {path}, got none: {error.strerror}") from error
    return SoundFont(data)


def _read_table(name: str, chunks: Mapping[str, memoryview]) -> _Records:
    kind = np.dtype(_TABLES[name])
    content = chunks.get(name)
    if content is None or len(content) < kind.itemsize or len(content) % kind.itemsize:
        raise SoundFontError(
            f"want whole records of {name!r} in a soundfont, "
            f"got {'none' if content is None else f'{len(content)} bytes'}"
        )
    return np.frombuffer(content, dtype=kind)


def _require_bags(places: _Records, inner: _Records, name: str) -> None:
    """Refuse tables whose places run back or out of the table that they point into."""
    if (np.diff(places.astype(np.int64)) < 0).any() or int(places[-1]) > len(inner):
        raise SoundFontError(f"want the {name} of a soundfont in order, got places out of it")
