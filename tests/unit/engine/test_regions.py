"""A region of a real recording has the notes that the whole has there."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile as sf

from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.note import Note
from licklab.domain.progress import Progress, Stage
from licklab.domain.region import Region
from licklab.engine.pipeline import Listener
from licklab.errors import DamagedAudioError, RegionError
from tests.conftest import EXAMPLE, HearExample

TENOR = INSTRUMENTS["tenor_sax"]
_EQUAL_SEC = 0.010
# Ends are softer than onsets: what follows a region helps to see them.
_EQUAL_END_SEC = 0.050

Convert = Callable[[str], Path]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Give the example in a format; once for each."""
    folder = tmp_path_factory.mktemp("formats")

    def converted(kind: str) -> Path:
        path = folder / f"example.{kind}"
        if kind == "mp3" or path.exists():
            return EXAMPLE if kind == "mp3" else path
        if kind == "m4a":
            if shutil.which("ffmpeg") is None:
                pytest.skip("ffmpeg is not on PATH")
            command = ["ffmpeg", "-v", "error", "-i", str(EXAMPLE), "-b:a", "160k", str(path)]
            subprocess.run(command, check=True)
            return path
        samples, sample_rate = sf.read(EXAMPLE, dtype="float32")
        sf.write(path, samples, sample_rate)
        return path

    return converted


def _is_same(one: Note, other: Note, end_sec: float) -> bool:
    return (
        one.pitch_midi == other.pitch_midi
        and abs(one.onset_sec - other.onset_sec) <= _EQUAL_SEC
        and abs(min(one.offset_sec, end_sec) - min(other.offset_sec, end_sec)) <= _EQUAL_END_SEC
    )


_REGIONS = (Region(12.5, 30.0), Region(end_sec=8.0), Region(70.0), Region(33.3, 36.1))
_CASES = [
    *(("mp3", texture, region) for texture in Texture for region in _REGIONS),
    # These go to the region each in its own way.
    *((kind, Texture.LINE, region) for kind in ("flac", "wav", "m4a") for region in _REGIONS[::2]),
]


@pytest.mark.parametrize(("kind", "texture", "region"), _CASES, ids=str)
def test_a_regions_notes_are_those_of_the_whole(
    listener: Listener,
    convert: Convert,
    hear_example: HearExample,
    kind: str,
    texture: Texture,
    region: Region,
) -> None:
    # The whole is the same music in every format; a tenor is heard as a line unasked.
    path = convert(kind)
    whole = hear_example(TENOR.id, None if texture is TENOR.texture else texture)
    part = listener.transcribe(path, TENOR, texture=texture, region=region)
    start_sec, end_sec = region.start_sec or 0.0, region.end_sec or whole.source.duration_sec
    expected = [note for note in whole.notes if start_sec <= note.onset_sec < end_sec]
    for these, those in ((part.notes, expected), (expected, part.notes)):
        same = [note for note in these if any(_is_same(note, one, end_sec) for one in those)]
        assert len(same) > 0.9 * len(these) > 5
    assert all(start_sec <= note.onset_sec < note.offset_sec <= end_sec for note in part.notes)
    assert part.region == Region(start_sec, end_sec)
    assert part.source == replace(
        whole.source,
        filename=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        priming_sec=part.source.priming_sec,
        duration_sec=part.source.duration_sec,
    )
    assert part.source.duration_sec == pytest.approx(whole.source.duration_sec, abs=0.001)
    assert part.mode is texture
    assert part.warnings == ()


def test_only_the_region_is_listened_to(listener: Listener) -> None:
    reports: list[Progress] = []
    listener.transcribe(EXAMPLE, TENOR, region=Region(40.0, 41.0), progress=reports.append)
    fractions = [one.fraction for one in reports]
    assert fractions == sorted(fractions)
    # Chunks of four windows (6.6 s); the whole has fourteen.
    assert len([one for one in reports if one.stage is Stage.LISTENING]) == 1


def test_the_whole_tells_no_region_and_how_it_was_heard(listener: Listener, tmp_path: Path) -> None:
    samples, sample_rate = sf.read(EXAMPLE, dtype="float32", stop=10 * 44_100)
    sf.write(tmp_path / "begin.wav", samples, sample_rate)
    for instrument, texture in (("guitar", Texture.LINE), ("piano", Texture.POLYPHONIC)):
        heard = listener.transcribe(
            tmp_path / "begin.wav", INSTRUMENTS[instrument], region=Region()
        )
        assert heard.region is None
        assert heard.mode is texture


@pytest.mark.parametrize("region", [Region(90.0), Region(80.0, 90.0)])
def test_a_region_beyond_the_end_is_refused(listener: Listener, region: Region) -> None:
    with pytest.raises(RegionError, match=r"which lasts 87.20 s; got one whose .* is at 90.0 s"):
        listener.transcribe(EXAMPLE, TENOR, region=region)


def test_a_region_behind_the_cut_of_a_file_is_refused(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    content = EXAMPLE.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    for start_sec in (44.5, 60.0):
        with pytest.raises(DamagedAudioError, match=r"from .* s on, got a damaged file"):
            listener.transcribe(path, TENOR, region=Region(start_sec, 70.0))
    path.write_bytes(content[: len(content) // 100])
    # Here reading begins at the beginning of the file, and still ends before the region.
    with pytest.raises(DamagedAudioError, match=r"want sound from 2\.00 s on"):
        listener.transcribe(path, TENOR, region=Region(2.0, 3.0))


def test_a_region_before_the_cut_of_a_file_is_heard(listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    content = EXAMPLE.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    before = listener.transcribe(path, TENOR, region=Region(20.0, 30.0))
    assert before.notes
    assert before.warnings == ()
