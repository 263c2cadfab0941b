"""Bass players: walking, in two, in even eighths, over a chart."""

from collections.abc import Sequence

import numpy as np

from synthesis.changes import Change, Pulse
from synthesis.score import Part, PlayedNote

_BASSES = (32, 32, 32, 32, 33, 33, 35, 34)
_LOWEST, _HIGHEST = 28, 55


class Bassist:
    """One bass player with habits drawn at random."""

    def __init__(self, style: str, upbeat: float, rng: np.random.Generator) -> None:
        self._style, self._upbeat, self._rng = style, upbeat, rng
        self._notes: list[PlayedNote] = []
        self._last = int(rng.integers(33, 45))
        # The database tells the bass as a program heard it, and often wrongly.
        self._as_recorded = rng.random() < 0.04
        self._jitter_sec = float(rng.choice((0.0, 0.004, 0.009)))
        self._delay_sec = float(rng.normal(0, 0.006))
        self._ghosts = float(rng.choice((0.0, 0.05, 0.15)))
        self._drops = float(rng.choice((0.0, 0.0, 0.05, 0.12)))
        self._approaches = rng.uniform(0.2, 0.7)

    def play(self, pulses: Sequence[Pulse]) -> Part:
        """Play a chart."""
        for i, pulse in enumerate(pulses):
            following = pulses[i + 1] if i + 1 < len(pulses) else None
            if self._style in ("two", "brushes"):
                self._in_two(pulse, following)
            elif self._style in ("bossa", "even", "afro"):
                self._in_patterns(pulse, following)
            elif self._style == "funk":
                self._in_funk(pulse)
            else:
                self._walk(pulse, following)
        self._notes.sort(key=lambda one: one.onset_sec)
        return Part(int(self._rng.choice(_BASSES)), _cut(self._notes))

    def _walk(self, pulse: Pulse, following: Pulse | None) -> None:
        if self._rng.random() < self._drops and pulse.position != 1:
            return
        if self._as_recorded and pulse.bass_midi is not None:
            pitch = pulse.bass_midi
        elif pulse.change is None:
            pitch = self._last + int(self._rng.choice((-2, -1, 1, 2, 0)))
        elif pulse.is_new or (pulse.position == 1 and self._rng.random() < 0.75):
            pitch = self._near(pulse.change.bass)
        elif following and following.change and (following.is_new or following.position == 1) \
                and self._rng.random() < self._approaches:  # fmt: skip
            target = self._near(following.change.bass)
            pitch = target + int(self._rng.choice((-1, 1, 1, 2, -2, 7)))
        else:
            pitch = self._step(pulse.change)
        self._play(pulse, 0.0, 0.93, pitch, 72, 112)
        if self._rng.random() < self._ghosts:
            self._play(pulse, self._upbeat, 0.2, self._last, 35, 60)

    def _in_two(self, pulse: Pulse, following: Pulse | None) -> None:
        change = pulse.change
        if change is None:
            return
        on = pulse.position % 2 == 1
        if pulse.per_bar == 3:
            on = pulse.position == 1 or self._rng.random() < 0.2
        if on or pulse.is_new:
            root = pulse.is_new or pulse.position == 1
            tone = 0 if root else int(self._rng.choice((7, 7, 0, 4 if 4 in change.tones else 3)))
            pitch = self._near(change.bass if root else change.root + tone)
            self._play(pulse, 0.0, float(self._rng.choice((0.9, 1.8, 1.8))), pitch, 70, 105)
        elif following and self._rng.random() < 0.15:
            self._play(pulse, 0.0, 0.8, self._step(change), 60, 95)
        elif self._rng.random() < 0.1:
            self._play(pulse, self._upbeat, 0.3, self._last, 45, 80)

    def _in_patterns(self, pulse: Pulse, following: Pulse | None) -> None:
        change = pulse.change
        if change is None:
            return
        fifth = next((tone for tone in change.tones if 6 <= tone <= 8), 7)
        if pulse.is_new or pulse.position == 1:
            self._play(pulse, 0.0, 1.3, self._near(change.bass), 75, 110)
        elif pulse.position % 2 == 1:
            self._play(pulse, 0.0, 1.3, self._near(change.root + fifth), 70, 105)
        phase = 0.5 if self._style != "afro" else 2 / 3
        if pulse.position % 2 == 0 and self._rng.random() < 0.75:
            ahead = following.change if following and following.change else change
            tone = ahead.bass if following and following.is_new else change.root + fifth
            if self._rng.random() < 0.35:
                tone = change.root
            self._play(pulse, phase, 0.45, self._near(tone), 60, 95)

    def _in_funk(self, pulse: Pulse) -> None:
        change = pulse.change
        if change is None:
            return
        if pulse.is_new or pulse.position == 1:
            self._play(pulse, 0.0, float(self._rng.choice((0.4, 0.8))), self._near(change.bass),
                       80, 115)  # fmt: skip
        elif self._rng.random() < 0.6:
            self._play(pulse, 0.0, 0.5, self._step(change), 65, 105)
        for phase in (0.25, 0.5, 0.75):
            if self._rng.random() < 0.25:
                tone = int(self._rng.choice((0, 0, 7, 10)))
                self._play(pulse, phase, 0.25, self._near(change.root + tone), 55, 100)

    def _step(self, change: Change) -> int:
        """Give a chord or scale tone near the last."""
        tones = [*change.tones, *((2, 9) if self._rng.random() < 0.4 else ())]
        choices = [self._near(change.root + tone) for tone in tones]
        other = [pitch for pitch in choices if pitch != self._last] or choices
        other.sort(key=lambda pitch: abs(pitch - self._last))
        return other[int(self._rng.integers(min(3, len(other))))]

    def _near(self, pitch_class: int) -> int:
        pitch = self._last + (pitch_class - self._last + 6) % 12 - 6
        if self._rng.random() < 0.08:
            pitch += int(self._rng.choice((-12, 12)))
        return pitch

    def _play(
        self, pulse: Pulse, phase: float, lasts: float, pitch: int, low: int, high: int
    ) -> None:
        while pitch < _LOWEST:
            pitch += 12
        while pitch > _HIGHEST:
            pitch -= 12
        self._last = pitch
        onset = pulse.onset_sec + phase * pulse.length_sec + self._delay_sec
        onset = max(0.0, onset + self._rng.normal(0, self._jitter_sec + 1e-9))
        end = onset + max(0.05, lasts * pulse.length_sec * self._rng.uniform(0.85, 1.02))
        self._notes.append(PlayedNote(onset, end, pitch, int(self._rng.integers(low, high))))


def _cut(notes: list[PlayedNote]) -> list[PlayedNote]:
    """Let one note end where the next begins."""
    cut = []
    for i, one in enumerate(notes):
        follows = notes[i + 1].onset_sec - 0.005 if i + 1 < len(notes) else np.inf
        end = max(one.onset_sec + 0.03, min(one.offset_sec, follows))
        cut.append(PlayedNote(one.onset_sec, end, one.pitch_midi, one.velocity))
    return cut
