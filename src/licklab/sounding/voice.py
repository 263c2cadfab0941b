"""One note of one zone: a sample at its pitch, with envelopes, vibrato and filter.

In go the samples and what a zone says, out comes one channel. The sample is read by cubic
interpolation; its loop goes round without a seam. Volume falls by decibels, as in the
specification (SoundFont 2.04, section 9), and is a straight line between control points 16
samples apart, so that nothing begins or ends with a click. The filter is a state variable one
(Simper, "Linear trapezoidal integrated state variable filter", 2014), which stays stable while its
cutoff moves.
"""

import math
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 44_100
"""Of all sound that is made here, Hz."""

_CONTROL = 16  # samples
_SILENT_DB = 80.0
_FULL_FALL_DB = 100.0  # what decay and release times of the format mean
_HEARD_HZ, _NYQUIST_SHARE = 18_000.0, 0.45
_MOST_RATIO = 64.0


class Voice(NamedTuple):
    """What a note of a zone sounds like; times in seconds, levels in decibels.

    Attributes
    ----------
    start, end, loop_start, loop_end : int
        Places in the sample.
    loops, loops_held : bool
        As of `licklab.sounding.zone.Zone`.
    ratio : float
        Samples of the soundfont for each of the sound.
    delay, attack, hold, decay, sustain_db, release : float
        Of the volume.
    bend_delay, bend_attack, bend_hold, bend_decay, bend_sustain, bend_release : float
        Of the second envelope, which ends at a share of its peak.
    bend_to_cents, bend_to_cutoff : float
        What its peak adds to pitch and cutoff, cents.
    lfo_delay, lfo_hz, lfo_to_cents, lfo_to_cutoff, lfo_to_db : float
        The slow wave.
    vibrato_delay, vibrato_hz, vibrato_to_cents : float
        The other slow wave, which moves the pitch alone.
    cutoff_hz, resonance_db : float
        Of the filter.
    """

    start: int
    end: int
    loop_start: int
    loop_end: int
    loops: bool
    loops_held: bool
    ratio: float
    delay: float
    attack: float
    hold: float
    decay: float
    sustain_db: float
    release: float
    bend_delay: float
    bend_attack: float
    bend_hold: float
    bend_decay: float
    bend_sustain: float
    bend_release: float
    bend_to_cents: float
    bend_to_cutoff: float
    lfo_delay: float
    lfo_hz: float
    lfo_to_cents: float
    lfo_to_cutoff: float
    lfo_to_db: float
    vibrato_delay: float
    vibrato_hz: float
    vibrato_to_cents: float
    cutoff_hz: float
    resonance_db: float


@numba.njit(nogil=True)
def _fall_db(voice: Voice, time: float) -> float:
    """Give the volume of a held key, decibels below its peak."""
    time -= voice.delay
    if time <= 0.0:
        return _FULL_FALL_DB
    if time < voice.attack:
        return float(-20.0 * np.log10(max(time / voice.attack, 1e-5)))
    time -= voice.attack + voice.hold
    if time <= 0.0:
        return 0.0
    return float(min(voice.sustain_db, _FULL_FALL_DB * time / voice.decay))


@numba.njit(nogil=True)
def _bent(voice: Voice, time: float) -> float:
    """Give the second envelope of a held key, 0 to 1."""
    time -= voice.bend_delay
    if time <= 0.0:
        return 0.0
    if time < voice.bend_attack:
        return float(time / voice.bend_attack)
    time -= voice.bend_attack + voice.bend_hold
    if time <= 0.0:
        return 1.0
    return float(max(voice.bend_sustain, 1.0 - time / voice.bend_decay))


@numba.njit(nogil=True)
def _wave(time: float, delay: float, frequency_hz: float) -> float:
    """Give a triangle, -1 to 1, that begins at 0 and rises."""
    time -= delay
    if time <= 0.0:
        return 0.0
    phase = (time * frequency_hz + 0.25) % 1.0
    return float(1.0 - 4.0 * abs(phase - 0.5))


@numba.njit(nogil=True)
def _at(samples: npt.NDArray[np.float32], voice: Voice, at: int, goes_round: bool) -> float:  # noqa: FBT001
    if goes_round:
        length = voice.loop_end - voice.loop_start
        if at >= voice.loop_end:
            at = voice.loop_start + (at - voice.loop_start) % length
    return float(samples[min(max(at, voice.start), voice.end - 1)])


@numba.njit(nogil=True)
def sound_voice(
    samples: npt.NDArray[np.float32], voice: Voice, n_held: int, n_most: int
) -> npt.NDArray[np.float32]:
    """Sound a note.

    Parameters
    ----------
    samples : shape=(n_samples,)
        Of the zone.
    voice : Voice
        What it sounds like; its places lie within the samples.
    n_held : int
        After how many samples the key is let go.
    n_most : int
        How long it may sound, samples.

    Returns
    -------
    array, shape=(n_sounding,)
        At `SAMPLE_RATE`; the last sample is silent.
    """
    sound = np.zeros(n_most, np.float32)
    position, low, band = float(voice.start), 0.0, 0.0
    gain = 0.0
    # Always or never: a filter that sets in while a note sounds would click.
    filters = (
        voice.cutoff_hz < _HEARD_HZ or voice.bend_to_cutoff < 0.0 or voice.lfo_to_cutoff != 0.0
    )
    held_sec = n_held / SAMPLE_RATE
    let_go_db, let_go_bend = _fall_db(voice, held_sec), _bent(voice, held_sec)
    loop_length = voice.loop_end - voice.loop_start
    # At full resonance 0 the filter has no hump: 3 dB below a Q of 1, as the format says.
    damping = 1.0 / (10.0 ** (voice.resonance_db / 20.0) * 0.70710678)
    a1, a2, a3 = 0.0, 0.0, 0.0
    for begin in range(0, n_most, _CONTROL):
        time = begin / SAMPLE_RATE
        ahead = (begin + _CONTROL) / SAMPLE_RATE
        is_held = begin < n_held
        lfo = _wave(time, voice.lfo_delay, voice.lfo_hz)
        bend = _bent(voice, time)
        fall_db = _fall_db(voice, ahead)
        if ahead > held_sec:
            gone = ahead - held_sec
            fall_db = let_go_db + _FULL_FALL_DB * gone / voice.release
            bend = max(0.0, let_go_bend - gone / voice.bend_release)
        cents = lfo * voice.lfo_to_cents + bend * voice.bend_to_cents
        cents += voice.vibrato_to_cents * _wave(time, voice.vibrato_delay, voice.vibrato_hz)
        step = min(voice.ratio * 2.0 ** (cents / 1200.0), _MOST_RATIO)
        goes_round = voice.loops and (is_held or not voice.loops_held)
        runs_out = not goes_round and position + step * _CONTROL * 2 >= voice.end
        is_last = begin + _CONTROL >= n_most or runs_out
        is_last = is_last or (not is_held and fall_db >= _SILENT_DB)
        target = 10.0 ** (-(fall_db + lfo * voice.lfo_to_db) / 20.0)
        if is_last or fall_db >= _FULL_FALL_DB:
            target = 0.0
        if filters:
            moved = lfo * voice.lfo_to_cutoff + bend * voice.bend_to_cutoff
            cutoff = voice.cutoff_hz * 2.0 ** (moved / 1200.0)
            g = math.tan(math.pi * min(max(cutoff / SAMPLE_RATE, 0.0005), _NYQUIST_SHARE))
            a1 = 1.0 / (1.0 + g * (g + damping))
            a2, a3 = g * a1, g * g * a1
        end = min(begin + _CONTROL, n_most)
        slope = (target - gain) / (end - begin)
        for i in range(begin, end):
            if goes_round and position >= voice.loop_end:
                position = voice.loop_start + (position - voice.loop_start) % loop_length
            at = int(position)
            x = position - at
            before = _at(samples, voice, at - 1, goes_round)
            here = _at(samples, voice, at, goes_round)
            after = _at(samples, voice, at + 1, goes_round)
            beyond = _at(samples, voice, at + 2, goes_round)
            # Hermite's cubic through four samples.
            c1 = 0.5 * (after - before)
            c2 = before - 2.5 * here + 2.0 * after - 0.5 * beyond
            c3 = 0.5 * (beyond - before) + 1.5 * (here - after)
            value = ((c3 * x + c2) * x + c1) * x + here
            position += step
            if filters:
                high = value - low
                new_band = a1 * band + a2 * high
                new_low = low + a2 * band + a3 * high
                band, low = 2.0 * new_band - band, 2.0 * new_low - low
                value = new_low
            gain += slope
            sound[i] = value * gain
        gain = target
        if is_last:
            return sound[:end]
    return sound
