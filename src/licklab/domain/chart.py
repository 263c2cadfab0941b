"""Charts: the changes of one chorus, as they are known before anyone listens."""

from dataclasses import dataclass, field

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.form import Section
from licklab.domain.key import Key
from licklab.errors import ChordError

MOST_BARS = 1000
"""Bars of the longest chart that is accepted; the longest chorus of a standard has 128."""


@dataclass(frozen=True, slots=True)
class ChartChord:
    """A chord in a bar.

    Attributes
    ----------
    beat : int
        Where it enters; 0 is the first beat of the bar.
    symbol : ChordSymbol
        That is played from there on.
    """

    beat: int
    symbol: ChordSymbol


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar.

    Attributes
    ----------
    chords : tuple of ChartChord
        In order; the first one is on beat 0, also where it is held from the bar before.
    section : str or None
        Label of the section that begins here; None where none begins or none is known.
    """

    chords: tuple[ChartChord, ...]
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The changes of one chorus, with repeats and endings written out.

    Attributes
    ----------
    bars : tuple of ChartBar
        In the order of playing.
    time_signature : TimeSignature
        Of all of it.
    key : Key or None
        That it is written in, where it says so.
    title : str or None
        Of the tune, where it says so.

    Raises
    ------
    ChordError
        If there are too few or too many bars, or chords that are not in order in their bar.
    """

    bars: tuple[ChartBar, ...]
    time_signature: TimeSignature = field(default_factory=TimeSignature)
    key: Key | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.bars) <= MOST_BARS:
            raise ChordError(f"want a chart of 1 to {MOST_BARS} bars, got {len(self.bars)}")
        for number, bar in enumerate(self.bars, 1):
            beats = [chord.beat for chord in bar.chords]
            is_rising = beats == sorted(set(beats))
            if not is_rising or beats[:1] != [0] or beats[-1] >= self.time_signature.beats_per_bar:
                raise ChordError(
                    f"want chords on rising beats from 0 to "
                    f"{self.time_signature.beats_per_bar - 1} in bar {number}, got {beats}"
                )

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the chorus, from the first label on."""
        starts = [number for number, bar in enumerate(self.bars, 1) if bar.section is not None]
        ends = [*starts[1:], len(self.bars) + 1]
        return tuple(
            Section(self.bars[start - 1].section or "", start, end - start)
            for start, end in zip(starts, ends, strict=False)
        )
