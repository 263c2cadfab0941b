"""The piano engine with its real network, where the optional package is installed."""

from collections.abc import Sequence
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.note import Note
from licklab.domain.progress import Progress
from licklab.domain.quality import Quality, find_quality
from licklab.domain.region import Region
from licklab.domain.transcription import Transcription
from licklab.engine.models import TRANSKUN, find_model
from licklab.engine.piano import ear
from licklab.engine.piano.checkpoint import read_checkpoint
from licklab.engine.piano.features import PowerSpectra
from licklab.engine.piano.layout import SEGMENT_SAMPLES
from licklab.engine.pipeline import Listener
from licklab.errors import ModelError, QualityError, ShapeError, UnknownQualityError
from tests.unit.engine.piano.package import needs_piano
from tests.unit.engine.piano.strings import CHORD, LINE, strike
from tests.unit.engine.tones import Tone

_PIANO = INSTRUMENTS["piano"]


def _count_found(notes: Sequence[Note], tones: Sequence[Tone]) -> int:
    return sum(
        any(n.pitch_midi == t.pitch_midi and abs(n.onset_sec - t.onset_sec) < 0.05 for n in notes)
        for t in tones
    )


@pytest.fixture(scope="module")
def heard(
    listener: Listener, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Transcription, list[Progress]]:
    path = tmp_path_factory.mktemp("piano") / "two-hands.wav"
    # A quarter of a semitone sharp, as a tape that runs fast.
    sf.write(path, strike([*CHORD, *LINE], 17.0, 446.4), 44_100, subtype="FLOAT")
    reports: list[Progress] = []
    heard = listener.transcribe(path, _PIANO, quality=Quality.BEST, progress=reports.append)
    return heard, reports


@needs_piano
def test_both_hands_are_heard(heard: tuple[Transcription, list[Progress]]) -> None:
    transcription, _ = heard
    played = [*CHORD, *LINE]
    assert _count_found(transcription.notes, played) >= 0.95 * len(played)
    assert len(transcription.notes) <= 1.05 * len(played)
    assert transcription.tuning_hz == pytest.approx(446.4, abs=2)
    assert transcription.mode is Texture.POLYPHONIC
    assert transcription.engine.models[0].name == "transkun"


@needs_piano
def test_progress_goes_forward_to_nearly_all(
    heard: tuple[Transcription, list[Progress]],
) -> None:
    fractions = [one.fraction for one in heard[1]]
    assert all(a <= b for a, b in pairwise(fractions))
    assert fractions[-1] > 0.9


@needs_piano
def test_only_the_region_is_heard(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "two-hands.wav"
    sf.write(path, strike([*CHORD, *LINE], 17.0), 44_100, subtype="FLOAT")
    part = Region(6.0, 8.0)
    heard = listener.transcribe(path, _PIANO, quality=Quality.BEST, region=part)
    expected = [tone for tone in LINE if 6.0 <= tone.onset_sec < 7.99]
    assert len(heard.notes) == _count_found(heard.notes, expected) == len(expected)


# Silent to the last bit, and but for the last bit, which the network listens to.
@pytest.mark.parametrize("last_bits", [0, 1])
@needs_piano
def test_silence_has_no_notes(listener: Listener, tmp_path: Path, last_bits: int) -> None:
    path = tmp_path / "silence.wav"
    noise = np.random.default_rng(0).integers(-last_bits, last_bits + 1, 44_100)
    sf.write(path, noise.astype(np.int16), 44_100)
    heard = listener.transcribe(path, _PIANO, quality=Quality.BEST)
    assert heard.notes == ()
    assert heard.warnings


@needs_piano
def test_spectra_do_not_depend_on_loudness_and_want_a_whole_segment() -> None:
    spectra = PowerSpectra(read_checkpoint(find_model(TRANSKUN).path))
    loud = np.random.default_rng(0).normal(size=SEGMENT_SAMPLES).astype(np.float32)
    soft = loud / np.float32(64)
    assert np.allclose(spectra.compute(loud), spectra.compute(soft), rtol=1e-3)
    with pytest.raises(ShapeError, match="want samples of shape"):
        spectra.compute(loud[:-1])


def test_other_instruments_and_single_lines_are_refused(listener: Listener) -> None:
    missing = Path("no such file")
    with pytest.raises(QualityError, match=r"want the instrument piano .* got guitar"):
        listener.transcribe(missing, INSTRUMENTS["guitar"], quality=Quality.BEST)
    with pytest.raises(QualityError, match="got line"):
        listener.transcribe(missing, _PIANO, texture=Texture.LINE, quality=Quality.BEST)


def test_without_the_package_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(_: str) -> str:
        raise metadata.PackageNotFoundError

    find_model.cache_clear()
    monkeypatch.setattr(metadata, "version", installed)
    try:
        with pytest.raises(ModelError, match=r"run `pip install --no-deps transkun==2\.0\.1`"):
            ear.PianoEar()
    finally:
        find_model.cache_clear()


def test_qualities_go_by_their_names() -> None:
    assert find_quality(" Best ") is Quality.BEST
    with pytest.raises(UnknownQualityError, match="one of light, best; got 'good'"):
        find_quality("good")
