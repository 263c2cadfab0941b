from fractions import Fraction

import pytest

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.passage import Passage, PassageChord
from licklab.practice.accompaniment.meter import band_beats, beat_groups, group_starts
from tests.unit.practice.accompaniment.changes import passage_over


@pytest.mark.parametrize(
    ("signature", "groups"),
    [("1/4", (1,)), ("2/4", (2,)), ("3/4", (3,)), ("4/4", (2, 2)), ("5/4", (3, 2)),
     ("6/4", (2, 2, 2)), ("7/4", (2, 2, 3)), ("9/4", (3, 3, 3)), ("11/4", (2, 2, 2, 2, 3)),
     ("6/8", (2,)), ("9/8", (3,)), ("12/8", (2, 2))],
)  # fmt: skip
def test_bars_are_twos_and_threes(signature: str, groups: tuple[int, ...]) -> None:
    meter = TimeSignature.parse(signature)
    assert beat_groups(meter) == groups
    assert sum(groups) == meter.beats_per_bar
    assert group_starts(meter) == tuple(sum(groups[:i]) for i in range(len(groups)))


def test_beats_know_their_chords() -> None:
    beats = band_beats(passage_over("Dm7 G7|N.C.|C6"))
    roots = [one.chord.root if one.chord else None for one in beats]
    assert roots == ["D", "D", "G", "G", None, None, None, None, "C", "C", "C", "C"]
    assert [i for i, one in enumerate(beats) if one.is_change] == [0, 2, 8]


def test_an_early_chord_is_there_from_the_next_beat_on() -> None:
    chords = (
        PassageChord(Fraction(0), parse_symbol("Dm7")),
        PassageChord(Fraction(7, 2), parse_symbol("G7")),
    )
    beats = band_beats(Passage((), chords, 2))
    assert [i for i, one in enumerate(beats) if one.is_change] == [0, 4]


def test_nothing_is_known_without_chords() -> None:
    assert all(one.chord is None for one in band_beats(Passage((), (), 2)))
