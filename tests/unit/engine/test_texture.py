import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.engine.notes.candidates import Candidate
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.notes.timing import NoteTimes
from licklab.engine.texture import is_mostly_line, resolve_texture
from tests.unit.engine.notes.believed import believe, believe_odds, pack


def _play(notes: list[DecodedNote], confidence: float) -> list[Candidate]:
    return [Candidate(one, NoteTimes(0.0, 1.0), confidence) for one in notes]


_NOTES = [DecodedNote(10 + 20 * i, 28 + 20 * i, 60 + i) for i in range(10)]
_LINE = _play(_NOTES, 0.8)
_BASS = [DecodedNote(10 + 20 * i, 28 + 20 * i, 31 + i) for i in range(10)]
_CHORDS = [DecodedNote(10 + 20 * i, 28 + 20 * i, 48 + 4 * k) for i in range(10) for k in range(4)]


@pytest.mark.parametrize(
    ("asked", "instrument", "texture"),
    [
        (None, "trumpet", Texture.LINE),
        (Texture.LINE, "guitar", Texture.LINE),
        (Texture.POLYPHONIC, "trumpet", Texture.POLYPHONIC),
    ],
)
def test_what_is_asked_for_comes_before_what_the_instrument_plays(
    asked: Texture | None, instrument: str, texture: Texture
) -> None:
    everybody = believe(_CHORDS, 250)
    assert resolve_texture(asked, INSTRUMENTS[instrument], _LINE, everybody) is texture


def test_a_line_of_nobody_in_particular_is_decoded_as_one() -> None:
    everybody = believe([*_NOTES, *_BASS], 250)
    assert resolve_texture(None, INSTRUMENTS["other"], _LINE, everybody) is Texture.LINE


@pytest.mark.parametrize("instrument", ["guitar", "piano", "vibraphone"])
def test_who_can_play_chords_alone_may_play_them_beside_a_line(instrument: str) -> None:
    everybody = believe(_NOTES, 250)
    assert is_mostly_line(_LINE, everybody, INSTRUMENTS[instrument])
    assert resolve_texture(None, INSTRUMENTS[instrument], _LINE, everybody) is Texture.POLYPHONIC


@pytest.mark.parametrize(
    ("instrument", "texture"),
    [
        ("guitar", Texture.LINE),
        ("vibraphone", Texture.LINE),
        ("piano", Texture.POLYPHONIC),
    ],
)
def test_a_line_over_chords_is_decoded_as_one_except_from_two_hands(
    instrument: str, texture: Texture
) -> None:
    everybody = believe([*_NOTES, *_CHORDS], 250)
    assert not is_mostly_line(_LINE, everybody, INSTRUMENTS[instrument])
    assert resolve_texture(None, INSTRUMENTS[instrument], _LINE, everybody) is texture


@pytest.mark.parametrize("instrument", ["guitar", "piano", "vibraphone"])
def test_chords_with_a_scrap_of_a_line_are_decoded_as_chords(instrument: str) -> None:
    everybody = believe(_CHORDS, 250)
    scrap = _LINE[:2]
    assert resolve_texture(None, INSTRUMENTS[instrument], scrap, everybody) is Texture.POLYPHONIC


def test_chords_of_nobody_in_particular_without_a_soloist_are_chords() -> None:
    everybody = believe(_CHORDS, 250)
    assert resolve_texture(None, INSTRUMENTS["other"], _LINE[:1], everybody) is Texture.POLYPHONIC
    assert resolve_texture(None, INSTRUMENTS["other"], _LINE, everybody) is Texture.LINE


@pytest.mark.parametrize(
    ("confidence", "texture"), [(0.97, Texture.LINE), (0.8, Texture.POLYPHONIC)]
)
def test_a_sparse_line_must_be_sure(confidence: float, texture: Texture) -> None:
    everybody = believe(_CHORDS, 250)
    sparse = _play(_NOTES[:3], confidence)
    assert resolve_texture(None, INSTRUMENTS["other"], sparse, everybody) is texture


def test_silence_of_nobody_in_particular_is_a_line() -> None:
    sounds, starts, _ = believe_odds([], 100)
    assert np.all(sounds < 0)
    assert resolve_texture(None, INSTRUMENTS["other"], [], pack(sounds, starts)) is Texture.LINE
