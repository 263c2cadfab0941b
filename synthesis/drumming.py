"""Drummers: patterns of jazz styles over a chart, with fills and mistakes of a hand."""

from collections.abc import Sequence

import numpy as np

from synthesis.changes import Pulse
from synthesis.score import Part, PlayedNote

# General MIDI percussion keys.
_KICK, _RIM, _SNARE, _CLOSED, _PEDAL, _OPEN = 36, 37, 38, 42, 44, 46
_RIDE, _BELL, _RIDE_2, _CRASHES, _TOMS = 51, 53, 59, (49, 57), (41, 43, 45, 47, 48, 50)
_SHAKER, _CONGAS, _COWBELL, _TAMBOURINE = 70, (62, 63, 64), 56, 54
_KITS = (0, 0, 0, 8, 16, 32, 32, 40, 40)

STYLES = ("swing", "two", "brushes", "shuffle", "bossa", "even", "funk", "afro")
"""What a band can play; ``afro`` divides the beat in three."""


class Drummer:
    """One drummer with habits drawn at random."""

    def __init__(self, style: str, upbeat: float, rng: np.random.Generator) -> None:
        self._style, self._upbeat, self._rng = style, upbeat, rng
        self._notes: list[PlayedNote] = []
        self._busy, self._loud = rng.uniform(0.02, 0.4), rng.uniform(0.7, 1.15)
        self._ride = int(rng.choice((_RIDE, _RIDE, _RIDE, _RIDE_2, _BELL, _CLOSED)))
        self._jitter_sec = float(rng.choice((0.0, 0.004, 0.008)))
        self._hats_on = float(rng.choice((1.0, 1.0, 0.7, 0.0)))
        self._four = rng.random() < 0.3
        self._skips = rng.uniform(0.5, 1.0)

    def play(self, pulses: Sequence[Pulse]) -> Part:
        """Play a chart."""
        bar = 0
        fill = False
        for pulse in pulses:
            if pulse.position == 1:
                bar += 1
                fill = bar % int(self._rng.choice((4, 8))) == 0 and self._rng.random() < 0.4
                if bar % 8 == 1 and self._rng.random() < 0.35:
                    self._hit(pulse, 0.0, int(self._rng.choice(_CRASHES)), 60, 105)
            if fill and pulse.position > pulse.per_bar // 2:
                self._fill(pulse)
            else:
                getattr(self, f"_{self._style}")(pulse)
        self._notes.sort(key=lambda one: one.onset_sec)
        return Part(int(self._rng.choice(_KITS)), self._notes, drums=True)

    def _hit(self, pulse: Pulse, phase: float, key: int, low: int, high: int) -> None:
        velocity = int(np.clip(self._rng.integers(low, high) * self._loud, 8, 127))
        onset = pulse.onset_sec + phase * pulse.length_sec
        onset = max(0.0, onset + self._rng.normal(0, self._jitter_sec + 1e-9))
        self._notes.append(PlayedNote(onset, onset + 0.1, key, velocity))

    def _chance(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def _is_back(self, pulse: Pulse) -> bool:
        if pulse.per_bar == 3:
            return pulse.position in ((2,) if self._four else (2, 3))
        return pulse.position % 2 == 0

    def _swing(self, pulse: Pulse) -> None:
        self._hit(pulse, 0.0, self._ride, 60, 95)
        if self._is_back(pulse):
            if self._chance(self._skips):
                self._hit(pulse, self._upbeat, self._ride, 45, 85)
            if self._chance(self._hats_on):
                self._hit(pulse, 0.0, _PEDAL, 55, 95)
        elif self._chance(0.12):
            self._hit(pulse, self._upbeat, self._ride, 40, 75)
        if self._four:
            self._hit(pulse, 0.0, _KICK, 25, 50)
        self._comp(pulse)

    def _comp(self, pulse: Pulse) -> None:
        for key, low, high in ((_SNARE, 25, 90), (_KICK, 35, 85), (_RIM, 25, 70)):
            if self._chance(self._busy * 0.6):
                phase = float(self._rng.choice((0.0, self._upbeat, self._upbeat)))
                self._hit(pulse, phase, key, low, high)

    def _two(self, pulse: Pulse) -> None:
        if pulse.position % 2 == 1:
            self._hit(pulse, 0.0, _KICK, 35, 70)
        else:
            self._hit(pulse, 0.0, _PEDAL, 60, 95)
        if self._chance(0.7):
            self._hit(pulse, 0.0, int(self._rng.choice((_CLOSED, _RIDE))), 40, 75)
        if self._is_back(pulse) and self._chance(0.6):
            self._hit(pulse, self._upbeat, _CLOSED, 30, 60)
        self._comp(pulse)

    def _brushes(self, pulse: Pulse) -> None:
        self._hit(pulse, 0.0, _SNARE, 15, 40)
        if self._is_back(pulse):
            self._hit(pulse, 0.0, _PEDAL, 45, 80)
            if self._chance(0.6):
                self._hit(pulse, self._upbeat, _SNARE, 15, 40)
        if self._chance(0.3):
            self._hit(pulse, 0.0, self._ride, 25, 55)

    def _shuffle(self, pulse: Pulse) -> None:
        key = _CLOSED if self._four else self._ride
        self._hit(pulse, 0.0, key, 60, 90)
        self._hit(pulse, self._upbeat, key, 45, 75)
        if self._is_back(pulse):
            self._hit(pulse, 0.0, _SNARE, 65, 100)
        else:
            self._hit(pulse, 0.0, _KICK, 60, 95)
        if self._chance(0.3):
            self._hit(pulse, self._upbeat, _SNARE, 20, 50)

    def _bossa(self, pulse: Pulse) -> None:
        key = _SHAKER if self._four else _CLOSED
        self._hit(pulse, 0.0, key, 45, 80)
        self._hit(pulse, 0.5, key, 35, 65)
        if pulse.position % 2 == 1:
            self._hit(pulse, 0.0, _KICK, 50, 85)
            if self._chance(0.8):
                self._hit(pulse, -0.5, _KICK, 35, 65)
        clave = {1: (0.0,), 2: (0.5,), 3: (), 4: (0.0,)}
        for phase in clave.get(pulse.position, ()):
            if self._chance(0.8):
                self._hit(pulse, phase, _RIM, 50, 90)
        if self._chance(self._busy * 0.3):
            self._hit(pulse, 0.5, int(self._rng.choice(_CONGAS)), 40, 80)

    def _even(self, pulse: Pulse) -> None:
        self._hit(pulse, 0.0, self._ride, 50, 85)
        if self._chance(0.75):
            self._hit(pulse, 0.5, self._ride, 40, 75)
        if self._is_back(pulse) and self._chance(0.6):
            self._hit(pulse, 0.0, _PEDAL, 50, 85)
        for key in (_SNARE, _KICK, _RIM):
            if self._chance(self._busy):
                self._hit(pulse, float(self._rng.choice((0.0, 0.5))), key, 30, 85)

    def _funk(self, pulse: Pulse) -> None:
        key = _CLOSED if self._skips < 0.85 else self._ride
        self._hit(pulse, 0.0, key, 55, 85)
        self._hit(pulse, 0.5, key, 45, 75)
        if self._is_back(pulse):
            self._hit(pulse, 0.0, _SNARE, 75, 115)
        elif pulse.position == 1 or self._chance(0.6):
            self._hit(pulse, 0.0, _KICK, 70, 110)
        if self._chance(0.35):
            self._hit(pulse, float(self._rng.choice((0.5, 0.75, 0.25))), _KICK, 50, 95)
        if self._chance(0.2):
            self._hit(pulse, float(self._rng.choice((0.25, 0.75))), _SNARE, 20, 50)

    def _afro(self, pulse: Pulse) -> None:
        key = int(self._rng.choice((self._ride, self._ride, _COWBELL)))
        for third in range(3):
            if third == 0 or self._chance(0.85):
                self._hit(pulse, third / 3, key, 60 if third == 0 else 40, 90 if not third else 75)
        if pulse.position == 1:
            self._hit(pulse, 0.0, _KICK, 60, 100)
        elif self._is_back(pulse):
            self._hit(pulse, 0.0, int(self._rng.choice((_PEDAL, _RIM, _SNARE))), 50, 90)
        if self._chance(self._busy):
            phase = float(self._rng.choice((1 / 3, 2 / 3)))
            self._hit(pulse, phase, int(self._rng.choice((*_CONGAS, _KICK, _SNARE))), 35, 85)

    def _fill(self, pulse: Pulse) -> None:
        divisions = (0.0, 1 / 3, 2 / 3) if self._chance(0.5) else (0.0, self._upbeat)
        for phase in divisions:
            if self._chance(0.75):
                self._hit(pulse, phase, int(self._rng.choice((_SNARE, *_TOMS))), 50, 110)
        if self._chance(0.5):
            self._hit(pulse, 0.0, _KICK, 40, 90)
