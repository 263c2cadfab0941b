import os
import struct
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licklab.engine.audio.formats import AudioFormat
from licklab.engine.audio.probe import probe_audio
from licklab.errors import (
    AudioError,
    DamagedAudioError,
    EmptyAudioError,
    NotAudioError,
    UnsupportedAudioError,
)
from tests.unit.engine.audio.recordings import DATA, encode, make_clicks

WRITTEN = {
    "MP3": AudioFormat.MP3,
    "WAV": AudioFormat.WAV,
    "WAVEX/FLOAT": AudioFormat.WAV,
    "RF64": AudioFormat.WAV,
    "FLAC": AudioFormat.FLAC,
    "OGG": AudioFormat.OGG,
    "AIFF": AudioFormat.AIFF,
}
FIXTURES = {
    "clicks.m4a": AudioFormat.M4A,
    "clicks-faststart.m4a": AudioFormat.M4A,
    "clicks-fragmented.m4a": AudioFormat.M4A,
    "clicks.aac": AudioFormat.AAC,
    "clicks-untagged.mp3": AudioFormat.MP3,
}


def _file(folder: Path, content: bytes, name: str = "recording.mp3") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_format_is_found_inside_whatever_the_name_says(tmp_path: Path, kind: str) -> None:
    info = probe_audio(_file(tmp_path, encode(make_clicks(), kind), "lies.pdf"))
    assert info.format is WRITTEN[kind]
    assert (info.sample_rate, info.channels) == (22_050, 1)
    assert info.duration_sec == pytest.approx(2.0, abs=0.01)


def test_opus_is_told_from_vorbis(tmp_path: Path) -> None:
    content = encode(np.zeros(48_000, np.float32), "OGG/OPUS", 48_000)
    assert probe_audio(_file(tmp_path, content)).format is AudioFormat.OPUS


@pytest.mark.parametrize("name", FIXTURES)
def test_what_no_wheel_writes_is_recognised_too(tmp_path: Path, name: str) -> None:
    info = probe_audio(_file(tmp_path, (DATA / name).read_bytes(), "no suffix"))
    assert info.format is FIXTURES[name]
    assert (info.sample_rate, info.channels) == (22_050, 1)
    assert info.duration_sec == pytest.approx(2.0, abs=0.05)


def test_id3_tags_in_front_are_passed_over(tmp_path: Path) -> None:
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 1, 0]) + bytes(128)
    for name in ("clicks-untagged.mp3", "clicks.aac"):
        plain = probe_audio(DATA / name)
        assert probe_audio(_file(tmp_path, tag + tag + (DATA / name).read_bytes())) == plain


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyAudioError),
        (b"do re mi\n" * 50, NotAudioError),
        (np.random.default_rng(3).bytes(20_000), NotAudioError),
        (b"\x00" * 5000, NotAudioError),
        (b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f", NotAudioError),
        (encode(np.zeros(0, np.float32), "WAV"), EmptyAudioError),
        (encode(make_clicks(), "CAF"), UnsupportedAudioError),
        (encode(make_clicks(), "AU"), UnsupportedAudioError),
        (encode(np.array([0, np.nan, 0.1], np.float32), "WAV/FLOAT"), DamagedAudioError),
        (encode(np.array([0, np.inf, 0.1], np.float64), "AIFF/DOUBLE"), DamagedAudioError),
        ((DATA / "clicks-alac.m4a").read_bytes(), UnsupportedAudioError),
        ((DATA / "clicks.m4a").read_bytes()[:3000], DamagedAudioError),
        (struct.pack(">I8s", 8, b"ftypM4A "), DamagedAudioError),
    ],
    ids=["empty", "text", "random", "zeros", "huge ID3", "no samples", "CAF", "AU", "NaN",
         "infinity", "ALAC", "M4A without index", "only ftyp"],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_kind(
    tmp_path: Path, content: bytes, error: type[AudioError]
) -> None:
    with pytest.raises(error, match=r"want .*got"):
        probe_audio(_file(tmp_path, content))


def test_the_first_bad_sample_is_named_by_its_time(tmp_path: Path) -> None:
    samples = make_clicks()
    samples[33_075] = np.nan
    with pytest.raises(DamagedAudioError, match=r"1\.50 s"):
        probe_audio(_file(tmp_path, encode(samples, "WAV/FLOAT")))


def test_a_made_up_header_is_refused(tmp_path: Path) -> None:
    content = bytearray(encode(make_clicks(), "WAV"))
    content[24:28] = struct.pack("<I", 4_000_000_000)
    with pytest.raises(AudioError, match="want"):
        probe_audio(_file(tmp_path, bytes(content)))


def test_a_long_recording_is_probed_at_once(tmp_path: Path) -> None:
    minute = encode(np.zeros(60 * 8000, np.float32), "MP3", 8000)
    untagged = minute[minute.index(b"\xff", 500) :]
    path = tmp_path / "hours.mp3"
    with path.open("wb") as file:
        for _ in range(180):
            file.write(untagged)
    begun = time.process_time()
    assert probe_audio(path).duration_sec > 3 * 3600 * 0.9
    assert time.process_time() - begun < 2.0


def test_boxes_of_absurd_sizes_cost_nothing(tmp_path: Path) -> None:
    ftyp = struct.pack(">I4s8s", 16, b"ftyp", b"M4A isom")
    for box in (
        struct.pack(">I4sQ", 1, b"moov", 1 << 62),
        struct.pack(">I4s", 0xFFFFFFFF, b"moov"),
        struct.pack(">I4sQ", 1, b"free", 0) * 100,
        struct.pack(">I4s", 4, b"moov"),
    ):
        with pytest.raises(AudioError):
            probe_audio(_file(tmp_path, ftyp + box + bytes(100)))


@pytest.mark.parametrize("name", [*FIXTURES, "WAV", "FLAC", "OGG", "AIFF", "MP3"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutated_file_is_read_or_refused_and_nothing_else(name: str, data: st.DataObject) -> None:
    original = (DATA / name).read_bytes() if "." in name else _WRITTEN[name]
    content = bytearray(original)
    for _ in range(data.draw(st.integers(1, 8))):
        # Headers and indexes stand at both ends.
        near = data.draw(st.integers(0, min(len(content) - 1, 1500)))
        at = near if data.draw(st.booleans()) else len(content) - 1 - near
        content[at] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    path = Path(os.environ["PYTEST_TMP"]) / f"mutated-{name}"
    path.write_bytes(bytes(content))
    try:
        info = probe_audio(path)
    except AudioError:
        return
    assert info.n_samples > 0


_WRITTEN = {kind: encode(make_clicks(), kind) for kind in ("WAV", "FLAC", "OGG", "AIFF", "MP3")}


@pytest.fixture(autouse=True, scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Hypothesis runs many examples in one test: they share a folder.
    os.environ["PYTEST_TMP"] = str(tmp_path_factory.mktemp("mutations"))
