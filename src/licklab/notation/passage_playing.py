"""Passages played: as transcriptions that begin at second 0, and as lines for theory.

A passage sounds at its own tempo and swing, so that whatever works on a transcription (exporters,
studies, the search) works on an exercise.
"""

from fractions import Fraction

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import to_harte
from licklab.domain.instrument import Texture
from licklab.domain.key import KeyEstimate
from licklab.domain.note import Note
from licklab.domain.passage import Passage
from licklab.domain.solo_line import LineChord, SoloLine
from licklab.domain.swing import Swing
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.version import __version__

_RATE = 44100


def play_passage(passage: Passage, *, instrument: str, title: str = "passage") -> Transcription:
    """Play a passage: a transcription that begins at second 0.

    Parameters
    ----------
    passage : Passage
        To play.
    instrument : str
        Id of who plays it.
    title : str
        Stands as the name of its file.

    Returns
    -------
    Transcription
        With beats, chords and key; notes without an id get one that no other has.
    """
    seconds = PassageClock(passage)
    ids = name_notes(passage)
    notes = tuple(
        Note(
            seconds.sec_at(one.onset_quarter),
            seconds.sec_at(one.offset_quarter),
            float(one.pitch_midi),
            one.velocity,
            1.0,
            id=note_id,
        )
        for one, note_id in zip(passage.notes, ids, strict=True)
    )
    end_sec = seconds.sec_at(passage.length_quarter)
    chords = tuple(
        Chord(
            seconds.sec_at(begin),
            seconds.sec_at(end),
            to_harte(symbol),
            write_symbol(symbol),
        )
        for symbol, begin, end in _chord_spans(passage)
    )
    key = passage.key
    return Transcription(
        source=Source(title, end_sec, "0" * 64, _RATE, 1),
        instrument=instrument,
        tuning_hz=440.0,
        notes=notes,
        engine=EngineInfo(__version__),
        mode=Texture.LINE,
        analysis=Analysis(
            grid=BeatGrid(_beats(passage, seconds), passage.signature),
            swing=Swing(
                0.0, end_sec, passage.swing_ratio or 1.0, soloist_ratio=passage.swing_ratio or 1.0
            ),
            chords=chords,
            key=None if key is None else KeyEstimate(key, 1.0, key),
        ),
    )


def passage_line(passage: Passage) -> SoloLine:
    """Give a passage as a line, for theory: every note exactly where it is written.

    Parameters
    ----------
    passage : Passage
        Of any kind.

    Returns
    -------
    SoloLine
        Bars are counted from the passage's first; times are those of `play_passage`.
    """
    seconds = PassageClock(passage)
    beat_quarter = passage.beat_quarter
    per_bar = passage.signature.beats_per_bar
    beats = [one.onset_quarter / beat_quarter for one in passage.notes]
    whole = [one.numerator // one.denominator for one in beats]
    divisions: dict[int, int] = {}
    for beat, at in zip(beats, whole, strict=True):
        divisions[at] = int(np.lcm(divisions.get(at, 1), (beat - at).denominator))
    spans = _chord_spans(passage)
    begins = [begin for _, begin, _ in spans]
    chords = tuple(
        _line_chord(passage, symbol, begin, end, seconds) for symbol, begin, end in spans
    )
    n_before = [sum(begin <= one.onset_quarter for begin in begins) for one in passage.notes]
    count = len(passage.notes)
    return SoloLine(
        onset_sec=np.array([seconds.sec_at(one.onset_quarter) for one in passage.notes]),
        offset_sec=np.array([seconds.sec_at(one.offset_quarter) for one in passage.notes]),
        pitch_midi=np.array(passage.pitches_midi, dtype=np.int64),
        bar=np.array([passage.first_bar + at // per_bar for at in whole], dtype=np.int64),
        beat=np.array([at % per_bar + 1 for at in whole], dtype=np.int64),
        division=np.array([divisions[at] for at in whole], dtype=np.int64),
        tatum=np.array(
            [int((beat - at) * divisions[at]) + 1 for beat, at in zip(beats, whole, strict=True)],
            dtype=np.int64,
        ),
        beat_sec=np.full(count, seconds.beat_sec),
        chord=np.array(n_before, dtype=np.int64) - 1,
        confidence=np.ones(count),
        chords=chords,
        note_ids=name_notes(passage),
        beats_per_bar=per_bar,
        key=passage.key,
    )


def name_notes(passage: Passage) -> tuple[str, ...]:
    """Name all notes of a passage.

    Parameters
    ----------
    passage : Passage
        Of any kind.

    Returns
    -------
    tuple of str
        Their ids; those that have none, or one that an earlier note has, get one of their own.
    """
    taken: set[str] = set()
    names = []
    for number, one in enumerate(passage.notes, 1):
        name = one.id or f"x{number}"
        while name in taken:
            name += "x"
        taken.add(name)
        names.append(name)
    return tuple(names)


class PassageClock:
    """When the places of a passage sound.

    Parameters
    ----------
    passage : Passage
        Whose tempo and swing count. Between beats, what is divided in threes is left alone: a
        triplet is the same in swing.
    """

    def __init__(self, passage: Passage) -> None:
        self.beat_sec = 60.0 / passage.tempo_bpm
        self._beat_quarter = passage.beat_quarter
        ratio = 1.0 if passage.signature.is_compound else passage.swing_ratio or 1.0
        self._first = ratio / (1.0 + ratio)

    def sec_at(self, place_quarter: Fraction) -> float:
        """Tell when a place sounds.

        Parameters
        ----------
        place_quarter : Fraction
            From the beginning of the first bar.

        Returns
        -------
        float, seconds
            From the same.
        """
        beats = place_quarter / self._beat_quarter
        whole = beats.numerator // beats.denominator
        part = beats - whole
        if part.denominator % 3 == 0:
            return (whole + float(part)) * self.beat_sec
        half = float(2 * part)
        first = self._first
        swung = half * first if half <= 1 else first + (half - 1) * (1 - first)
        return (whole + swung) * self.beat_sec


def _chord_spans(passage: Passage) -> list[tuple[ChordSymbol, Fraction, Fraction]]:
    ends = [*(one.onset_quarter for one in passage.chords[1:]), passage.length_quarter]
    return [
        (one.symbol, one.onset_quarter, end)
        for one, end in zip(passage.chords, ends, strict=bool(passage.chords))
    ]


def _line_chord(
    passage: Passage, symbol: ChordSymbol, begin: Fraction, end: Fraction, seconds: PassageClock
) -> LineChord:
    bar, rest = divmod(begin, passage.bar_quarter)
    return LineChord(
        symbol,
        seconds.sec_at(begin),
        seconds.sec_at(end),
        passage.first_bar + bar,
        int(rest / passage.beat_quarter) + 1,
        max(round((end - begin) / passage.beat_quarter), 1),
    )


def _beats(passage: Passage, seconds: PassageClock) -> tuple[Beat, ...]:
    per_bar = passage.signature.beats_per_bar
    return tuple(
        Beat(i * seconds.beat_sec, passage.first_bar + i // per_bar, i % per_bar + 1)
        for i in range(passage.n_bars * per_bar)
    )
