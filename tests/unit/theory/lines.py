"""Short lines in a compact notation, for tests of the theory."""

import re
from dataclasses import dataclass, field

import numpy as np

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.key import Key
from licklab.domain.line_analysis import LineAnalysis, NoteAnalysis
from licklab.domain.note_name import note_pitch_class
from licklab.domain.solo_line import LineChord, SoloLine
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony

BEAT_SEC = 0.5
_NOTE = re.compile(r"(?P<name>[A-G][b#]?)(?P<octave>\d)")
_TOKEN = re.compile(r"(?P<what>[^*\s]+?)(?:\*(?P<eighths>\d+))?")


@dataclass
class _Written:
    """What is written so far: onsets and ends in eighths."""

    notes: list[list[int]] = field(default_factory=list)
    pitches: list[int] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    now: int = 0


def line_of(
    text: str, *, key: str | None = None, beats_per_bar: int = 4, has_beats: bool = True
) -> SoloLine:
    """Write a line: ``Dm7: D4 F4 A4 C5 G7: B4*4 | Cmaj7: r*2 E4``.

    Notes are eighths from the first beat of bar 1; ``*n`` makes them n eighths long. ``-`` holds
    the last note on, ``r`` is a rest, a chord stands before the note that it begins with, and bar
    lines are only to be read.
    """
    written = _Written()
    for token in text.replace("|", " ").split():
        if token.endswith(":"):
            written.chords.append((written.now, token[:-1]))
            continue
        match = _TOKEN.fullmatch(token)
        assert match is not None, token
        _write(written, match["what"], int(match["eighths"] or 1))
    return _line(written, key, beats_per_bar if has_beats else 0, beats_per_bar)


def _write(written: _Written, what: str, eighths: int) -> None:
    if what == "-":
        written.notes[-1][1] += eighths
    elif what != "r":
        match = _NOTE.fullmatch(what)
        assert match is not None, what
        # B#3 and Cb5 stand in the octave of their letter.
        natural = note_pitch_class(match["name"][0])
        shift = match["name"].count("#") - match["name"].count("b")
        written.pitches.append(12 * (int(match["octave"]) + 1) + natural + shift)
        written.notes.append([written.now, written.now + eighths])
    written.now += eighths


def _line(written: _Written, key: str | None, beats_per_bar: int, bar_beats: int) -> SoloLine:
    def seconds(eighths: int) -> float:
        return eighths * BEAT_SEC / 2

    ends = [*(at for at, _ in written.chords[1:]), written.now]
    chords = []
    for (at, symbol), end in zip(written.chords, ends, strict=False):
        bar, beat = divmod(at // 2, bar_beats)
        place = (bar + 1, beat + 1, (end - at) // 2) if beats_per_bar else (0, 0, 0)
        chords.append(LineChord(parse_symbol(symbol), seconds(at), seconds(end), *place))
    onsets = np.array([on for on, _ in written.notes], dtype=np.int64)
    starts = [at for at, _ in written.chords]
    count = len(onsets)
    ones = np.ones(count, dtype=np.int64)
    has_beats = beats_per_bar > 0
    return SoloLine(
        onset_sec=onsets * BEAT_SEC / 2,
        offset_sec=np.array([off for _, off in written.notes], dtype=np.float64) * BEAT_SEC / 2,
        pitch_midi=np.array(written.pitches, dtype=np.int64),
        bar=onsets // 2 // bar_beats + 1 if has_beats else 0 * ones,
        beat=onsets // 2 % bar_beats + 1 if has_beats else 0 * ones,
        division=2 * ones if has_beats else ones,
        tatum=onsets % 2 + 1 if has_beats else ones,
        beat_sec=np.full(count, BEAT_SEC),
        chord=np.searchsorted(starts, onsets, side="right").astype(np.int64) - 1,
        confidence=np.ones(count),
        chords=tuple(chords),
        note_ids=tuple(f"n{i + 1}" for i in range(count)),
        beats_per_bar=beats_per_bar,
        key=None if key is None else Key.parse(key),
    )


def analysis_of(line: SoloLine) -> LineAnalysis:
    """Analyze a line over its changes."""
    return analyze_line(line, analyze_harmony(line.chords, line.key, line.beats_per_bar))


def notes_of(text: str) -> tuple[NoteAnalysis, ...]:
    """Analyze a written line and give its notes."""
    return analysis_of(line_of(text)).notes
