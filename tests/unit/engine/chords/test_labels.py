import mir_eval
import numpy as np
import pytest

from licklab.domain.harte import label_to_symbol
from licklab.domain.key import Key
from licklab.engine.chords.labels import choose_bass, read_root, spell_label
from licklab.engine.chords.language import N_CHORDS
from tests.unit.engine.chords.hearing import column


@pytest.mark.parametrize(
    ("root", "quality", "tensions", "bass", "label", "symbol"),
    [
        (7, "7", (0,), None, "G:7(b9)", "G7b9"),
        (7, "7", (0, 1, 3), None, "G:7(b9,#9,b13)", "G7alt"),
        (7, "7", (3, 2), 5, "G:7(#11,b13)/b7", "G7(#11,b13)/F"),
        (0, "maj7", (), 7, "C:maj7/5", "Cmaj7/G"),
        (0, "maj7", (), 0, "C:maj7", "Cmaj7"),
        (11, "dim7", (), 8, "B:dim7/bb7", "Bdim7/Ab"),
        (5, "sus4(b7)", (), None, "F:sus4(b7)", "F7sus4"),
        (2, "hdim7", (), None, "D:hdim7", "Dm7b5"),
    ],
)
def test_chords_are_written(
    root: int, quality: str, tensions: tuple[int, ...], bass: int | None, label: str, symbol: str
) -> None:
    written = spell_label(column(root, quality), None, tensions, bass)
    assert (written, label_to_symbol(written)) == (label, symbol)


@pytest.mark.parametrize("key", [None, Key("E"), Key("Ab")])
def test_every_label_is_harte_and_its_root_can_be_read(key: Key | None) -> None:
    for chord in range(1, N_CHORDS):
        label = spell_label(chord, key)
        root = mir_eval.chord.pitch_class_to_semitone(label.split(":")[0]) % 12
        assert read_root(label.split(":")[0]) == root == (chord - 1) // 12
        mir_eval.chord.encode(label)


def test_bass_is_a_tone_of_the_chord_or_the_root() -> None:
    bass = np.log(np.full(13, 0.01))
    bass[1 + 2] = 0.0
    assert choose_bass(column(0, "maj7"), bass, 1.5) is None
    bass[1 + 4] = -0.1
    assert choose_bass(column(0, "maj7"), bass, 1.5) == 4
    assert choose_bass(0, bass, 1.5) is None
