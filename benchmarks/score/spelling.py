"""Names of chord tones, counted letter by letter from the root of the annotated chord."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.score.solos import AnnotatedSolo
from licklab.domain.chord import NO_CHORD
from licklab.domain.harte import from_harte
from licklab.domain.note_name import LETTERS, degree_semitones, note_pitch_class
from licklab.notation.arrange import ScoreOptions, arrange

# Letters above the root of thirds, fifths and sevenths: what tells a chord apart.
_LETTERS_UP = {"b3": 2, "3": 2, "b5": 4, "5": 4, "#5": 4, "b7": 6, "7": 6, "1": 0}
_LETTER_PITCH = dict(zip(LETTERS, (0, 2, 4, 5, 7, 9, 11), strict=True))


@dataclass(frozen=True, slots=True)
class SpellingFigures:
    """What was counted.

    Attributes
    ----------
    n_tones : int
        Notes that are root, third, fifth or seventh of the chord under them.
    n_wrong : int
        Those on another letter, where theirs takes one sign at most.
    n_double : int
        Notes of all kinds with two signs.
    """

    n_tones: int
    n_wrong: int
    n_double: int


def measure_spelling(solos: Sequence[AnnotatedSolo], part: str) -> SpellingFigures:
    """Count the names on the pages of a part."""
    n_tones = n_wrong = n_double = 0
    for solo in solos:
        score = arrange(solo.transcription, ScoreOptions(part=part))
        label = NO_CHORD
        for bar in score.bars:
            changes = list(bar.chords)
            for event in bar.voices[0].events:
                beat = int(event.onset_quarter)
                while changes and int(changes[0].onset_quarter) <= beat:
                    label = changes.pop(0).label
                for head in event.heads:
                    n_double += abs(head.pitch.alter) > 1
                    wanted = _letter(label, head.pitch.midi % 12)
                    if wanted is not None and not head.tie_from:
                        n_tones += 1
                        n_wrong += wanted != head.pitch.letter
    return SpellingFigures(n_tones, n_wrong, n_double)


def _letter(label: str, pitch_class: int) -> str | None:
    """Give the letter of a tone of the chord; None for others, and where it takes two signs."""
    if label == NO_CHORD:
        return None
    symbol = from_harte(label)
    root = note_pitch_class(symbol.root)
    for degree in symbol.degrees:
        if degree in _LETTERS_UP and (root + degree_semitones(degree)) % 12 == pitch_class:
            letter = LETTERS[(LETTERS.index(symbol.root[0]) + _LETTERS_UP[degree]) % 7]
            signs = (pitch_class - _LETTER_PITCH[letter] + 6) % 12 - 6
            return letter if abs(signs) <= 1 else None
    return None
