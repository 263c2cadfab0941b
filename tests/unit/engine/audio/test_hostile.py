"""Files made to cost more than they are: each is read or refused, quickly and in little memory."""

import contextlib
import shutil
import struct
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from licklab.engine.audio import aac
from licklab.engine.audio.mp4 import read_mp4
from licklab.engine.audio.probe import probe_audio
from licklab.engine.audio.reader import AudioReader
from licklab.errors import AudioError, NotAudioError, UnsupportedAudioError
from tests.unit.engine.audio.recordings import DATA, encode, make_clicks

M4A = (DATA / "clicks.m4a").read_bytes()
FRAGMENTED = (DATA / "clicks-fragmented.m4a").read_bytes()
ADTS = (DATA / "clicks.aac").read_bytes()


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _frame_bytes(adts: bytes | bytearray, at: int) -> int:
    return (adts[at + 3] & 3) << 11 | adts[at + 4] << 3 | adts[at + 5] >> 5


def _equal_frames() -> bytes:
    """Claim four thousand million frames of one byte in one chunk."""
    content = bytearray(M4A)
    at = content.index(b"stsz")
    content[at + 8 : at + 16] = struct.pack(">II", 1, 0xFFFFFFFF)
    at = content.index(b"stsc")
    content[at + 8 : at + 24] = struct.pack(">IIII", 1, 1, 0xFFFFFFFF, 1)
    return bytes(content)


def _runs(n_runs: int) -> bytes:
    """Claim as many in each of many runs of a fragment."""
    at = FRAGMENTED.index(b"moof") - 4
    run = _box(b"trun", struct.pack(">II", 0, 0xFFFFFFFF))
    header = _box(b"tfhd", struct.pack(">III", 0x10, 1, 1))
    return FRAGMENTED[:at] + _box(b"moof", _box(b"traf", header + run * n_runs)) + FRAGMENTED[at:]


@pytest.mark.parametrize(
    "content",
    [
        _equal_frames(),
        _runs(50),
        M4A[:32] + _box(b"free", b"") * 1_000_000,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" * 500_000,
        b"\xff\xfb\x90\x00" * 500_000,
    ],
    ids=["equal frames", "runs", "boxes", "ID3 tags", "MP3 headers"],
)
def test_a_claim_costs_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "recording"
    path.write_bytes(content)
    del content
    tracemalloc.start()
    begun = time.process_time()
    with contextlib.suppress(AudioError):
        probe_audio(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
    # Tracing slows memory down; without it all take less than a tenth of a second each.
    assert time.process_time() - begun < 5.0


@pytest.mark.parametrize("suffix", [".raw", ".gsm", ".vox", ".wav"])
def test_a_name_never_makes_audio_of_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"solo{suffix}"
    path.write_bytes(b"do re mi\n" * 50)
    with pytest.raises(NotAudioError):
        probe_audio(path)


def test_a_recording_named_raw_is_read(tmp_path: Path) -> None:
    path = tmp_path / "solo.raw"
    path.write_bytes(encode(make_clicks(), "WAV"))
    reader = AudioReader(path, probe_audio(path))
    assert sum(map(len, reader.blocks(22_050))) == 44_100


def test_flac_of_untold_length_is_read_without_a_warning(tmp_path: Path) -> None:
    content = bytearray(encode(make_clicks(), "FLAC"))
    # The total stands in 36 bits of STREAMINFO; 0 is what encoders write to a pipe.
    content[21] &= 0xF0
    content[22:26] = bytes(4)
    path = tmp_path / "recording"
    path.write_bytes(content)
    info = probe_audio(path)
    reader = AudioReader(path, info)
    samples = np.concatenate(list(reader.blocks(22_050)))
    assert len(samples) == info.n_samples == 44_100
    assert reader.warnings == ()


@pytest.mark.parametrize("share", [0.45, 0.6, 0.75, 0.9])
def test_half_a_page_does_not_spoil_an_ogg_file(tmp_path: Path, share: float) -> None:
    content = encode(np.tile(make_clicks(), 10), "OGG")
    path = tmp_path / "recording"
    path.write_bytes(content[: int(len(content) * share)])
    reader = AudioReader(path, probe_audio(path))
    assert sum(map(len, reader.blocks(22_050))) > 22_050
    assert len(reader.warnings) == 1


def test_a_change_of_kind_ends_an_aac_stream_with_a_warning(tmp_path: Path) -> None:
    other = bytearray(ADTS)
    at = 0
    while at + 7 < len(other):
        other[at + 2] = (other[at + 2] & ~0x3C) | 4 << 2  # 44.1 kHz
        at += _frame_bytes(other, at)
    path = tmp_path / "recording"
    path.write_bytes(ADTS + bytes(other))
    reader = AudioReader(path, probe_audio(path))
    samples = np.concatenate(list(reader.blocks(22_050)))
    assert np.abs(samples).max() > 0.1
    assert reader.duration_sec == pytest.approx(2.0, abs=0.1)
    assert "changes its sample rate" in reader.warnings[0]


def test_padding_is_taken_from_the_tag_of_itunes_when_there_is_no_edit_list(tmp_path: Path) -> None:
    tag = b"iTunSMPB\x00\x00\x00\x44data\x00\x00\x00\x01\x00\x00\x00\x00"
    tag += b" 00000000 00000840 000001CA 000000000000ABCD 00000000"
    content = bytearray(M4A)
    content[content.index(b"edts") : content.index(b"edts") + 4] = b"free"
    at = content.index(b"moov") - 4
    length = struct.unpack_from(">I", content, at)[0]
    free = _box(b"udta", _box(b"meta", tag))
    content[at : at + 4] = struct.pack(">I", length + len(free))
    content[at + length : at + length] = free
    path = tmp_path / "recording"
    path.write_bytes(content)
    with path.open("rb") as file:
        audio = read_mp4(file)
    assert (audio.priming_samples, audio.n_samples) == (2112, 0xABCD)


def test_aac_that_fails_is_lost_in_small_pieces_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Decoder:
        """Refuse every stream that has the marked frame in it."""

        def __init__(self, path: str) -> None:
            self._refuses = b"marked" in Path(path).read_bytes()
            self._real = sphn_reader(path) if not self._refuses else None

        def decode_all(self) -> object:
            if self._real is None:
                raise ValueError("unexpected end of bitstream")
            return self._real.decode_all()

    sphn = pytest.importorskip("sphn", reason="sphn has no wheel for this platform")
    sphn_reader = sphn.FileReader
    original = DATA / "clicks.aac"
    whole = np.concatenate(list(AudioReader(original, probe_audio(original)).blocks(22_050)))
    monkeypatch.setattr(sphn, "FileReader", Decoder)
    content = bytearray(ADTS)
    start = 2500
    while content[start : start + 2] != b"\xff\xf1" or _frame_bytes(content, start) < 20:
        start += 1
    content[start + 8 : start + 14] = b"marked"
    path = tmp_path / "recording"
    path.write_bytes(content)
    reader = AudioReader(path, probe_audio(path))
    samples = np.concatenate(list(reader.blocks(22_050)))
    assert len(samples) == len(whole)
    changed = np.flatnonzero(np.abs(samples - whole) > 1e-4)
    assert 0 < np.ptp(changed) < 10 * 1024
    assert len(reader.warnings) == 1
    assert "taken as silence" in reader.warnings[0]


def test_many_channels_of_aac_are_refused_where_no_decoder_takes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(aac, "aac_decoder", lambda: "sphn")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnsupportedAudioError, match=r"want .*got AAC with 6 channels"):
        aac.choose_aac_decoder(6)
    assert aac.choose_aac_decoder(2) == "sphn"
