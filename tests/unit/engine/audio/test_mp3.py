"""MP3 files as encoders, cutters and taggers leave them: the music starts at zero in all."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from licklab.engine.audio.formats import AudioFormat
from licklab.engine.audio.mpeg_frames import read_frame_header
from licklab.engine.audio.probe import AudioInfo, probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.errors import NotAudioError
from tests.unit.engine.audio.recordings import DATA, SAMPLE_RATE, encode, make_clicks

_FIXTURE = (DATA / "clicks-untagged.mp3").read_bytes()
UNTAGGED = _FIXTURE[_FIXTURE.index(b"\xff\xf3") :]  # behind its ID3 tag
# Whole LAME extension, at its usual place behind the frame count, the length and the index.
_COUNT, _REST_OF_TAG, _EXTENSION = 8, 12, 120


def _read(folder: Path, content: bytes) -> tuple[npt.NDArray[np.float32], AudioInfo, AudioReader]:
    path = folder / "recording"
    path.write_bytes(content)
    info = probe_audio(path)
    reader = AudioReader(path, info)
    return np.concatenate(list(reader.blocks(SAMPLE_RATE))), info, reader


def _lag(samples: npt.NDArray[np.float32]) -> int:
    length = 1 << 18
    spectrum = np.fft.rfft(samples, length) * np.conj(np.fft.rfft(make_clicks(), length))
    lag = int(np.fft.irfft(spectrum).argmax())
    return lag if lag < length // 2 else lag - length


def _tagged() -> tuple[bytearray, int]:
    """Encode with a tag, and say where the tag stands."""
    content = bytearray(encode(make_clicks(), "MP3"))
    at = content.find(b"Xing")
    return content, at if at >= 0 else content.index(b"Info")


def _without_paddings() -> bytes:
    content, at = _tagged()
    content[at + _EXTENSION : at + _EXTENSION + 36] = bytes(36)
    return bytes(content)


def _without_count() -> bytes:
    content, at = _tagged()
    content[at + 7] &= ~1
    count = content[at + _COUNT : at + _REST_OF_TAG]
    del content[at + _COUNT : at + _REST_OF_TAG]
    content[at + _EXTENSION + 32 : at + _EXTENSION + 32] = count
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "priming_samples"),
    [
        (bytes(_tagged()[0]), 0),
        (_FIXTURE, 1105),
        (UNTAGGED, 1105),
        (_without_paddings(), 1105),
        (_without_count(), 1105),
        (bytes(5000) + UNTAGGED, 1105),
        (b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + UNTAGGED, 1105),
        (b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(300_000) + UNTAGGED, 1105),
        (UNTAGGED + b"TAG" + bytes(125), 1105),
    ],
    ids=["tagged", "untagged", "without ID3", "tag without paddings", "tag without a count",
         "junk in front", "ID3 longer than the file", "picture behind a wrong length", "ID3v1"],
)  # fmt: skip
def test_music_starts_at_zero(tmp_path: Path, content: bytes, priming_samples: int) -> None:
    samples, info, reader = _read(tmp_path, content)
    assert info.format is AudioFormat.MP3
    assert info.priming_samples == priming_samples
    assert _lag(samples) == 0
    assert reader.n_samples_read == info.n_samples
    assert reader.warnings == ()


def test_a_stream_of_changing_bit_rate_is_read_to_its_end(tmp_path: Path) -> None:
    # Loud at first and silent then: by the first bit rate it would be far shorter.
    loud, quiet = UNTAGGED, _recoded_at(8)
    samples, info, reader = _read(tmp_path, loud + quiet * 5)
    assert info.duration_sec == pytest.approx(2 * 6, abs=0.7)
    assert len(samples) == reader.n_samples_read == info.n_samples
    assert reader.warnings == ()


def _recoded_at(kbps: int) -> bytes:
    """Make two seconds of silent frames at a bit rate."""
    first = read_frame_header(UNTAGGED[:4])
    assert first is not None
    index = kbps // 8
    word = ((first.word | 0x10000) & ~0xF200) | index << 12
    header = read_frame_header(word.to_bytes(4, "big"))
    assert header is not None
    frame = word.to_bytes(4, "big") + bytes(header.n_bytes - 4)
    return frame * (2 * SAMPLE_RATE // header.n_samples)


def test_a_second_recording_behind_the_first_is_told(tmp_path: Path) -> None:
    content = bytes(_tagged()[0])
    _, _, reader = _read(tmp_path, content + b"ID3\x04\x00\x00\x00\x00\x00\x05hello" + content)
    assert reader.duration_sec == pytest.approx(2.0)
    assert reader.warnings == ("Another recording follows in the file; it was not used.",)


def test_a_change_of_sample_rate_ends_the_music_with_a_warning(tmp_path: Path) -> None:
    other = encode(make_clicks(), "MP3", 44_100)
    samples, _, reader = _read(tmp_path, UNTAGGED + other)
    assert _lag(samples) == 0
    assert len(samples) == pytest.approx(2 * SAMPLE_RATE, abs=1500)
    assert len(reader.warnings) == 1
    assert "changes its sample rate" in reader.warnings[0]


def test_a_header_without_frames_behind_it_is_no_mp3(tmp_path: Path) -> None:
    with pytest.raises(NotAudioError):
        _read(tmp_path, UNTAGGED[:4] + bytes(2000))
