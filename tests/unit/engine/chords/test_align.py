import numpy as np
import pytest

from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence
from licklab.engine.chords.align import align_chart
from licklab.engine.chords.labels import read_root
from licklab.errors import ChordError

RATE, BEAT_SEC = 21.5, 0.4
BLUES = [
    label
    for bar in ("F:7", "Bb:7", "F:7", "F:7", "Bb:7", "B:dim7", "F:7", "D:7(b9)", "G:min7", "C:7",
                "F:7", "C:7")
    for label in [bar] * 4
]  # fmt: skip
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def _hear(labels: list[str], shift: int = 0, errors: float = 0.3, seed: int = 0) -> ChordEvidence:
    """Hear one chord a beat, and another one now and then."""
    rng = np.random.default_rng(seed)
    n_frames = int((0.2 + BEAT_SEC * len(labels)) * RATE)
    chords = np.zeros((n_frames, 1 + 12 * len(QUALITIES)))
    bass = np.zeros((n_frames, 13))
    for i in range(n_frames):
        label = labels[min(len(labels) - 1, max(0, int((i / RATE - 0.2) / BEAT_SEC)))]
        if label == "N" or rng.random() < errors:
            chords[i, rng.integers(chords.shape[1])] += 3
            continue
        root, kind = label.split(":")
        pitch_class = (read_root(root) + shift) % 12
        quality = QUALITIES.index(kind.split("(")[0])
        chords[i, 1 + len(QUALITIES) * pitch_class + quality] += 3
        bass[i, 1 + pitch_class] += 2
    chords -= np.log(np.exp(chords).sum(axis=1, keepdims=True))
    bass -= np.log(np.exp(bass).sum(axis=1, keepdims=True))
    tensions = np.zeros((n_frames, 12, len(TENSIONS)), np.float32)
    return ChordEvidence(0.5 / RATE, RATE, chords.astype(np.float32),
                         bass.astype(np.float32), tensions)  # fmt: skip


def _grid(n_beats: int, without: tuple[int, ...] = ()) -> BeatGrid:
    kept = [i for i in range(n_beats) if i not in without]
    return BeatGrid(tuple(Beat(0.2 + BEAT_SEC * i, i // 4 + 1, i % 4 + 1) for i in kept))


@pytest.mark.parametrize("shift", range(12))
def test_a_chart_is_found_in_whatever_key_it_is_played(shift: int) -> None:
    found = align_chart(_hear(BLUES * 2, shift), _grid(96), BLUES)
    assert found.transposition_semitones == shift
    assert found.places == tuple(range(48)) * 2
    assert found.fit > 0.9
    assert found.chords[1].label == f"{_NAMES[(10 + shift) % 12]}:7"
    assert found.chords[1].onset_sec == pytest.approx(0.2 + 4 * BEAT_SEC)


def test_choruses_are_told_where_the_chart_begins_again() -> None:
    played = ["N"] * 16 + BLUES * 2 + BLUES[:8]
    found = align_chart(_hear(played), _grid(len(played)), BLUES)
    assert [one.first_beat for one in found.choruses] == [16, 64, 112]
    assert found.choruses[0].onset_sec == pytest.approx(0.2 + 16 * BEAT_SEC)
    assert found.choruses[0].offset_sec == found.choruses[1].onset_sec
    assert all(one == -1 for one in found.places[:14])
    assert found.chords[0].onset_sec >= 0.2 + 14 * BEAT_SEC


def test_a_recording_may_begin_in_the_middle_of_the_chart() -> None:
    played = BLUES[20:] + BLUES
    found = align_chart(_hear(played), _grid(len(played)), BLUES)
    assert found.places[0] == 20
    assert found.choruses[0].first_place == 20
    assert found.choruses[1].first_beat == 28


def test_the_chart_goes_on_over_beats_that_were_missed() -> None:
    found = align_chart(_hear(BLUES * 2), _grid(96, without=(30, 61)), BLUES)
    assert found.transposition_semitones == 0
    true = [i % 48 for i in range(96) if i not in (30, 61)]
    assert np.mean(np.array(found.places) == np.array(true)) > 0.9


def test_a_top_that_a_person_knows_is_where_the_chart_begins() -> None:
    played = (["C:maj7"] * 16 + ["D:min7"] * 16) * 4
    chart = ["C:maj7"] * 16 + ["D:min7"] * 16 + ["C:maj7"] * 16 + ["D:min7"] * 16
    top_sec = 0.2 + 32 * BEAT_SEC
    found = align_chart(_hear(played), _grid(128), chart, top_sec=top_sec + 0.05)
    assert found.places[32] == 0
    assert any(one.onset_sec == pytest.approx(top_sec) for one in found.choruses)


def test_the_chart_of_another_tune_fits_badly() -> None:
    rng = np.random.default_rng(1)
    roots = [f"{_NAMES[int(one)]}:min7" for one in rng.integers(0, 12, 32)]
    other = [label for label in roots for _ in range(4)]
    assert align_chart(_hear(BLUES * 3), _grid(144), other).fit < 0.6


def test_labels_of_a_chart_that_is_not_transposed_are_kept() -> None:
    chart = ["G#:9(#11)/3", "G#:9(#11)/3", "Db:maj9", "Db:maj9"] * 4
    heard = ["Ab:7", "Ab:7", "Db:maj7", "Db:maj7"] * 4
    found = align_chart(_hear(heard), _grid(16), chart)
    assert found.chords[0].label == "G#:9(#11)/3"
    assert found.chords[0].symbol == "G#9#11/B#"


def test_without_beats_nothing_is_laid() -> None:
    found = align_chart(_hear(BLUES), BeatGrid(), BLUES)
    assert (found.chords, found.choruses, found.places, found.fit) == ((), (), (), 0.0)


@pytest.mark.parametrize("labels", [[], ["H:7"], ["Cx:7"]])
def test_what_is_no_chart_is_refused(labels: list[str]) -> None:
    with pytest.raises(ChordError, match="want"):
        align_chart(_hear(BLUES), _grid(48), labels)
