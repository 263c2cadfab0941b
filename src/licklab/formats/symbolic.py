"""A score of somebody else's as a transcription: what the readers of notes have in common."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import NO_CHORD, Chord
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import to_harte
from licklab.domain.instrument import INSTRUMENTS, UNNAMED, Texture, find_instrument
from licklab.domain.key import Key, KeyEstimate
from licklab.domain.note import Note
from licklab.domain.swing import Swing
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.errors import ScoreFileError, UnknownInstrumentError
from licklab.version import __version__

DEFAULT_BPM = Fraction(120)
"""Quarters a minute where a score says nothing, as MIDI has it."""

MOST_NOTES = 100_000
"""Of a part that is read: an hour of the fastest solos has 50,000."""

MOST_BARS = 10_000
"""Of a part that is read, with its repeats played."""

LINE_OVERLAPS = 0.1
"""Share of the notes of a line that may sound into the next one: ornaments, and written legato."""

LONGEST_BAR = Fraction(64)
"""In quarters, of a bar that is read."""

GRACE_QUARTER = Fraction(1, 10)
"""Length of a grace note; it comes before the beat, in the time of what is before it."""

# Where sound is spoken of and there is none.
_SAMPLE_RATE = 44_100
# Ratio of eighths that are written evenly and headed "Swing": a triplet's, as copyists mean it.
_WRITTEN_SWING = 2.0


@dataclass(frozen=True, slots=True)
class SymbolicNote:
    """A note of a score.

    Attributes
    ----------
    onset_quarter, end_quarter : Fraction
        From the beginning of the piece.
    pitch_midi : int
        As it sounds.
    velocity : int, 1 to 127
        How loud.
    """

    onset_quarter: Fraction
    end_quarter: Fraction
    pitch_midi: int
    velocity: int = 80


@dataclass(frozen=True, slots=True)
class SymbolicBar:
    """A bar of a score.

    Attributes
    ----------
    start_quarter, length_quarter : Fraction
        From the beginning of the piece; its length.
    signature : TimeSignature
        In force.
    """

    start_quarter: Fraction
    length_quarter: Fraction
    signature: TimeSignature


@dataclass(slots=True)
class SymbolicPart:
    """A part of a score.

    Attributes
    ----------
    notes : list of SymbolicNote
        In any order.
    bars : list of SymbolicBar
        In order, without gaps.
    tempos : list of (Fraction, Fraction)
        From which quarter on how many quarters a minute.
    chords : list of (Fraction, ChordSymbol)
        Where they enter.
    key : Key or None
        Sounding.
    name : str
        Of the part.
    gm_program : int or None
        General MIDI program, from 0.
    title : str
        Of the piece.
    is_swung : bool
        Whether it is headed so.
    first_bar : int or None
        Number of the first bar, where the score says it; they are counted from 1, or from 0 of a
        pickup, if None.
    """

    notes: list[SymbolicNote] = field(default_factory=list)
    bars: list[SymbolicBar] = field(default_factory=list)
    tempos: list[tuple[Fraction, Fraction]] = field(default_factory=list)
    chords: list[tuple[Fraction, ChordSymbol]] = field(default_factory=list)
    key: Key | None = None
    name: str = ""
    gm_program: int | None = None
    title: str = ""
    is_swung: bool = False
    first_bar: int | None = None


class TempoMap:
    """From quarters to seconds.

    Parameters
    ----------
    tempos : sequence of (Fraction, Fraction)
        From which quarter on how many quarters a minute.
    """

    def __init__(self, tempos: Sequence[tuple[Fraction, Fraction]]) -> None:
        ordered = sorted(dict(tempos).items())
        if not ordered or ordered[0][0] > 0:
            ordered.insert(0, (Fraction(0), ordered[0][1] if ordered else DEFAULT_BPM))
        self._quarters = [quarter for quarter, _ in ordered]
        self._lengths = [60 / bpm for _, bpm in ordered]
        self._secs = [Fraction(0)]
        for i in range(1, len(ordered)):
            passed = (self._quarters[i] - self._quarters[i - 1]) * self._lengths[i - 1]
            self._secs.append(self._secs[-1] + passed)

    def sec_at(self, quarter: Fraction) -> float:
        """Tell when a place is played.

        Parameters
        ----------
        quarter : Fraction
            From the beginning of the piece.

        Returns
        -------
        float, seconds
            From the beginning of the piece.
        """
        i = max(bisect_right(self._quarters, quarter) - 1, 0)
        return float(self._secs[i] + (quarter - self._quarters[i]) * self._lengths[i])


def to_transcription(part: SymbolicPart, filename: str, sha256: str) -> Transcription:
    """Make a transcription of a part.

    Parameters
    ----------
    part : SymbolicPart
        As read.
    filename : str
        Of the file.
    sha256 : str
        Of its bytes.

    Returns
    -------
    Transcription
        With seconds from the beginning of the piece; a person wrote it, so that it is sure.

    Raises
    ------
    ScoreFileError
        If there are no notes, or too many.
    """
    if not part.notes:
        raise ScoreFileError("want a score with notes, got one without")
    if len(part.notes) > MOST_NOTES or len(part.bars) > MOST_BARS:
        raise ScoreFileError(
            f"want at most {MOST_NOTES} notes in {MOST_BARS} bars, "
            f"got {len(part.notes)} in {len(part.bars)}"
        )
    clock = TempoMap(part.tempos)
    notes = tuple(sorted((_note(one, clock) for one in part.notes), key=_order))
    end = max(one.offset_sec for one in notes)
    grid = _grid(part, clock)
    if grid.beats:
        end = max(end, grid.beats[-1].time_sec)
    swing = Swing(0.0, end, _WRITTEN_SWING, None, 1.0, 0.0) if part.is_swung else None
    analysis = Analysis(
        grid=grid,
        swing=swing or Swing(0.0, end, None, None, 1.0, 0.0),
        chords=_chords(part.chords, clock, end),
        key=None if part.key is None else KeyEstimate(part.key, 1.0, part.key.relative),
    )
    overlaps = [one.offset_sec > other.onset_sec + 1e-6 for one, other in pairwise(notes)]
    return Transcription(
        Source(filename, end, sha256, _SAMPLE_RATE, 1),
        _instrument(part),
        440.0,
        notes,
        EngineInfo(__version__),
        # A few overlaps are ornaments, and legato as sequencers write it.
        mode=Texture.POLYPHONIC if sum(overlaps) > LINE_OVERLAPS * len(notes) else Texture.LINE,
        analysis=analysis,
    )


def _order(note: Note) -> tuple[float, float]:
    return note.onset_sec, note.pitch_midi


def _note(one: SymbolicNote, clock: TempoMap) -> Note:
    if not 0 <= one.pitch_midi <= 127:
        raise ScoreFileError(f"want pitches from 0 to 127, got {one.pitch_midi}")
    onset = clock.sec_at(one.onset_quarter)
    # Shorter than any note is heard, and still one.
    offset = max(clock.sec_at(one.end_quarter), onset + 1e-3)
    return Note(onset, offset, one.pitch_midi, one.velocity, 1.0)


def _grid(part: SymbolicPart, clock: TempoMap) -> BeatGrid:
    bars = part.bars
    if not bars:
        return BeatGrid()
    signatures = [bar.signature for bar in bars]
    usual = max(set(signatures), key=signatures.count)
    beats: list[Beat] = []
    whole = Fraction(4 * bars[0].signature.numerator, bars[0].signature.denominator)
    has_pickup = bars[0].length_quarter < whole and len(bars) > 1
    number = part.first_bar
    if number is None:
        number = 0 if has_pickup else 1
    for i, bar in enumerate(bars):
        beat_quarter = Fraction(3, 2) if bar.signature.is_compound else Fraction(
            4, bar.signature.denominator
        )  # fmt: skip
        n_beats = max(1, round(bar.length_quarter / beat_quarter))
        first = bar.signature.beats_per_bar - n_beats if i == 0 and has_pickup else 0
        for k in range(n_beats):
            time = clock.sec_at(bar.start_quarter + k * beat_quarter)
            if not beats or time > beats[-1].time_sec:
                beats.append(Beat(time, number + i, max(first, 0) + k + 1))
    return BeatGrid(tuple(beats), usual)


def _chords(
    chords: Sequence[tuple[Fraction, ChordSymbol]], clock: TempoMap, end_sec: float
) -> tuple[Chord, ...]:
    ordered = sorted(dict(chords).items())
    onsets = [clock.sec_at(quarter) for quarter, _ in ordered]
    found = []
    if onsets and onsets[0] > 0:
        found.append(Chord(0.0, onsets[0], NO_CHORD, "N.C."))
    for i, (_, symbol) in enumerate(ordered):
        onset, after = onsets[i], onsets[i + 1] if i + 1 < len(onsets) else end_sec
        if after > onset:
            found.append(Chord(onset, after, to_harte(symbol), write_symbol(symbol)))
    return tuple(found)


def _instrument(part: SymbolicPart) -> str:
    words = part.name.replace("(", " ").split()
    for n_words in (3, 2, 1):
        try:
            return find_instrument(" ".join(words[:n_words])).id
        except UnknownInstrumentError:
            continue
    named = [
        one.id for one in INSTRUMENTS.values()
        if one.gm_program == part.gm_program and one.id != UNNAMED
    ]  # fmt: skip
    return named[0] if named else UNNAMED
