"""An exercise: music, a sentence, and what it claims.

A claim is what `licklab.practice.exercises.checking` looks for again in the music. Indices of notes
count those of the lick from 0.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harmony_function import CadenceKind
from licklab.domain.passage import Passage


class ExerciseKind(StrEnum):
    """A way to practise a lick."""

    TARGETS = "targets"
    APPROACHES = "targets with approaches"
    WHOLE = "whole lick"
    BACKWARD = "last notes first"
    DISPLACED = "displaced"
    ENDING = "another ending"
    MINOR = "over the minor ii-V"
    TRITONE = "over the tritone substitute"
    BACKDOOR = "over the backdoor"
    RHYTHM = "another rhythm"
    CONNECTED = "connected licks"
    ANSWER = "call and response"
    LADDER = "metronome ladder"


class Rhythm(StrEnum):
    """An even rhythm that any line can be played in."""

    QUARTERS = "quarters"
    EIGHTHS = "eighths"
    TRIPLETS = "triplets"
    DOTTED = "dotted eighths"


@dataclass(frozen=True, slots=True)
class TargetsClaim:
    """The notes are chord tones on beats, each held to the next where it may be.

    A rest of the lick, a chord that it is no tone of, and a bar end what is held.

    Attributes
    ----------
    targets : tuple of int
        Notes of the lick, rising.
    """

    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ApproachesClaim:
    """The notes are targets, and notes that go to a target by step or are said to lead there.

    Attributes
    ----------
    targets : tuple of int
        Notes of the lick that are chord tones on beats, rising.
    approaches : tuple of int
        Notes of the lick that lead to them, rising.
    """

    targets: tuple[int, ...]
    approaches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WholeClaim:
    """The lick as it is."""


@dataclass(frozen=True, slots=True)
class TailClaim:
    """The last notes of the lick, at their places in the bar and over their chords.

    Attributes
    ----------
    first_note : int
        Of the lick; it is the first one in its beat.
    """

    first_note: int


@dataclass(frozen=True, slots=True)
class DisplacedClaim:
    """All notes later, over chords that stay where they are.

    Attributes
    ----------
    by_quarter : Fraction
        How much later.
    n_other_chord : int
        Notes that meet another chord than before.
    """

    by_quarter: Fraction
    n_other_chord: int


@dataclass(frozen=True, slots=True)
class EndingClaim:
    """The lick up to its end, then another last note, which is reached by step.

    Attributes
    ----------
    degree : str
        Of the last note over its chord: a third, a fifth or the ninth.
    chord : ChordSymbol
        That the lick ends on.
    n_changed : int
        Notes that are not as in the lick: 1, or 2 where the last but one leads by a semitone.
    """

    degree: str
    chord: ChordSymbol
    n_changed: int


@dataclass(frozen=True, slots=True)
class CadenceClaim:
    """The lick over another cadence: same rhythm, same shape, every note in place over its chord.

    Attributes
    ----------
    cadence : CadenceKind
        That is there now.
    notes : tuple of int
        Notes over chords that are changed: each is a chord tone, a tension, or leads to another.
    n_changed : int
        Notes of other pitch than in the lick.
    """

    cadence: CadenceKind
    notes: tuple[int, ...]
    n_changed: int


@dataclass(frozen=True, slots=True)
class RhythmClaim:
    """The same pitches in the same order over the same chords, in an even rhythm.

    Attributes
    ----------
    rhythm : Rhythm
        In which.
    """

    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class JointClaim:
    """The lick, then another, which begins on the last note or a step from it.

    Attributes
    ----------
    following : Passage
        The other as it was.
    semitones : int
        How far it is moved.
    onset_quarter : Fraction
        Where its first bar begins.
    change_quarter : Fraction
        From where on its chords count: the same one goes on there, a cadence leads over the place,
        or both are heard in the same key.
    """

    following: Passage
    semitones: int
    onset_quarter: Fraction
    change_quarter: Fraction


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """The lick, then as many empty bars over the same chords.

    Attributes
    ----------
    n_bars : int
        Of the lick, and of the answer.
    """

    n_bars: int


@dataclass(frozen=True, slots=True)
class LadderClaim:
    """Tempi that rise to that of the lick.

    Attributes
    ----------
    tempi_bpm : tuple of int
        The first 50 to 60 % of the last, each other 4 to 5 % above the one before.
    """

    tempi_bpm: tuple[int, ...]


Claim = (
    TargetsClaim
    | ApproachesClaim
    | WholeClaim
    | TailClaim
    | DisplacedClaim
    | EndingClaim
    | CadenceClaim
    | RhythmClaim
    | JointClaim
    | AnswerClaim
    | LadderClaim
)
"""What an exercise says of itself."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise.

    Attributes
    ----------
    kind : ExerciseKind
        Which way to practise.
    title : str
        A few words, without a full stop.
    sentence : str
        What to do and why, in one sentence.
    passage : Passage
        What to play.
    claim : Claim
        What is so of the passage.
    note_ids : tuple of str
        Notes of the lick that it rests on, in order.
    """

    kind: ExerciseKind
    title: str
    sentence: str
    passage: Passage
    claim: Claim
    note_ids: tuple[str, ...]
