"""Scores for tests of writers: as the arranger makes them from lines made up for it."""

from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.instrument import Texture
from licklab.domain.score import Score, ScoreHead
from licklab.domain.tab import TUNINGS
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, line, transcription

_THIRD = 0.5 / 3
_CHANGES = ((0.0, "D:min7"), (1.5, "G:7(b9)"), (3.5, "C:maj7/3"), (4.5, "A:7(b9,#9,b13)"),
            (5.5, "N"), (6.5, "B:hdim7"))  # fmt: skip


def horn(part: str = "tenor_sax") -> Score:
    """Give a part with a pickup, triplets, ties, a grace note, rests and all kinds of chords."""
    notes = line(
        (0.0, 0.25, 58), (0.25, 0.5, 61),  # the pickup
        *((0.5 + k * _THIRD, 0.5 + (k + 1) * _THIRD, 62 + k) for k in range(3)),
        (1.0, 1.2, 65), (1.25, 2.0, 66), (2.25, 3.0, 67),
        (3.46, 3.5, 68), (3.5, 3.75, 69), (3.75, 4.0, 66), (4.0, 4.5, 70),
        (4.5, 4.625, 71), (4.625, 4.75, 70), (4.75, 4.875, 68), (4.875, 5.0, 66), (5.0, 6.5, 64),
        (6.5, 7.0, 63),
    )  # fmt: skip
    heard = transcription(notes, even_grid(5, start=4), labels=_CHANGES, key="C", swing=1.7)
    return arrange(
        heard, ScoreOptions(part=part, title='Blues "A" <&> \\ % Straße', composer="N. N.\x00")
    )


def waltz() -> Score:
    """Give a part in 3/4 without swing."""
    notes = line(*[(k * 0.5, k * 0.5 + 0.45, 60 + k) for k in range(9)])
    heard = transcription(notes, even_grid(3, TimeSignature(3, 4)), key="Eb")
    return arrange(heard, ScoreOptions(part="concert", title="Waltz"))


def six_eight() -> Score:
    """Give a part in 6/8, whose beat is a dotted quarter."""
    third = 0.6 / 3
    notes = line(*[(k * third, (k + 1) * third, 60 + k) for k in range(10)], (2.4, 3.0, 72))
    heard = transcription(notes, even_grid(3, TimeSignature(6, 8), beat_sec=0.6), key="D minor")
    return arrange(heard, ScoreOptions(part="flute", title="Six"))


def piano() -> Score:
    """Give a piano part: chords in both hands."""
    notes = tuple(sorted(
        line(*[(k * 0.5, k * 0.5 + 0.4, pitch) for k in range(8) for pitch in (43, 50, 64, 69, 74)],
             (1.25, 1.5, 76)),
        key=lambda note: (note.onset_sec, note.pitch_midi),
    ))  # fmt: skip
    heard = transcription(
        notes, even_grid(2), labels=[(0.0, "A:min7")], key="A minor", instrument="piano",
        mode=Texture.POLYPHONIC,
    )  # fmt: skip
    return arrange(heard, ScoreOptions(title="Chords"))


def guitar() -> Score:
    """Give a guitar part with tablature and a bass note held under a line."""
    notes = tuple(sorted(
        line((0.0, 2.0, 45), *[(k * 0.25, k * 0.25 + 0.25, 64 + k % 5) for k in range(8)],
             (2.0, 3.0, 52), (2.0, 3.0, 59), (2.0, 3.0, 64)),
        key=lambda note: (note.onset_sec, note.pitch_midi),
    ))  # fmt: skip
    heard = transcription(
        notes, even_grid(2), key="A minor", instrument="guitar", mode=Texture.POLYPHONIC
    )
    return arrange(heard, ScoreOptions(title="Guitar", tuning=TUNINGS["standard"]))


ALL = {
    "horn": horn, "alto": lambda: horn("alto_sax"), "concert": lambda: horn("concert"),
    "waltz": waltz, "six_eight": six_eight, "piano": piano, "guitar": guitar,
}  # fmt: skip
"""Every score by its name."""


def sounds(score: Score) -> list[tuple[Fraction, Fraction, int]]:
    """List what sounds: onset and length in quarters from the beginning, and sounding pitch."""
    found: dict[tuple[str, int], tuple[Fraction, Fraction, int]] = {}
    at = Fraction(0)
    for bar in score.bars:
        for voice in bar.voices:
            for event in voice.events:
                if event.is_grace:
                    continue
                for head in event.heads:
                    key = _key(head)
                    before = found.get(key) if head.tie_from else None
                    if before is None:
                        found[key] = (at + event.onset_quarter, event.length_quarter, key[1])
                    else:
                        found[key] = (before[0], before[1] + event.length_quarter, key[1])
        at += bar.length_quarter
    return sorted(found.values())


def _key(head: ScoreHead) -> tuple[str, int]:
    return head.note_id, head.sounding_midi
