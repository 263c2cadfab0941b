import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licklab.domain.coaching import CoachLevel, CoachSentence, CoachText
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.coach.checking.unsupported import unsupported
from tests.unit.practice.coach.lessons import PARKER, TWO_FIVE, say
from tests.unit.practice.coach.mutations import change_facts, change_words
from tests.unit.theory.lines import analysis_of, line_of
from tests.unit.theory.strategies import lines
from tests.unit.theory.weimar import FOLDER, read_solos

_LEVELS, _PLAYED = st.sampled_from(CoachLevel), st.sampled_from(sorted(INSTRUMENTS))


class _Reader:
    """Reads one sentence after another about one lick."""

    def __init__(self, line: SoloLine, span: NoteSpan, text: CoachText) -> None:
        self.line, self.span, self.text, self.analysis = line, span, text, analysis_of(line)

    def read(self, one: CoachSentence) -> tuple[str, ...]:
        text = replace(self.text, sentences=(one,))
        return unsupported(text, self.line, self.analysis, self.span, [PARKER])

    def refuses(self, one: CoachSentence, changes: Iterable[str]) -> int:
        """Want every change of a sentence to be refused; count them."""
        found = list(changes)
        for changed in found:
            assert self.read(replace(one, text=changed)), changed
        return len(found)


def _draw_span(line: SoloLine, data: st.DataObject) -> NoteSpan:
    start = data.draw(st.integers(0, len(line) - 1))
    return NoteSpan(start, data.draw(st.integers(start + 1, len(line))))


@given(lines(), _LEVELS, _PLAYED, st.floats(0, 1), st.data())
def test_every_sentence_is_borne_out(
    line: SoloLine, level: CoachLevel, instrument: str, sure: float, data: st.DataObject
) -> None:
    assume(len(line))
    chords = tuple(replace(one, confidence=sure) for one in line.chords)
    heard = replace(line, chords=chords, confidence=line.confidence * sure)
    text = say(heard, level=level, instrument=instrument, span=_draw_span(heard, data),
               matches=[PARKER])  # fmt: skip
    assert len({one.id for one in text.sentences}) == len(text.sentences)


@given(lines(has_beats=True), _LEVELS, _PLAYED, st.data())
def test_a_sentence_with_another_note_chord_or_number_is_not_borne_out(
    line: SoloLine, level: CoachLevel, instrument: str, data: st.DataObject
) -> None:
    assume(len(line))
    span = _draw_span(line, data)
    text = say(line, level=level, instrument=instrument, span=span, matches=[PARKER])
    one = data.draw(st.sampled_from(text.sentences))
    _Reader(line, span, text).refuses(one, change_facts(one.text))


def test_a_sentence_that_says_the_opposite_is_not_borne_out() -> None:
    line, count = line_of(TWO_FIVE), 0
    for instrument in ("tenor sax", "guitar", "bass"):
        text = say(line, instrument=instrument, matches=[PARKER])
        reader = _Reader(line, NoteSpan(0, len(line)), text)
        for one in text.sentences:
            count += reader.refuses(one, change_words(one.text))
    assert count > 50


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"note_ids": ("n1", "n99")}, "a note that is not there"),
        ({"note_ids": ()}, "no note"),
        ({"note_ids": ("n17", "n16")}, "not in order"),
        ({"bars": (7,)}, "bars that are not those of its notes"),
        ({"note_ids": ("n15", "n16"), "bars": (2,)}, "where other notes are"),
        ({"note_ids": ("n17",), "bars": (3,)}, "two notes"),
        ({"kind": "gossip"}, "want a kind of sentence that is known"),
        ({"text": "Bird plays that."}, "words that are not known"),
        ({"rephrased": "G, the 7th of G7."}, "want name F, got name G"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, object], why: str) -> None:
    line = line_of(TWO_FIVE)
    text = say(line)
    [release] = [one for one in text.sentences if one.kind == "release"]
    changed = replace(release, **change)  # type: ignore[arg-type]
    [told] = _Reader(line, NoteSpan(0, len(line)), text).read(changed)
    assert told.startswith("works-1: ")
    assert why in told


def test_a_match_that_was_not_found_is_not_borne_out() -> None:
    line = line_of(TWO_FIVE)
    text = say(line, matches=[PARKER])
    assert unsupported(text, line, analysis_of(line), NoteSpan(0, len(line)), ()) != ()


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared data is not here")
def test_what_is_said_of_real_phrases_is_borne_out_and_lies_are_not() -> None:
    chance = random.Random(8)  # noqa: S311 - spans, not secrets
    count = 0
    for line, phrases in read_solos(12):
        for span in chance.sample(phrases, min(len(phrases), 5)):
            text = say(
                line, span=span, level=chance.choice(list(CoachLevel)),
                instrument=chance.choice(sorted(INSTRUMENTS)), matches=[PARKER],
            )  # fmt: skip
            one = chance.choice(text.sentences)
            count += _Reader(line, span, text).refuses(one, change_facts(one.text))
    assert count > 100
