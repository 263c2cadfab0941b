from collections.abc import Sequence
from dataclasses import replace

import mir_eval
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import NO_CHORD, QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence
from licklab.domain.key import Key
from licklab.engine.chords.changes import decode_chords, respell_chords
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.language import N_QUALITIES
from licklab.errors import ShapeError
from tests.unit.engine.chords.hearing import beat_times, column, hear_chords

CHART = [(2, "min7"), (7, "7"), (0, "maj7"), (9, "7")] * 3


def make_grid(n_beats: int, per_bar: int = 4) -> BeatGrid:
    beats = tuple(
        Beat(float(onset), 1 + number // per_bar, 1 + number % per_bar)
        for number, onset in enumerate(beat_times(n_beats))
    )
    return BeatGrid(beats, TimeSignature(per_bar, 4))


def in_bars(chart: Sequence[tuple[int, str] | None]) -> list[tuple[int, str] | None]:
    return [chord for chord in chart for _ in range(4)]


def test_every_quality_is_told_and_named_as_mir_eval_reads_it() -> None:
    chart = in_bars([(3 * place % 12, quality) for place, quality in enumerate(QUALITIES)])
    chords = decode_chords(make_grid(len(chart)), hear_chords(chart, sureness=20.0))
    assert [one.label.split(":")[1] for one in chords] == list(QUALITIES)
    for one in chords:
        mir_eval.chord.validate_chord_label(one.label)


def test_silence_is_no_chord() -> None:
    chart = in_bars([None, None, (0, "7"), (0, "7")])
    chords = decode_chords(make_grid(len(chart)), hear_chords(chart))
    assert [(one.label, one.symbol) for one in chords] == [("N", "N.C."), ("C:7", "C7")]


def test_no_beats_have_no_chords() -> None:
    assert decode_chords(BeatGrid(), hear_chords([None] * 4)) == ()


def test_beats_beyond_the_evidence_still_have_chords() -> None:
    chords = decode_chords(make_grid(80), hear_chords(in_bars(CHART[:4])))
    assert chords[-1].offset_sec == pytest.approx(beat_times(81)[-1])


def test_alteration_that_is_heard_is_written() -> None:
    chart = in_bars(CHART)
    evidence = hear_chords(chart)
    evidence.tensions[:, 7, TENSIONS.index("b9")] = 0.9
    labels = {one.label for one in decode_chords(make_grid(len(chart)), evidence)}
    assert labels == {"D:min7", "G:7(b9)", "C:maj7", "A:7"}


def test_bass_that_insists_is_written_below_the_stroke() -> None:
    chart = in_bars([(0, "maj7"), (5, "maj7")] * 4)
    evidence = hear_chords(chart, sureness=8.0)
    evidence.bass[:] = np.log(0.01)
    evidence.bass[:, 1 + 7] = np.log(0.88)
    chords = decode_chords(make_grid(len(chart)), evidence)
    assert {one.label for one in chords} == {"C:maj7/5", "F:maj7"}
    assert {one.symbol for one in chords} == {"Cmaj7/G", "Fmaj7"}


def test_three_others_are_told_and_the_runner_up_comes_first() -> None:
    chart = in_bars(CHART)
    evidence = hear_chords(chart, noise=0.3)
    frames = evidence.chords
    frames[:, column(2, "min")] = frames[:, column(2, "min7")] - 0.3
    chord = decode_chords(make_grid(len(chart)), evidence)[0]
    assert chord.label == "D:min7"
    assert next(one.label for one in chord.alternatives) == "D:min"
    shares = [one.confidence for one in chord.alternatives]
    assert len(shares) == 3
    assert shares == sorted(shares, reverse=True)
    assert chord.confidence + sum(shares) <= 1 + 1e-6


def test_noise_lowers_confidence() -> None:
    chart, grid = in_bars(CHART), make_grid(48)
    sure = decode_chords(grid, hear_chords(chart, sureness=6.0, noise=0.5))
    unsure = decode_chords(grid, hear_chords(chart, sureness=1.5, noise=1.5))
    assert np.mean([one.confidence for one in sure]) > np.mean([one.confidence for one in unsure])


def test_language_prefers_what_is_usual_where_the_ear_is_undecided() -> None:
    chart = in_bars([(2, "min7"), (7, "7"), (0, "maj7"), (0, "maj7")] * 2)
    evidence = hear_chords(chart, noise=0.0)
    # The dominant may as well be a chord on its tritone with the same third and seventh.
    evidence.chords[:, column(1, "aug")] = evidence.chords[:, column(7, "7")] + 0.01
    evidence.bass[:] = np.log(1 / 13)
    labels = [one.label for one in decode_chords(make_grid(len(chart)), evidence)]
    assert labels[1] == "G:7"


def test_bar_that_was_heard_badly_is_told_by_its_repeats() -> None:
    chart = in_bars([(0, "maj7"), (9, "7"), (2, "min7"), (7, "7"), (4, "min7"), (9, "7")] * 4)
    evidence = hear_chords(chart)
    grid = make_grid(len(chart))
    middle = slice(round(beat_times(60)[48] * 21.533), round(beat_times(60)[52] * 21.533))
    chords = evidence.chords
    right, wrong = column(0, "maj7"), column(9, "min7")
    chords[middle, wrong] = chords[middle, right] + 2.0
    chords[middle, right] -= 0.5
    alone = HarmonyConfig(repeat_weight=0.0, own_language_trust=1e6, language_weight=0.0)
    onset = beat_times(60)[48]

    def label_at(config: HarmonyConfig) -> str:
        found = decode_chords(grid, evidence, config)
        return next(one.label for one in found if one.offset_sec > onset + 0.1)

    assert label_at(alone).startswith("A:min7")
    assert label_at(replace(alone, repeat_weight=0.6)) == "C:maj7"


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 11), st.integers(0, 100))
def test_what_is_heard_higher_is_written_higher(semitones: int, seed: int) -> None:
    chart = in_bars(CHART)
    evidence = hear_chords(chart, sureness=2.0, seed=seed)
    shifted = ChordEvidence(
        evidence.start_sec, evidence.frame_rate,
        np.hstack([evidence.chords[:, :1],
                   np.roll(evidence.chords[:, 1:], N_QUALITIES * semitones, axis=1)]),
        np.hstack([evidence.bass[:, :1], np.roll(evidence.bass[:, 1:], semitones, axis=1)]),
        np.roll(evidence.tensions, semitones, axis=1),
    )  # fmt: skip
    grid = make_grid(len(chart))

    def encode(chords: ChordEvidence, up: int) -> list[tuple[int, str]]:
        found = []
        for one in decode_chords(grid, chords):
            if one.label != NO_CHORD:
                root, _, rest = one.label.partition(":")
                found.append(((mir_eval.chord.pitch_class_to_semitone(root) + up) % 12, rest))
        return found

    assert encode(evidence, semitones) == encode(shifted, 0)


def test_roots_are_spelled_in_the_key() -> None:
    chart = in_bars([(6, "min7"), (11, "7"), (4, "maj7"), (1, "min7")] * 2)
    evidence, grid = hear_chords(chart), make_grid(32)
    flats = decode_chords(grid, evidence)
    sharps = decode_chords(grid, evidence, key=Key.parse("E major"))
    assert [one.symbol for one in flats[:4]] == ["Gbm7", "B7", "Emaj7", "Dbm7"]
    assert [one.symbol for one in sharps[:4]] == ["F#m7", "B7", "Emaj7", "C#m7"]
    assert respell_chords(flats, Key.parse("E major")) == sharps
    assert respell_chords(sharps, Key.parse("Ab major")) == flats


def test_evidence_of_other_chords_is_refused() -> None:
    evidence = replace(hear_chords([None] * 8), chords=np.zeros((40, 25), np.float32))
    with pytest.raises(ShapeError, match=r"want evidence of shape .*145.*got \(40, 25\)"):
        decode_chords(make_grid(8), evidence)
