"""The bodies of requests that mend."""

import pytest
from pydantic import ValidationError

from licklab.domain.chord import QUALITIES
from licklab.domain.chord_edit import WriteChords
from licklab.domain.harte import label_to_symbol
from licklab.errors import ChordError
from licklab.service.api.edits import CHORDS, GRID

_LABELS = ["N", *(f"{root}:{one}" for root in ("C", "F#", "Bb") for one in QUALITIES), "G:7(b9)/3"]


def _body(**chord: str) -> dict[str, object]:
    return {"events": [{"onset_sec": 1.0, "offset_sec": 2.0, **chord}]}


@pytest.mark.parametrize("label", _LABELS)
def test_chords_are_taken_as_answers_have_them(label: str) -> None:
    body = _body(label=label, symbol=label_to_symbol(label))
    edit = CHORDS.validate_python(body).edit()
    assert isinstance(edit, WriteChords)
    assert edit.chords[0].symbol == label_to_symbol(label)


def test_a_symbol_and_a_label_of_two_chords_are_refused() -> None:
    with pytest.raises(ChordError, match="want a symbol and a label of one chord"):
        CHORDS.validate_python(_body(label="C:maj", symbol="Cm")).edit()
    with pytest.raises(ValidationError, match="a symbol or a label"):
        CHORDS.validate_python(_body())


@pytest.mark.parametrize("name", ["text", "ireal", "musicxml"])
def test_control_characters_are_refused_but_lines_are_not(name: str) -> None:
    CHORDS.validate_python({name: "| C |\r\n\t| F |"})
    for character in ("\0", "\x1b", "\x7f"):
        with pytest.raises(ValidationError, match="without control characters"):
            CHORDS.validate_python({name: f"| C{character} |"})


def test_lists_have_an_end() -> None:
    taps = [0.2 * i for i in range(4001)]
    with pytest.raises(ValidationError, match="at most 4000 items"):
        GRID.validate_python({"op": "taps", "taps_sec": taps})
    GRID.validate_python({"op": "taps", "taps_sec": taps[:4000]})
