from dataclasses import replace
from fractions import Fraction

from licklab.practice.accompaniment.band import BALLAD_BPM, accompany
from tests.unit.practice.accompaniment.changes import passage_over


def test_slow_passages_are_played_in_two_with_held_chords() -> None:
    passage = passage_over("Dm7|G7")
    slow, fast = accompany(passage, BALLAD_BPM - 1), accompany(passage, BALLAD_BPM)
    assert (len(slow.bass), len(fast.bass)) == (4, 8)
    assert [one.length_quarter for one in slow.shells] == [Fraction(4)] * 4
    assert slow.drums == fast.drums


def test_the_tempo_of_the_passage_is_the_usual_one() -> None:
    passage = replace(passage_over("Dm7|G7"), tempo_bpm=60.0)
    assert accompany(passage) == accompany(passage, 60.0)
    assert accompany(passage) != accompany(passage, 160.0)
