import time
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from licklab.domain.beat import TimeSignature
from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.chord_edit import LayChart
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.grid_edit import ShiftBeats, TapBeats
from licklab.domain.mending import mend, settle_edit
from licklab.domain.note import Note
from licklab.engine.recall import KeptEvidence, recall_from
from licklab.errors import ChordError
from tests.unit.domain.grids import blues_analysis

_ROOTS = (10, 3, 10, 10, 3, 3, 10, 7, 0, 5, 10, 5)
_NAMES = {10: "C", 3: "F", 7: "A", 0: "D", 5: "G"}  # a whole tone above what is heard


def _heard() -> ChordEvidence:
    """Believe in the chords of `blues_analysis`: a bar of two seconds each, from 1 s on."""
    n_frames = 500
    bars = (np.arange(n_frames) / 10 - 1.0) // 2
    roots = np.array(_ROOTS)[bars.astype(int) % 12]
    chords = np.full((n_frames, 1 + 12 * len(QUALITIES)), -8.0, np.float32)
    chords[np.arange(n_frames), 1 + len(QUALITIES) * roots + QUALITIES.index("7")] = -0.1
    bass = np.full((n_frames, 13), -8.0, np.float32)
    bass[np.arange(n_frames), 1 + roots] = -0.1
    tensions = np.zeros((n_frames, 12, len(TENSIONS)), np.float32)
    return ChordEvidence(0.0, 10.0, chords, bass, tensions)


def _read_chart(text: str, signature: TimeSignature) -> tuple[list[str], list[int]]:
    bars = text.split()
    per_bar = signature.beats_per_bar
    labels = [f"{one}:7" for one in bars for _ in range(per_bar)]
    return labels, list(range(0, len(labels), per_bar))


def _no_rhythm() -> RhythmEvidence:
    silence = np.zeros(4300, np.float32)
    return RhythmEvidence(0.0, 86.13, silence, silence, silence, silence)


def _give(evidence: ChordEvidence | None) -> ChordEvidence | None:
    return evidence


def test_a_chart_in_another_key_is_laid_over_the_evidence_that_is_kept() -> None:
    asked: list[str] = []

    def chords() -> ChordEvidence:
        asked.append("chords")
        return _heard()

    recall = recall_from(KeptEvidence(_no_rhythm, chords, tuple), 0.0, 50.0, _read_chart)
    assert asked == []
    heard = blues_analysis()
    chart = LayChart(" ".join(_NAMES[one] for one in _ROOTS))
    settled = settle_edit(chart, heard, recall)
    mended = mend(heard, [settled], recall)
    assert settled.fit is not None
    assert settled.fit.fit > 0.95
    # The last beat begins a third chorus.
    assert (settled.fit.transposition_semitones, settled.fit.n_choruses) == (10, 3)
    assert settled.fit.start_beat == 0
    assert [one.label for one in mended.chords[:3]] == ["Bb:7", "Eb:7", "Bb:7"]
    assert mended.key is not None
    assert mended.key.key.tonic == "Bb"
    assert asked == ["chords"]


def test_without_evidence_of_chords_those_that_were_heard_stay() -> None:
    few = replace(
        _heard(),
        **{name: getattr(_heard(), name)[:0] for name in ("chords", "bass", "tensions")},
    )
    heard = blues_analysis()
    for missing in (None, few):
        kept = KeptEvidence(_no_rhythm, partial(_give, missing), tuple)
        recall = recall_from(kept, 0.0, 50.0, _read_chart)
        settled = settle_edit(ShiftBeats(1), heard, recall)
        assert len(mend(heard, [settled], recall).chords) == len(heard.chords)
        with pytest.raises(ChordError, match="want a recording whose harmony was heard"):
            settle_edit(LayChart("C"), heard, recall)


def test_thousands_of_taps_take_no_longer_than_few() -> None:
    rng = np.random.default_rng(0)
    belief = rng.random(51_678).astype(np.float32) * 0.1
    notes = tuple(Note(0.3 * i, 0.3 * i + 0.2, 60, 80, 0.9) for i in range(1, 1900))
    kept = KeptEvidence(
        lambda: RhythmEvidence(0.0, 86.13, *[belief] * 4), lambda: None, lambda: notes
    )
    recall = recall_from(kept, 0.0, 600.0)
    taps = tuple(0.2 * i for i in range(1, 2900))
    begun = time.process_time()
    settled = settle_edit(TapBeats(taps), blues_analysis(), recall)
    # Following the line for so many took a minute.
    assert time.process_time() - begun < 5.0
    assert settled.grid is not None
    assert set(taps) <= {one.time_sec for one in settled.grid.beats}


def test_without_a_reader_no_chart_can_be_laid() -> None:
    recall = recall_from(KeptEvidence(_no_rhythm, _heard, tuple), 0.0, 50.0)
    with pytest.raises(ChordError, match="want a recording whose harmony was heard"):
        settle_edit(LayChart("C"), blues_analysis(), recall)
