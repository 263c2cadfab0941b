import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.corpus.interval_words import IntervalText, is_trivial, read_text
from licklab.corpus.log_odds import WordCounts, log_odds_z
from licklab.corpus.pattern_counting import count_words, group_solos
from licklab.corpus.pattern_places import place_pattern
from licklab.corpus.patterns import typical_patterns
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import NoteSpan
from licklab.errors import QueryError, UnknownPlayerError
from licklab.notation.solo_lines import draw_line
from tests.lines import even_grid, line, transcription
from tests.unit.corpus.solos import solo_of

# A line of Parker's over a turnaround, more or less: nothing in it repeats.
_LICK = (3, 3, -1, -9, 4, -2, 5, -3)
_OTHER = (2, -5, 7, -1, -4, 6, 1, -8)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus(tmp_path / "corpus") as opened:
        yield opened


def _tune(seed: int, *licks: Sequence[int]) -> list[int]:
    """Give a line of chance with licks in it, each on another pitch."""
    chance = np.random.default_rng(seed)
    pitches = [60]
    for lick in (*licks, ()):
        pitches += chance.integers(40, 90, 12).tolist()
        for step in lick:
            pitches.append(pitches[-1] + step)
    return pitches


def _fill(corpus: Corpus, *solos: CorpusSolo) -> None:
    """Fill the corpus with solos, and with many of Zoe, who plays by chance."""
    corpus.add([*solos, *(solo_of(_tune(900 + i, *[()] * 40), "Zoe", f"Z{i}") for i in range(12))])


def test_what_a_player_repeats_and_nobody_else_plays_is_typical(corpus: Corpus) -> None:
    _fill(corpus, *(solo_of(_tune(i, _LICK, _OTHER), "Anna", f"T{i}") for i in range(4)),
          *(solo_of(_tune(50 + i, _OTHER), "Bert", f"U{i}") for i in range(4)))  # fmt: skip
    report = typical_patterns(corpus, performer="anna")
    assert (report.performer, report.n_solos, report.n_tunes) == ("Anna", 4, 4)
    assert report.n_tunes_outside == 16
    best = report.patterns[0]
    assert best.intervals == _LICK
    assert (best.n_tunes, best.n_tunes_outside, best.players) == (4, 0, ())
    assert best.text.startswith("Anna plays it in 4 of 4 tunes, and nobody else does.")
    assert best.z > report.patterns[-1].z or len(report.patterns) == 1


def test_a_pattern_is_told_with_where_it_is_played_and_who_else_plays_it(corpus: Corpus) -> None:
    _fill(corpus, *(solo_of(_tune(i, _LICK), "Anna", f"T{i}") for i in range(5)),
          solo_of(_tune(70, _LICK), "Bert", "U"))  # fmt: skip
    (best, *_) = typical_patterns(corpus, performer="Anna").patterns
    assert best.players == ("Bert",)
    assert best.n_tunes_outside == 1
    assert "all others in 1 of 13 tunes" in best.text
    assert "(others: Bert)" in best.text
    place = best.places[0]
    assert "An example: T0, bar 2." in best.text
    assert (place.info.title, place.bar, len(place.span)) == ("T0", 2, 9)
    assert tuple(np.diff(place.pitch_midi).tolist()) == _LICK
    line = corpus.load(place.info.id).line
    assert place.onset_sec == line.onset_sec[place.span.start]
    assert len({one.info.id for one in best.places}) == len(best.places) == 3


def test_the_notes_of_a_place_are_named_by_their_chords() -> None:
    notes = line(*[(0.5 * k, 0.5 * k + 0.4, pitch) for k, pitch in enumerate((61, 64, 73, 61))])
    labels = [(0.0, "A:7"), (1.0, "C:7")]
    solo = draw_line(transcription(notes, even_grid(1), labels=labels, key="F"))
    place = place_pattern(replace(solo_of([60]), line=solo), NoteSpan(0, 4))
    assert place.note_names == ("C#4", "E4", "Db5", "Db4")
    assert place.chords == ("A7", "C7")


def test_a_riff_of_one_tune_is_not_typical(corpus: Corpus) -> None:
    _fill(
        corpus,
        solo_of(_tune(1, *[_LICK] * 9), "Anna", "Riff"),
        solo_of(_tune(2, *[_LICK] * 9), "Anna", "RIFF", id="another take"),
        solo_of(_tune(3), "Anna", "Other"),
    )
    assert typical_patterns(corpus, performer="Anna").patterns == ()


def test_takes_of_one_tune_count_once(corpus: Corpus) -> None:
    takes = [solo_of(_tune(i, _LICK), "Anna", "Take", id=f"take {i}") for i in range(5)]
    _fill(corpus, *takes, solo_of(_tune(9, _LICK), "Anna", "Other"))
    report = typical_patterns(corpus, performer="Anna")
    assert (report.n_solos, report.n_tunes) == (6, 2)
    assert report.patterns[0].n_tunes == 2


def test_what_everybody_plays_is_not_typical(corpus: Corpus) -> None:
    corpus.add(
        solo_of(_tune(20 * k + i, _LICK), player, f"T{i}")
        for k, player in enumerate(("Anna", "Bert", "Carla"))
        for i in range(5)
    )
    assert typical_patterns(corpus, performer="Anna").patterns == ()


def test_parts_of_a_pattern_are_not_told_beside_it(corpus: Corpus) -> None:
    _fill(corpus, *(solo_of(_tune(i, _LICK), "Anna", f"T{i}") for i in range(4)))
    patterns = typical_patterns(corpus, performer="Anna", n_intervals=(4, 11)).patterns
    assert [one.intervals for one in patterns] == [_LICK]


def test_notes_on_both_sides_of_a_rest_are_no_pattern(corpus: Corpus) -> None:
    solos = [solo_of(_tune(i, _LICK), "Anna", f"T{i}") for i in range(4)]
    for one in solos:
        one.line.onset_sec[16:] += 0.5  # in the middle of the lick
        one.line.offset_sec[16:] += 0.5
    _fill(corpus, *solos)
    assert typical_patterns(corpus, performer="Anna").patterns == ()


def test_a_style_is_what_two_players_share(corpus: Corpus) -> None:
    cool = [solo_of(_tune(i, _LICK), "Anna", f"T{i}", style="COOL") for i in range(4)]
    _fill(corpus, *cool)
    assert typical_patterns(corpus, style="cool").patterns == ()
    corpus.add([solo_of(_tune(60, _LICK), "Bert", "U", style="COOL")])
    report = typical_patterns(corpus, style="cool")
    assert (report.performer, report.style, report.n_solos) == (None, "COOL", 5)
    assert report.patterns[0].intervals == _LICK
    assert report.patterns[0].text.startswith("Players of COOL play it in 5 of 5 tunes")


def test_a_player_in_a_style_is_compared_with_other_styles_too(corpus: Corpus) -> None:
    cool = [solo_of(_tune(i, _LICK), "Anna", f"T{i}", style="COOL") for i in range(3)]
    bebop = [solo_of(_tune(50 + i, _OTHER), "Anna", f"U{i}", style="BEBOP") for i in range(3)]
    _fill(corpus, *cool, *bebop)
    report = typical_patterns(corpus, performer="Anna", style="BEBOP")
    assert report.n_solos == 3
    assert [one.intervals for one in report.patterns] == [_OTHER]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({}, "want a player or a style, got neither"),
        ({"performer": "Zo Parker"}, "want a player .*'Zo Parker'; the nearest are Charlie Parker"),
        ({"performer": "Charly Parkr"}, "the nearest are Charlie Parker"),
        ({"performer": "Xyz"}, "there are Charlie Parker, Zoe$"),
        ({"style": "POLKA"}, "want a style of the corpus, got 'POLKA'; there are BEBOP"),
        ({"performer": "Zoe", "style": "BEBOP"}, "want a style that Zoe plays in"),
        ({"performer": "Zoe", "n_intervals": (2, 9)}, "want patterns of 3 to 30 intervals"),
        ({"performer": "Zoe", "n_intervals": (9, 8)}, "got 9 to 8"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_can(
    corpus: Corpus, wanted: dict[str, str], message: str
) -> None:
    _fill(corpus, solo_of([60], "Charlie Parker", style="BEBOP"))
    with pytest.raises((QueryError, UnknownPlayerError), match=message):
        typical_patterns(corpus, **wanted)  # type: ignore[arg-type]


def test_a_part_of_a_name_will_do_where_one_player_has_it(corpus: Corpus) -> None:
    corpus.add([solo_of([60], "Charlie Parker"), solo_of([60], "Art Pepper")])
    assert typical_patterns(corpus, performer="parker").performer == "Charlie Parker"
    corpus.add([solo_of([60], "Leo Parker")])
    with pytest.raises(UnknownPlayerError, match="nearest are Charlie Parker, Leo Parker"):
        typical_patterns(corpus, performer="parker")


def test_an_empty_corpus_says_so(corpus: Corpus) -> None:
    with pytest.raises(UnknownPlayerError, match="there are no solos with names; import some"):
        typical_patterns(corpus, performer="Anna")


def test_a_player_of_one_note_has_no_patterns(corpus: Corpus) -> None:
    corpus.add([solo_of([60], "Anna")])
    assert typical_patterns(corpus, performer="Anna").patterns == ()


@pytest.mark.parametrize(
    ("word", "is_so"),
    [
        ((1, -1, 1, -1, 1, -1), True), ((2, 1, -3, 2, 1, -3), True), ((0, 0, 0, 2, -2, 1), True),
        ((2, 2, 1, 2, 2, 2), True), ((-1, -1, -1, -1, -1, 3, -1, -1, -1), True),
        (_LICK, False), ((-2, -1, -9, 3, 3, -1), False), ((2, 2, 1, 2, -3, -4), False),
    ],
)  # fmt: skip
def test_trills_repeated_notes_and_runs_are_trivial(word: tuple[int, ...], is_so: bool) -> None:  # noqa: FBT001
    assert is_trivial(word) is is_so


_COUNTS = st.integers(0, 40)


@given(_COUNTS, _COUNTS, st.integers(100, 9999), st.integers(100, 9999))
def test_the_group_and_the_rest_are_told_apart_alike(a: int, b: int, n_a: int, n_b: int) -> None:
    if a + b == 0:
        return
    one = WordCounts(np.array([a]), np.array([b]), n_a, n_b)
    other = WordCounts(np.array([b]), np.array([a]), n_b, n_a)
    assert log_odds_z(one, 0.1) == pytest.approx(-log_odds_z(other, 0.1))


@given(st.integers(1, 40), st.integers(100, 9999))
def test_what_both_play_as_often_tells_nothing(count: int, n_words: int) -> None:
    counts = WordCounts(np.array([count]), np.array([count]), n_words, n_words)
    assert log_odds_z(counts, 0.1) == pytest.approx(0)


@given(st.integers(1, 30), st.integers(0, 30))
def test_the_more_a_group_plays_it_the_surer_it_is(inside: int, outside: int) -> None:
    more, less = (
        log_odds_z(WordCounts(np.array([one]), np.array([outside]), 500, 5000), 0.1)[0]
        for one in (inside + 1, inside)
    )
    assert more > less


# Few pitches, so that words come again.
_SOLOS = st.lists(
    st.tuples(
        st.sampled_from(["Anna", "Bert"]), st.sampled_from("TUV"),
        st.lists(st.sampled_from([60, 64, 67]), min_size=1, max_size=14),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def _text(solos: Sequence[CorpusSolo]) -> IntervalText:
    return read_text(
        (i, one.line.pitch_midi, one.line.onset_sec, one.line.offset_sec)
        for i, one in enumerate(solos)
    )


@settings(deadline=None)
@given(_SOLOS, st.integers(3, 4))
def test_words_are_counted_as_by_hand(drawn: list[tuple[str, str, list[int]]], length: int) -> None:
    solos = [solo_of(pitches, player, title) for player, title, pitches in drawn]
    inside: defaultdict[tuple[int, ...], set[tuple[str, str]]] = defaultdict(set)
    outside: defaultdict[tuple[int, ...], set[tuple[str, str]]] = defaultdict(set)
    n_words = Counter[bool]()
    for player, title, pitches in drawn:
        steps = np.diff(pitches).tolist()
        for at in range(len(steps) - length + 1):
            word = tuple(steps[at : at + length])
            (inside if player == "Anna" else outside)[word].add((player, title))
            n_words[player == "Anna"] += 1
    wanted = {
        word: (len(tunes), len(outside[word]))
        for word, tunes in inside.items()
        if len(tunes) > 1 and not is_trivial(word)
    }
    grouping = group_solos([one.info for one in solos], [one[0] == "Anna" for one in drawn])
    (found,) = count_words(_text(solos), grouping, range(length, length + 1), 1)
    assert {one.intervals: (one.n_inside, one.n_outside) for one in found.words} == wanted
    assert (found.n_inside, found.n_outside) == (n_words[True], n_words[False])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(-12, 12), min_size=9, max_size=9), st.integers(0, 5))
def test_patterns_are_the_same_on_other_pitches(shifts: list[int], seed: int) -> None:
    lines = [_tune(seed + 10 * i, *([_LICK] if i < 4 else [()] * 40)) for i in range(9)]
    reports = []
    for moved in ([0] * 9, shifts):
        solos = [
            solo_of([pitch + by for pitch in line], "Anna" if i < 4 else "Bert", f"T{i}")
            for i, (line, by) in enumerate(zip(lines, moved, strict=True))
        ]
        with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder)) as corpus:
            corpus.add(solos)
            patterns = typical_patterns(corpus, performer="Anna").patterns
            reports.append([(one.intervals, one.z, one.text) for one in patterns])
    assert reports[0] == reports[1]
    assert reports[0]
