from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_edit import LayChart, SetKey, WriteChords, overlay_chords
from licklab.domain.grid_edit import (
    DoubleTempo,
    HalveTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.key import Key, KeyMode
from licklab.domain.mending import AnalysisEdit, SettledEdit, mend, settle_edit
from licklab.domain.note_edit import EditNotes
from licklab.domain.recall import ChartFit, Recall
from licklab.domain.swing import Swing
from licklab.errors import ChordError, GridError
from tests.unit.domain.grids import blues_analysis, even_grid

_RECALL = Recall(0.0, 60.0)
_EDITS = st.sampled_from(
    [
        DoubleTempo(),
        HalveTempo(),
        ShiftBeats(0.5),
        ShiftBeats(-1),
        SetTimeSignature(TimeSignature(3, 4)),
        TapBeats((4.0, 4.5, 5.0)),
        SetKey(Key("F")),
        WriteChords((Chord(3.0, 5.0, "A:min7", "Am7"),)),
    ]
)


def _make(
    heard: Analysis, edits: list[AnalysisEdit], recall: Recall = _RECALL
) -> list[SettledEdit]:
    settled: list[SettledEdit] = []
    for one in edits:
        with suppress(GridError):  # such as four times as many beats
            settled.append(settle_edit(one, mend(heard, settled, recall), recall))
    return settled


@settings(deadline=None)
@given(st.lists(_EDITS, max_size=4))
def test_taking_the_last_edit_back_gives_what_was_there_before_it(
    edits: list[AnalysisEdit],
) -> None:
    heard = blues_analysis()
    settled = _make(heard, edits)
    made = [one.edit for one in settled if not isinstance(one.edit, EditNotes)]
    for n in range(len(settled)):
        assert mend(heard, settled[:n], _RECALL) == mend(heard, _make(heard, made[:n]), _RECALL)
    assert mend(heard, [], _RECALL) == heard


def test_heard_chords_lose_nothing_over_many_changes_of_the_beats() -> None:
    heard = blues_analysis()
    edits: list[AnalysisEdit] = [HalveTempo(), HalveTempo(), DoubleTempo(), DoubleTempo()]
    mended = mend(heard, _make(heard, edits), _RECALL)
    assert mended.chords == heard.chords
    # The recording goes on behind the last beat that was heard: doubling adds some there.
    assert mended.grid.beats[: len(heard.grid.beats)] == heard.grid.beats


def test_chords_and_form_go_with_the_beats() -> None:
    heard = blues_analysis()
    mended = mend(heard, _make(heard, [ShiftBeats(0.5)]), _RECALL)
    times = {one.time_sec for one in mended.grid.beats}
    assert all(one.onset_sec in times for one in mended.chords)
    assert len(mended.chords) == len(heard.chords)
    doubled = mend(heard, _make(heard, [DoubleTempo()]), _RECALL)
    assert doubled.form is not None
    assert doubled.form.n_bars == 24


def test_an_edit_outlives_another_hearing() -> None:
    heard = blues_analysis()
    edits = _make(
        heard, [DoubleTempo(), WriteChords((Chord(3, 5, "A:min7", "Am7"),)), SetKey(Key("F"))]
    )
    before = mend(heard, edits, _RECALL)
    again = replace(heard, grid=even_grid(70, 0.7), chords=(Chord(1, 40, "C:maj", "C"),), form=None)
    after = mend(again, edits, _RECALL)
    assert after.grid == before.grid
    assert after.chords == before.chords
    assert after.key == before.key


def test_what_is_heard_beyond_the_mended_chords_stays() -> None:
    heard = blues_analysis(1)
    small = Recall(1.0, 25.0)
    edits = _make(heard, [WriteChords((Chord(1, 25, "A:min7", "Am7"),))], small)
    after = mend(blues_analysis(), edits, _RECALL)
    assert [c.symbol for c in after.chords[:3]] == ["Am7", "Bb7", "Eb7"]
    assert after.chords[1].onset_sec == 25.0


def test_swing_is_measured_again_or_given_up_when_the_pulse_changes() -> None:
    heard = blues_analysis()
    assert mend(heard, _make(heard, [ShiftBeats(1)]), _RECALL).swing == heard.swing
    assert mend(heard, _make(heard, [DoubleTempo()]), _RECALL).swing is None
    new = Swing(0, 1, 1.1)
    knows = replace(_RECALL, describe=lambda one: replace(one, swing=new, key=None))
    described = mend(heard, _make(heard, [DoubleTempo()]), knows)
    assert (described.swing, described.key) == (new, None)
    keyed = mend(heard, _make(heard, [DoubleTempo(), SetKey(Key("F"))]), knows)
    assert keyed.key is not None
    assert keyed.key.key == Key("F")
    assert mend(heard, _make(heard, [SetKey(Key("F"))]), knows).swing == heard.swing


def test_heard_chords_are_decoded_again_but_written_ones_never() -> None:
    heard = blues_analysis()
    asked: list[BeatGrid] = []

    def decode(grid: BeatGrid, _key: Key | None) -> tuple[Chord, ...]:
        asked.append(grid)
        return (Chord(1, 49, "D:7", "D7"),)

    knows = replace(_RECALL, decode_chords=decode)
    edits = _make(heard, [DoubleTempo()], knows)
    assert [c.symbol for c in mend(heard, edits, knows).chords] == ["D7"]
    written = [
        *edits,
        settle_edit(WriteChords((Chord(2, 3, "E:7", "E7"),)), mend(heard, edits, knows), knows),
    ]
    asked.clear()
    assert [c.symbol for c in mend(heard, written, knows).chords] == ["D7", "E7", "D7"]
    assert asked == []


def test_a_chart_needs_evidence_and_tells_its_fit() -> None:
    heard = blues_analysis()
    with pytest.raises(ChordError, match="harmony was heard"):
        settle_edit(LayChart("| Dm7 |"), heard, _RECALL)
    laid = ((Chord(1, 49, "D:min7", "Dm7"),), ChartFit(0.9, 2, 0, 2))
    knows = replace(_RECALL, align_chart=lambda _text, _grid: laid)
    settled = settle_edit(LayChart("| Dm7 |"), heard, knows)
    assert settled.fit == laid[1]
    assert mend(heard, [settled], knows).chords == laid[0]


def test_a_key_takes_the_local_keys_that_were_home_along() -> None:
    heard = blues_analysis()
    key = Key("G", KeyMode.MINOR)
    mended = mend(heard, _make(heard, [SetKey(key)]), _RECALL)
    assert mended.key is not None
    assert (mended.key.key, mended.key.confidence) == (key, 1.0)
    assert mended.key.alternative == Key("Bb")
    assert [one.key for one in mended.local_keys] == [key]


def test_chords_written_over_others_leave_what_they_do_not_cover() -> None:
    under = (Chord(0, 4, "C:maj", "C"), Chord(4, 8, "F:maj", "F"))
    over = (Chord(3, 5, "G:7", "G7"), Chord(6, 7, "A:7", "A7"))
    seen = [(c.onset_sec, c.offset_sec, c.symbol) for c in overlay_chords(under, over)]
    assert seen == [(0, 3, "C"), (3, 5, "G7"), (5, 6, "F"), (6, 7, "A7"), (7, 8, "F")]


@pytest.mark.parametrize(
    ("chords", "message"),
    [
        ((), "one chord or more"),
        ((Chord(2, 2, "C:maj", "C"),), "begins before it ends"),
        ((Chord(1, float("inf"), "C:maj", "C"),), "begins before it ends"),
        ((Chord(1, 3, "C:maj", "C"), Chord(2, 4, "F:maj", "F")), "one after another"),
    ],
)
def test_chords_that_cannot_be_are_refused(chords: tuple[Chord, ...], message: str) -> None:
    with pytest.raises(ChordError, match=message):
        WriteChords(chords)


def test_chords_outside_what_was_heard_are_refused() -> None:
    with pytest.raises(ChordError, match=r"0.00 to 60.00 s; got C from 61.00 to 62 s"):
        settle_edit(WriteChords((Chord(61, 62, "C:maj", "C"),)), blues_analysis(), _RECALL)
    with pytest.raises(ChordError, match=r"got C from 1.00 to 1e\+308 s"):
        settle_edit(WriteChords((Chord(1, 1e308, "C:maj", "C"),)), blues_analysis(), _RECALL)


def test_of_mended_beats_and_chords_is_left_what_is_heard_now() -> None:
    heard = blues_analysis()
    edits = _make(heard, [ShiftBeats(0.5), WriteChords((Chord(1, 49, "A:min7", "Am7"),))])
    part = mend(blues_analysis(1), edits, Recall(2.0, 20.0))
    assert 2.0 <= part.grid.beats[0].time_sec < part.grid.beats[-1].time_sec <= 20.0
    assert [(one.onset_sec, one.offset_sec) for one in part.chords] == [(2.25, 19.75)]
    elsewhere = mend(Analysis(), edits, Recall(70.0, 90.0))
    assert elsewhere == Analysis()
