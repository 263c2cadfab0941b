import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.errors import SoundFontError
from licklab.sounding.generators import Generator
from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import Sampler
from licklab.sounding.soundfont import SoundFont, read_soundfont
from tests.unit.sounding.made_font import (
    MadePreset,
    key_range,
    make_font,
    plain_zone,
    tone,
)

FONT = make_font(
    [tone(), tone(level=0.25)],
    [
        MadePreset([plain_zone(0)], program=5),
        MadePreset(
            [
                {int(Generator.ATTENUATION): 40},
                plain_zone(0, key_range=key_range(0, 59)),
                plain_zone(1, key_range=key_range(60, 127), attenuation=10),
            ],
            program=7,
            adds={int(Generator.ATTENUATION): 25, int(Generator.KEY_RANGE): key_range(20, 100)},
        ),
        MadePreset([plain_zone(1, exclusive_class=3)], bank=128),
    ],
)


def test_zones_of_a_preset_are_found_by_its_program() -> None:
    font = SoundFont(FONT)
    assert [zone.keys for zone in font.zones(5)] == [(0, 127)]
    assert [zone.keys for zone in font.zones(7)] == [(20, 59), (60, 100)]


def test_presets_add_to_what_instruments_say_and_global_zones_count_for_all() -> None:
    low, high = SoundFont(FONT).zones(7)
    assert low.values[Generator.ATTENUATION] == 40 + 25
    assert high.values[Generator.ATTENUATION] == 10 + 25


def test_another_program_than_there_is_gets_the_first_of_its_kind() -> None:
    font = SoundFont(FONT)
    assert font.zones(99) == font.zones(5)
    assert font.zones(40, is_drums=True)[0].values[Generator.EXCLUSIVE_CLASS] == 3


def test_a_soundfont_without_drums_gives_none() -> None:
    font = SoundFont(make_font([tone()], [MadePreset([plain_zone()])]))
    assert font.zones(0, is_drums=True) == ()


def test_a_sample_outside_of_all_samples_is_silent() -> None:
    font = make_font([tone()], [MadePreset([plain_zone(3)]), MadePreset([plain_zone(0)], 1)])
    assert SoundFont(font).zones(0) == ()
    assert len(SoundFont(font).zones(1)) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"RIFF", b"RIFF\x04\0\0\0WAVE", b"RIFF\x04\0\0\0sfbk", b"ID3" + bytes(100), FONT[:-1000]],
)
def test_what_is_no_whole_soundfont_is_refused(data: bytes) -> None:
    with pytest.raises(SoundFontError, match="soundfont"):
        SoundFont(data)


def _pack() -> bytes:
    file = io.BytesIO()
    sf.write(file, tone().samples, 44_000, format="OGG", subtype="VORBIS")
    return file.getvalue()


_PACKED = _pack()


def test_packed_samples_are_unpacked() -> None:
    plain, packed = (
        SoundFont(make_font([one], [MadePreset([plain_zone()])]))
        for one in (tone(), replace(tone(), packed=_PACKED))
    )
    assert packed.zones(0) == plain.zones(0)
    assert np.abs(packed.samples(0) - plain.samples(0)).max() < 0.02


@pytest.mark.parametrize("packed", [b"", b"OggS", _PACKED[:300], bytes(500)])
def test_a_packed_sample_that_cannot_be_unpacked_is_silent(packed: bytes) -> None:
    font = make_font([replace(tone(), packed=packed)], [MadePreset([plain_zone()])])
    assert SoundFont(font).zones(0) == ()


def test_zones_without_end_are_refused() -> None:
    many = MadePreset([plain_zone()] * 4_001)
    with pytest.raises(SoundFontError, match="at most 4000 zones"):
        SoundFont(make_font([tone(2)], [many])).zones(0)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SoundFontError, match="got none"):
        read_soundfont(tmp_path / "none.sf2")


# Tables begin behind the samples: that is where places, counts and numbers lie.
_TABLES = FONT.index(b"pdta")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(_TABLES, len(FONT) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, 127),
)
def test_damage_is_refused_or_sounds_like_numbers(changes: list[tuple[int, int]], key: int) -> None:
    damaged = bytearray(FONT)
    for at, value in changes:
        damaged[at] = value
    try:
        font = SoundFont(bytes(damaged))
        for program, is_drums in ((5, False), (7, False), (0, True)):
            notes = (SoundingNote(0.0, 0.1, key), SoundingNote(0.05, 0.01, key))
            part = SoundingPart(notes, program, -20.0, (key,), is_drums)
            sound = Sampler(font).play(part, 22_050)
            assert sound.shape == (22_050, 2)
            assert np.isfinite(sound).all()
    except SoundFontError:
        pass


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FONT) - 1))
def test_a_cut_file_is_refused(length: int) -> None:
    with pytest.raises(SoundFontError):
        SoundFont(FONT[:length])
