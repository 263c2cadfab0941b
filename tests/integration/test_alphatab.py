"""What alphaTab understands of our AlphaTex. Wants node and npm, as the product does not."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from licklab.domain.score import Score
from licklab.formats.alphatex import write_alphatex
from tests import scores

_FOLDER = Path(__file__).with_name("alphatab")

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or shutil.which("npm") is None, reason="wants node and npm"
)


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alphatab")
    for name in ("package.json", "package-lock.json", "load.mjs"):
        shutil.copy(_FOLDER / name, folder)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"wants alphaTab from npm, got: {done.stderr.strip()[-200:]}")
    return folder / "load.mjs"


def load(loader: Path, score: Score) -> Any:
    path = loader.with_name("score.alphatex")
    path.write_bytes(write_alphatex(score))
    done = subprocess.run(
        ["node", str(loader), str(path)],
        cwd=loader.parent, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", scores.ALL)
def test_alphatab_reads_all_bars_notes_and_chords(name: str, loader: Path) -> None:
    score = scores.ALL[name]()
    told = load(loader, score)
    assert told["title"] == score.title
    assert told["bars"] == len(score.bars)
    assert told["swung"] == score.is_swung
    assert len(told["staves"]) == score.part.n_staves
    beats = [
        beat for staff in told["staves"] for bar in staff for voice in bar["voices"]
        for beat in voice["beats"]
    ]  # fmt: skip
    heard = sorted(note[0] for beat in beats for note in beat["notes"])
    struck = [
        head for bar in score.bars for voice in bar.voices for event in voice.events
        for head in event.heads if not head.tie_from
    ]  # fmt: skip
    assert heard == sorted(head.sounding_midi for head in struck)
    chords = [beat["chord"] for beat in beats if beat["chord"]]
    assert " ".join(chords).split() == [one.symbol for bar in score.bars for one in bar.chords]


@pytest.mark.parametrize("name", scores.ALL)
def test_bars_are_full(name: str, loader: Path) -> None:
    score = scores.ALL[name]()
    for staff in load(loader, score)["staves"]:
        for told, bar in zip(staff, score.bars, strict=True):
            for voice in told["voices"]:
                if voice["beats"]:
                    # alphaTab rounds the ticks of tuplets, 960 a quarter.
                    assert abs(voice["length"] - float(bar.length_quarter) * 960) <= 4


def test_a_horn_is_shown_as_written_and_sounds_as_heard(loader: Path) -> None:
    told = load(loader, scores.horn())
    notes = [
        note for bar in told["staves"][0] for voice in bar["voices"]
        for beat in voice["beats"] for note in beat["notes"]
    ]  # fmt: skip
    assert {shown - sounding for sounding, shown in notes} == {14}
    assert {bar["key"] for bar in told["staves"][0]} == {2}
