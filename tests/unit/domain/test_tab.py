import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.tab import TUNINGS, StringFret, Tuning, find_tuning, usual_tuning
from licklab.errors import InputError, TuningError


def test_standard_tuning_counts_strings_from_the_highest() -> None:
    assert find_tuning("standard").open_midi == (64, 59, 55, 50, 45, 40)


@pytest.mark.parametrize(
    ("name", "lowest_first"),
    [
        ("drop-d", (38, 45, 50, 55, 59, 64)),
        ("dadgad", (38, 45, 50, 55, 57, 62)),
        ("open-g", (38, 43, 50, 55, 59, 62)),
        ("open-d", (38, 45, 50, 54, 57, 62)),
        ("half-step-down", (39, 44, 49, 54, 58, 63)),
        ("seven-string", (33, 40, 45, 50, 55, 59, 64)),
        ("bass", (28, 33, 38, 43)),
        ("bass-5", (23, 28, 33, 38, 43)),
    ],
)
def test_usual_tunings_have_the_strings_that_players_give_them(
    name: str, lowest_first: tuple[int, ...]
) -> None:
    assert tuple(reversed(find_tuning(name).open_midi)) == lowest_first


@pytest.mark.parametrize("name", list(TUNINGS))
def test_each_tuning_is_found_by_its_name_however_it_is_written(name: str) -> None:
    assert find_tuning(f" {name.replace('-', ' ').upper()} ") is TUNINGS[name]


def test_a_tuning_is_read_from_its_strings_lowest_first() -> None:
    assert find_tuning("E2 A2 D3 G3 B3 E4").open_midi == TUNINGS["standard"].open_midi
    assert find_tuning("e2,a2,d3").open_midi == (50, 45, 40)


def test_a_tuning_may_turn_back() -> None:
    assert find_tuning("G4 C4 E4 A4").open_midi == (69, 64, 60, 67)


@pytest.mark.parametrize("text", ["", "banana", "E2 H3", "E2 A", " ".join(["E2"] * 13), "E-9"])
def test_what_is_no_tuning_is_refused_with_the_names_there_are(text: str) -> None:
    with pytest.raises(TuningError, match="want a tuning, one of standard") as caught:
        find_tuning(text)
    assert isinstance(caught.value, InputError)


@given(st.text(max_size=200))
def test_any_text_is_a_tuning_or_is_refused(text: str) -> None:
    try:
        tuning = find_tuning(text)
    except TuningError:
        return
    assert 1 <= len(tuning.open_midi) <= 12


def test_only_guitars_are_read_from_tablature_unasked() -> None:
    assert usual_tuning("guitar") == TUNINGS["standard"]
    assert usual_tuning("tenor_sax") is None


def test_places_and_tunings_are_values() -> None:
    assert StringFret(1, 3) == StringFret(1, 3)
    assert Tuning("one", (40,)) != Tuning("one", (41,))
