"""A soundfont: samples, and the zones of each preset.

In goes a file of the format SoundFont 2 (.sf2), or of the same with samples packed as Ogg Vorbis
(.sf3, as MuseScore writes it); out come zones. What does not fit is refused, or, of a single
sample, silent.
"""

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

from licklab.errors import SoundFontError
from licklab.sounding.chunks import read_chunks
from licklab.sounding.generators import Generator
from licklab.sounding.tables import read_tables
from licklab.sounding.zone import SampleSpan, Zone, resolve_zone

DRUM_BANK = 128
"""Bank of the percussion."""

PACKED = 0x10
"""In the type of a sample: it is Ogg Vorbis."""

_LARGEST_BYTES = 1_000_000_000
# Of one preset: a piano of 88 keys with sixteen layers in stereo has 2816.
_MOST_ZONES = 4_000
_RATES_HZ = (400, 192_000)
_FULL_SCALE = 32768.0
_LONGEST_PACKED = 10_000_000  # samples: nearly four minutes
_NOTHING = np.zeros(0, np.float32)


class SoundFont:
    """The instruments of a file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    SoundFontError
        If it is no soundfont, is cut short, or is of a kind that is not read here.
    """

    def __init__(self, data: bytes) -> None:
        chunks = read_chunks(data)
        self._tables = read_tables(chunks)
        self._sound = chunks.get("smpl", memoryview(b""))
        self._zones = lru_cache(maxsize=None)(self._find_zones)
        # Once for each instrument and sample, however many presets and zones name it.
        self._instrument = lru_cache(maxsize=None)(self._read_instrument)
        self._samples = lru_cache(maxsize=None)(self._read_samples)

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

    def samples(self, number: int) -> npt.NDArray[np.float32]:
        """Give a sample.

        Parameters
        ----------
        number : int
            Of a `licklab.sounding.zone.SampleSpan`.

        Returns
        -------
        array, shape=(n_samples,), -1 to 1
            Empty if it does not lie in the file or cannot be unpacked.
        """
        return self._samples(number)

    def _find_zones(self, program: int, is_drums: bool) -> tuple[Zone, ...]:  # noqa: FBT001
        presets = self._tables.presets
        right_bank = presets["bank"] == DRUM_BANK if is_drums else presets["bank"] == 0
        right = np.flatnonzero(right_bank & (presets["program"] == program))
        others = np.flatnonzero(right_bank)
        if not len(others):
            return ()
        at = int(right[0]) if len(right) else int(others[presets["program"][others].argmin()])
        zones: list[Zone | None] = []
        for preset in self._tables.preset_zones(at):
            for sample, instrument in self._instrument(preset[Generator.INSTRUMENT]):
                zones.append(resolve_zone(sample, instrument, preset))
                if len(zones) > _MOST_ZONES:
                    raise SoundFontError(
                        f"want at most {_MOST_ZONES} zones in a preset of a soundfont, got more"
                    )
        return tuple(one for one in zones if one is not None)

    def _read_instrument(self, at: int) -> list[tuple[SampleSpan, dict[int, int]]]:
        said = self._tables.instrument_zones(at)
        found = ((self._span(one[Generator.SAMPLE]), one) for one in said)
        return [(sample, one) for sample, one in found if sample is not None]

    def _span(self, number: int) -> SampleSpan | None:
        """Tell where a sample begins, ends and repeats; None for one that is not there."""
        headers = self._tables.samples
        length = len(self._samples(number)) if number < len(headers) else 0
        if not length:
            return None
        one = headers[number]
        rate, root = int(one["rate"]), int(one["root"])
        if not _RATES_HZ[0] <= rate <= _RATES_HZ[1]:
            return None
        # Of packed samples, places of the loop are counted from their beginning.
        begin = 0 if one["type"] & PACKED else int(one["start"])
        return SampleSpan(
            number,
            0,
            length,
            min(max(int(one["loop_start"]) - begin, 0), length),
            min(max(int(one["loop_end"]) - begin, 0), length),
            rate,
            root if root <= 127 else 60,  # 255 is without pitch
            int(one["tuning"]),
        )

    def _read_samples(self, number: int) -> npt.NDArray[np.float32]:
        one = self._tables.samples[number]
        start, end = int(one["start"]), int(one["end"])
        if one["type"] & PACKED:
            return _unpack(bytes(self._sound[start:end])) if start < end else _NOTHING
        whole = self._sound[2 * start : 2 * end]
        if start >= end or len(whole) < 2 * (end - start):
            return _NOTHING
        return (np.frombuffer(whole, dtype="<i2") / _FULL_SCALE).astype(np.float32)


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


def _unpack(packed: bytes) -> npt.NDArray[np.float32]:
    try:
        with sf.SoundFile(io.BytesIO(packed)) as sound:
            if sound.channels != 1:
                return _NOTHING
            samples: npt.NDArray[np.float32] = sound.read(_LONGEST_PACKED, dtype="float32")
    except sf.LibsndfileError:
        return _NOTHING
    # Damaged streams may give what is no number.
    return np.clip(np.nan_to_num(samples), -1.0, 1.0)
