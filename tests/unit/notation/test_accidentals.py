import pytest

from licklab.domain.key import Key
from licklab.domain.score import Accidental
from licklab.domain.signature import key_fifths
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, line, transcription


def signs(*pitches: int, key: str = "C", apart: float = 0.5) -> list[str]:
    """Write quarters over no chord, and give the sign before each: ( ) for one that reminds."""
    notes = line(*[(k * apart, (k + 1) * apart, pitch) for k, pitch in enumerate(pitches)])
    bars = len(pitches) // 4 + 1
    score = arrange(transcription(notes, even_grid(bars), key=key), ScoreOptions(part="concert"))
    told = {None: "", Accidental.FLAT: "b", Accidental.SHARP: "#", Accidental.NATURAL: "n"}
    return [
        f"({told[head.accidental]})" if head.is_courtesy else told[head.accidental]
        for bar in score.bars
        for event in bar.voices[0].events
        for head in event.heads
        if not head.tie_from
    ]


def test_a_sign_lasts_to_the_end_of_the_bar() -> None:
    assert signs(66, 67, 66, 67) == ["#", "", "", ""]


def test_the_next_bar_reminds() -> None:
    assert signs(66, 67, 67, 67, 65, 64, 64, 64) == ["#", "", "", "", "(n)", "", "", ""]


def test_another_octave_is_reminded_of() -> None:
    assert signs(66, 67, 77, 76) == ["#", "", "(n)", ""]


def test_the_key_gives_its_signs() -> None:
    assert signs(65, 70, 63, 62, key="Bb") == ["", "", "", ""]
    assert signs(66, 67, 66, 67, key="G") == ["", "", "", ""]


@pytest.mark.parametrize(("key", "fifths"), [("C", 0), ("Gb", -6), ("B", 5), ("F minor", -4),
                                             ("Eb blues", -3), ("C# minor", 4)])  # fmt: skip
def test_signatures(key: str, fifths: int) -> None:
    assert key_fifths(Key.parse(key)) == fifths
