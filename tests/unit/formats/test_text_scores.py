"""ABC, LilyPond and AlphaTex: what programs that read them say is in the integration tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

from licklab.formats.abc_notation import write_abc
from licklab.formats.alphatex import write_alphatex
from licklab.formats.lilypond import write_lilypond
from tests import scores


def test_abc_writes_what_a_reader_of_it_expects() -> None:
    text = write_abc(scores.waltz()).decode()
    assert "M:3/4\nL:1/8\nQ:1/4=120" in text
    # In E flat, rising by semitones: what is not in the key is raised.
    assert text.endswith("K:Eb\nC2 ^C2 D2 | E2 =E2 F2 | ^F2 G2 A2 |]\n")


def test_abc_ties_tuplets_graces_and_chords() -> None:
    text = write_abc(scores.horn()).decode()
    assert "(3:2:3" in text
    assert "{/" in text
    assert '"Em7"' in text
    assert text.count("-") >= 2
    assert "T:Blues 'A' <&> / Straße" in text


@pytest.mark.skipif(shutil.which("abc2midi") is None, reason="wants abc2midi (abcmidi)")
@pytest.mark.parametrize("name", scores.ALL)
def test_abc_is_understood(name: str, tmp_path: Path) -> None:
    path = tmp_path / "tune.abc"
    path.write_bytes(write_abc(scores.ALL[name]()))
    done = subprocess.run(
        ["abc2midi", str(path), "-o", str(tmp_path / "tune.mid")],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    errors = [one for one in done.stdout.splitlines() if "Error" in one and "chord name" not in one]
    assert errors == []


@pytest.mark.skipif(shutil.which("lilypond") is None, reason="wants LilyPond")
@pytest.mark.parametrize("name", ["horn", "piano", "six_eight"])
def test_lilypond_is_understood(name: str, tmp_path: Path) -> None:
    path = tmp_path / "score.ly"
    path.write_bytes(write_lilypond(scores.ALL[name]()))
    done = subprocess.run(
        ["lilypond", "-dno-print-pages", "-o", str(tmp_path / "out"), str(path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr, done.stderr


def test_lilypond_writes_pitches_ties_and_tuplets() -> None:
    text = write_lilypond(scores.horn("concert")).decode()
    assert "\\partial 16*4" in text
    assert "\\tuplet 3/2 {" in text
    assert "~" in text
    assert '^"Dm7"' in text
    assert 'title = "Blues \\"A\\" <&> \\\\ % Straße"' in text


def test_alphatex_quotes_titles() -> None:
    text = write_alphatex(scores.horn()).decode()
    assert text.startswith('\\title "Blues \\"A\\" <&> \\\\ % Straße"\n\\music "N. N."\n')


def test_alphatex_of_a_guitar_is_strings_and_frets() -> None:
    text = write_alphatex(scores.guitar()).decode()
    assert "\\tuning (E4 B3 G3 D3 A2 E2) { hide }" in text
    assert "(0.5).1" in text  # the open A string, held through the bar
