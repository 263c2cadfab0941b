"""A passage as it is practised: exact places in bars, no recording behind it.

A lick that was heard becomes one (`licklab.notation.passages`); exercises are made of it.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_symbol import ChordSymbol, transpose
from licklab.domain.key import Key
from licklab.errors import ShapeError

USUAL_TEMPO_BPM = 120.0
"""Of a passage whose recording has no pulse."""


@dataclass(frozen=True, slots=True)
class PassageNote:
    """A written note.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the first bar.
    length_quarter : Fraction
        As written.
    pitch_midi : int
        Sounding pitch, 60 is middle C.
    id : str
        Of the heard note that it is or comes from; empty for one that was made up.
    velocity : int, 1 to 127
        How loud.
    """

    onset_quarter: Fraction
    length_quarter: Fraction
    pitch_midi: int
    id: str = ""
    velocity: int = 80

    def __post_init__(self) -> None:
        if self.onset_quarter < 0 or self.length_quarter <= 0:
            raise ShapeError(
                f"want an onset of at least 0 and a length above 0, "
                f"got {self.onset_quarter}, {self.length_quarter}"
            )

    @property
    def offset_quarter(self) -> Fraction:
        """Where it ends."""
        return self.onset_quarter + self.length_quarter


@dataclass(frozen=True, slots=True)
class PassageChord:
    """A chord in force from a place on, until the next.

    Attributes
    ----------
    onset_quarter : Fraction
        From the beginning of the first bar.
    symbol : ChordSymbol
        Of concert pitch.
    """

    onset_quarter: Fraction
    symbol: ChordSymbol


@dataclass(frozen=True, slots=True)
class Passage:
    """Some bars of music for one line.

    Attributes
    ----------
    notes : tuple of PassageNote
        Ordered by onset; none begins before the one before it has ended.
    chords : tuple of PassageChord
        Ordered by onset; none where none is known. The first begins with the first bar.
    n_bars : int
        Whole bars, all of them as long as the signature says.
    signature : TimeSignature
        Of all bars.
    tempo_bpm : float
        Beats a minute, as the signature counts beats.
    swing_ratio : float or None
        Of the eighths: 2 is a triplet's; None for straight ones.
    key : Key or None
        Concert key.
    first_bar : int
        Number of the first bar; that of the recording, where there is one.

    Raises
    ------
    ShapeError
        If notes overlap or something lies outside of the bars.
    """

    notes: tuple[PassageNote, ...]
    chords: tuple[PassageChord, ...] = ()
    n_bars: int = 1
    signature: TimeSignature = field(default_factory=TimeSignature)
    tempo_bpm: float = USUAL_TEMPO_BPM
    swing_ratio: float | None = None
    key: Key | None = None
    first_bar: int = 1

    def __post_init__(self) -> None:
        for one, following in zip(self.notes, self.notes[1:], strict=False):
            if following.onset_quarter < one.offset_quarter:
                raise ShapeError(f"want notes one after another, got {one} and {following}")
        end = self.length_quarter
        if self.notes and self.notes[-1].offset_quarter > end:
            raise ShapeError(f"want notes within {end} quarters, got {self.notes[-1]}")
        onsets = [one.onset_quarter for one in self.chords]
        if onsets != sorted(set(onsets)) or any(not 0 <= one < end for one in onsets):
            raise ShapeError(f"want chords one after another within the bars, got {onsets}")

    @property
    def bar_quarter(self) -> Fraction:
        """Of each bar, quarters."""
        return Fraction(4 * self.signature.numerator, self.signature.denominator)

    @property
    def beat_quarter(self) -> Fraction:
        """Of a beat as the signature counts them, quarters."""
        return self.bar_quarter / self.signature.beats_per_bar

    @property
    def length_quarter(self) -> Fraction:
        """Of all bars, quarters."""
        return self.n_bars * self.bar_quarter

    @property
    def pitches_midi(self) -> tuple[int, ...]:
        """Of the notes, in order."""
        return tuple(one.pitch_midi for one in self.notes)

    def chord_at(self, onset_quarter: Fraction) -> ChordSymbol | None:
        """Give the chord in force at a place.

        Parameters
        ----------
        onset_quarter : Fraction
            From the beginning of the first bar.

        Returns
        -------
        ChordSymbol or None
            None where none is known or none is played.
        """
        before = [one.symbol for one in self.chords if one.onset_quarter <= onset_quarter]
        return None if not before or before[-1].is_none else before[-1]

    def moved(self, semitones: int, key: Key | None = None) -> "Passage":
        """Transpose notes, chords and key alike.

        Parameters
        ----------
        semitones : int
            Upward; downward below 0.
        key : Key, optional
            To spell the chords in: of the same pitch as the key moved. The one with fewer signs
            if omitted.

        Returns
        -------
        Passage
            The same music elsewhere; moving it back gives the same pitches.
        """
        there = key
        if there is None and self.key is not None:
            there = Key.of_pitch_class(self.key.pitch_class + semitones, self.key.mode)
        return replace(
            self,
            notes=tuple(replace(one, pitch_midi=one.pitch_midi + semitones) for one in self.notes),
            chords=tuple(
                # As they were spelled, where they stay what they are.
                replace(
                    one,
                    symbol=one.symbol
                    if semitones % 12 == 0 and there == self.key
                    else transpose(one.symbol, semitones, there),
                )
                for one in self.chords
            ),
            key=there,
        )
