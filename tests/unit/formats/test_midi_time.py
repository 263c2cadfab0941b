import io
from dataclasses import replace
from itertools import pairwise

import mido
import pytest
from hypothesis import example, given

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.chord import Chord
from licklab.domain.key import Key, KeyEstimate, KeyMode
from licklab.domain.note import Note
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.formats.midi import write_midi
from licklab.formats.midi_time import TICKS_PER_QUARTER, clock_of
from tests.unit.domain.grids import blues_analysis, even_grid, grids


def _read(analysis: Analysis, *onsets_sec: float) -> mido.MidiFile:
    notes = tuple(Note(one, one + 0.1, 60, 80, 1.0) for one in onsets_sec)
    source = Source("Blues.mp3", 90.0, "0" * 64, 44_100, 2)
    made = Transcription(source, "tenor_sax", 440.0, notes, EngineInfo("1"), analysis=analysis)
    return mido.MidiFile(file=io.BytesIO(write_midi(made)))


def _signatures(file: mido.MidiFile) -> list[tuple[float, str]]:
    found, tick = [], 0
    for message in file.tracks[0]:
        tick += message.time
        if message.type == "time_signature":
            found.append((tick / TICKS_PER_QUARTER, f"{message.numerator}/{message.denominator}"))
    return found


@given(grids())
@example(even_grid(9, 0.5, 0.0005))
@example(even_grid(9, 0.5, 0.0002))
def test_beats_fall_on_beats_and_notes_on_their_seconds(grid: BeatGrid) -> None:
    times = [one.time_sec for one in grid.beats]
    clock = clock_of(grid)
    ticks = [clock.tick_at(one) for one in times]
    steps = {b - a for a, b in pairwise(ticks)}
    assert len(steps) == 1
    now, heard = 0.0, []
    for message in _read(Analysis(grid=grid), *times):
        now += message.time
        if message.type == "note_on":
            heard.append(now)
    assert heard == pytest.approx(times, abs=1e-3)


def test_bars_begin_on_downbeats_also_after_a_pickup() -> None:
    # A second of two beats, a pickup of one beat, then bars of four.
    grid = even_grid(33, 0.5, 1.0, first_position=4)
    assert _signatures(_read(Analysis(grid=grid))) == [(0, "3/4"), (3, "4/4")]
    late = even_grid(33, 0.5, 5.0)
    assert _signatures(_read(Analysis(grid=late))) == [(0, "2/4"), (2, "4/4")]
    now = even_grid(33, 0.5, 0.0)
    assert _signatures(_read(Analysis(grid=now))) == [(0, "4/4")]


def test_a_short_bar_and_compound_bars_are_told() -> None:
    times = [0.5 * i for i in range(11)]
    cut = count_beats(times, [1] * 11, TimeSignature(), {0: 1, 4: 1, 6: 1}, {})
    assert _signatures(_read(Analysis(grid=cut))) == [(0, "4/4"), (4, "2/4"), (6, "4/4")]
    compound = even_grid(9, 0.5, 0.0, "6/8")
    assert _signatures(_read(Analysis(grid=compound))) == [(0, "6/8")]
    clock = clock_of(compound)
    assert clock.tick_at(0.5) == 1.5 * TICKS_PER_QUARTER


def test_chords_are_markers_and_the_key_is_told() -> None:
    analysis = blues_analysis(1)
    silent = Chord(0.0, 1.0, "N", "N.C.")
    file = _read(replace(analysis, chords=(silent, *analysis.chords)))
    markers = [one.text for one in file.tracks[0] if one.type == "marker"]
    assert markers == [one.symbol for one in analysis.chords]
    assert [one.key for one in file.tracks[0] if one.type == "key_signature"] == ["Bb"]


@pytest.mark.parametrize("mode", KeyMode)
@pytest.mark.parametrize("tonic", ["Cb", "C#", "Fb", "E#", "B#", "D#", "Gb", "A#", "G#"])
def test_every_key_can_be_told(tonic: str, mode: KeyMode) -> None:
    key = Key(tonic, mode)
    told = replace(blues_analysis(1), key=KeyEstimate(key, 1.0, key.relative))
    assert any(one.type == "key_signature" for one in _read(told).tracks[0])
