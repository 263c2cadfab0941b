"""From seconds of a recording to ticks of a MIDI file, and the track that tells tempo and bars."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import mido

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.chord import NO_CHORD
from licklab.domain.key import Key, KeyMode

TICKS_PER_QUARTER = 960
"""At the 120 bpm that a sequencer assumes, a tick is half a millisecond: nobody hears it."""

_DEFAULT_BPM = 120
# The largest number of microseconds that a set_tempo message holds, in 24 bits.
_LONGEST_QUARTER_US = 2**24 - 1


@dataclass(frozen=True, slots=True)
class MidiClock:
    """The time of a MIDI file.

    Attributes
    ----------
    begins_sec : tuple of float, seconds of the recording
        Where stretches of one tempo begin; the first at 0.
    begins_tick : tuple of int
        The same in ticks.
    quarters_us : tuple of int
        Microseconds in a quarter note, of each stretch.
    signatures : tuple of (int, TimeSignature)
        From which tick on bars are counted how.
    """

    begins_sec: tuple[float, ...] = (0.0,)
    begins_tick: tuple[int, ...] = (0,)
    quarters_us: tuple[int, ...] = (mido.bpm2tempo(_DEFAULT_BPM),)
    signatures: tuple[tuple[int, TimeSignature], ...] = ()

    def tick_at(self, time_sec: float) -> int:
        """Convert a time to ticks.

        Parameters
        ----------
        time_sec : float, seconds of the recording
            The time.

        Returns
        -------
        int
            The nearest tick.
        """
        i = bisect_right(self.begins_sec, time_sec) - 1
        quarters = (time_sec - self.begins_sec[i]) * 1e6 / self.quarters_us[i]
        return self.begins_tick[i] + round(quarters * TICKS_PER_QUARTER)


def clock_of(grid: BeatGrid) -> MidiClock:
    """Make a clock whose beats are those of a recording.

    Parameters
    ----------
    grid : BeatGrid
        Beats and bars.

    Returns
    -------
    MidiClock
        With a tempo for every beat; 120 bpm throughout with fewer than two beats. What comes
        before the first beat is filled with whole beats of another tempo.
    """
    times = [one.time_sec for one in grid.beats]
    if len(times) < 2:
        return MidiClock()
    per_beat = _ticks_per_beat(grid.time_signature)
    tempo_bpm = grid.tempo_bpm or _DEFAULT_BPM
    # A first beat is on the beginning where that is its nearest tick.
    is_late = round(times[0] / times[1] * per_beat) > 0
    n_before = max(1, round(times[0] * tempo_bpm / 60)) if is_late else 0
    lengths = [1] * (len(times) - 1)
    if n_before:
        times, lengths = [0.0, *times], [n_before, *lengths]
    begins_sec, begins_tick, quarters = [0.0], [0], []
    for length, end_sec in zip(lengths, times[1:], strict=True):
        ticks = length * per_beat
        # Against the file's own time: what is rounded in one beat is made up for in the next.
        length_us = (end_sec - begins_sec[-1]) * 1e6
        quarter = min(max(1, round(length_us * TICKS_PER_QUARTER / ticks)), _LONGEST_QUARTER_US)
        quarters.append(quarter)
        begins_sec.append(begins_sec[-1] + quarter * ticks / TICKS_PER_QUARTER / 1e6)
        begins_tick.append(begins_tick[-1] + ticks)
    # The last tempo goes on behind the last beat.
    return MidiClock(
        tuple(begins_sec[:-1]),
        tuple(begins_tick[:-1]),
        tuple(quarters),
        _signatures(grid, n_before, per_beat),
    )


def _ticks_per_beat(signature: TimeSignature) -> int:
    quarters = 1.5 if signature.is_compound else 4 / signature.denominator
    return int(TICKS_PER_QUARTER * quarters)


def _signatures(
    grid: BeatGrid, n_before: int, per_beat: int
) -> tuple[tuple[int, TimeSignature], ...]:
    """Tell the signature of every bar that is longer or shorter than the one before it."""
    downbeats = [i + n_before for i, one in enumerate(grid.beats) if one.is_downbeat]
    starts = downbeats if downbeats[:1] == [0] else [0, *downbeats]
    whole = grid.time_signature.beats_per_bar
    told: list[tuple[int, TimeSignature]] = []
    for start, end in zip(starts, [*starts[1:], starts[-1] + whole], strict=True):
        signature = _signature_of(end - start, grid.time_signature)
        # The stretch before the first downbeat may be many bars long: its beginning is cut off.
        for at, one in _split(start, end, signature, grid.time_signature):
            if not told or told[-1][1] != one:
                told.append((at * per_beat, one))
    return tuple(told)


def _split(
    start: int, end: int, signature: TimeSignature | None, usual: TimeSignature
) -> Sequence[tuple[int, TimeSignature]]:
    if signature is not None:
        return [(start, signature)]
    rest = (end - start) % usual.beats_per_bar
    first = [(start, short)] if rest and (short := _signature_of(rest, usual)) else []
    return [*first, (start + rest, usual)]


def _signature_of(n_beats: int, usual: TimeSignature) -> TimeSignature | None:
    """Write a bar of so many beats; None for one that is longer than the usual one."""
    if n_beats > usual.beats_per_bar:
        return None
    return TimeSignature(n_beats * (3 if usual.is_compound else 1), usual.denominator)


def write_conductor(analysis: Analysis, clock: MidiClock) -> list[mido.MetaMessage]:
    """Write tempo, bars, key and chords as messages of a track.

    Parameters
    ----------
    analysis : Analysis
        Rhythm and harmony.
    clock : MidiClock
        Of the file.

    Returns
    -------
    list of mido.MetaMessage
        In order; chords are markers.
    """
    events = [
        (tick, mido.MetaMessage("set_tempo", tempo=quarter))
        for tick, quarter in zip(clock.begins_tick, clock.quarters_us, strict=True)
    ]
    events += [
        (tick, mido.MetaMessage(
            "time_signature", numerator=one.numerator, denominator=one.denominator
        ))
        for tick, one in clock.signatures
    ]  # fmt: skip
    if analysis.key is not None:
        key = mido.MetaMessage("key_signature", key=_midi_key(analysis.key.key))
        events.append((0, key))
    events += [
        (clock.tick_at(one.onset_sec), mido.MetaMessage("marker", text=one.symbol))
        for one in analysis.chords
        if one.label != NO_CHORD
    ]
    messages, before = [], 0
    for tick, message in sorted(events, key=lambda event: event[0]):
        messages.append(message.copy(time=tick - before))
        before = tick
    return messages


def _midi_key(key: Key) -> str:
    """Name a key as MIDI does, which knows no more than seven signs."""
    mode = KeyMode.MINOR if key.mode is KeyMode.MINOR else KeyMode.MAJOR
    spelled = Key.of_pitch_class(key.pitch_class, mode).tonic
    return spelled + ("m" if mode is KeyMode.MINOR else "")
