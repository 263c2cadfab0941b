from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from licklab.domain.passage import Passage, PassageNote
from licklab.errors import UnknownInstrumentError
from licklab.practice.play_along import TAIL_SEC, count_in_sec, play_along, play_along_parts
from licklab.sounding.loudness import loudness_db
from licklab.sounding.mixing import PEAK
from licklab.sounding.sampler import Sampler
from licklab.sounding.soundfont import SoundFont
from licklab.sounding.voice import SAMPLE_RATE
from tests.unit.practice.accompaniment.changes import passage_over
from tests.unit.sounding.hearing import pitch_midi
from tests.unit.sounding.made_font import MadePreset, make_font, plain_zone, tone

SAMPLER = Sampler(
    SoundFont(
        make_font([tone()], [MadePreset([plain_zone()]), MadePreset([plain_zone()], bank=128)])
    )
)
_LINE = (62, 65, 69, 72, 71, 67, 65, 62)


def _lick(tempo_bpm: float = 120.0, swing_ratio: float | None = 2.0) -> Passage:
    notes = tuple(
        PassageNote(Fraction(i, 2), Fraction(1, 2), pitch) for i, pitch in enumerate(_LINE)
    )
    passage = passage_over("Dm7|G7")
    return replace(passage, notes=notes, tempo_bpm=tempo_bpm, swing_ratio=swing_ratio)


def test_it_lasts_as_long_as_its_bars_with_the_one_before() -> None:
    sound = play_along(_lick(), instrument="tenor_sax", sampler=SAMPLER)
    assert sound.shape == (round((3 * 2.0 + TAIL_SEC) * SAMPLE_RATE), 2)
    assert sound.dtype == np.float32
    assert 0.01 < np.abs(sound).max() <= PEAK


def test_another_tempo_is_another_length() -> None:
    sound = play_along(
        _lick(), instrument="tenor_sax", sampler=SAMPLER, tempo_bpm=60.0, counts_in=False
    )
    assert len(sound) == round((2 * 4.0 + TAIL_SEC) * SAMPLE_RATE)
    assert count_in_sec(_lick(), 60.0) == 4.0


def test_the_melody_swings_at_its_places_after_the_count_in() -> None:
    parts = play_along_parts(_lick(), instrument="tenor_sax", with_band=False)
    melody, count = parts
    # At 120 bpm a bar takes 2 s, a beat half a second, its offbeat is late by a third of it.
    onsets = [2.0, 2 + 1 / 3, 2.5, 2.5 + 1 / 3, 3.0, 3 + 1 / 3, 3.5, 3.5 + 1 / 3]
    assert [one.onset_sec for one in melody.notes] == pytest.approx(onsets)
    assert [one.onset_sec for one in count.notes] == pytest.approx([0.0, 0.5, 1.0, 1.5])


def test_ride_and_melody_swing_alike() -> None:
    parts = play_along_parts(_lick(), instrument="tenor_sax", counts_in=False)
    melody, drums = parts[0], parts[1]
    offbeats = {round(one.onset_sec % 0.5, 3) for one in (*melody.notes, *drums.notes)}
    assert offbeats == {0.0, 0.333}


def test_what_is_left_out_is_not_heard() -> None:
    alone = play_along(
        _lick(), instrument="tenor_sax", sampler=SAMPLER, with_band=False, counts_in=False
    )
    first = alone[1000 : round(0.3 * SAMPLE_RATE), 0]
    assert pitch_midi(first, 62) == pytest.approx(62, abs=0.01)
    nothing = play_along(
        _lick(), instrument="alto_sax", sampler=SAMPLER, with_band=False, with_melody=False,
        counts_in=False,
    )  # fmt: skip
    assert not nothing.any()


@pytest.mark.parametrize("velocity", [30, 80, 120])
def test_the_melody_leads_however_softly_it_was_recorded(velocity: int) -> None:
    lick = _lick()
    heard = replace(lick, notes=tuple(replace(one, velocity=velocity) for one in lick.notes))
    parts = play_along_parts(heard, instrument="tenor_sax", counts_in=False)
    melody, *band = (loudness_db(SAMPLER.play(one, 4 * SAMPLE_RATE)) for one in parts)
    assert melody > max(band) + 3


def test_the_melody_keeps_its_accents() -> None:
    lick = _lick()
    accented = (replace(lick.notes[0], velocity=100), *lick.notes[1:])
    melody, *_ = play_along_parts(replace(lick, notes=accented), instrument="tenor_sax")
    assert melody.notes[0].velocity == melody.notes[1].velocity + 20


def test_who_plays_the_bass_has_no_other() -> None:
    programs = [one.program for one in play_along_parts(_lick(), instrument="bass")]
    others = [one.program for one in play_along_parts(_lick(), instrument="tenor_sax")]
    assert programs.count(32) == 1
    assert others.count(32) == 1
    assert len(others) == len(programs) + 1


def test_it_is_always_the_same() -> None:
    other = Sampler(
        SoundFont(
            make_font([tone()], [MadePreset([plain_zone()]), MadePreset([plain_zone()], bank=128)])
        )
    )
    one = play_along(_lick(), instrument="flute", sampler=SAMPLER)
    assert np.array_equal(one, play_along(_lick(), instrument="flute", sampler=other))


def test_an_unknown_instrument_is_refused() -> None:
    with pytest.raises(UnknownInstrumentError):
        play_along(_lick(), instrument="kazoo", sampler=SAMPLER)
