"""Evidence of charts as a listener gives it who is mostly right."""

from collections.abc import Sequence

import numpy as np

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.engine.chords.language import N_CHORDS, N_QUALITIES

RATE, RHYTHM_RATE, BEAT_SEC = 21.533203125, 86.1328125, 0.4

Bar = Sequence[tuple[int, str] | None]


def column(root: int, quality: str) -> int:
    """Place of a chord in the evidence."""
    return 1 + N_QUALITIES * root + QUALITIES.index(quality)


def beat_times(n_beats: int) -> np.ndarray:
    return 0.5 + BEAT_SEC * np.arange(n_beats)


def hear_chords(
    beats: Bar, *, sureness: float = 4.0, noise: float = 1.0, seed: int = 0
) -> ChordEvidence:
    """Hear one chord a beat; None is no chord."""
    rng = np.random.default_rng(seed)
    n_frames = int((0.5 + BEAT_SEC * len(beats) + 1) * RATE)
    odds = rng.normal(0, noise, (n_frames, N_CHORDS))
    bass = np.full((n_frames, 13), 0.01)
    for number, chord in enumerate(beats):
        onset = 0.5 + BEAT_SEC * number
        frames = slice(round(onset * RATE), round((onset + BEAT_SEC) * RATE))
        odds[frames, 0 if chord is None else column(*chord)] += sureness
        bass[frames, 0 if chord is None else 1 + chord[0]] = 1
    odds -= np.log(np.exp(odds).sum(axis=1, keepdims=True))
    bass = np.log(bass / bass.sum(axis=1, keepdims=True))
    tensions = np.full((n_frames, 12, len(TENSIONS)), 0.05)
    return ChordEvidence(
        0.5 / RATE, RATE, odds.astype(np.float32), bass.astype(np.float32),
        tensions.astype(np.float32),
    )  # fmt: skip


def hear_rhythm(
    times: np.ndarray, downbeats: Sequence[int] = (), offbeats: Sequence[float] = ()
) -> RhythmEvidence:
    """Hear beats, bar lines on some of them, and strokes at shares of every beat."""
    n_frames = int((times[-1] + 1) * RHYTHM_RATE)
    beat, downbeat, offbeat = (np.full(n_frames, 0.02, np.float32) for _ in range(3))
    length = float(np.median(np.diff(times)))
    for number, onset in enumerate(times):
        beat[round(onset * RHYTHM_RATE)] = 0.95
        # Without bar lines in the evidence it says as much of every beat as is usual.
        heard = 0.9 if number in downbeats else 0.05 if len(downbeats) else 0.27
        downbeat[round(onset * RHYTHM_RATE)] = heard
        for share in offbeats:
            offbeat[round((onset + share * length) * RHYTHM_RATE)] = 0.8
    return RhythmEvidence(0.0, RHYTHM_RATE, beat, downbeat, offbeat, beat)
