import hashlib
from pathlib import Path

import numpy as np
import pytest

from licklab.domain.instrument import INSTRUMENTS
from licklab.errors import SoundFontError
from licklab.sounding.installed import INSTALLED, INSTALLED_SHA256, load_sampler, soundfont_path
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import Sampler, Samples
from licklab.sounding.voice import SAMPLE_RATE
from tests.unit.sounding.hearing import level_db, pitch_midi


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    return load_sampler()


def _play(sampler: Sampler, program: int, key: int, *, is_drums: bool = False) -> Samples:
    part = SoundingPart((SoundingNote(0.0, 0.5, key),), program, -20.0, (key,), is_drums)
    return sampler.play(part, SAMPLE_RATE)


def test_a_soundfont_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SoundFontError, match="name one that is there"):
        soundfont_path(tmp_path / "none.sf2")


def test_a_preferred_soundfont_is_taken(tmp_path: Path) -> None:
    preferred = tmp_path / "mine.sf2"
    preferred.write_bytes(b"no soundfont")
    assert soundfont_path(preferred) == preferred
    with pytest.raises(SoundFontError, match="another kind of file"):
        load_sampler(preferred)


def test_the_soundfont_is_the_one_that_was_measured() -> None:
    assert hashlib.sha256(INSTALLED.read_bytes()).hexdigest() == INSTALLED_SHA256


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_instrument_is_in_tune_over_its_range(instrument: str, sampler: Sampler) -> None:
    one = INSTRUMENTS[instrument]
    for key in range(one.lowest_midi, one.highest_midi + 1, 5):
        sound = _play(sampler, one.gm_program, key)[4000:20_000].mean(axis=1)
        assert pitch_midi(sound, key) == pytest.approx(key, abs=0.1)


@pytest.mark.parametrize("key", [37, 44, 51])
def test_sticks_hi_hat_and_ride_sound_and_end(key: int, sampler: Sampler) -> None:
    sound = _play(sampler, 0, key, is_drums=True)
    assert level_db(sound[:4410]) > -30
    assert np.isfinite(sound).all()
