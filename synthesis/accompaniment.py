"""A rhythm section out of annotated beats, chords and bass pitches."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from synthesis.score import Part, PlayedNote
from synthesis.weimar import Beat

# General MIDI percussion keys.
_RIDE, _BELL, _PEDAL_HAT, _SNARE, _RIM, _KICK, _CRASHES = 51, 53, 44, 38, 37, 36, (49, 57)
_KITS = (0, 0, 40, 32)  # standard, brush, jazz
_BASSES = (32, 32, 32, 33, 35)
_COMPING = (0, 0, 0, 4, 26, 27, 16, 11, 24, 17)
_PADS = (48, 61, 65, 52)
_LOWEST_BASS, _HIGHEST_BASS = 28, 55


def make_bass(beats: Sequence[Beat], transpose: int, rng: np.random.Generator) -> Part:
    """Walk the annotated bass pitches; where none is known, the chord's root or fifth."""
    notes: list[PlayedNote] = []
    last = 40
    ghost = rng.uniform(0.0, 0.15)
    for beat, length in _with_lengths(beats):
        if beat.bass_midi is not None:
            pitch = beat.bass_midi + transpose
        elif beat.root is not None:
            tone = int(rng.choice((0, 0, 7, 4))) if beat.number != 1 else 0
            pitch = (beat.root + transpose + tone) % 12 + 36
        else:
            pitch = last
        while pitch < _LOWEST_BASS:
            pitch += 12
        while pitch > _HIGHEST_BASS:
            pitch -= 12
        last = pitch
        onset = max(0.0, beat.onset_sec + rng.normal(0, 0.008))
        notes.append(
            PlayedNote(
                onset, onset + length * rng.uniform(0.8, 0.97), pitch, int(rng.integers(70, 110))
            )
        )
        if rng.random() < ghost:
            skip = beat.onset_sec + length * 0.64
            notes.append(PlayedNote(skip, skip + 0.07, pitch, int(rng.integers(35, 60))))
    notes.sort(key=lambda one: one.onset_sec)
    return Part(int(rng.choice(_BASSES)), notes)


def make_drums(beats: Sequence[Beat], rng: np.random.Generator) -> Part:
    """Swing a ride cymbal, a hi-hat on the even beats, snare and kick at random; or brushes."""
    notes: list[PlayedNote] = []
    swing, straight = rng.uniform(0.56, 0.69), rng.random() < 0.12
    busy, loud = rng.uniform(0.05, 0.4), rng.uniform(0.7, 1.15)
    ride = _BELL if rng.random() < 0.07 else _RIDE
    upbeat = 0.5 if straight else swing

    def hit(when: float, key: int, low: int, high: int) -> None:
        velocity = int(np.clip(rng.integers(low, high) * loud, 10, 127))
        onset = max(0.0, when + rng.normal(0, 0.006))
        notes.append(PlayedNote(onset, onset + 0.1, key, velocity))

    for beat, length in _with_lengths(beats):
        when = beat.onset_sec
        hit(when, ride, 60, 95)
        if straight or beat.number % 2 == 0:
            hit(when + upbeat * length, ride, 45, 80)
        if beat.number % 2 == 0:
            hit(when, _PEDAL_HAT, 60, 90)
        for key, low, high in ((_SNARE, 25, 90), (_KICK, 35, 85), (_RIM, 30, 70)):
            if rng.random() < busy * 0.6:
                hit(when + float(rng.choice((0.0, upbeat))) * length, key, low, high)
        if beat.number == 1 and rng.random() < 0.1:
            hit(when, int(rng.choice(_CRASHES)), 55, 100)
    notes.sort(key=lambda one: one.onset_sec)
    return Part(int(rng.choice(_KITS)), notes, drums=True)


def make_comping(
    beats: Sequence[Beat], transpose: int, rng: np.random.Generator, program: int | None = None
) -> Part:
    """Voice the chords: rootless, shell or with the root, struck now and then or held."""
    notes: list[PlayedNote] = []
    density, bottom = rng.uniform(0.2, 0.6), int(rng.choice((45, 48, 50, 52, 55)))
    swing, held = rng.uniform(0.56, 0.68), rng.random() < 0.12
    four = rng.random() < 0.12  # struck on every beat, as in swing guitar
    for beat, length in _with_lengths(beats):
        if beat.root is None:
            continue
        if held:
            if beat.number != 1:
                continue
        elif not four and rng.random() > density:
            continue
        onset = beat.onset_sec + (
            0.0 if held or four else float(rng.choice((0.0, swing, 0.0))) * length
        )
        lasts = length * (
            3.8 if held else 0.7 if four else float(rng.choice((0.25, 0.5, 0.9, 1.6, 2.5)))
        )
        colours = [*beat.tones[1:], 2, *((9,) if beat.tones[1] == 4 else ())]
        if rng.random() < 0.25:
            colours.append(0)
        n_tones = min(len(colours), int(rng.choice((2, 3, 3, 4, 4))))
        root, loud = (beat.root + transpose) % 12, int(rng.integers(45, 92))
        for tone in rng.choice(colours, n_tones, replace=False):
            pitch = bottom + (root + int(tone) - bottom) % 12 + (12 if rng.random() < 0.15 else 0)
            start = max(0.0, onset + abs(rng.normal(0, 0.006)))
            velocity = int(np.clip(loud + rng.normal(0, 5), 20, 120))
            notes.append(PlayedNote(start, start + lasts * rng.uniform(0.9, 1.05), pitch, velocity))
    chosen = program if program is not None else int(rng.choice(_COMPING))
    return Part(chosen, without_overlaps(notes))


def make_pad(beats: Sequence[Beat], transpose: int, rng: np.random.Generator) -> Part:
    """Hold two chord tones a bar with strings or horns, behind the soloist."""
    notes: list[PlayedNote] = []
    bottom = int(rng.choice((50, 55, 60)))
    for beat, length in _with_lengths(beats):
        if beat.root is None or beat.number != 1 or rng.random() < 0.3:
            continue
        for tone in rng.choice(beat.tones, 2, replace=False):
            pitch = bottom + (beat.root + transpose + int(tone) - bottom) % 12
            end = beat.onset_sec + length * rng.uniform(2.0, 3.8)
            notes.append(PlayedNote(beat.onset_sec, end, pitch, int(rng.integers(40, 75))))
    return Part(int(rng.choice(_PADS)), without_overlaps(notes))


def _with_lengths(beats: Sequence[Beat]) -> list[tuple[Beat, float]]:
    pairs = [(one, after.onset_sec - one.onset_sec) for one, after in pairwise(beats)]
    return [(beat, length) for beat, length in pairs if 0.1 < length < 2.0]


def without_overlaps(notes: list[PlayedNote]) -> list[PlayedNote]:
    """Let each pitch go before it is struck again."""
    kept: list[PlayedNote] = []
    last: dict[int, int] = {}
    for note in sorted(notes, key=lambda one: one.onset_sec):
        at = last.get(note.pitch_midi)
        if at is not None:
            before = kept[at]
            if note.onset_sec - before.onset_sec < 0.05:
                continue
            if before.offset_sec > note.onset_sec - 0.01:
                kept[at] = PlayedNote(
                    before.onset_sec, note.onset_sec - 0.01, before.pitch_midi, before.velocity
                )
        last[note.pitch_midi] = len(kept)
        kept.append(note)
    return kept
