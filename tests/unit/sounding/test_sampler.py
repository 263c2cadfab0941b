from math import log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.sounding.part import SoundingNote, SoundingPart
from licklab.sounding.sampler import LONGEST_TAIL_SEC, Sampler, Samples
from licklab.sounding.soundfont import SoundFont
from licklab.sounding.voice import SAMPLE_RATE
from tests.unit.sounding.hearing import level_db, pitch_midi
from tests.unit.sounding.made_font import MadePreset, MadeSample, make_font, plain_zone, tone


def _sampler(*zones: dict[int, int], samples: tuple[MadeSample, ...] = (tone(),)) -> Sampler:
    """Make a sampler with a preset that is both an instrument and a drum set."""
    presets = [MadePreset(zones), MadePreset(zones, bank=128)]
    return Sampler(SoundFont(make_font(samples, presets)))


def _play(
    sampler: Sampler, *notes: SoundingNote, length_sec: float = 1.0, is_drums: bool = False
) -> Samples:
    part = SoundingPart(notes, 0, -20.0, (69,), is_drums)
    return sampler.play(part, round(length_sec * SAMPLE_RATE))


def _note(pitch_midi: int = 69, velocity: int = 80) -> SoundingNote:
    return SoundingNote(0.0, 0.5, pitch_midi, velocity)


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 100))
def test_every_key_sounds_at_its_pitch(key: int) -> None:
    sound = _play(_sampler(plain_zone()), _note(key))[2000:20_000, 0]
    assert pitch_midi(sound, key) == pytest.approx(key, abs=0.01)


def test_tuning_of_zones_counts() -> None:
    sampler = _sampler(plain_zone(coarse_tune=2, fine_tune=-25))
    sound = _play(sampler, _note())[2000:20_000, 0]
    assert pitch_midi(sound, 70.75) == pytest.approx(70.75, abs=0.01)


def test_a_loop_of_rounded_length_is_in_tune() -> None:
    # 47.3 samples would be the period: with 47 it sounds 11 cents sharp.
    period = 22_050 / 466.16
    wave = 16_000 * np.sin(2 * np.pi * np.arange(47) / 47)
    short = MadeSample(np.tile(wave, 3).astype(np.int16), (47, 94), 22_050, 70)
    assert 1200 * np.log2(period / 47) == pytest.approx(11.1, abs=0.1)
    sound = _play(_sampler(plain_zone(), samples=(short,)), _note(65))[2000:20_000, 0]
    assert pitch_midi(sound, 65) == pytest.approx(65, abs=0.01)


def test_a_detuned_layer_stays_detuned() -> None:
    wave = 16_000 * np.sin(2 * np.pi * np.arange(400) / 100)
    sample = MadeSample(wave.astype(np.int16), (100, 200))
    sound = _play(_sampler(plain_zone(fine_tune=12), samples=(sample,)), _note())[2000:20_000, 0]
    assert pitch_midi(sound, 69.12) == pytest.approx(69.12, abs=0.01)


def test_a_loop_has_no_seam() -> None:
    sound = _play(_sampler(plain_zone()), _note())[2000:20_000, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(sound * np.blackman(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    foreign = spectrum[np.abs(frequency - 440) > 30].sum() / spectrum.sum()
    assert 10 * log10(foreign) < -60


@given(st.integers(1, 126))
@settings(max_examples=20, deadline=None)
def test_harder_is_louder_by_forty_decibels_for_a_tenth(velocity: int) -> None:
    sampler = _sampler(plain_zone())
    soft, hard = (_play(sampler, _note(69, one))[2000:20_000] for one in (velocity, 127))
    assert level_db(hard) - level_db(soft) == pytest.approx(40 * log10(127 / velocity), abs=0.01)


def test_a_part_is_as_loud_as_it_says_whatever_the_soundfont() -> None:
    loud, quiet = (
        _play(_sampler(plain_zone(), samples=(tone(level=one),)), _note()) for one in (0.9, 0.01)
    )
    assert level_db(loud[:20_000]) == pytest.approx(level_db(quiet[:20_000]), abs=0.1)


def test_nothing_clicks_at_the_end_of_a_note() -> None:
    sound = _play(_sampler(plain_zone()), SoundingNote(0.0, 0.3, 69))[:, 0]
    # Of a sine no step is larger than its steepest; where it ends neither.
    assert np.abs(np.diff(sound[4000:])).max() <= 1.01 * np.abs(np.diff(sound[4000:12_000])).max()
    assert not sound[round(0.32 * SAMPLE_RATE) :].any()


def test_volume_falls_by_decibels() -> None:
    # 1 s for 100 dB after a hold of 0.1 s, down to 30 dB.
    sampler = _sampler(plain_zone(volume_hold=-3986, volume_decay=0, volume_sustain=300))
    sound = _play(sampler, SoundingNote(0.0, 0.9, 69))[:, 0]

    def level(time_sec: float) -> float:
        begin = round((time_sec - 0.01) * SAMPLE_RATE)
        return level_db(sound[begin : begin + 882])

    assert level(0.05) - level(0.2) == pytest.approx(10, abs=0.3)
    assert level(0.2) - level(0.3) == pytest.approx(10, abs=0.3)
    assert level(0.05) - level(0.8) == pytest.approx(30, abs=0.1)


def test_a_filter_takes_away_what_is_above_it() -> None:
    closed = _sampler(plain_zone(filter_cutoff=6900))  # 440 Hz
    low, high = (_play(closed, _note(key))[4000:20_000] for key in (57, 93))
    # 12 dB for each octave: at 1760 Hz 24 dB less, at 220 Hz nearly nothing.
    assert level_db(low) - level_db(high) == pytest.approx(24, abs=1)


def test_vibrato_moves_the_pitch_both_ways() -> None:
    # 5 Hz, 50 cents, from the beginning on.
    sampler = _sampler(
        plain_zone(vibrato_to_pitch=50, vibrato_frequency=-851, vibrato_delay=-12000)
    )
    sound = _play(sampler, _note())[:, 0]
    pitches = [pitch_midi(sound[begin : begin + 1000], 69) for begin in range(1000, 18_000, 400)]
    assert max(pitches) == pytest.approx(69.5, abs=0.12)
    assert min(pitches) == pytest.approx(68.5, abs=0.12)


def test_pan_is_left_and_right_with_the_same_power() -> None:
    left = _play(_sampler(plain_zone(pan=-500)), _note())[2000:20_000]
    middle = _play(_sampler(plain_zone()), _note())[2000:20_000]
    assert level_db(left[:, 1]) < -100
    assert np.square(left).sum() == pytest.approx(np.square(middle).sum(), rel=0.01)


def test_a_closing_hi_hat_silences_an_open_one() -> None:
    sampler = _sampler(plain_zone(exclusive_class=1, volume_release=0))
    open_hat = SoundingNote(0.0, 0.8, 69)
    closes = SoundingNote(0.4, 0.01, 81, 1)
    alone = _play(sampler, open_hat, is_drums=True)
    closed = _play(sampler, open_hat, closes, is_drums=True)
    begin, end = round(0.38 * SAMPLE_RATE), round(0.45 * SAMPLE_RATE)
    assert np.array_equal(alone[:begin], closed[:begin])
    assert level_db(alone[end : end + 4410]) > -40
    assert level_db(closed[end : end + 4410]) < level_db(alone[end : end + 4410]) - 40


def test_notes_of_one_chord_do_not_silence_each_other() -> None:
    sampler = _sampler(plain_zone(exclusive_class=1))
    one, other = SoundingNote(0.0, 0.5, 69), SoundingNote(0.0, 0.5, 73)
    both = _play(sampler, one, other, is_drums=True)
    assert np.allclose(
        both, _play(sampler, one, is_drums=True) + _play(sampler, other, is_drums=True), atol=1e-6
    )


def test_a_tail_without_end_is_faded() -> None:
    sampler = _sampler(plain_zone(volume_release=8000))  # 100 s
    sound = _play(sampler, SoundingNote(0.0, 0.2, 69), length_sec=3.0)[:, 0]
    end = round((0.2 + LONGEST_TAIL_SEC) * SAMPLE_RATE)
    assert level_db(sound[end - 4410 : end - 2205]) > -30
    assert np.abs(np.diff(sound[end - 900 :])).max() <= np.abs(np.diff(sound[: end - 900])).max()
    assert not sound[end:].any()


def test_a_sample_that_is_not_repeated_ends_by_itself() -> None:
    sound = _play(_sampler(plain_zone(sample_modes=0)), _note())[:, 0]
    n_sample = 4000 * SAMPLE_RATE // 44_000
    assert sound[n_sample - 200 : n_sample - 50].any()
    assert not sound[n_sample:].any()


def test_what_comes_again_sounds_the_same() -> None:
    sampler = _sampler(plain_zone())
    assert np.array_equal(_play(sampler, _note()), _play(sampler, _note()))
