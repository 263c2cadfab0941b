import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.key import Key, KeyMode
from licklab.engine.keys.key import estimate_key, estimate_local_keys

NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
STANDARD = "D:min7 G:7 C:maj7 A:7 D:min7 G:7 C:maj6 C:maj6"
MINOR = "C:min6 C:min6 D:hdim7 G:7(b9) C:min6 Ab:7 D:hdim7 G:7 C:min6 C:min6"
BLUES = "C:7 F:7 C:7 C:7 F:7 F:7 C:7 A:7 D:min7 G:7 C:7 G:7"


def play(text: str, up: int = 0, bar_sec: float = 2.0) -> list[Chord]:
    """One chord a bar."""
    chords = []
    for number, label in enumerate(text.split()):
        root, _, kind = label.partition(":")
        moved = label if label == "N" else f"{NAMES[(NAMES.index(root) + up) % 12]}:{kind}"
        chords.append(Chord(number * bar_sec, (number + 1) * bar_sec, moved, moved))
    return chords


def make_grid(n_bars: int, bar_sec: float = 2.0) -> BeatGrid:
    return BeatGrid(tuple(
        Beat(bar_sec * (bar + beat / 4), bar + 1, beat + 1)
        for bar in range(n_bars) for beat in range(4)
    ))  # fmt: skip


@given(st.integers(0, 11))
def test_key_is_found_wherever_it_lies(up: int) -> None:
    for text, mode in ((STANDARD, KeyMode.MAJOR), (MINOR, KeyMode.MINOR), (BLUES, KeyMode.BLUES)):
        estimate = estimate_key(play(text, up))
        assert estimate is not None
        assert estimate.key == Key.of_pitch_class(up, mode)
        assert estimate.confidence > 0.7


def test_alternative_is_the_relative_key() -> None:
    major, minor = estimate_key(play(STANDARD)), estimate_key(play(MINOR))
    assert major is not None
    assert minor is not None
    assert major.alternative == Key("A", KeyMode.MINOR)
    assert minor.alternative == Key("Eb", KeyMode.MAJOR)


@pytest.mark.parametrize("text", ["", "N N N"])
def test_without_chords_there_is_no_key(text: str) -> None:
    assert estimate_key(play(text)) is None
    assert estimate_local_keys(play(text), make_grid(4)) == ()


def test_doubtful_changes_are_told_to_be_doubtful() -> None:
    sure, doubtful = estimate_key(play(STANDARD)), estimate_key(play("C:maj F:maj"))
    assert sure is not None
    assert doubtful is not None
    assert doubtful.confidence < sure.confidence


def test_bridge_in_another_key_is_found_on_its_bar_lines() -> None:
    home, away = STANDARD, "F:min7 Bb:7 Eb:maj7 C:min7 F:min7 Bb:7 Eb:maj7 Eb:maj7"
    chords = play(f"{home} {away} {home}")
    local = estimate_local_keys(chords, make_grid(24))
    assert [str(one.key) for one in local] == ["C:major", "Eb:major", "C:major"]
    assert [one.onset_sec for one in local] == [0.0, 16.0, 32.0]
    assert local[-1].offset_sec == 48.0


def test_blues_does_not_modulate() -> None:
    local = estimate_local_keys(play(f"{BLUES} {BLUES}"), make_grid(24))
    assert [str(one.key) for one in local] == ["C:blues"]


def test_keys_last_at_least_four_bars() -> None:
    chords = play(f"{STANDARD} Ab:min7 Db:7 {STANDARD} E:maj7 A:maj7 {STANDARD}")
    for one in estimate_local_keys(chords, make_grid(28)):
        assert one.offset_sec - one.onset_sec >= 4 * 2.0


def test_few_bars_have_one_key() -> None:
    local = estimate_local_keys(play("D:min7 G:7 C:maj7"), make_grid(3))
    assert [str(one.key) for one in local] == ["C:major"]
