"""Players of chords: voicings and rhythms over a chart."""

from collections.abc import Sequence

import numpy as np

from licklab.domain.chord import QUALITIES, TENSION_TONES
from synthesis.accompaniment import without_overlaps
from synthesis.changes import Change, Pulse
from synthesis.score import Part, PlayedNote

_PROGRAMS = (0, 0, 0, 0, 1, 4, 5, 26, 26, 27, 25, 24, 16, 17, 11)
_PADS = (48, 49, 61, 65, 52, 89)
# Colours that players add of their own accord to each quality, in semitones above the root.
_COLOURS = {
    "maj": (), "min": (2,), "7": (2, 9), "maj7": (2, 9), "min7": (2, 5), "maj6": (2,),
    "min6": (2,), "minmaj7": (2, 9), "hdim7": (5,), "dim7": (), "sus4(b7)": (2, 9), "aug": (),
}  # fmt: skip
RHYTHMS = ("free", "charleston", "four", "held", "bossa", "stabs", "arpeggio")
"""How chords are struck."""


class Comper:
    """One player of chords with habits drawn at random."""

    def __init__(
        self, rhythm: str, upbeat: float, rng: np.random.Generator, *, alone: bool = False
    ) -> None:
        self._rhythm, self._upbeat, self._rng = rhythm, upbeat, rng
        self._notes: list[PlayedNote] = []
        self._density, self._bottom = rng.uniform(0.25, 0.65), int(rng.choice((45, 48, 50, 52, 55)))
        self._colourful = float(rng.choice((0.0, 0.3, 0.8)))
        # Without a bass the root belongs to the chord.
        self._rooted = float(rng.choice((0.6, 1.0))) if alone else float(rng.choice((0.0, 0.3, 1)))
        self._fifths = float(rng.choice((0.2, 0.6, 1.0)))
        self._ahead = float(rng.choice((0.0, 0.15, 0.4)))
        self._low_root = alone and bool(rng.random() < 0.7)

    def play(self, pulses: Sequence[Pulse], program: int | None = None) -> Part:
        """Play a chart."""
        for i, pulse in enumerate(pulses):
            following = pulses[i + 1] if i + 1 < len(pulses) else pulse
            for phase, lasts in self._strokes(pulse):
                change = pulse.change
                # What is struck late in a beat may be the chord that comes.
                if phase > 0.4 and following.is_new and self._rng.random() < 0.3 + self._ahead:
                    change = following.change
                if change is not None:
                    self._strike(pulse, phase, lasts, change)
        if program is None:
            program = int(self._rng.choice(_PADS if self._rhythm == "held" else _PROGRAMS))
        return Part(program, without_overlaps(self._notes))

    def _strokes(self, pulse: Pulse) -> list[tuple[float, float]]:
        """Give phases and lengths, in beats, of what is struck in this beat."""
        chance, up = self._rng.random, self._upbeat
        if self._rhythm == "four":
            return [(0.0, 0.6)]
        if self._rhythm == "held":
            return [(0.0, float(pulse.per_bar))] if pulse.position == 1 or pulse.is_new else []
        if self._rhythm == "charleston":
            if pulse.position == 1 or pulse.is_new:
                return [(0.0, float(self._rng.choice((0.4, 1.2))))]
            return [(up, 0.5)] if pulse.position == 2 and chance() < 0.8 else []
        if self._rhythm == "bossa":
            strokes = [(0.0, 0.5)] if chance() < 0.55 or pulse.position == 1 else []
            return strokes + ([(0.5, 0.6)] if chance() < 0.45 else [])
        if self._rhythm == "stabs":
            return [(up, 0.3)] if pulse.position % 2 == 0 and chance() < 0.75 else []
        if self._rhythm == "arpeggio":
            return [(0.0, 0.9), (0.5, 0.9)]
        if chance() > self._density and not (pulse.is_new and chance() < 0.6):
            return []
        lasts = float(self._rng.choice((0.25, 0.5, 0.9, 1.6, 2.5)))
        return [(float(self._rng.choice((0.0, 0.0, up))), lasts)]

    def _strike(self, pulse: Pulse, phase: float, lasts: float, change: Change) -> None:
        tones = self._voice(change)
        loud = int(self._rng.integers(45, 92))
        onset = pulse.onset_sec + phase * pulse.length_sec
        if self._rhythm == "arpeggio":
            tones = [tones[int(self._rng.integers(len(tones)))]]
        roll = float(self._rng.choice((0.002, 0.006)))
        pitches = [
            self._bottom + (change.root + tone - self._bottom) % 12
            + (12 if self._rng.random() < 0.15 else 0)
            for tone in tones
        ]  # fmt: skip
        if self._low_root and (pulse.is_new or pulse.position == 1 or self._rng.random() < 0.4):
            pitches.append(36 + (change.bass - 36) % 12)
        for pitch in sorted(set(pitches)):
            start = max(0.0, onset + abs(self._rng.normal(0, roll)))
            end = start + max(0.06, lasts * pulse.length_sec * self._rng.uniform(0.85, 1.05))
            velocity = int(np.clip(loud + self._rng.normal(0, 5), 20, 120))
            self._notes.append(PlayedNote(start, end, pitch, velocity))

    def _voice(self, change: Change) -> list[int]:
        """Choose tones: always third (or fourth) and seventh or sixth, then what habits say."""
        tones = list(change.tones)
        voiced = tones[1:2] + tones[3:]
        fifth = tones[2]
        # A fifth that makes the chord what it is.
        if fifth != 7 or len(tones) == 3 or self._rng.random() < self._fifths:
            voiced.append(fifth)
        if self._rng.random() < self._rooted or len(tones) == 3:
            voiced.append(0)
        for place in change.tensions:
            if self._rng.random() < 0.9:
                voiced.append(TENSION_TONES[place])
        if not change.tensions:
            for colour in _COLOURS[QUALITIES[change.quality]]:
                if self._rng.random() < self._colourful:
                    voiced.append(colour)
        if 3 in change.tensions and fifth == 7 and 7 in voiced:
            voiced.remove(7)
        return voiced
