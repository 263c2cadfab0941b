"""The tables of a soundfont: presets and instruments, their zones, and what these say.

Every place that a table names is held against the table that it points into; a file that points
elsewhere is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.errors import SoundFontError
from licklab.sounding.generators import Generator

Records = npt.NDArray[Any]

TABLES: Mapping[str, list[tuple[str, str]]] = {
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
"""Fields of the records, by the names of chunks (SoundFont 2.04, section 7)."""

# Which tables presets and instruments are written in, and what their zones lead to.
_OF_PRESETS = ("phdr", "pbag", "pgen", Generator.INSTRUMENT)
_OF_INSTRUMENTS = ("inst", "ibag", "igen", Generator.SAMPLE)
_UNSIGNED = frozenset(
    {
        Generator.KEY_RANGE,
        Generator.VELOCITY_RANGE,
        Generator.INSTRUMENT,
        Generator.SAMPLE,
    }
)


@dataclass(frozen=True, slots=True)
class FontTables:
    """The tables of one file.

    Attributes
    ----------
    records : dict of str to array
        Those of `TABLES`; the last record of each only ends it.
    """

    records: Mapping[str, Records]

    @property
    def presets(self) -> Records:
        """Headers of the presets."""
        return self.records["phdr"][:-1]

    @property
    def samples(self) -> Records:
        """Headers of the samples."""
        return self.records["shdr"][:-1]

    def preset_zones(self, number: int) -> list[dict[int, int]]:
        """List what the zones of a preset say.

        Parameters
        ----------
        number : int
            Of the preset.

        Returns
        -------
        list of dict of int to int
            Values by generators, with those of a zone that counts for all; each leads to an
            instrument.
        """
        return self._said(number, *_OF_PRESETS)

    def instrument_zones(self, number: int) -> list[dict[int, int]]:
        """List what the zones of an instrument say.

        Parameters
        ----------
        number : int
            Of the instrument.

        Returns
        -------
        list of dict of int to int
            Values by generators, with those of a zone that counts for all; each leads to a sample.

        Raises
        ------
        SoundFontError
            If there is no such instrument.
        """
        if number >= len(self.records["inst"]) - 1:
            raise SoundFontError(
                f"want an instrument of a soundfont, got number {number}: none is there"
            )
        return self._said(number, *_OF_INSTRUMENTS)

    def _said(
        self, number: int, headers: str, bags: str, generators: str, last: int
    ) -> list[dict[int, int]]:
        begin, end = (int(one) for one in self.records[headers]["bag"][number : number + 2])
        places = self.records[bags]["generator"]
        everywhere: dict[int, int] = {}
        found = []
        for i in range(begin, end):
            said: dict[int, int] = {}
            for kind, value in self.records[generators][int(places[i]) : int(places[i + 1])]:
                said[int(kind)] = int(value) & 0xFFFF if int(kind) in _UNSIGNED else int(value)
            if last in said:
                found.append(everywhere | said)
            elif i == begin:
                everywhere = said
        return found


def read_tables(chunks: Mapping[str, memoryview]) -> FontTables:
    """Read the tables of a soundfont.

    Parameters
    ----------
    chunks : dict of str to memoryview
        As of `licklab.sounding.chunks.read_chunks`.

    Returns
    -------
    FontTables
        In which every place is one that is there.

    Raises
    ------
    SoundFontError
        If a table is missing, cut, or points out of another.
    """
    records = {name: _read_table(name, chunks) for name in TABLES}
    for places, inner, name in (
        (records["phdr"]["bag"], records["pbag"], "presets"),
        (records["inst"]["bag"], records["ibag"], "instruments"),
        (records["pbag"]["generator"], records["pgen"], "preset zones"),
        (records["ibag"]["generator"], records["igen"], "instrument zones"),
    ):
        if (np.diff(places.astype(np.int64)) < 0).any() or int(places[-1]) >= len(inner):
            raise SoundFontError(f"want the {name} of a soundfont in order, got places out of it")
    return FontTables(records)


def _read_table(name: str, chunks: Mapping[str, memoryview]) -> Records:
    kind = np.dtype(TABLES[name])
    content = chunks.get(name)
    if content is None or len(content) < kind.itemsize or len(content) % kind.itemsize:
        raise SoundFontError(
            f"want whole records of {name!r} in a soundfont, "
            f"got {'none' if content is None else f'{len(content)} bytes'}"
        )
    return np.frombuffer(content, dtype=kind)
