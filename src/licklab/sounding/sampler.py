"""Parts to sound: the notes of each, added up."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from licklab.sounding.generators import Generator
from licklab.sounding.loudness import SILENCE_DB, loudness_db
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.soundfont import SoundFont
from licklab.sounding.voice import SAMPLE_RATE, Voice, sound_voice
from licklab.sounding.zone import Zone

Samples = npt.NDArray[np.float32]

LONGEST_TAIL_SEC = 2.0
"""What a note may sound on after its key is let go."""

_FADE_SEC = 0.02  # where a tail is cut
_CHOKE_SEC = 0.008
# A key that is let go faster than this clicks; FluidSynth has the same bound.
_LEAST_RELEASE_SEC = 1 / 64
# Of single notes that are kept, so that what comes again need not be made again: a ride of two
# beats takes 0.3 MB.
_KEPT_NOTES = 256
_HALF_PAN = 500.0
# Of what a soundfont says of attenuation. The chips that the format was made for turned down
# by less than the specification says; FluidSynth takes the same share.
_HEEDED = 0.4
_USUAL_VELOCITY, _USUAL_SEC = 80, 0.6


class Sampler:
    """Plays parts with the instruments of a soundfont.

    Parameters
    ----------
    font : SoundFont
        The instruments.

    Attributes
    ----------
    font : SoundFont
        The same.
    """

    def __init__(self, font: SoundFont) -> None:
        self.font = font
        self._voices: dict[tuple[int, bool, int, int], tuple[tuple[int, Zone], ...]] = {}
        self._sound = lru_cache(maxsize=_KEPT_NOTES)(self._make)
        self._gain = lru_cache(maxsize=None)(self._find_gain)

    def play(self, part: SoundingPart, n_samples: int) -> Samples:
        """Play a part at its loudness.

        Parameters
        ----------
        part : SoundingPart
            To play.
        n_samples : int
            How long the sound is; what would sound after it is left out.

        Returns
        -------
        array, shape=(n_samples, 2)
            At `licklab.sounding.voice.SAMPLE_RATE`; it may go beyond full scale.
        """
        gain = self._gain(part.program, part.is_drums, part.usual_midi)
        return self._add_up(part, n_samples) * np.float32(gain * 10 ** (part.loudness_db / 20))

    def _find_gain(self, program: int, is_drums: bool, usual_midi: tuple[int, ...]) -> float:  # noqa: FBT001
        """Tell what brings the usual notes to full scale."""
        notes = tuple(
            SoundingNote(i * _USUAL_SEC, _USUAL_SEC, pitch, _USUAL_VELOCITY)
            for i, pitch in enumerate(usual_midi)
        )
        part = SoundingPart(notes, program, 0.0, usual_midi, is_drums)
        loud = loudness_db(self._add_up(part, round(len(notes) * _USUAL_SEC * SAMPLE_RATE)))
        return 0.0 if loud <= SILENCE_DB else float(10 ** (-loud / 20))

    def _add_up(self, part: SoundingPart, n_samples: int) -> Samples:
        out = np.zeros((n_samples, 2), np.float32)
        notes = sorted(part.notes, key=lambda one: (one.onset_sec, one.pitch_midi))
        chokes = self._chokes(part, notes)
        for note, choked_sec in zip(notes, chokes, strict=True):
            begin = round(note.onset_sec * SAMPLE_RATE)
            for number, zone in self._zones(part, note):
                n_held = max(1, round(note.length_sec * SAMPLE_RATE))
                sound = self._sound(part.program, part.is_drums, number, note.pitch_midi, n_held)
                if choked_sec is not None:
                    sound = _cut(sound, round(choked_sec * SAMPLE_RATE) - begin)
                end = min(n_samples, begin + len(sound))
                if begin < end:
                    out[begin:end] += sound[: end - begin, None] * _sides(zone, note.velocity)
        return out

    def _zones(self, part: SoundingPart, note: SoundingNote) -> tuple[tuple[int, Zone], ...]:
        asked = (part.program, part.is_drums, note.pitch_midi, note.velocity)
        if asked not in self._voices:
            zones = self.font.zones(part.program, is_drums=part.is_drums)
            self._voices[asked] = tuple(
                (number, zone)
                for number, zone in enumerate(zones)
                if zone.covers(note.pitch_midi, note.velocity)
            )
        return self._voices[asked]

    def _chokes(self, part: SoundingPart, notes: Sequence[SoundingNote]) -> list[float | None]:
        """Tell when each note is silenced by another of its class: a hi-hat that closes."""
        silenced: list[float | None] = [None] * len(notes)
        latest: dict[int, list[int]] = {}
        for i, note in enumerate(notes):
            classes = {z.values[Generator.EXCLUSIVE_CLASS] for _, z in self._zones(part, note)} - {
                0
            }
            for one in classes:
                before = latest.get(one, [])
                if before and notes[before[0]].onset_sec < note.onset_sec:
                    for at in before:
                        silenced[at] = note.onset_sec
                    before = []
                latest[one] = [*before, i]
        return silenced

    def _make(self, program: int, is_drums: bool, number: int, key: int, n_held: int) -> Samples:  # noqa: FBT001
        zone = self.font.zones(program, is_drums=is_drums)[number]
        voice = _voice(zone, key)
        n_most = n_held + round(LONGEST_TAIL_SEC * SAMPLE_RATE)
        sound: Samples = sound_voice(self.font.samples(zone.sample.number), voice, n_held, n_most)
        if len(sound) == n_most:
            n_faded = round(_FADE_SEC * SAMPLE_RATE)
            sound[-n_faded:] *= np.linspace(1, 0, n_faded, dtype=np.float32)
        return sound


def _cut(sound: Samples, n_samples: int) -> Samples:
    n_faded = round(_CHOKE_SEC * SAMPLE_RATE)
    if len(sound) <= n_samples:
        return sound
    cut = sound[: n_samples + n_faded].copy()
    ramp = np.linspace(1, 0, n_faded, dtype=np.float32)
    cut[n_samples:] *= ramp[: len(cut) - n_samples]
    return cut


def _sides(zone: Zone, velocity: int) -> Samples:
    """Give the gains of left and right."""
    fixed = zone.values[Generator.FIXED_VELOCITY]
    played = velocity if fixed < 0 else fixed
    # The usual curve from velocity to level: 40 dB for each factor of ten (section 8.4.1).
    gain = (played / 127) ** 2 * 10 ** (-_HEEDED * zone.values[Generator.ATTENUATION] / 200)
    angle = (zone.values[Generator.PAN] + _HALF_PAN) / (2 * _HALF_PAN) * math.pi / 2
    return np.array([gain * math.cos(angle), gain * math.sin(angle)], np.float32)


def _voice(zone: Zone, key: int) -> Voice:
    said, sample = zone.values, zone.sample
    played = key if said[Generator.FIXED_KEY] < 0 else said[Generator.FIXED_KEY]
    cents = (played - sample.root_midi) * said[Generator.SCALE_TUNING] + sample.tuning_cents
    cents += 100 * said[Generator.COARSE_TUNE] + said[Generator.FINE_TUNE]

    def seconds(kind: int, per_key: int | None = None) -> float:
        more = 0 if per_key is None else (60 - played) * said[per_key]
        return float(2.0 ** (min(max(said[kind] + more, -12000), 8000) / 1200))

    def hertz(kind: int) -> float:
        return float(8.176 * 2.0 ** (said[kind] / 1200))

    return Voice(
        start=sample.start,
        end=sample.end,
        loop_start=sample.loop_start,
        loop_end=sample.loop_end,
        loops=zone.loops,
        loops_held=zone.loops_held,
        ratio=float(2.0 ** (cents / 1200) * sample.rate_hz / SAMPLE_RATE),
        delay=seconds(Generator.VOLUME_DELAY) if said[Generator.VOLUME_DELAY] > -12000 else 0.0,
        attack=seconds(Generator.VOLUME_ATTACK),
        hold=seconds(Generator.VOLUME_HOLD, Generator.KEY_TO_VOLUME_HOLD),
        decay=seconds(Generator.VOLUME_DECAY, Generator.KEY_TO_VOLUME_DECAY),
        sustain_db=said[Generator.VOLUME_SUSTAIN] / 10,
        release=max(seconds(Generator.VOLUME_RELEASE), _LEAST_RELEASE_SEC),
        bend_delay=seconds(Generator.ENVELOPE_DELAY)
        if said[Generator.ENVELOPE_DELAY] > -12000
        else 0.0,
        bend_attack=seconds(Generator.ENVELOPE_ATTACK),
        bend_hold=seconds(Generator.ENVELOPE_HOLD, Generator.KEY_TO_ENVELOPE_HOLD),
        bend_decay=seconds(Generator.ENVELOPE_DECAY, Generator.KEY_TO_ENVELOPE_DECAY),
        bend_sustain=1 - said[Generator.ENVELOPE_SUSTAIN] / 1000,
        bend_release=seconds(Generator.ENVELOPE_RELEASE),
        bend_to_cents=float(said[Generator.ENVELOPE_TO_PITCH]),
        bend_to_cutoff=float(said[Generator.ENVELOPE_TO_FILTER]),
        lfo_delay=seconds(Generator.LFO_DELAY),
        lfo_hz=hertz(Generator.LFO_FREQUENCY),
        lfo_to_cents=float(said[Generator.LFO_TO_PITCH]),
        lfo_to_cutoff=float(said[Generator.LFO_TO_FILTER]),
        lfo_to_db=said[Generator.LFO_TO_VOLUME] / 10,
        vibrato_delay=seconds(Generator.VIBRATO_DELAY),
        vibrato_hz=hertz(Generator.VIBRATO_FREQUENCY),
        vibrato_to_cents=float(said[Generator.VIBRATO_TO_PITCH]),
        cutoff_hz=hertz(Generator.FILTER_CUTOFF),
        resonance_db=said[Generator.FILTER_RESONANCE] / 10,
    )
