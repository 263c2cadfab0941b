"""A recording to look at and to practise with, over HTTP."""

import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile as sf
from PIL import Image

from tests.integration.conftest import Stack, tone, upload
from tests.integration.solos import bring, licks_of

_FOREVER = "private, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def stereo_flac(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """25 s: a tone on the left, silence on the right."""
    path = tmp_path_factory.mktemp("audio") / "Föx: <b>.flac"
    sf.write(path, np.stack([tone(25.0), np.zeros(25 * 22_050, np.float32)], axis=1), 22_050)
    return path


def _decode(answer: httpx.Response) -> tuple[np.ndarray, int]:
    assert answer.status_code == 200, answer.text
    samples, rate = sf.read(io.BytesIO(answer.content), always_2d=True)
    return samples, rate


def _refusal(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    detail: str = answer.json()["detail"]
    return detail


def test_a_recording_tells_what_there_is_to_see(api: httpx.Client, stereo_flac: Path) -> None:
    job = upload(api, stereo_flac)
    sound = api.get(f"/jobs/{job['id']}/sound").json()
    assert sound == {
        "duration_sec": 25.0,
        "peaks_per_sec": 100,
        "spectrogram": {
            "tile_sec": 20,
            "n_tiles": 2,
            "columns_per_sec": 50,
            "lowest_midi": 21,
            "highest_midi": 108,
            "rows_per_semitone": 3,
        },
        "links": {
            "audio": f"/jobs/{job['id']}/audio",
            "peaks": f"/jobs/{job['id']}/peaks",
            "spectrogram": f"/jobs/{job['id']}/spectrogram/{{tile}}.webp",
        },
    }
    assert api.get(sound["links"]["audio"]).is_success


def test_peaks_are_made_once_and_go_with_their_job(
    api: httpx.Client, stack: Stack, stereo_flac: Path
) -> None:
    job = upload(api, stereo_flac)
    first = api.get(f"/jobs/{job['id']}/peaks")
    assert first.headers["cache-control"] == _FOREVER
    assert len(first.content) == 2 * 2500
    folder = stack.settings.data_dir / job["id"]
    kept = folder / ".peaks-1.bin"
    assert kept.read_bytes() == first.content
    kept.write_bytes(b"\x01\x02")
    assert api.get(f"/jobs/{job['id']}/peaks").content == b"\x01\x02"
    assert api.delete(f"/jobs/{job['id']}").is_success
    assert not folder.exists()
    assert "which is no job here" in _refusal(api.get(f"/jobs/{job['id']}/peaks"), 404)


def test_a_tile_is_a_picture_and_there_is_none_behind_the_last(
    api: httpx.Client, stereo_flac: Path
) -> None:
    job = upload(api, stereo_flac)
    answer = api.get(f"/jobs/{job['id']}/spectrogram/1.webp")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == _FOREVER
    picture = np.asarray(Image.open(io.BytesIO(answer.content)).convert("L"), np.int16)
    assert picture.shape == (264, 1000)
    assert picture[:, :240].max() > 100
    assert picture[:, 280:].max() < 20
    detail = _refusal(api.get(f"/jobs/{job['id']}/spectrogram/2.webp"), 404)
    assert detail == "want a tile from 0 to 1, got 2"


@pytest.mark.parametrize(("ext", "media_type"), [("wav", "audio/wav"), ("mp3", "audio/mpeg"),
                                                 ("flac", "audio/flac")])  # fmt: skip
def test_a_clip_is_a_file_that_decodes_to_what_was_wished(
    api: httpx.Client, stereo_flac: Path, ext: str, media_type: str
) -> None:
    job = upload(api, stereo_flac)
    wishes: dict[str, Any] = {"from_sec": 2.0, "to_sec": 3.5, "speed": 50, "semitones": 3}
    answer = api.get(f"/jobs/{job['id']}/clip.{ext}", params={**wishes, "repeat": 2})
    samples, rate = _decode(answer)
    assert answer.headers["content-type"] == media_type
    assert (rate, samples.shape[1]) == (22_050, 2)
    assert len(samples) / rate == pytest.approx(6.0, abs=0.06 if ext == "mp3" else 0.001)
    assert np.abs(samples[:, 0]).max() > 0.1
    assert np.abs(samples[:, 1]).max() < 0.01
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''F%C3%B6x-%20%3Cb%3E%2C%202.0-3.5%20s%2C%2050%20percent%2C%20"
        f"%2B3%20semitones%2C%202%20times.{ext}"
    )


def test_a_lick_is_a_clip_with_a_little_air(api: httpx.Client, blues: dict[str, Any]) -> None:
    answer = api.post(f"/jobs/{blues['id']}/licks", json={"from_sec": 0.9, "to_sec": 2.4})
    assert answer.status_code == 201, answer.text
    lick = answer.json()
    samples, rate = _decode(api.get(f"/licks/{lick['id']}/clip.wav"))
    place = lick["occurrences"][0]
    end_sec = min(3.0, place["offset_sec"] + 0.15)
    assert len(samples) / rate == pytest.approx(end_sec - place["onset_sec"] + 0.05, abs=0.001)
    name = api.get(f"/licks/{lick['id']}/clip.mp3?speed=40").headers["content-disposition"]
    assert name.endswith("short%2C%20bar%201%2C%2040%20percent.mp3")


def test_a_score_has_no_sound(api: httpx.Client) -> None:
    job = bring(api)
    lick = licks_of(api, job)["licks"][0]["id"]
    for path in ("sound", "peaks", "spectrogram/0.webp", "clip.wav?from_sec=0&to_sec=1"):
        assert "got a score" in _refusal(api.get(f"/jobs/{job['id']}/{path}"), 404)
    assert "got a score" in _refusal(api.get(f"/licks/{lick}/clip.wav"), 404)
    assert "id of a lick" in _refusal(api.get(f"/licks/{uuid.uuid4()}/clip.wav"), 404)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from_sec=1", "to_sec"),
        ("from_sec=2&to_sec=1", "start is before its end"),
        ("from_sec=1&to_sec=1", "start is before its end"),
        ("from_sec=nan&to_sec=1", "from_sec"),
        ("from_sec=0&to_sec=inf", "to_sec"),
        ("from_sec=0&to_sec=26", "inside the recording"),
        ("from_sec=1e308&to_sec=1.5e308", "inside the recording"),
        ("from_sec=0&to_sec=1&speed=39", "speed"),
        ("from_sec=0&to_sec=1&speed=nan", "speed"),
        ("from_sec=0&to_sec=1&semitones=13", "semitones"),
        ("from_sec=0&to_sec=1&semitones=1.5", "semitones"),
        ("from_sec=0&to_sec=1&repeat=17", "repeat"),
        ("from_sec=0&to_sec=1&bars=4", "bars"),
    ],
)
def test_clips_that_cannot_be_are_refused(
    api: httpx.Client, stereo_flac: Path, query: str, words: str
) -> None:
    job = upload(api, stereo_flac)
    assert words in _refusal(api.get(f"/jobs/{job['id']}/clip.wav?{query}"), 422)


def test_a_clip_of_another_kind_of_file_is_refused(api: httpx.Client, stereo_flac: Path) -> None:
    job = upload(api, stereo_flac)
    answer = api.get(f"/jobs/{job['id']}/clip.exe", params={"from_sec": 0, "to_sec": 1})
    assert "wav" in _refusal(answer, 422)


def test_a_job_whose_recording_is_gone_has_no_sound(
    api: httpx.Client, stack: Stack, stereo_flac: Path
) -> None:
    job = upload(api, stereo_flac)
    (stack.settings.data_dir / job["id"] / "audio.flac").unlink()
    for path in ("peaks", "spectrogram/0.webp", "clip.wav?from_sec=0&to_sec=1"):
        assert "no longer there" in _refusal(api.get(f"/jobs/{job['id']}/{path}"), 404)


def test_many_clips_at_once_leave_room_for_other_requests(
    api: httpx.Client, stereo_flac: Path
) -> None:
    job = upload(api, stereo_flac)
    path = f"/jobs/{job['id']}/clip.wav?from_sec=0&to_sec=1&speed=80"
    # More clips wait than there are threads for requests; a look at the job does not wait for them.
    with (
        httpx.Client(base_url=api.base_url, timeout=60, limits=httpx.Limits()) as many,
        ThreadPoolExecutor(45) as pool,
    ):
        clips = [pool.submit(many.get, path) for _ in range(45)]
        assert api.get(f"/jobs/{job['id']}").is_success
        assert not all(one.done() for one in clips)
        assert {len(one.result().content) for one in clips} == {44 + 2 * 2 * 27_562}
