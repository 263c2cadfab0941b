from licklab.corpus.match import Match
from licklab.corpus.solo import SoloInfo
from licklab.domain.solo_line import NoteSpan
from licklab.service.coaching import choose_matches


def _match(performer: str, title: str, cost: float, bar: int = 5, beat: int = 1) -> Match:
    info = SoloInfo(f"{performer} {title}", performer, title, "tenor_sax")
    return Match(0, info, NoteSpan(0, 8), bar, beat, 1.0, 2.0, (), 0, cost, ())


def test_one_place_of_each_player_is_told_of_the_most_alike() -> None:
    found = [
        _match("Ann", "One", 0.0), _match("Ann", "Two", 0.1), _match("Ben", "One", 0.25),
        _match("Cleo", "One", 0.26),
    ]  # fmt: skip
    chosen = choose_matches(found)
    assert [(one.performer, one.title, one.similarity) for one in chosen] == [
        ("Ann", "One", 1.0),
        ("Ben", "One", 0.75),
    ]
    assert chosen[0].solo_id == "Ann One"


def test_solos_without_a_player_are_told_apart_by_their_titles() -> None:
    chosen = choose_matches([_match("", "One", 0.0), _match("", "Two", 0.1), _match("", "One", 0)])
    assert [one.title for one in chosen] == ["One", "Two"]


def test_without_beats_no_bar_is_told() -> None:
    [one] = choose_matches([_match("Ann", "One", 0.0, bar=0, beat=0)])
    assert one.bars == ()
