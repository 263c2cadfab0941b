"""A pack: its files, its manifest, its sound, and what it does when it is stopped."""

import hashlib
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import numpy as np
import pytest
import soundfile as sf
from pypdf import PdfReader

from licklab.domain.key import Key
from licklab.domain.line_analysis import Statement
from licklab.domain.passage import Passage
from licklab.domain.region import Region
from licklab.engine.audio.probe import probe_audio
from licklab.errors import CancelledError, PackError
from licklab.packing.archive import file_name
from licklab.packing.lick_files import PackLick
from licklab.packing.pack import SCHEMA, make_pack
from licklab.packing.sounds import PackRecording
from licklab.packing.wishes import PackWishes
from tests.passages import two_five

_LICK = PackLick(
    "#set text(red) ../<b>",
    "bars 9\u201310 of A tune",
    two_five(),
    (Statement("shape", "9 notes, mostly eighths.", ("n5",), (9, 10)),),
)
_PAPER = PackWishes("tenor_sax", has_audio=False)


def _words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_pack_has_music_in_twelve_keys_exercises_a_booklet_and_a_true_manifest() -> None:
    pack = make_pack([_LICK], _PAPER)
    with ZipFile(BytesIO(pack.archive)) as archive:
        assert json.loads(archive.read("manifest.json")) == pack.manifest
        for one in pack.manifest["files"]:
            content = archive.read(one["path"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (
                one["size_bytes"], one["sha256"],
            )  # fmt: skip
        assert all(not name.startswith(("/", ".")) and ".." not in name
                   for name in archive.namelist())  # fmt: skip
        (lick,) = pack.manifest["licks"]
        roots = [archive.read(one["musicxml"]) for one in lick["keys"]]
    assert pack.manifest["schema"] == SCHEMA
    keys = [Key.parse(one["key"]).pitch_class for one in lick["keys"]]
    assert keys == [0, 5, 10, 3, 8, 1, 6, 11, 4, 9, 2, 7]
    assert len({fromstring(one).findtext(".//fifths") for one in roots}) == 12  # noqa: S314 - ours
    assert {one["kind"] for one in lick["exercises"]} >= {"targets", "another ending"}
    words = _words(pack.booklet)
    for said in ("#set text(red) ../<b>", "bars 9\u201310 of A tune", "9 notes, mostly eighths.",
                 "Twelve keys in fourths", "Tenor saxophone"):  # fmt: skip
        assert said in words


def test_equal_packs_have_equal_bytes() -> None:
    wishes = replace(_PAPER, keys=(Key("F"),))
    assert make_pack([_LICK], wishes).archive == make_pack([_LICK], wishes).archive


def test_sentences_name_what_the_part_has() -> None:
    wishes = replace(_PAPER, keys=(Key("C"),))
    (lick,) = make_pack([_LICK], wishes).manifest["licks"]
    said = " ".join(one["sentence"] for one in lick["exercises"])
    # Cmaj7 sounds, a tenor reads Dmaj7.
    assert "Dmaj7" in said
    assert "Cmaj7" not in said


def test_sound_is_the_band_at_each_speed_and_the_recording_in_the_key(tmp_path: Path) -> None:
    rate = 22_050
    path = tmp_path / "solo.wav"
    sf.write(path, 0.3 * np.sin(2 * np.pi * 440 * np.arange(6 * rate) / rate), rate)
    recording = PackRecording(path, probe_audio(path), Region(1.0, 4.0))
    wishes = PackWishes("tenor_sax", keys=(Key("Bb"),), speeds_percent=(60, 100))
    pack = make_pack([replace(_LICK, recording=recording)], replace(wishes, has_exercises=False))
    with ZipFile(BytesIO(pack.archive)) as archive:
        (key,) = pack.manifest["licks"][0]["keys"]
        sounds = {
            (one["source"], one["speed_percent"]): sf.read(BytesIO(archive.read(one["path"])))
            for one in key["audio"]
        }
    assert set(sounds) == {("band", 60), ("band", 100), ("recording", 70), ("recording", 100)}
    lengths = {name: len(samples) / rate for name, (samples, rate) in sounds.items()}
    # A bar of count-in, two bars, and what rings on.
    assert lengths["band", 100] == pytest.approx(3 * 2.0 + 0.6, abs=0.15)
    assert lengths["band", 60] == pytest.approx(3 * 2.0 / 0.6 + 0.6, abs=0.15)
    assert lengths["recording", 70] == pytest.approx(3 / 0.7, abs=0.15)
    samples, rate = sounds["recording", 100]
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    middle = mono[rate : 2 * rate]
    loudest = np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle)))))
    # A whole tone down, as B flat is from C.
    assert loudest * rate / len(middle) == pytest.approx(440 * 2 ** (-2 / 12), rel=0.01)


def test_whoever_is_told_of_progress_may_stop_it() -> None:
    told: list[float] = []

    def report(share: float) -> None:
        told.append(share)
        if share > 0.3:
            raise CancelledError("enough")

    with pytest.raises(CancelledError):
        make_pack([_LICK], _PAPER, report=report)
    assert told == sorted(told)
    assert 0 < told[0] < 0.1


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(PackError, match="want 1 to 12 licks in a pack, got 0"):
        make_pack([], _PAPER)
    with pytest.raises(PackError, match="want licks with notes"):
        make_pack([replace(_LICK, passage=Passage(()))], _PAPER)
    with pytest.raises(PackError, match="from 40 to 120 percent, got 20"):
        PackWishes("flute", speeds_percent=(20,))


def test_names_of_files_are_plain() -> None:
    assert file_name("../../etc/passwd", "lick") == "etc-passwd"
    assert file_name("\u202e\u00e9t\u00e9 \u2669", "lick") == "ete"
    assert file_name("\u4e2d", "lick") == "lick"
