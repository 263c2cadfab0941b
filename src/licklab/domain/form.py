"""Form: choruses, and the sections of a chorus."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the chorus.

    Attributes
    ----------
    label : str
        A letter; equal letters have the same changes, but for their turnarounds.
    first_bar : int
        In the chorus, from 1.
    n_bars : int
        Its length.
    """

    label: str
    first_bar: int
    n_bars: int


@dataclass(frozen=True, slots=True)
class Chorus:
    """One time through the changes.

    Attributes
    ----------
    number : int
        From 1.
    first_bar : int
        Number of its first bar, as the beats count them; a first chorus that was begun before the
        recording is counted from where it would have begun.
    n_bars : int
        Bars in a chorus.
    onset_sec, offset_sec : float, seconds of the original file
        What of it is in the recording.
    """

    number: int
    first_bar: int
    n_bars: int
    onset_sec: float
    offset_sec: float


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a recording.

    Attributes
    ----------
    name : str
        ``12-bar blues``, ``AABA``, ``ABAC``, or such letters; ``32 bars`` where no sections are
        found.
    n_bars : int
        Bars in a chorus.
    sections : tuple of Section
        Of a chorus, in order.
    choruses : tuple of Chorus
        In order.
    confidence : float, 0 to 1
        How sure the listener is.
    """

    name: str
    n_bars: int
    sections: tuple[Section, ...]
    choruses: tuple[Chorus, ...]
    confidence: float
