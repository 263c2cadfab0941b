"""Phrases and licks of a solo."""

from dataclasses import dataclass
from enum import StrEnum

from licklab.domain.solo_line import NoteSpan


class ReasonKind(StrEnum):
    """Why something is a lick."""

    REPEATS = "repeats"
    SHARED = "shared"
    UNUSUAL = "unusual"
    CADENCE = "cadence"
    RESOLVES = "resolves"
    BOUNDED = "bounded"


@dataclass(frozen=True, slots=True)
class LickReason:
    """One reason, with its number.

    Attributes
    ----------
    kind : ReasonKind
        Which reason.
    value : float
        Times it is played, players who play it, bits of surprise, share of the notes over a
        cadence, and so on.
    text : str
        A sentence.
    """

    kind: ReasonKind
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class LickOccurrence:
    """One place where a lick is played.

    Attributes
    ----------
    span : NoteSpan
        Its notes in the line.
    transposition_semitones : int
        Above the first occurrence.
    similarity : float, 0 to 1
        To the first occurrence; 1 for the same intervals.
    """

    span: NoteSpan
    transposition_semitones: int = 0
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Lick:
    """A lick of a solo, with all the places where it is played.

    Attributes
    ----------
    occurrences : tuple of LickOccurrence
        The one that stands for all of them, then the others in order.
    lickness : float, 0 to 1
        How likely a listener would mark it as a lick, and not as theme, quote, void or rhythm.
    reasons : tuple of LickReason
        The strongest first.
    """

    occurrences: tuple[LickOccurrence, ...]
    lickness: float
    reasons: tuple[LickReason, ...]

    @property
    def span(self) -> NoteSpan:
        """Notes of the first occurrence."""
        return self.occurrences[0].span
