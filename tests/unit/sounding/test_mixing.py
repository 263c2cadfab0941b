import numpy as np
import pytest

from licklab.errors import ShapeError
from licklab.sounding.mixing import PEAK, mix
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import Sampler
from licklab.sounding.soundfont import SoundFont
from licklab.sounding.voice import SAMPLE_RATE
from tests.unit.sounding.made_font import MadePreset, make_font, plain_zone, tone

SAMPLER = Sampler(SoundFont(make_font([tone()], [MadePreset([plain_zone()])])))


def _part(loudness_db: float, pitch_midi: int = 69) -> SoundingPart:
    return SoundingPart((SoundingNote(0.1, 2.0, pitch_midi),), 0, loudness_db, (69,))


def test_parts_are_added() -> None:
    one, other = _part(-20.0), _part(-30.0, 76)
    both = mix([one, other], SAMPLER, 1.0)
    assert both.shape == (SAMPLE_RATE, 2)
    assert np.allclose(both, mix([one], SAMPLER, 1.0) + mix([other], SAMPLER, 1.0), atol=1e-6)


def test_what_is_too_loud_is_turned_down_not_cut_off() -> None:
    loud, right = mix([_part(6.0)], SAMPLER, 1.0), mix([_part(-20.0)], SAMPLER, 1.0)
    assert np.abs(loud).max() == pytest.approx(PEAK, abs=1e-4)
    assert np.allclose(loud * np.abs(right).max() / PEAK, right, atol=1e-5)


def test_what_rings_on_at_the_end_is_faded() -> None:
    assert not mix([_part(-20.0)], SAMPLER, 1.0)[-1].any()


def test_nobody_plays_silence() -> None:
    assert not mix([], SAMPLER, 0.5).any()


@pytest.mark.parametrize(
    ("onset_sec", "length_sec", "pitch_midi", "velocity"),
    [(-0.1, 1.0, 60, 80), (0.0, 0.0, 60, 80), (0.0, 1.0, 128, 80), (0.0, 1.0, 60, 0),
     (float("nan"), 1.0, 60, 80)],
)  # fmt: skip
def test_notes_that_cannot_sound_are_refused(
    onset_sec: float, length_sec: float, pitch_midi: int, velocity: int
) -> None:
    with pytest.raises(ShapeError):
        SoundingNote(onset_sec, length_sec, pitch_midi, velocity)
