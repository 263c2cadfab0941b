"""The generators of a soundfont: its parameters, their usual values and bounds.

After "SoundFont Technical Specification", version 2.04 (E-mu Systems and Creative, 2006), section
8.1. Times are timecents (1200 times the binary logarithm of seconds), pitches cents, levels
centibels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType


class Generator(IntEnum):
    """Numbers of the generators that are heeded here."""

    START_OFFSET = 0
    END_OFFSET = 1
    LOOP_START_OFFSET = 2
    LOOP_END_OFFSET = 3
    START_OFFSET_COARSE = 4
    LFO_TO_PITCH = 5
    VIBRATO_TO_PITCH = 6
    ENVELOPE_TO_PITCH = 7
    FILTER_CUTOFF = 8
    FILTER_RESONANCE = 9
    LFO_TO_FILTER = 10
    ENVELOPE_TO_FILTER = 11
    END_OFFSET_COARSE = 12
    LFO_TO_VOLUME = 13
    PAN = 17
    LFO_DELAY = 21
    LFO_FREQUENCY = 22
    VIBRATO_DELAY = 23
    VIBRATO_FREQUENCY = 24
    ENVELOPE_DELAY = 25
    ENVELOPE_ATTACK = 26
    ENVELOPE_HOLD = 27
    ENVELOPE_DECAY = 28
    ENVELOPE_SUSTAIN = 29
    ENVELOPE_RELEASE = 30
    KEY_TO_ENVELOPE_HOLD = 31
    KEY_TO_ENVELOPE_DECAY = 32
    VOLUME_DELAY = 33
    VOLUME_ATTACK = 34
    VOLUME_HOLD = 35
    VOLUME_DECAY = 36
    VOLUME_SUSTAIN = 37
    VOLUME_RELEASE = 38
    KEY_TO_VOLUME_HOLD = 39
    KEY_TO_VOLUME_DECAY = 40
    INSTRUMENT = 41
    KEY_RANGE = 43
    VELOCITY_RANGE = 44
    LOOP_START_OFFSET_COARSE = 45
    FIXED_KEY = 46
    FIXED_VELOCITY = 47
    ATTENUATION = 48
    LOOP_END_OFFSET_COARSE = 50
    COARSE_TUNE = 51
    FINE_TUNE = 52
    SAMPLE = 53
    SAMPLE_MODES = 54
    SCALE_TUNING = 56
    EXCLUSIVE_CLASS = 57
    ROOT_KEY = 58


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a generator may say.

    Attributes
    ----------
    usual : int
        Its value where nothing is said.
    least, most : int
        Its bounds.
    """

    usual: int
    least: int
    most: int


_G = Generator
_DELAY, _HOLD = Bounds(-12000, -12000, 5000), Bounds(-12000, -12000, 5000)
_SLOW = Bounds(-12000, -12000, 8000)
_PITCH, _PER_KEY = Bounds(0, -12000, 12000), Bounds(0, -1200, 1200)
_FREQUENCY = Bounds(0, -16000, 4500)

BOUNDS: Mapping[int, Bounds] = MappingProxyType(
    {
        _G.LFO_TO_PITCH: _PITCH, _G.VIBRATO_TO_PITCH: _PITCH, _G.ENVELOPE_TO_PITCH: _PITCH,
        _G.FILTER_CUTOFF: Bounds(13500, 1500, 13500), _G.FILTER_RESONANCE: Bounds(0, 0, 960),
        _G.LFO_TO_FILTER: _PITCH, _G.ENVELOPE_TO_FILTER: _PITCH,
        _G.LFO_TO_VOLUME: Bounds(0, -960, 960), _G.PAN: Bounds(0, -500, 500),
        _G.LFO_DELAY: _DELAY, _G.LFO_FREQUENCY: _FREQUENCY,
        _G.VIBRATO_DELAY: _DELAY, _G.VIBRATO_FREQUENCY: _FREQUENCY,
        _G.ENVELOPE_DELAY: _DELAY, _G.ENVELOPE_ATTACK: _SLOW, _G.ENVELOPE_HOLD: _HOLD,
        _G.ENVELOPE_DECAY: _SLOW, _G.ENVELOPE_SUSTAIN: Bounds(0, 0, 1000),
        _G.ENVELOPE_RELEASE: _SLOW,
        _G.KEY_TO_ENVELOPE_HOLD: _PER_KEY, _G.KEY_TO_ENVELOPE_DECAY: _PER_KEY,
        _G.VOLUME_DELAY: _DELAY, _G.VOLUME_ATTACK: _SLOW, _G.VOLUME_HOLD: _HOLD,
        _G.VOLUME_DECAY: _SLOW, _G.VOLUME_SUSTAIN: Bounds(0, 0, 1440), _G.VOLUME_RELEASE: _SLOW,
        _G.KEY_TO_VOLUME_HOLD: _PER_KEY, _G.KEY_TO_VOLUME_DECAY: _PER_KEY,
        _G.FIXED_KEY: Bounds(-1, -1, 127), _G.FIXED_VELOCITY: Bounds(-1, -1, 127),
        _G.ATTENUATION: Bounds(0, 0, 1440), _G.COARSE_TUNE: Bounds(0, -120, 120),
        _G.FINE_TUNE: Bounds(0, -99, 99), _G.SAMPLE_MODES: Bounds(0, 0, 3),
        _G.SCALE_TUNING: Bounds(100, 0, 1200), _G.EXCLUSIVE_CLASS: Bounds(0, 0, 127),
        _G.ROOT_KEY: Bounds(-1, -1, 127),
    }
)  # fmt: skip
"""Of the generators that are numbers; the others are places and ranges."""

OF_INSTRUMENTS_ONLY = frozenset(
    {_G.SAMPLE, _G.SAMPLE_MODES, _G.EXCLUSIVE_CLASS, _G.ROOT_KEY, _G.FIXED_KEY, _G.FIXED_VELOCITY}
)
"""What a preset cannot change."""


def settle(generator: int, instrument: Mapping[int, int], preset: Mapping[int, int]) -> int:
    """Give the value of a generator: that of the instrument, moved by what the preset adds.

    Parameters
    ----------
    generator : int
        One of `BOUNDS`.
    instrument, preset : mapping of int to int
        What their zones say.

    Returns
    -------
    int
        Within its bounds.
    """
    bounds = BOUNDS[generator]
    value = instrument.get(generator, bounds.usual)
    if generator not in OF_INSTRUMENTS_ONLY:
        value += preset.get(generator, 0)
    return min(max(value, bounds.least), bounds.most)
