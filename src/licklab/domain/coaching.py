"""What a coach says of a lick: sentences that carry the notes they speak of."""

from dataclasses import dataclass
from enum import StrEnum

from licklab.errors import UnknownLevelError


class CoachLevel(StrEnum):
    """For whom it is said."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class CoachSubject(StrEnum):
    """What a sentence is there for."""

    HAPPENS = "happens"
    WORKS = "works"
    PRACTISE = "practise"
    LISTEN = "listen"


SUBJECT_TITLES = {
    CoachSubject.HAPPENS: "What happens",
    CoachSubject.WORKS: "Why it works",
    CoachSubject.PRACTISE: "What to practise",
    CoachSubject.LISTEN: "What to listen for",
}
"""As they stand above the sentences."""


@dataclass(frozen=True, slots=True)
class CoachMatch:
    """A place where somebody plays something like the lick.

    Attributes
    ----------
    performer, title : str
        As their source writes them; the performer is empty where nobody is named.
    bars : tuple of int
        Of that solo; empty without beats.
    similarity : float, 0 to 1
        1 is the same in pitch and rhythm.
    solo_id : str
        Of the corpus.
    """

    performer: str
    title: str
    bars: tuple[int, ...]
    similarity: float
    solo_id: str = ""


@dataclass(frozen=True, slots=True)
class CoachSentence:
    """A sentence of a coach.

    Attributes
    ----------
    id : str
        In its text, such as ``works-2``.
    subject : CoachSubject
        What it is there for.
    kind : str
        What it is about.
    text : str
        The sentence.
    note_ids : tuple of str
        The notes that bear it out, in order.
    bars : tuple of int
        Their bars, ascending.
    from_sec, to_sec : float, seconds of the original file, or None
        The stretch of the recording that it sends to, where it sends to one.
    match : CoachMatch or None
        What it tells of, where that is another solo.
    is_guess : bool
        Whether it speaks of changes that are a guess.
    rephrased : str or None
        The same in other words, where a language model found some that may be shown.
    """

    id: str
    subject: CoachSubject
    kind: str
    text: str
    note_ids: tuple[str, ...]
    bars: tuple[int, ...]
    from_sec: float | None = None
    to_sec: float | None = None
    match: CoachMatch | None = None
    is_guess: bool = False
    rephrased: str | None = None

    @property
    def shown(self) -> str:
        """What is to be read: other words where there are some."""
        return self.text if self.rephrased is None else self.rephrased


@dataclass(frozen=True, slots=True)
class CoachText:
    """What a coach says of a lick.

    Attributes
    ----------
    level : CoachLevel
        For whom.
    instrument : str
        Id of the instrument that it is to be practised on.
    sentences : tuple of CoachSentence
        By subject, in the order of `CoachSubject`.
    """

    level: CoachLevel
    instrument: str
    sentences: tuple[CoachSentence, ...]

    def about(self, subject: CoachSubject) -> tuple[CoachSentence, ...]:
        """Give the sentences of a subject.

        Parameters
        ----------
        subject : CoachSubject
            Which ones.

        Returns
        -------
        tuple of CoachSentence
            In order.
        """
        return tuple(one for one in self.sentences if one.subject is subject)


def find_level(name: str) -> CoachLevel:
    """Find a level by its name.

    Parameters
    ----------
    name : str
        Case and spaces around it do not matter.

    Returns
    -------
    CoachLevel
        The one of that name.

    Raises
    ------
    UnknownLevelError
        If no level has that name; the message lists them.

    Examples
    --------
    >>> find_level(" Beginner")
    <CoachLevel.BEGINNER: 'beginner'>
    """
    try:
        return CoachLevel(name.strip().lower())
    except ValueError:
        raise UnknownLevelError(
            f"want a level, one of {', '.join(CoachLevel)}; got {name[:80]!r}"
        ) from None
