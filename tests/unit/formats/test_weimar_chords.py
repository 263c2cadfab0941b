import csv
import gzip
import os
from pathlib import Path

import mir_eval.chord
import pytest

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import pitch_classes
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte, to_harte
from licklab.errors import ChordError
from licklab.formats.weimar_chords import parse_weimar

_REPOSITORY = Path(__file__).parents[3]
_SHARED = Path(os.environ.get("LICKLAB_SHARED_DATA", _REPOSITORY.parent / "shared" / "data"))
_BEATS = _SHARED / "wjazzd" / "beats.csv.gz"

# The kinds of chord that the corpus has, most of them many times.
_KINDS = [
    ("C", "C"), ("C-", "Cm"), ("C+", "C+"), ("Co", "Cdim"), ("Co7", "Cdim7"), ("Csus", "Csus4"),
    ("Csus7", "C7sus4"), ("Csus79", "C9sus4"), ("Csus7913", "C13sus4"), ("C6", "C6"),
    ("C69", "C69"), ("C-6", "Cm6"), ("C-69", "Cm69"), ("C7", "C7"), ("C79", "C9"),
    ("C79b", "C7b9"), ("C79#", "C7#9"), ("C7913", "C13"), ("C79b13", "C13b9"),
    ("C79b13b", "C7(b9,b13)"), ("C79#11#", "C7(#9,#11)"), ("C7911#", "C9#11"), ("C7911", "C11"),
    ("C7913b", "C9b13"), ("C7alt", "C7alt"), ("C+7", "C7#5"), ("C+79", "C9#5"),
    ("C+79b", "C7(#5,b9)"), ("C+79#", "C7(#5,#9)"), ("C+j7", "Cmaj7#5"), ("Cj7", "Cmaj7"),
    ("Cj79", "Cmaj9"), ("Cj7911#", "Cmaj9#11"), ("Cj79#", "Cmaj7#9"), ("C-7", "Cm7"),
    ("C-79", "Cm9"), ("C-7911", "Cm11"), ("C-7913", "Cm13"), ("C-j7", "Cm(maj7)"),
    ("C-j7913", "Cm(maj13)"), ("Cm7b5", "Cm7b5"), ("C-7/Bb", "Cm7/Bb"), ("NC", "N.C."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "house"), _KINDS)
def test_a_spelling_of_the_database_is_the_symbol_of_a_player(text: str, house: str) -> None:
    symbol = parse_weimar(text)
    assert write_symbol(symbol) == house
    assert parse_symbol(house) == symbol


@pytest.mark.skipif(not _BEATS.exists(), reason="the Weimar Jazz Database is not on this machine")
def test_every_spelling_of_the_database_survives_labels_and_symbols() -> None:
    with gzip.open(_BEATS, "rt", encoding="utf-8") as file:
        spellings = {row["chord"] for row in csv.DictReader(file)}
    assert len(spellings) == 385
    for spelling in spellings:
        symbol = parse_weimar(spelling)
        label = to_harte(symbol)
        assert from_harte(label) == symbol
        assert parse_symbol(write_symbol(symbol)) == symbol
        mir_eval.chord.encode(label, reduce_extended_chords=True)
        assert pitch_classes(symbol) or spelling == "NC"


@pytest.mark.parametrize("text", ["", "H7", "C7b9", "Cfoo", "C79bb", "C7/", "C" + "9" * 99])
def test_what_the_database_never_writes_is_refused(text: str) -> None:
    with pytest.raises(ChordError, match="want a chord as the Weimar Jazz Database spells it"):
        parse_weimar(text)
