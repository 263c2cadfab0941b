"""A zone: one sample with all that says how it sounds for some keys and velocities."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from licklab.sounding.generators import BOUNDS, Generator, settle

_EVERY_KEY = 127 << 8
_COARSE = 32768  # samples
# With more of them, rounding a loop to whole samples is off by little.
_FEW_PERIODS = 8
_MOST_OFF_CENTS = 30.0  # more is no loop of a tone
# Where more than this is played before the loop, that is what is heard.
_SHORT_SEC = 0.1


@dataclass(frozen=True, slots=True)
class SampleSpan:
    """A sample of a soundfont: where it begins, ends and repeats.

    Attributes
    ----------
    number : int
        Of the sample.
    start, end : int
        First sample, and the one after the last.
    loop_start, loop_end : int
        First sample that is repeated, and the one after the last.
    rate_hz : int
        At which it was recorded.
    root_midi : int
        Pitch that it sounds at this rate.
    tuning_cents : float
        Added to that.
    """

    number: int
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate_hz: int
    root_midi: int
    tuning_cents: float


@dataclass(frozen=True, slots=True)
class Zone:
    """How a sample sounds for some keys and velocities.

    Attributes
    ----------
    keys, velocities : tuple of int
        Least and most, both included.
    sample : SampleSpan
        Within what there is of it; its loop has at least one sample.
    loops, loops_held : bool
        Whether the loop is repeated; only until the key is let go.
    values : dict of int to int
        Of each generator of `BOUNDS`, within its bounds.
    """

    keys: tuple[int, int]
    velocities: tuple[int, int]
    sample: SampleSpan
    loops: bool
    loops_held: bool
    values: Mapping[int, int]

    def covers(self, key: int, velocity: int) -> bool:
        """Tell whether a note sounds in this zone.

        Parameters
        ----------
        key, velocity : int, 0 to 127
            Of the note.

        Returns
        -------
        bool
            True if both are within its ranges.
        """
        return (
            self.keys[0] <= key <= self.keys[1]
            and self.velocities[0] <= velocity <= self.velocities[1]
        )


def resolve_zone(
    sample: SampleSpan, instrument: Mapping[int, int], preset: Mapping[int, int]
) -> Zone | None:
    """Join what an instrument and a preset say of a sample.

    Parameters
    ----------
    sample : SampleSpan
        As its header says, within what there is of it.
    instrument, preset : mapping of int to int
        Generators of the two zones, with those of their global zones.

    Returns
    -------
    Zone or None
        None if no key or no velocity has it, or nothing is left of the sample.
    """
    keys = _shared_range(instrument.get(Generator.KEY_RANGE), preset.get(Generator.KEY_RANGE))
    velocities = _shared_range(
        instrument.get(Generator.VELOCITY_RANGE), preset.get(Generator.VELOCITY_RANGE)
    )
    if keys[0] > keys[1] or velocities[0] > velocities[1]:
        return None

    def moved(place: int, fine: int, coarse: int) -> int:
        shift = instrument.get(fine, 0) + _COARSE * instrument.get(coarse, 0)
        return min(max(place + shift, sample.start), sample.end)

    start = moved(sample.start, Generator.START_OFFSET, Generator.START_OFFSET_COARSE)
    end = moved(sample.end, Generator.END_OFFSET, Generator.END_OFFSET_COARSE)
    loop_start = moved(
        sample.loop_start, Generator.LOOP_START_OFFSET, Generator.LOOP_START_OFFSET_COARSE
    )
    loop_end = moved(sample.loop_end, Generator.LOOP_END_OFFSET, Generator.LOOP_END_OFFSET_COARSE)
    if end - start < 1:
        return None
    values = {int(one): settle(one, instrument, preset) for one in BOUNDS}
    mode = values[Generator.SAMPLE_MODES]
    has_loop = start <= loop_start < loop_end <= end
    loops = has_loop and mode in (1, 3)
    root = values[Generator.ROOT_KEY]
    span = SampleSpan(
        sample.number,
        start,
        end,
        loop_start if has_loop else start,
        loop_end if has_loop else end,
        sample.rate_hz,
        sample.root_midi if root < 0 else root,
        sample.tuning_cents,
    )
    if loops and loop_start - start < _SHORT_SEC * sample.rate_hz:
        moved_cents = 100 * values[Generator.COARSE_TUNE] + values[Generator.FINE_TUNE]
        span = replace(span, tuning_cents=_tuned(span, moved_cents))
    return Zone(keys, velocities, span, loops=loops, loops_held=loops and mode == 3, values=values)


def _tuned(sample: SampleSpan, moved_cents: int) -> float:
    """Tell how a sample is tuned, by its loop where that is a few periods long.

    What is repeated sounds at the pitch of its length, exactly, whatever its header says: some
    loops are a period of 47 samples where 47.3 were wanted, which is 11 cents.
    """
    off = [_loop_off_cents(sample, 0), _loop_off_cents(sample, moved_cents)]
    # What a zone moves the pitch by may be meant, as in a chorus, or mend the header: the smaller
    # difference tells which.
    least = min(off, key=abs)
    return sample.tuning_cents - (least if abs(least) < _MOST_OFF_CENTS else 0.0)


def _loop_off_cents(sample: SampleSpan, moved_cents: int) -> float:
    n_looped = sample.loop_end - sample.loop_start
    wanted_hz = 440.0 * 2 ** ((sample.root_midi - 69) / 12)
    sounds_hz = sample.rate_hz / n_looped * 2 ** ((sample.tuning_cents + moved_cents) / 1200)
    n_periods = round(wanted_hz / sounds_hz)
    if not 1 <= n_periods <= _FEW_PERIODS:
        return math.inf
    return 1200 * math.log2(n_periods * sounds_hz / wanted_hz)


def _shared_range(one: int | None, other: int | None) -> tuple[int, int]:
    ranges = [
        (
            (_EVERY_KEY if value is None else value) & 0xFF,
            (_EVERY_KEY if value is None else value) >> 8 & 0xFF,
        )
        for value in (one, other)
    ]
    return max(least for least, _ in ranges), min(most for _, most in ranges)
