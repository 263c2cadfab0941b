"""Made-up solos that differ from one another, for tests of the search."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from licklab.corpus.solo import CorpusSolo, SoloInfo, solo_id
from licklab.corpus.store import Corpus
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.solo_line import LineChord, NoteSpan, SoloLine

CHORDS = ("Dm7", "G7", "Cmaj7", "A7b9")
"""One for every 16 notes of a melody, over and over."""


def melody(seed: int, n_notes: int = 120, performer: str = "Anna", **info: object) -> CorpusSolo:
    """Make a solo that wanders, in uneven rhythm, over `CHORDS`, in phrases of 20 notes."""
    rng = np.random.default_rng(seed)
    pitch = 60 + np.cumsum(rng.choice([-4, -3, -2, -1, 1, 2, 3, 5], n_notes))
    pitch = 45 + np.abs((pitch - 45) % 80 - 40)
    gaps = rng.choice([0.12, 0.25, 0.5, 1.0], n_notes, p=[0.2, 0.5, 0.2, 0.1])
    onset = 1 + np.cumsum(gaps) - gaps
    n_chords = -(-n_notes // 16)
    starts = [*onset[::16].tolist(), float(onset[-1]) + 1]
    line = SoloLine(
        onset_sec=onset,
        offset_sec=onset + 0.9 * gaps,
        pitch_midi=pitch.astype(np.int64),
        bar=np.arange(n_notes) // 8 + 1,
        beat=np.arange(n_notes) % 8 // 2 + 1,
        division=np.full(n_notes, 2),
        tatum=np.arange(n_notes) % 2 + 1,
        beat_sec=np.full(n_notes, 0.5),
        chord=np.arange(n_notes) // 16,
        confidence=np.ones(n_notes),
        chords=tuple(
            LineChord(
                parse_symbol(CHORDS[one % 4]), starts[one], starts[one + 1], 2 * one + 1, 1, 8
            )
            for one in range(n_chords)
        ),
        note_ids=tuple(f"n{one + 1}" for one in range(n_notes)),
    )
    phrases = tuple(NoteSpan(start, min(start + 20, n_notes)) for start in range(0, n_notes, 20))
    own = SoloInfo(solo_id("melodies", str(seed)), performer, f"Tune {seed}", "trumpet")
    return CorpusSolo(replace(own, **info), line, phrases)  # type: ignore[arg-type]


def fill(folder: Path, *solos: CorpusSolo) -> Corpus:
    """Make a corpus of solos."""
    corpus = Corpus(folder)
    corpus.add(solos)
    return corpus
